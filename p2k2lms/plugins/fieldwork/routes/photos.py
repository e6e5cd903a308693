"""Photos of a meeting: added after the report by a form without script, and shown to who sees the report."""

import uuid
from contextlib import closing
from typing import Any

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from p2k2lms.core.errors import Conflict, Invalid, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.core.photos import KEPT
from p2k2lms.plugins.fieldwork import service
from p2k2lms.plugins.fieldwork.permissions import READ_GROUP
from p2k2lms.plugins.fieldwork.routes.blueprint import MOST, pages
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor, current_device
from p2k2lms.web.uploads import A_FORM, takes

MEETING = "/pertemuan/<uuid:meeting_id>"


def photo_fault(meeting_id: uuid.UUID) -> str:
    """Keep the photo of the form, if it brought one; why it was not kept, or nothing."""
    file = request.files.get("foto")
    if file is None or not file.filename:
        return ""
    with closing(file):
        return _kept(meeting_id, file)


def _kept(meeting_id: uuid.UUID, file: FileStorage) -> str:
    if "photo_ok" not in request.form:
        return _("Centang dulu bahwa tidak ada wajah anak tanpa izin.")
    sent = service.FormSent(request.form.get("sent_photo", ""), current_device())
    try:
        answer = service.send_photo(current_actor(), meeting_id, file.read(), sent)
    except (Invalid, Conflict) as refusal:
        return str(refusal)
    return "" if answer.status in ("accepted", "duplicate") else answer.faults[0].message


def show_one(page: service.MeetingPage, **told: Any) -> str:
    """The page of a meeting with its photos; `told` are faults to show."""
    return render_template("fieldwork/meeting.html", page=page, photos=service.photos_of(page.card), **told)


@pages.post(f"{MEETING}/foto")
@takes(A_FORM)
@requires(READ_GROUP)
def add_photo(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """One more photo of a meeting of one's own."""
    page = service.meeting(current_actor(), meeting_id)
    if not page.own:
        raise NotFound("meeting")
    brought = request.files.get("foto")
    fault = photo_fault(meeting_id) if brought and brought.filename else _("Ambil fotonya dulu.")
    if not fault:
        return redirect(url_for("fieldwork.show_meeting", meeting_id=meeting_id), 303)
    return show_one(page, photo_fault=fault), 422


@pages.get(f"{MEETING}/foto/<int(max={MOST}):photo_id>")
@requires(READ_GROUP)
def photo(meeting_id: uuid.UUID, photo_id: int) -> ResponseReturnValue:
    """The picture itself; it never changes, so this phone may keep it, and nobody between."""
    answer = make_response(service.photo(current_actor(), meeting_id, photo_id))
    answer.mimetype = "image/jpeg"
    answer.headers["Cache-Control"] = f"private, max-age={int(KEPT.total_seconds()) // 365}"
    return answer
