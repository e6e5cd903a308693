"""What the synthetic months ask and write, for all people at once."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlalchemy import delete, select

from p2k2lms.core.db import among, db
from p2k2lms.core.models import DirtyMark
from p2k2lms.plugins.fieldwork.models import Custody, Group, LeaderMonth


def groups_held(person_ids: Collection[int]) -> dict[int, list[int]]:
    """The groups that these people hold now, in their order, by person."""
    wanted = select(Custody.pendamping_id, Custody.group_id).where(
        among(Custody.pendamping_id, person_ids), Custody.valid_to.is_(None)
    )
    found: dict[int, list[int]] = defaultdict(list)
    for person, group in db.session.execute(wanted.order_by(Custody.group_id)):
        found[person].append(group)
    return found


def counted_months(months: Collection[date]) -> set[tuple[int, date]]:
    """The person-months of these that are counted already."""
    wanted = select(LeaderMonth.person_id, LeaderMonth.month).where(LeaderMonth.month.in_(months))
    return {(person, month) for person, month in db.session.execute(wanted)}


def paths_of(group_ids: Collection[int]) -> dict[int, str]:
    """Where each of these groups lies."""
    wanted = select(Group.id, Group.unit_path).where(among(Group.id, group_ids))
    return {group: path for group, path in db.session.execute(wanted)}


def forget_marks(months: Collection[date], fact: str) -> None:
    """Nothing waits to be counted again of these months: there is nothing beneath their sums."""
    db.session.execute(delete(DirtyMark).where(DirtyMark.month.in_(months), DirtyMark.fact == fact))
