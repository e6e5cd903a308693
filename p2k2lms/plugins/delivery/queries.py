"""Reads and bulk-writes the tables of delivery; every read goes by the primary key."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, ScalarSelect, Select, bindparam, func, literal, null, select, union_all
from sqlalchemy.dialects import postgresql, sqlite

from p2k2lms.core import bulk
from p2k2lms.core.db import among, db, is_sqlite, listed, look
from p2k2lms.core.questions import Asking, Question
from p2k2lms.plugins.delivery.models import Position, ReadCount, ScenePlayed, StepDone
from p2k2lms.plugins.delivery.values import PositionCard

KEY = ("person_id", "course")
MANY = 40  # of other cards: looking each up costs more than looking at what was read

# Asked by every page of learning, so they are built once.
WHO: Any = bindparam("person_id")
READ_STEPS = select(StepDone.step).where(StepDone.person_id == WHO, StepDone.course == bindparam("course"))
PLACES: Any = select(Position.course, Position.step, Position.scroll, Position.device, Position.at)
CARDS: Any = select(StepDone.course, StepDone.step, null(), null(), null())
PLAYS: Any = select(ScenePlayed.course, ScenePlayed.scene, null(), null(), ScenePlayed.occurred_at)
MARKS = union_all(
    PLACES.where(Position.person_id == WHO),
    CARDS.where(StepDone.person_id == WHO),
    PLAYS.where(ScenePlayed.person_id == WHO),
)


@dataclass
class Marks:
    """What a person has read and played in a course, and where he stopped."""

    read: set[str] = field(default_factory=set)
    played: set[str] = field(default_factory=set)
    last: PositionCard | None = None


def read_steps(person_id: int, course: str) -> frozenset[str]:
    """The cards of a course that the person has read."""
    return frozenset(look(READ_STEPS, {"person_id": person_id, "course": course}).scalars())


def _marks_of(person_id: int) -> Asking:
    return MARKS, {"person_id": person_id}


def _marks(rows: Iterable[Any]) -> Mapping[str, Marks]:
    found: dict[str, Marks] = defaultdict(Marks)
    for course, step, scroll, device, at in rows:
        if device is None:
            (found[course].read if at is None else found[course].played).add(step)
        else:
            found[course].last = PositionCard(step, scroll, device, at)
    return found


marks_of = Question(_marks_of, _marks)
"""Cards read, scenes played and places of one person by course, in one query that goes by primary keys."""


def position_row(person_id: int, course: str) -> Position | None:
    """The row to change, held until the transaction ends."""
    return db.session.get(Position, (person_id, course), with_for_update=True)


def play_row(person_id: int, course: str, scene: str, lock: bool = False) -> ScenePlayed | None:
    """The last play of a scene; with `lock` the row is to be changed, and held until the transaction ends."""
    return db.session.get(ScenePlayed, (person_id, course, scene), with_for_update=lock or None)


class Readers(NamedTuple):
    """People, and the required cards of a course that are counted of them.

    `others` are all further cards of the course that these people may have read. Who knows them has the answer from
    what is counted already, less what was read of the others; else each card is looked up among the required ones.
    """

    person_ids: Collection[int]
    course: str
    required: Collection[str]
    others: Collection[str] | None = None


def counts(groups: Mapping[int, Readers]) -> dict[tuple[int, int], int]:
    """How many of the required cards each person has read, by group and person, in one query; none has no entry."""
    asked = [_counted(key, group) for key, group in groups.items() if group.person_ids and group.required]
    rows = look(union_all(*asked)) if asked else ()
    return {(key, person_id): found for key, person_id, found in rows if found}


def _counted(key: int, group: Readers) -> Select[Any]:
    people = listed(group.person_ids)
    mine = (StepDone.person_id == people.c.value) & (StepDone.course == group.course)
    number: ColumnElement[int] = _number(mine & StepDone.step.in_(group.required))
    if group.others is not None and len(group.others) <= MANY:
        counted = (ReadCount.person_id == people.c.value) & (ReadCount.course == group.course)
        number = select(ReadCount.number).where(counted).scalar_subquery()
        number = number - _number(mine & StepDone.step.in_(group.others)) if group.others else number
    return select(literal(key), people.c.value, number)


def counts_of_each(person_ids: Collection[int], course: str, sets: Sequence[Collection[str]]) -> dict[int, list[int]]:
    """How many cards of each of these sets each person has read, in one query."""
    people = listed(person_ids)
    mine = (StepDone.person_id == people.c.value) & (StepDone.course == course)
    numbers = [_number(mine & StepDone.step.in_(steps)) for steps in sets]
    return {person_id: found for person_id, *found in db.session.execute(select(people.c.value, *numbers))}


def _number(which: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count()).select_from(StepDone).where(which).scalar_subquery()


def count_one_more(person_id: int, course: str) -> None:
    """One more card of the course is read; in the transaction that writes it."""
    upsert = _upsert()
    values = {"person_id": person_id, "course": course, "number": 1}
    one_more = {"number": ReadCount.number + upsert.excluded.number}
    db.session.execute(upsert.values(values).on_conflict_do_update(index_elements=KEY, set_=one_more))


def insert_many(rows: Sequence[Mapping[str, Any]]) -> None:
    """Write many read cards at once, and count anew what their people have read: for synthetic data."""
    bulk.write(StepDone, rows)
    readers, upsert = {row["person_id"] for row in rows}, _upsert()
    anew = select(StepDone.person_id, StepDone.course, func.count()).where(among(StepDone.person_id, readers))
    filled = upsert.from_select([*KEY, "number"], anew.group_by(StepDone.person_id, StepDone.course))
    counted = {"number": upsert.excluded.number}
    db.session.execute(filled.on_conflict_do_update(index_elements=KEY, set_=counted))


def _upsert() -> Any:
    return (sqlite if is_sqlite() else postgresql).insert(ReadCount)
