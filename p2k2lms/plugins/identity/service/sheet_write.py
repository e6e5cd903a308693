"""Writes what the rows of a sheet of people were decided to do, in bulk, inside the caller's transaction."""

from collections.abc import Sequence
from typing import Any

from p2k2lms.core.unit_of_work import UnitOfWork
from p2k2lms.plugins.identity.events import SupervisionChanged
from p2k2lms.plugins.identity.models import Posting, Supervision
from p2k2lms.plugins.identity.queries import sheets as read
from p2k2lms.plugins.identity.queries.units import insert_rows
from p2k2lms.plugins.identity.service.sheet_check import NEW, WRONG, Decision


def write(uow: UnitOfWork, decided: Sequence[Decision]) -> None:
    """Make new accounts, change known ones, give postings and supervisors; rows with a fault are passed over."""
    good = [one for one in decided if one.verdict != WRONG]
    new = [one for one in good if one.verdict == NEW]
    made = read.insert_people([{**one.clean, "status": "active"} for one in new])
    ids = {one.line.row: person_id for one, person_id in zip(new, made, strict=True)}
    ids |= {one.line.row: one.person_id for one in good if one.person_id is not None}
    read.change_people([{"id": one.person_id, **one.columns} for one in good if one.columns])
    insert_rows(Posting, [_posting(one, ids[one.line.row]) for one in good if one.posts])
    given = [one for one in good if one.supervised and one.supervisor_id]
    insert_rows(Supervision, [_supervision(one, ids[one.line.row]) for one in given])
    for one in given:
        if one.person_id is not None and one.day is not None:  # of somebody new there is nothing to hand over
            uow.publish(SupervisionChanged(pendamping_id=one.person_id, old=None, new=one.supervisor_id, day=one.day))


def _posting(one: Decision, person_id: int) -> dict[str, Any]:
    assert one.unit is not None
    return {
        "person_id": person_id,
        "role": one.line.role,
        "unit_id": one.unit.id,
        "valid_from": one.day,
        "end_reason": "",
    }


def _supervision(one: Decision, person_id: int) -> dict[str, Any]:
    return {"supervisor_id": one.supervisor_id, "pendamping_id": person_id, "valid_from": one.day}
