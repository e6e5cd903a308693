"""Reports: a meeting, its correction, its end, a month without one; forms that work without script."""

import uuid
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.core.errors import Invalid
from p2k2lms.core.submissions import Answer
from p2k2lms.plugins.fieldwork import service
from p2k2lms.plugins.fieldwork.permissions import CREATE_REMARK, READ_GROUP
from p2k2lms.plugins.fieldwork.routes.blueprint import GROUP, MOST, pages
from p2k2lms.plugins.fieldwork.routes.photos import MEETING, photo_fault, show_one
from p2k2lms.plugins.fieldwork.routes.teaching import now_at
from p2k2lms.plugins.fieldwork.rules import teaching
from p2k2lms.plugins.fieldwork.values.payloads import LISTS, TICKS
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor, current_device
from p2k2lms.web.uploads import A_FORM, takes

KEPT = ("accepted", "duplicate")
PLAIN = ("on_day", "start", "minutes", "version_id", "sesi", "handraise", "obstacle", "note", "place")


def payload_of_form() -> dict[str, Any]:
    """The fields of the report form as the kind takes them."""
    said: dict[str, Any] = {name: request.form.getlist(name) for name in (*LISTS, TICKS, "steps")}
    return said | {name: request.form.get(name, "") for name in PLAIN}


def send(kind: str, payload: dict[str, Any]) -> Answer:
    """Through the one door, as the phones send."""
    sent = service.FormSent(request.form.get("sent_id", ""), current_device())
    return service.send(current_actor(), f"fieldwork.{kind}", payload, sent)


def faults_of(answer: Answer) -> dict[str, str]:
    """What is to mend, by the id of its field: of a list, the entry of the second group is `women-2`."""
    return {_spot(fault.field): fault.message for fault in answer.faults}


def _spot(path: str) -> str:
    name, *rest = path.removeprefix("payload.").split(".")
    row = int(rest[0]) if name in (*LISTS, TICKS) and rest and rest[0].isdigit() else 0
    return f"{name}-{row + 1}" if row else name


@pages.route(f"{GROUP}/lapor/<sesi>", methods=["GET", "POST"])
@takes(A_FORM)
@requires(READ_GROUP)
def report(group_id: int, sesi: str) -> ResponseReturnValue:
    """The report in a minute: what is known is filled in."""
    desk = service.report_desk(current_actor(), group_id, sesi)
    return _form(desk, "meeting", url_for("fieldwork.show", group_id=group_id), _known(desk))


@pages.route(f"{MEETING}/perbaiki", methods=["GET", "POST"])
@takes(A_FORM)
@requires(READ_GROUP)
def correct(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """The same form again, with what was told; the earlier version is kept."""
    card = service.own_meeting(current_actor(), meeting_id)
    desk = service.report_desk(current_actor(), card.present[0].group_id, card.sesi)
    known = {name: getattr(card, name) for name in (*PLAIN, "steps")}
    known["start"] = f"{card.start:%H:%M}" if card.start else ""
    rows = {p.group_id: p for p in card.present}
    back = url_for("fieldwork.show_meeting", meeting_id=meeting_id)
    return _form(desk, "correction", back, {**known, "rows": rows, "corrects": str(meeting_id)})


def _known(desk: Any) -> dict[str, Any]:
    """What the Buku Langkah and the group say already."""
    lesson, now = desk.lesson, now_at(desk.lesson.group.zone)
    state = teaching.state_of(request.args, len(lesson.cards), now)
    taught = "k" in request.args
    questions = len(lesson.sheet.handraise) if lesson.sheet else 0
    return {
        "on_day": state.day,
        "start": f"{state.began:%H:%M}" if taught and state.began else "",
        "minutes": teaching.minutes_since(state.began, now) or "" if taught else lesson.sesi.minutes or "",
        "steps": state.report_ticks if taught else "y" * len(lesson.cards),
        "handraise": teaching.hands(request.args, questions),
        "place": lesson.group.place,
        "taught": taught,
        "rows": {},
    }


def _form(desk: Any, kind: str, back: str, known: dict[str, Any]) -> ResponseReturnValue:
    faults: dict[str, str] = {}
    warned: list[str] = []
    if request.method == "POST":
        payload = payload_of_form()
        warned = [] if "sent_sure" in request.form else service.warnings(payload)
        if not warned:
            corrects = {"corrects": known["corrects"]} if kind == "correction" else {}
            answer = send(kind, payload | corrects)
            if answer.status in KEPT:
                return _kept(uuid.UUID(answer.id))
            faults = faults_of(answer)
        known = known | {name: payload[name] for name in PLAIN} | {"steps": "".join(payload["steps"])}
    page = render_template(
        "fieldwork/report.html",
        desk=desk,
        kind=kind,
        back=back,
        known=known,
        faults=faults,
        warned=warned,
    )
    return page, 422 if request.method == "POST" else 200


def _kept(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """The report is here; a photo that could not be kept is told beside it, and takes nothing back."""
    if fault := photo_fault(meeting_id):
        return show_one(service.meeting(current_actor(), meeting_id), photo_fault=fault)
    return redirect(url_for("fieldwork.show_meeting", meeting_id=meeting_id), 303)


@pages.get(MEETING)
@requires(READ_GROUP)
def show_meeting(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """One meeting with its receipt and what is odd about it."""
    return _meeting(service.meeting(current_actor(), meeting_id))


def _meeting(page: service.MeetingPage, fault: str = "", beside: Invalid | None = None) -> ResponseReturnValue:
    return show_one(page, fault=fault, beside=beside), 422 if fault or beside else 200


@pages.post(f"{MEETING}/catatan")
@requires(CREATE_REMARK)
def remark(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """A word of the supervisor beside one field."""
    said = (request.form.get(name, "") for name in ("field", "verdict", "text"))
    try:
        service.remark(current_actor(), meeting_id, *said)
    except Invalid as refusal:
        return _meeting(service.meeting(current_actor(), meeting_id), beside=refusal)
    return redirect(url_for("fieldwork.show_meeting", meeting_id=meeting_id), 303)


@pages.post(f"{MEETING}/jawab/<int(max={MOST}):remark_id>")
@requires(READ_GROUP)
def reply(meeting_id: uuid.UUID, remark_id: int) -> ResponseReturnValue:
    """An answer of who led the meeting to one of these words."""
    try:
        service.reply(current_actor(), meeting_id, remark_id, request.form.get("reply", ""))
    except Invalid as refusal:
        page = show_one(service.meeting(current_actor(), meeting_id), unanswered=remark_id, reply_fault=str(refusal))
        return page, 422
    return redirect(url_for("fieldwork.show_meeting", meeting_id=meeting_id), 303)


@pages.post(f"{MEETING}/tutup")
@requires(CREATE_REMARK)
def cover(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """The free text is covered."""
    service.cover(current_actor(), meeting_id)
    return redirect(url_for("fieldwork.show_meeting", meeting_id=meeting_id), 303)


@pages.post(f"{MEETING}/batal")
@requires(READ_GROUP)
def cancel(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """The meeting is called off, with a reason."""
    page = service.meeting(current_actor(), meeting_id)
    answer = send("cancel", {"meeting": str(meeting_id), "reason": request.form.get("reason", "")})
    if answer.status in KEPT:
        return redirect(url_for("fieldwork.show_meeting", meeting_id=meeting_id), 303)
    return _meeting(page, answer.faults[0].message)


@pages.route(f"{GROUP}/tidak-bertemu", methods=["GET", "POST"])
@requires(READ_GROUP)
def not_met(group_id: int) -> ResponseReturnValue:
    """The group did not meet this month."""
    card, faults = service.group(current_actor(), group_id), dict[str, str]()
    if request.method == "POST":
        said = {name: request.form.get(name, "") for name in ("month", "reason", "note")}
        answer = send("no_meeting", {"group": group_id, **said})
        if answer.status in KEPT:
            return redirect(url_for("fieldwork.show", group_id=group_id), 303)
        faults = faults_of(answer)
    page = render_template("fieldwork/not_met.html", card=card, faults=faults)
    return page, 422 if faults else 200
