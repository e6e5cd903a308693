"""Reads groups with their holders and sizes, and the two ledgers behind these."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, insert, or_, select

from p2k2lms.core.db import db
from p2k2lms.core.questions import Asking, Question
from p2k2lms.core.spans import holding_on
from p2k2lms.plugins.fieldwork.models import Custody, Group, GroupOrigin, RosterChange
from p2k2lms.plugins.fieldwork.queries import days
from p2k2lms.plugins.fieldwork.rules.names import heard
from p2k2lms.plugins.fieldwork.values import Change, GroupCard, Held

AT_ONCE = 2_000


def below(column: Any, path: str) -> ColumnElement[bool]:
    """The path is this one or below it; a range, so that an index serves ("0" follows "/")."""
    return and_(column >= path, column < path[:-1] + "0")


def _cards(day: Any) -> Select[Any]:
    """Every group that exists on the day or later, with its holder and its families of the day."""
    size = (
        select(func.coalesce(func.sum(RosterChange.delta), 0))
        .where(RosterChange.group_id == Group.id, RosterChange.on_day <= day)
        .scalar_subquery()
    )
    on_day = and_(Custody.group_id == Group.id, holding_on(Custody, day))
    return select(Group, Custody.pendamping_id, size).outerjoin(Custody, on_day)


def _card(row: Group, holder_id: int | None, members: int) -> GroupCard:
    return GroupCard(
        id=row.id,
        name=row.name,
        place=row.place,
        unit_id=row.unit_id,
        unit_path=row.unit_path,
        zone=row.zone,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        holder_id=holder_id,
        members=max(0, int(members)),
    )


def held_by(person_ids: Collection[int], upto: date | None = None) -> list[GroupCard]:
    """The groups that these people hold today where the group lies, or on a day before; by holder and name."""
    if not person_ids:
        return []
    day = days.here(upto)
    wanted = _cards(day).where(Custody.pendamping_id.in_(person_ids), holding_on(Group, day))
    rows = db.session.execute(wanted.order_by(Custody.pendamping_id, Group.name))
    return [_card(*row) for row in rows]


def cards(ids: Collection[int], day: date | None = None) -> dict[int, GroupCard]:
    """These groups by id, as they are on the day, or today where each lies."""
    rows = db.session.execute(_cards(day or days.here()).where(Group.id.in_(ids))) if ids else ()
    return {row[0].id: _card(*row) for row in rows}


def card(group_id: int, day: date | None = None) -> GroupCard | None:
    """One group, as it is on the day, or today where it lies."""
    return cards([group_id], day).get(group_id)


def named(unit_id: int, name: str) -> int | None:
    """The group of this unit with this name as people hear it; databases differ in which letters they call the same."""
    rows = db.session.execute(select(Group.id, Group.name).where(Group.unit_id == unit_id))
    return next((key for key, known in rows if heard(known) == heard(name)), None)


def near(path: str, limit: int) -> list[GroupCard]:
    """The groups that exist today below a path of units, by name."""
    day = days.here()
    wanted = _cards(day).where(below(Group.unit_path, path), holding_on(Group, day))
    rows = db.session.execute(wanted.order_by(Group.name, Group.id).limit(limit))
    return [_card(*row) for row in rows]


def origins_of(group_id: int) -> list[GroupOrigin]:
    """The groups that this one goes on from, the latest first."""
    wanted = select(GroupOrigin).where(GroupOrigin.group_id == group_id).order_by(GroupOrigin.before.desc())
    return list(db.session.scalars(wanted))


def merger_of(group_id: int) -> tuple[int, str] | None:
    """Id and name of the group into which this one went."""
    went = select(Group.merged_into).where(Group.id == group_id).scalar_subquery()
    row = db.session.execute(select(Group.id, Group.name).where(Group.id == went)).one_or_none()
    return (row[0], row[1]) if row else None


def group_row(group_id: int) -> Group:
    """The row to change, held until the transaction ends."""
    return db.session.scalars(select(Group).where(Group.id == group_id).with_for_update()).one()


def custody_of(group_ids: Collection[int]) -> list[Held]:
    """Every holder that these groups have had, the earliest first."""
    wanted = select(Custody).where(Custody.group_id.in_(group_ids)).order_by(Custody.group_id, Custody.valid_from)
    rows = db.session.scalars(wanted) if group_ids else ()
    return [Held(row.group_id, row.pendamping_id, row.valid_from, row.valid_to) for row in rows]


HOLDERS = (
    select(Custody.group_id, Custody.pendamping_id, Custody.valid_from, Custody.valid_to)
    .where(Custody.group_id == bindparam("group_id"))
    .order_by(Custody.valid_from)
)


def _holders_of(group_id: int) -> Asking:
    return HOLDERS, {"group_id": group_id}


holders_of = Question(_holders_of, lambda rows: [Held(*row) for row in rows])
"""The same of one group, for its pages."""


def custody_rows(group_id: int) -> list[Custody]:
    """The rows to change, held until the transaction ends."""
    wanted = select(Custody).where(Custody.group_id == group_id).order_by(Custody.valid_from)
    return list(db.session.scalars(wanted.with_for_update()))


def held_in(person_ids: Collection[int], first: date, after: date) -> list[int]:
    """The ids of the groups that these people held on some day from `first` until before `after`."""
    span = and_(Custody.valid_from < after, or_(Custody.valid_to.is_(None), Custody.valid_to > first))
    wanted = select(Custody.group_id).where(Custody.pendamping_id.in_(person_ids), span).distinct()
    return list(db.session.scalars(wanted)) if person_ids else []


def changes_of(group_ids: Collection[int]) -> list[Change]:
    """The whole ledger of these groups."""
    wanted = select(RosterChange.group_id, RosterChange.on_day, RosterChange.delta, RosterChange.reason)
    rows = db.session.execute(wanted.where(RosterChange.group_id.in_(group_ids))) if group_ids else ()
    return [Change(*row) for row in rows]


def ledger(group_id: int, limit: int) -> list[Change]:
    """The newest entries of one group."""
    wanted = select(RosterChange).where(RosterChange.group_id == group_id)
    rows = db.session.scalars(wanted.order_by(RosterChange.on_day.desc(), RosterChange.received_at.desc()).limit(limit))
    return [Change(row.group_id, row.on_day, row.delta, row.reason) for row in rows]


def with_groups(person_ids: Collection[int]) -> set[int]:
    """Who of these people has ever held a group."""
    wanted = select(Custody.pendamping_id).where(Custody.pendamping_id.in_(person_ids)).distinct()
    return set(db.session.scalars(wanted)) if person_ids else set()


def insert_groups(rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Write many groups at once; their ids, in the order of the rows."""
    found: list[int] = []
    for start in range(0, len(rows), AT_ONCE):
        made = insert(Group).returning(Group.id, sort_by_parameter_order=True)
        found += db.session.scalars(made, list(rows[start : start + AT_ONCE]))
    return found
