"""Photos of a meeting: one or a few, after the report itself, seen by whoever sees the report."""

import uuid

from p2k2lms.core import photos
from p2k2lms.core.access import Actor
from p2k2lms.core.errors import Conflict, Invalid, NotFound
from p2k2lms.core.i18n import _, lazy
from p2k2lms.core.photos import PhotoCard
from p2k2lms.core.submissions import Answer, Sent, SubmissionKind
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.fieldwork.queries import meetings as read_meetings
from p2k2lms.plugins.fieldwork.service.groups import FormSent, send
from p2k2lms.plugins.fieldwork.service.meetings import own_meeting
from p2k2lms.plugins.fieldwork.service.teaching import meeting
from p2k2lms.plugins.fieldwork.values import MeetingCard, PhotoPayload

OWNER = "fieldwork.meeting"
MOST = 3


def add(actor: Actor, sent: Sent, payload: PhotoPayload) -> list[str]:
    """Apply `fieldwork.photo`: it belongs to the meeting, in whichever version that is told."""
    with unit_of_work("fieldwork.add_photo", actor, f"meeting:{payload.meeting}"):
        row = own_meeting(actor, read_meetings.meeting_row(payload.meeting), "payload.meeting")
        root = str(row.corrects or row.id)
        if len(photos.of(OWNER, [root])) >= MOST:
            raise Conflict(_("Laporan ini sudah punya %(n)s foto.", n=MOST))
        photos.claim(actor.id or 0, payload.photo, OWNER, root)
    return []


PHOTO = SubmissionKind("fieldwork.photo", {1: PhotoPayload}, add, title=lazy("Foto pertemuan"))


def send_photo(actor: Actor, meeting_id: uuid.UUID, data: bytes, sent: FormSent) -> Answer:
    """A photo from a form without script: the bytes, then what they belong to; Invalid if they are no photo."""
    sha = photos.receive(actor, data)
    return send(actor, PHOTO.name, {"meeting": str(meeting_id), "photo": sha}, sent)


def photos_of(card: MeetingCard) -> list[PhotoCard]:
    """The photos of a meeting that the caller may see."""
    return photos.of(OWNER, [str(card.corrects or card.id)])


def photo(actor: Actor, meeting_id: uuid.UUID, photo_id: int) -> bytes:
    """The bytes of one photo, for who may see its meeting."""
    page = meeting(actor, meeting_id)
    if photo_id not in {one.id for one in photos_of(page.card)}:
        raise NotFound("photo")
    found = photos.body(photo_id)
    if found is None:
        raise NotFound("photo")
    return found


def too_large() -> Invalid:
    """What is said of a photo that is larger than anybody needs."""
    return Invalid(_("Foto ini terlalu besar. Paling besar 12 MB."), "photo")
