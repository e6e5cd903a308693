"""Reads attempts and their papers, and saves an answer in one statement."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import bindparam, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from p2k2lms.core.db import among, db, execute, is_sqlite
from p2k2lms.plugins.assessment.models import (
    Attempt,
    ExtraTime,
    Form,
    FormItem,
    GivenAnswer,
    ItemVersion,
    PostOpening,
)


class AnswerPlace(NamedTuple):
    """Where an answer belongs: its attempt, and the frozen item if the paper has one of this name."""

    id: int
    person_id: int
    finished_at: datetime | None
    deadline: datetime | None
    grace_seconds: int
    item_version_id: int | None
    hash: str | None
    name: str | None

    @property
    def item(self) -> tuple[int, str] | None:
        """The name of the frozen item, if the paper asks it."""
        return (self.item_version_id, self.hash) if self.item_version_id and self.hash else None


# The statements of the hot path are built once, on the tables themselves: saving an answer, and showing a question.
_A: Any = Attempt.__table__
_I: Any = ItemVersion.__table__
_F: Any = FormItem.__table__


def _places(named: Any) -> Any:
    """An attempt, held against its end, with those items of its paper; with none of them, one row without an item."""
    paper = _F.join(_I, (_I.c.id == _F.c.item_version_id) & named)
    head = (_A.c.id, _A.c.person_id, _A.c.finished_at, _A.c.deadline, _A.c.grace_seconds)
    return (
        select(*head, _I.c.id, _I.c.hash, _I.c.item)
        .select_from(_A.outerjoin(paper, _F.c.form_id == _A.c.form_id))
        .where(_A.c.id == bindparam("attempt"))
        .with_for_update(of=_A)
    )


_PLACE = _places(_I.c.item == bindparam("item"))
_PLACES = _places(_I.c.item.in_(bindparam("items", expanding=True)))

_OF_PURPOSE = (
    select(Attempt)
    .where(Attempt.enrolment_id == bindparam("enrolment"), Attempt.purpose == bindparam("purpose"))
    .order_by(Attempt.number)
)
_WITH_FORM = select(Attempt, Form).join(Form, Form.id == Attempt.form_id).where(Attempt.id == bindparam("attempt"))
_SHEET = (
    select(
        FormItem.position,
        FormItem.item_version_id,
        ItemVersion.item,
        ItemVersion.hash,
        GivenAnswer.value,
        GivenAnswer.whole,
        GivenAnswer.doubtful,
        GivenAnswer.saved_at,
    )
    .join(ItemVersion, ItemVersion.id == FormItem.item_version_id)
    .outerjoin(
        GivenAnswer,
        (GivenAnswer.attempt_id == bindparam("attempt")) & (GivenAnswer.item_version_id == FormItem.item_version_id),
    )
    .where(FormItem.form_id == bindparam("form"))
    .order_by(FormItem.position)
)


@cache
def _upsert(insert_into: Callable[[Any], Any]) -> Any:
    """Insert an answer, or put it in the place of the one that stands, if it is later."""
    upsert = insert_into(GivenAnswer.__table__)
    new, stands = upsert.excluded, GivenAnswer.__table__.c
    changed = {name: new[name] for name in ("device", "seq", "value", "whole", "doubtful", "saved_at")}
    later = or_(new.device != stands.device, new.seq >= stands.seq)
    key = [stands.attempt_id, stands.item_version_id]
    return upsert.on_conflict_do_update(index_elements=key, set_=changed, where=later).returning(*key)


def attempts(enrolment_id: int, purpose: str) -> list[Attempt]:
    """The attempts of one purpose, by number; to be read under the lock of the enrolment when one is added."""
    return list(db.session.scalars(_OF_PURPOSE, {"enrolment": enrolment_id, "purpose": purpose}))


def unfinished(enrolment_ids: Collection[int], purposes: Collection[str]) -> list[tuple[datetime | None, int]]:
    """Deadline and grace of each attempt of these enrolments for these purposes that nobody has ended yet."""
    wanted = select(Attempt.deadline, Attempt.grace_seconds).where(Attempt.finished_at.is_(None))
    wanted = wanted.where(among(Attempt.enrolment_id, enrolment_ids), Attempt.purpose.in_(purposes))
    return [(deadline, grace) for deadline, grace in db.session.execute(wanted)]


def attempt_to_change(attempt_id: int) -> Attempt | None:
    """The attempt, held so that no answer slips in beside its end."""
    wanted = select(Attempt).where(Attempt.id == attempt_id).with_for_update()
    return db.session.scalar(wanted.execution_options(populate_existing=True))


def attempt_and_form(attempt_id: int) -> tuple[Attempt, Form] | None:
    """An attempt with the rules of its form."""
    found = db.session.execute(_WITH_FORM, {"attempt": attempt_id}).one_or_none()
    return None if found is None else (found[0], found[1])


def place_of(attempt_id: int, item: str) -> AnswerPlace | None:
    """The attempt, held against its end, with the frozen item of this name on its paper (None if it has none)."""
    found = execute(_PLACE, {"attempt": attempt_id, "item": item}).one_or_none()
    return None if found is None else AnswerPlace._make(found)


def places_of(attempt_id: int, items: Collection[str]) -> dict[str, AnswerPlace]:
    """The same for many items, by name; empty if there is no such attempt."""
    rows = execute(_PLACES, {"attempt": attempt_id, "items": sorted(items)}).all()
    found = {place.name: place for place in map(AnswerPlace._make, rows)}
    nowhere = [place._replace(item_version_id=None, hash=None, name=None) for place in list(found.values())[:1]]
    return {item: found.get(item, place) for place in nowhere for item in items}


def save_answer(values: dict[str, Any]) -> bool:
    """Write the answer unless the same device has sent one with a higher seq; False if it has."""
    upsert = _upsert(sqlite.insert if is_sqlite() else postgresql.insert)
    return execute(upsert, values).scalar() is not None


def save_answers(rows: Sequence[dict[str, Any]]) -> list[bool]:
    """The same for many, in their order; no statement holds two answers for one place, so each meets the one before."""
    upsert = _upsert(sqlite.insert if is_sqlite() else postgresql.insert)
    kept, left = [False] * len(rows), dict(enumerate(rows))
    while left:
        turn: dict[tuple[int, int], int] = {}
        for number, row in left.items():
            turn.setdefault((row["attempt_id"], row["item_version_id"]), number)
        for key in execute(upsert, [rows[number] for number in turn.values()]):
            kept[turn[tuple(key)]] = True
        for number in turn.values():
            del left[number]
    return kept


def sheet(attempt: Attempt) -> Sequence[Any]:
    """Each place of a paper with its answer, and the name of the frozen item that it asks."""
    return execute(_SHEET, {"attempt": attempt.id, "form": attempt.form_id}).all()


def opened_at(enrolment_id: int) -> datetime | None:
    """Since when the post-test is open."""
    return db.session.scalar(select(PostOpening.opened_at).where(PostOpening.enrolment_id == enrolment_id))


def extra_time(enrolment_id: int) -> ExtraTime | None:
    """The extra minutes of this enrolment."""
    return db.session.get(ExtraTime, enrolment_id)


def extra_times(enrolment_ids: Sequence[int]) -> dict[int, int]:
    """The extra minutes of these enrolments; without any, no entry."""
    wanted = select(ExtraTime.enrolment_id, ExtraTime.minutes).where(ExtraTime.enrolment_id.in_(enrolment_ids))
    return {key: minutes for key, minutes in db.session.execute(wanted)}
