"""Words of a supervisor beside the fields of one report, and free text that is covered."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from p2k2lms.core import clock, free_text, journal
from p2k2lms.core.access import Actor, allowed, require
from p2k2lms.core.errors import Invalid, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.fieldwork.models import Meeting, MeetingRemark
from p2k2lms.plugins.fieldwork.permissions import APPROVE_REPORT
from p2k2lms.plugins.fieldwork.queries import meetings as read
from p2k2lms.plugins.fieldwork.values.words import COVERED, FIELDS, REMARKS

LONGEST = 500


@dataclass(frozen=True)
class Remark:
    """One word beside a field."""

    verdict: str
    text: str
    name: str
    at: datetime


def beside_fields(rows: Sequence[MeetingRemark], names: Mapping[int, str]) -> dict[str, list[Remark]]:
    """What was said beside each field of a meeting, the newest first."""
    found: dict[str, list[Remark]] = {}
    for row in rows:
        found.setdefault(row.field, []).append(Remark(row.verdict, row.text, names.get(row.reviewer_id, ""), row.at))
    return found


def may_remark(actor: Actor, leader_id: int) -> bool:
    """True for who looks after the one who led the meeting."""
    return leader_id != actor.id and allowed(actor, APPROVE_REPORT, leader_id)


def _row(actor: Actor, meeting_id: uuid.UUID) -> Meeting:
    require(actor, APPROVE_REPORT)
    row = read.meeting_row(meeting_id)
    if row is None or not may_remark(actor, row.leader_id):
        raise NotFound("meeting")
    return row


def remark(actor: Actor, meeting_id: uuid.UUID, field: str, verdict: str, text: str) -> None:
    """A word beside one field of a report; who led the meeting is told."""
    said = free_text.without_numbers(" ".join(text.replace("\x00", "").split()))
    if field not in FIELDS:
        raise Invalid(_("Pilih bagian laporan."), "field")
    if verdict not in REMARKS:
        raise Invalid(_("Pilih salah satu."), "verdict")
    if not 3 <= len(said) <= LONGEST:
        raise Invalid(_("Tulis catatan, 3 sampai 500 huruf."), "text")
    with unit_of_work("fieldwork.remark_on_meeting", actor, f"meeting:{meeting_id}") as uow:
        row = _row(actor, meeting_id)
        kept = {"field": field, "verdict": verdict, "text": said, "reviewer_id": actor.id, "at": clock.now()}
        uow.add(MeetingRemark(meeting_id=row.id, **kept))
        params = {"field": str(FIELDS[field]), "verdict": str(REMARKS[verdict]), "remark": said}
        uow.notify(row.leader_id, "fieldwork.remarked", f"/lapangan/pertemuan/{row.id}", **params)


def cover(actor: Actor, meeting_id: uuid.UUID) -> None:
    """The free text of a report goes, from each of its versions and from what the phone sent; who wrote it is told."""
    with unit_of_work("fieldwork.cover_note", actor, f"meeting:{meeting_id}") as uow:
        row = _row(actor, meeting_id)
        versions = read.versions_of(row.corrects or row.id)
        if told := [version for version in versions if version.note not in ("", COVERED)]:
            for version in told:
                version.note = COVERED
            journal.forget_words([version.id for version in versions])
            uow.notify(row.leader_id, "fieldwork.covered", f"/lapangan/pertemuan/{row.id}", day=row.on_day.isoformat())
