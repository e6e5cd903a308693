"""Reads what a sheet of people is held against, keeps the sheet, and writes its rows in bulk."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, insert, or_, select, update

from p2k2lms.core.db import db
from p2k2lms.plugins.identity.models import PeopleSheet, Person, Posting, Supervision, Unit
from p2k2lms.plugins.identity.queries.people import in_parts


def sheet(sheet_id: int) -> PeopleSheet | None:
    return db.session.get(PeopleSheet, sheet_id)


def forget_sheets(before: datetime) -> None:
    db.session.execute(delete(PeopleSheet).where(PeopleSheet.made_at < before))


def people_with(words: Mapping[str, Collection[str]]) -> list[Person]:
    """Everybody with one of these PKH ids, phones or e-mails, a few thousand words at a time."""
    columns = {"pkh_id": Person.pkh_id, "phone": Person.phone, "email": Person.email}
    parts = {name: list(in_parts_of(words[name])) for name in columns}
    found: dict[int, Person] = {}
    for number in range(max((len(part) for part in parts.values()), default=0)):
        ways = [column.in_(parts[name][number]) for name, column in columns.items() if number < len(parts[name])]
        found.update((row.id, row) for row in db.session.scalars(select(Person).where(or_(*ways))))
    return list(found.values())


def in_parts_of(words: Collection[str], size: int = 5_000) -> list[list[str]]:
    """Many words in lists that one statement can carry."""
    wanted = sorted(words)
    return [wanted[start : start + size] for start in range(0, len(wanted), size)]


def postings(ids: Collection[int]) -> list[tuple[Posting, str]]:
    """Every posting of these people, with the path of its unit."""
    wanted = select(Posting, Unit.path).join(Unit, Unit.id == Posting.unit_id)
    return [
        (row, path)
        for part in in_parts(ids)
        for row, path in db.session.execute(wanted.where(Posting.person_id.in_(part)))
    ]


def supervisions(ids: Collection[int], day: date) -> dict[int, int]:
    """Who supervises these pendamping on the day or later."""
    wanted = select(Supervision.pendamping_id, Supervision.supervisor_id)
    open_ones = wanted.where(or_(Supervision.valid_to.is_(None), Supervision.valid_to > day))
    rows = (
        row
        for part in in_parts(ids)
        for row in db.session.execute(
            open_ones.where(Supervision.pendamping_id.in_(part)).order_by(Supervision.valid_from)
        )
    )
    return {pendamping: supervisor for pendamping, supervisor in rows}


def insert_people(rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Write new accounts; their ids in the same order."""
    if not rows:
        return []
    wanted = insert(Person).returning(Person.id, sort_by_parameter_order=True)
    return list(db.session.scalars(wanted, list(rows)))


def change_people(rows: Sequence[Mapping[str, Any]]) -> None:
    """Write these columns of these people anew; rows with different columns go one by one."""
    for row in rows:
        columns = {name: value for name, value in row.items() if name != "id"}
        db.session.execute(update(Person).where(Person.id == row["id"]).values(**columns))
