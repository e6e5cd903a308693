"""Reads hand-overs, what the server has of the old holder's reports, and the groups that nobody holds any more."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import aliased

from p2k2lms.core.db import db
from p2k2lms.core.spans import holding_on
from p2k2lms.plugins.fieldwork.models import Custody, Group, HandOver, Meeting, MeetingGroup
from p2k2lms.plugins.fieldwork.queries import days
from p2k2lms.plugins.fieldwork.queries.groups import below
from p2k2lms.plugins.fieldwork.queries.meetings import STANDS
from p2k2lms.plugins.fieldwork.values import Unheld
from p2k2lms.plugins.identity import service as identity


def row(hand_over_id: int) -> HandOver | None:
    """One hand-over."""
    return db.session.get(HandOver, hand_over_id)


def counts(group_id: int, leader_id: int, before: date, at: datetime) -> tuple[int, int]:
    """Standing reports of this group by this leader for days before; and how many came only after `at`."""
    late = func.count().filter(Meeting.received_at > at)
    wanted = select(func.count(), late).join(MeetingGroup, MeetingGroup.meeting_id == Meeting.id)
    mine = (MeetingGroup.group_id == group_id, MeetingGroup.on_day < before, Meeting.leader_id == leader_id, STANDS)
    here, later = db.session.execute(wanted.where(*mine)).one()
    return int(here), int(later)


def newest_of(group_id: int) -> int | None:
    """The id of the last hand-over of a group."""
    wanted = select(HandOver.id).where(HandOver.group_id == group_id).order_by(HandOver.id.desc()).limit(1)
    return db.session.scalar(wanted)


def open_custody(person_id: int, day: date) -> list[tuple[Custody, Group]]:
    """What this person holds on the day or later, with the groups; the rows are held until the transaction ends."""
    rows = select(Custody, Group).join(Group, Group.id == Custody.group_id)
    lasting = or_(Custody.valid_to.is_(None), Custody.valid_to > day)
    rows = rows.where(Custody.pendamping_id == person_id, lasting).order_by(Custody.id)
    return [(row, group) for row, group in db.session.execute(rows.with_for_update(of=Custody))]


def holders_off_duty(day: date, limit: int) -> list[tuple[int, int]]:
    """Who holds a group without end for which no duty is left, now or later, and for which unit it was held.

    Either no duty is left at all, then the unit is one of the groups; or one that ended took in the group, and none
    that is left does. So many at most.
    """
    who = Custody.pendamping_id
    held = select(who).join(Group, Group.id == Custody.group_id).where(Custody.valid_to.is_(None))
    nowhere = held.add_columns(func.min(Group.unit_id).label("unit_id")).where(~identity.duty_lasts(who, day))
    ended = identity.duties_ended(day).subquery()
    elsewhere = held.add_columns(ended.c.unit_id).join(ended, ended.c.person_id == who)
    elsewhere = elsewhere.where(Custody.valid_from <= day, Group.unit_path.startswith(ended.c.path))
    elsewhere = elsewhere.where(identity.duty_lasts(who, day), ~identity.duty_lasts(who, day, Group.unit_path))
    both = nowhere.group_by(who).union(elsewhere).subquery()
    wanted = select(both.c.pendamping_id, both.c.unit_id).order_by(both.c.pendamping_id, both.c.unit_id).limit(limit)
    return [(person_id, unit_id) for person_id, unit_id in db.session.execute(wanted)]


def has_holder_before(held: Custody) -> bool:
    """True if somebody held the group before."""
    earlier = exists().where(Custody.group_id == held.group_id, Custody.valid_from < held.valid_from)
    return bool(db.session.scalar(select(earlier)))


def remove_custody(held: Custody) -> None:
    """Take back a custody that does not begin."""
    db.session.delete(held)


def unheld(paths: Sequence[str], limit: int) -> list[Unheld]:
    """The groups below these paths that nobody holds today nor is to hold, who waits longest first."""
    day, later = days.here(), aliased(Custody)
    taken = exists().where(later.group_id == Custody.group_id, later.valid_from > Custody.valid_from)
    wanted = (
        select(Group.id, Group.name, Group.unit_id, Custody.valid_to, identity.name_of(Custody.pendamping_id))
        .join(Custody, Custody.group_id == Group.id)
        .where(Custody.valid_to.is_not(None), Custody.valid_to <= day, ~taken, holding_on(Group, day))
        .where(or_(*(below(Group.unit_path, path) for path in paths)))
        .order_by(Custody.valid_to, Group.id)
    )
    return [Unheld(*row) for row in db.session.execute(wanted.limit(limit))]
