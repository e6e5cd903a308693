"""Reads the list of due group-months, the draws, their tasks, and the contact of a group."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import undefer

from p2k2lms.core.db import db
from p2k2lms.plugins.fieldwork.models import Draw, Group, GroupContact, GroupMonth, NoMeeting, Verification
from p2k2lms.plugins.fieldwork.queries.groups import below
from p2k2lms.plugins.fieldwork.values.words import NOT_REACHED


def due(path: str, month: date) -> list[tuple[int, int, bool, bool]]:
    """The due group-months below a path: group, who answers for it, whether it met, whether it was said not to have."""
    wanted = (
        select(GroupMonth.group_id, GroupMonth.responsible_id, GroupMonth.met, NoMeeting.id.is_not(None))
        .join(Group, Group.id == GroupMonth.group_id)
        .outerjoin(NoMeeting, (NoMeeting.group_id == Group.id) & (NoMeeting.month == month))
        .where(below(Group.unit_path, path), GroupMonth.month == month, GroupMonth.due > 0)
        .where(GroupMonth.responsible_id.is_not(None))
        .order_by(GroupMonth.group_id)
    )
    rows = db.session.execute(wanted)
    return [(group, person or 0, bool(met), bool(said)) for group, person, met, said in rows]


def units_of(group_ids: Collection[int]) -> set[int]:
    """The units in which these groups lie."""
    return set(db.session.scalars(select(Group.unit_id).where(Group.id.in_(group_ids)))) if group_ids else set()


def kabupaten_paths(pieces: int) -> set[str]:
    """The paths of the kabupaten that have groups."""
    return {"/".join(p.split("/")[:pieces]) + "/" for p in db.session.scalars(select(Group.unit_path).distinct())}


def drawn_paths(month: date) -> set[str]:
    """The kabupaten that have a finished draw of this month."""
    return set(db.session.scalars(select(Draw.unit_path).where(Draw.month == month, Draw.drawn_at.is_not(None))))


def draw_row(path: str, month: date) -> Draw | None:
    """The draw of a kabupaten and month."""
    return db.session.scalar(select(Draw).where(Draw.unit_path == path, Draw.month == month))


def draw_by_id(draw_id: int) -> Draw | None:
    """One draw."""
    return db.session.get(Draw, draw_id)


def draws(paths: Sequence[str], limit: int) -> list[Draw]:
    """The finished draws below these paths, the newest first."""
    within = or_(*(below(Draw.unit_path, path) for path in paths))
    wanted = select(Draw).where(within, Draw.drawn_at.is_not(None)).order_by(Draw.month.desc(), Draw.id)
    return list(db.session.scalars(wanted.limit(limit))) if paths else []


def tasks_of_draws(draw_ids: Collection[int]) -> list[Verification]:
    """Everything drawn in these."""
    wanted = select(Verification).where(Verification.draw_id.in_(draw_ids)).order_by(Verification.id)
    return list(db.session.scalars(wanted)) if draw_ids else []


TASK = (Verification, Draw.month, Group.name, Group.unit_id, Group.place)


def open_tasks(checker_id: int) -> list[Any]:
    """What a checker has still to find out, with month and group."""
    wanted = select(*TASK).join(Draw, Draw.id == Verification.draw_id).join(Group, Group.id == Verification.group_id)
    return list(
        db.session.execute(
            wanted.where(Verification.checker_id == checker_id, Verification.result.is_(None)).order_by(Verification.id)
        )
    )


def task(task_id: int) -> Any | None:
    """One task with month and group."""
    wanted = select(*TASK).join(Draw, Draw.id == Verification.draw_id).join(Group, Group.id == Verification.group_id)
    return db.session.execute(wanted.where(Verification.id == task_id)).one_or_none()


def unchecked() -> list[Verification]:
    """Everything drawn of which nothing is known yet, held: for synthetic data."""
    wanted = select(Verification).where(Verification.result.is_(None)).with_for_update()
    return list(db.session.scalars(wanted.order_by(Verification.id)))


def task_row(task_id: int) -> Verification | None:
    """The row to change, held until the transaction ends."""
    return db.session.get(Verification, task_id, with_for_update=True)


def contact(group_id: int) -> GroupContact | None:
    """The contact of a group, opened."""
    opened = (undefer(GroupContact.name), undefer(GroupContact.phone))
    return db.session.scalar(select(GroupContact).where(GroupContact.group_id == group_id).options(*opened))


def has_contact(group_id: int) -> date | None:
    """Since when a group has a contact, without opening it."""
    return db.session.scalar(select(GroupContact.consent_on).where(GroupContact.group_id == group_id))


def remove(row: GroupContact) -> None:
    """Consent was taken back."""
    db.session.delete(row)


def found(rows: Sequence[Verification]) -> dict[str, int]:
    """Drawn, checked, agreeing and not reached, counted."""
    done = [row for row in rows if row.result not in {None, NOT_REACHED}]
    return {
        "drawn": len(rows),
        "checked": len(done),
        "agree": sum((row.result == "bertemu") == (row.reported == "bertemu") for row in done),
        "missing": sum(row.result == NOT_REACHED for row in rows),
        "open": sum(row.result is None for row in rows),
    }
