"""Reads people, postings and supervision."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, exists, false, func, or_, select
from sqlalchemy.orm import aliased

from p2k2lms.core.db import among, db, look
from p2k2lms.core.once import once_per_page
from p2k2lms.core.questions import Asking, Question, below
from p2k2lms.core.spans import holding_on
from p2k2lms.plugins.identity.models import Person, Posting, Supervision, Unit

AT_A_TIME = 10_000  # ids in one statement: both engines take this many
WHOLE_COUNTRY = 2  # slashes in its path
HOME_ORDER = case({"pendamping": 0, "supervisor": 1, "koordinator": 2, "dinsos": 3}, value=Posting.role, else_=4)


def in_parts(ids: Iterable[int]) -> Iterator[list[int]]:
    """Many ids in lists that one statement can carry."""
    wanted = list(dict.fromkeys(ids))
    for start in range(0, len(wanted), AT_A_TIME):
        yield wanted[start : start + AT_A_TIME]


def within(paths: Sequence[str]) -> ColumnElement[bool]:
    """The unit is one of these or below; a range, so that the index on `path` serves ("0" follows "/")."""
    return or_(false(), *(and_(Unit.path >= path, Unit.path < path[:-1] + "0") for path in paths))


def person(person_id: int) -> Person | None:
    return db.session.get(Person, person_id)


def people(ids: Iterable[int]) -> list[Person]:
    return [p for part in in_parts(ids) for p in db.session.scalars(select(Person).where(Person.id.in_(part)))]


def names(ids: Iterable[int]) -> dict[int, str]:
    """The names alone, for long lists."""
    if not (wanted := list(ids)):
        return {}
    return dict(map(tuple, look(select(Person.id, Person.name).where(among(Person.id, wanted)))))


def name_of(person_id: Any) -> Any:
    """The name of whoever a column of another table stands for, as a part of its SELECT."""
    return select(Person.name).where(Person.id == person_id).scalar_subquery()


def unit_name_of(unit_id: Any) -> Any:
    """The same for a unit."""
    return select(Unit.name).where(Unit.id == unit_id).scalar_subquery()


def holder_of(phone: str | None, email: str | None, pkh_id: str | None) -> Person | None:
    """Whose phone, PKH id or e-mail this is; each word can be only one of them."""
    ways = [column == word for column, word in _ways(phone, email, pkh_id) if word]
    return db.session.scalars(select(Person).where(or_(false(), *ways)).order_by(Person.id).limit(1)).first()


def taken(phone: str | None, email: str | None, pkh_id: str | None, but: int | None) -> list[str]:
    """Which of these fields somebody else has already."""
    words = {"phone": phone, "pkh_id": pkh_id, "email": email}
    ways = [column == word for column, word in _ways(phone, email, pkh_id) if word]
    found = db.session.scalars(select(Person).where(or_(false(), *ways), Person.id != (but or 0))).all()
    return [name for name, word in words.items() if word and any(getattr(row, name) == word for row in found)]


def _ways(
    phone: str | None, email: str | None, pkh_id: str | None
) -> list[tuple[ColumnElement[str | None], str | None]]:
    return [(Person.phone, phone), (Person.pkh_id, pkh_id), (Person.email, email)]  # type: ignore[list-item]


def homes(ids: Iterable[int], day: date) -> dict[int, Unit]:
    """The unit of each person's first posting of the day: as pendamping if there is one."""
    found: dict[int, Unit] = {}
    for part in in_parts(ids):
        rows = db.session.execute(
            select(Posting.person_id, Unit)
            .join(Unit, Unit.id == Posting.unit_id)
            .where(Posting.person_id.in_(part), holding_on(Posting, day))
            .order_by(Posting.person_id, HOME_ORDER, Posting.id)
        )
        for person_id, unit in rows:
            found.setdefault(person_id, unit)
    return found


@once_per_page
def about(person_id: int, day: date) -> tuple[Person | None, int | None, list[tuple[str, Unit]]]:
    """A person, who supervises him on the day, and role and unit of each posting, where home is first.

    Whoever looks at a person is asked for all three, by several parts of a page.
    """
    led = select(Supervision.supervisor_id).where(Supervision.pendamping_id == person_id, holding_on(Supervision, day))
    rows = db.session.execute(
        select(Person, led.limit(1).scalar_subquery(), Posting.role, Unit)
        .outerjoin(Posting, and_(Posting.person_id == Person.id, holding_on(Posting, day)))
        .outerjoin(Unit, Unit.id == Posting.unit_id)
        .where(Person.id == person_id)
        .order_by(HOME_ORDER, Posting.id)
    ).all()
    person, supervisor = (rows[0][0], rows[0][1]) if rows else (None, None)
    return person, supervisor, [(role, unit) for _person, _led, role, unit in rows if unit is not None]


def home_names(ids: Iterable[int], day: date) -> dict[int, str]:
    """The name of each person's home unit alone, for long lists."""
    found: dict[int, str] = {}
    if not (wanted := list(ids)):
        return found
    rows = db.session.execute(
        select(Posting.person_id, Unit.name)
        .join(Unit, Unit.id == Posting.unit_id)
        .where(among(Posting.person_id, wanted), holding_on(Posting, day))
        .order_by(Posting.person_id, HOME_ORDER, Posting.id)
    )
    for person_id, name in rows:
        found.setdefault(person_id, name)
    return found


def posted_people(paths: Sequence[str], roles: Sequence[str], day: date) -> Select[int]:
    """The ids of who holds one of these roles on the day in these units or below, as a SELECT."""
    return posted_where(within(paths), roles, day)


def posted_where(here: ColumnElement[bool], roles: Sequence[str], day: Any) -> Select[int]:
    """The same for units of which this holds."""
    holding = select(Posting.person_id).join(Unit, Unit.id == Posting.unit_id)
    return holding.where(here, Posting.role.in_(roles), holding_on(Posting, day))


def posted_below(name: str, number: int, role: str, day: Any) -> Select[int]:
    """The same for so many units that are named as `questions.below` names them."""
    return posted_where(below(Unit.path, name, number), [role], day)


def posted_ids(paths: Sequence[str], roles: Sequence[str], day: date, after_id: int, limit: int | None) -> Select[int]:
    """Those ids in their order, behind one of them.

    Below the top the units are found first and then their people. Of a whole country the people are asked in turn, and
    each one's unit is looked up by itself: of a join SQLite would take the units first, and sort everybody for a page.
    """
    here, column = posted_people(paths, roles, day), cast(ColumnElement[int], Posting.person_id)
    if any(path.count("/") == WHOLE_COUNTRY for path in paths):
        unit = select(Unit.id).where(Unit.id == Posting.unit_id, within(paths)).limit(1).scalar_subquery()
        here = select(column).where(unit.is_not(None), Posting.role.in_(roles), holding_on(Posting, day))
    else:
        found = here.cte("here").prefix_with("MATERIALIZED")
        here, column = select(found.c.person_id), found.c.person_id
    return here.where(column > after_id).distinct().order_by(column).limit(limit)


def people_of_units(paths: Sequence[str], roles: Sequence[str], day: date, after_id: int, limit: int) -> list[Person]:
    ids = posted_ids(paths, roles, day, after_id, limit)
    return list(db.session.scalars(select(Person).where(Person.id.in_(ids)).order_by(Person.id)))


def ids_of_units(paths: Sequence[str], roles: Sequence[str], day: date, after_id: int, limit: int | None) -> list[int]:
    return list(db.session.scalars(posted_ids(paths, roles, day, after_id, limit)))


def unit_paths_of(person_id: int, day: date | None) -> list[tuple[str, str]]:
    """Role and unit path of each posting of a person: of those that hold on the day, or of all of them."""
    wanted = select(Posting.role, Unit.path).join(Unit, Unit.id == Posting.unit_id)
    if day is not None:
        wanted = wanted.where(holding_on(Posting, day))
    return [(role, path) for role, path in db.session.execute(wanted.where(Posting.person_id == person_id))]


def supervised(supervisor_id: Any, day: Any) -> Select[int]:
    """The ids of the pendamping whom this person supervises on the day, as a SELECT."""
    return select(Supervision.pendamping_id).where(
        Supervision.supervisor_id == supervisor_id, holding_on(Supervision, day)
    )


SUPERVISED = supervised(bindparam("person_id"), bindparam("day")).order_by(Supervision.pendamping_id)


def _supervised_by(supervisor_id: int, day: date) -> Asking:
    return SUPERVISED, {"person_id": supervisor_id, "day": day}


supervised_by: Question[int, date, list[int]] = Question(_supervised_by, lambda rows: list(rows.scalars()))


def supervisor_of(person_id: int, day: date) -> int | None:
    """The same alone, for who changes it."""
    return db.session.scalar(
        select(Supervision.supervisor_id).where(Supervision.pendamping_id == person_id, holding_on(Supervision, day))
    )


def supervisions_of(pendamping_id: int) -> list[tuple[Supervision, str]]:
    """Every supervision of a pendamping with the supervisor's name, the newest first."""
    rows = db.session.execute(
        select(Supervision, Person.name)
        .join(Person, Person.id == Supervision.supervisor_id)
        .where(Supervision.pendamping_id == pendamping_id)
        .order_by(Supervision.valid_from.desc(), Supervision.id.desc())
    )
    return [(row, name) for row, name in rows]


def supervision(supervision_id: int) -> Supervision | None:
    return db.session.get(Supervision, supervision_id)


def remove_supervision(row: Supervision) -> None:
    """Take back a supervision that has not begun."""
    db.session.delete(row)


def posting(posting_id: int) -> Posting | None:
    return db.session.get(Posting, posting_id)


def postings_of(person_id: int) -> list[tuple[Posting, Unit]]:
    """Every posting of a person with its unit: open ones first, then the newest."""
    rows = db.session.execute(
        select(Posting, Unit)
        .join(Unit, Unit.id == Posting.unit_id)
        .where(Posting.person_id == person_id)
        .order_by(Posting.valid_to.is_not(None), Posting.valid_from.desc(), Posting.id)
    )
    return [(row, unit) for row, unit in rows]


def seen_by_officer(paths: Sequence[str], day: date) -> ColumnElement[bool]:
    """People posted in these units now or later, and those posted nowhere any more who were here."""
    here, now = aliased(Posting), aliased(Posting)
    ever = select(here.person_id).join(Unit, Unit.id == here.unit_id).where(within(paths))
    open_here = ever.where(or_(here.valid_to.is_(None), here.valid_to > day))
    open_somewhere = exists().where(now.person_id == Person.id, or_(now.valid_to.is_(None), now.valid_to > day))
    return or_(Person.id.in_(open_here), and_(Person.id.in_(ever), ~open_somewhere))


def officers_people(
    paths: Sequence[str], day: date, words: str, after: tuple[str, int], limit: int
) -> list[tuple[int, str, str | None, str]]:
    """Id, name, PKH id and status of people an officer may see, by name, from behind `after`."""
    wanted = select(Person.id, Person.name, Person.pkh_id, Person.status).where(seen_by_officer(paths, day))
    for word in words.split():
        said = [column.icontains(word, autoescape=True) for column in (Person.name, Person.pkh_id, Person.phone)]
        wanted = wanted.where(or_(*said))
    name, person_id = after
    wanted = wanted.where(or_(Person.name > name, and_(Person.name == name, Person.id > person_id)))
    rows = db.session.execute(wanted.order_by(Person.name, Person.id).limit(limit))
    return [(r.id, r.name, r.pkh_id, r.status) for r in rows]


def may_see_person(paths: Sequence[str], person_id: int, day: date) -> bool:
    """The twin of the list above, for one person."""
    return bool(db.session.scalar(select(exists().where(Person.id == person_id, seen_by_officer(paths, day)))))


def ids_with_role(role: str, day: date) -> list[int]:
    wanted = select(Posting.person_id).where(Posting.role == role, holding_on(Posting, day)).distinct()
    return list(db.session.scalars(wanted.order_by(Posting.person_id)))


def pkh_ids_among(words: Sequence[str]) -> set[str | None]:
    """Which of these PKH ids somebody with an open account has."""
    return set(db.session.scalars(select(Person.pkh_id).where(Person.pkh_id.in_(words), Person.status == "active")))


def has_posting(person_id: int, role: str, unit_id: int, from_day: date) -> bool:
    """True if such a posting holds on the day or later, so that an open one cannot begin."""
    row = exists().where(
        Posting.person_id == person_id,
        Posting.role == role,
        Posting.unit_id == unit_id,
        or_(Posting.valid_to.is_(None), Posting.valid_to > from_day),
    )
    return bool(db.session.scalar(select(row)))


def last_id() -> int:
    """The highest id given so far; 0 before the first."""
    return db.session.scalar(select(func.max(Person.id))) or 0
