"""Words of a supervisor beside the fields of one report, and free text that is covered."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from p2k2lms.core import clock, free_text, journal
from p2k2lms.core.access import Actor, allowed, require
from p2k2lms.core.errors import Conflict, Invalid, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import UnitOfWork, unit_of_work
from p2k2lms.plugins.fieldwork.models import Meeting, MeetingRemark
from p2k2lms.plugins.fieldwork.permissions import CREATE_REMARK, READ_GROUP
from p2k2lms.plugins.fieldwork.queries import meetings as read
from p2k2lms.plugins.fieldwork.queries import monthly as read_monthly
from p2k2lms.plugins.fieldwork.values.words import ASKING, COVERED, FIELDS, REMARKS

LONGEST = 500


@dataclass(frozen=True)
class Remark:
    """One word beside a field, with the reply to it; a correction settles it without one."""

    id: int
    verdict: str
    text: str
    name: str
    at: datetime
    reply: str
    settled_at: datetime | None

    @property
    def open(self) -> bool:
        """True while whoever led the meeting has neither replied nor told it anew."""
        return self.verdict in ASKING and self.settled_at is None


def _shown(row: MeetingRemark, name: str) -> Remark:
    return Remark(row.id, row.verdict, row.text, name, row.at, row.reply, row.settled_at)


def beside_fields(rows: Sequence[tuple[MeetingRemark, str]]) -> dict[str, list[Remark]]:
    """What was said beside each field of a meeting, and by whom, the newest first."""
    found: dict[str, list[Remark]] = {}
    for row, name in rows:
        found.setdefault(row.field, []).append(_shown(row, name))
    return found


def may_remark(actor: Actor, leader_id: int) -> bool:
    """True for who looks after the one who led the meeting."""
    return leader_id != actor.id and allowed(actor, CREATE_REMARK, leader_id)


def _row(actor: Actor, meeting_id: uuid.UUID) -> Meeting:
    require(actor, CREATE_REMARK)
    row = read.meeting_row(meeting_id)
    if row is None or not may_remark(actor, row.leader_id):
        raise NotFound("meeting")
    return row


def remark(actor: Actor, meeting_id: uuid.UUID, field: str, verdict: str, text: str) -> None:
    """A word beside one field of a report; who led the meeting is told."""
    said = _tidy(text)
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
        params = {"field": FIELDS[field], "verdict": REMARKS[verdict], "remark": said}
        uow.notify(row.leader_id, "fieldwork.remarked", f"/lapangan/pertemuan/{row.id}", **params)


def _tidy(text: str) -> str:
    return free_text.without_numbers(" ".join(text.replace("\x00", "").split()))


def reply(actor: Actor, meeting_id: uuid.UUID, remark_id: int, text: str) -> None:
    """Who led the meeting replies to a remark, once; whoever wrote it is told."""
    require(actor, READ_GROUP)
    with unit_of_work("fieldwork.reply_to_remark", actor, f"meeting:{meeting_id}") as uow:
        kept, row = read_monthly.remark_row(remark_id), read.meeting_row(meeting_id)
        if row is None or row.leader_id != actor.id or kept not in read_monthly.remarks_of(row.corrects or row.id):
            raise NotFound("remark")
        if kept.settled_at is not None:
            raise Conflict(_("Catatan ini sudah dijawab."))
        said = _tidy(text)
        if not 2 <= len(said) <= LONGEST:
            raise Invalid(_("Tulis jawaban, 2 sampai 500 huruf."), "reply")
        kept.reply, kept.replied_by, kept.settled_at = said, actor.id, clock.now()
        params = {"name": actor.name, "reply": said}
        uow.notify(kept.reviewer_id, "fieldwork.replied", f"/lapangan/pertemuan/{row.id}", **params)


def settle(uow: UnitOfWork, actor: Actor, root: uuid.UUID, newest: uuid.UUID, day: date) -> None:
    """A report was told anew: that settles what was asked about it, and whoever asked is told once."""
    asked = [row for row in read_monthly.remarks_of(root) if row.verdict in ASKING and row.settled_at is None]
    for row in asked:
        row.settled_at = clock.now()
    for reviewer_id in sorted({row.reviewer_id for row in asked}):
        params = {"name": actor.name, "day": day.isoformat()}
        uow.notify(reviewer_id, "fieldwork.mended", f"/lapangan/pertemuan/{newest}", **params)


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
