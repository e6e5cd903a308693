"""Pages of attendance for staff: the lists of a class, one list with quick entry, and the code on the wall."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.core import intake, qr
from p2k2lms.core.errors import Invalid
from p2k2lms.plugins.enrolment import service
from p2k2lms.plugins.enrolment.permissions import CHANGE_ATTENDANCE, READ_ANGKATAN
from p2k2lms.plugins.enrolment.routes.blueprint import BASE, MOST, pages
from p2k2lms.plugins.enrolment.values import ODD
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor, current_device

LIST = f"{BASE}/hadir/<int(max={MOST}):session_id>"
KEPT = ("accepted", "duplicate")
COLUMNS = ("people", "statuses", "lates")


@pages.get(f"{BASE}/hadir")
@requires(READ_ANGKATAN)
def attendance(angkatan_id: int) -> ResponseReturnValue:
    angkatan, rows = service.lists(current_actor(), angkatan_id)
    return render_template("enrolment/attendance.html", angkatan=angkatan, rows=rows)


@pages.get(LIST)
@requires(READ_ANGKATAN)
def session_list(angkatan_id: int, session_id: int) -> ResponseReturnValue:
    return _list(angkatan_id, session_id)


def _list(angkatan_id: int, session_id: int, faults: tuple[str, ...] = (), closing: str = "") -> ResponseReturnValue:
    found = service.session_list(current_actor(), angkatan_id, session_id)
    typed = dict(
        zip(request.form.getlist("people"), zip(*map(request.form.getlist, COLUMNS[1:]), strict=False), strict=False)
    )
    preset = "hadir" if request.args.get("isi") == "hadir" else ""
    page = render_template(
        "enrolment/session_list.html",
        found=found,
        faults=faults,
        closing=closing,
        preset=preset,
        odd=ODD,
        typed=typed,
    )
    return page, 422 if faults or closing else 200


@pages.post(LIST)
@requires(CHANGE_ATTENDANCE)
def mark(angkatan_id: int, session_id: int) -> ResponseReturnValue:
    """A list as it was filled in, through the door that phones use."""
    payload = {name: request.form.getlist(name) for name in COLUMNS} | {"session": session_id}
    sent_id = request.form.get("sent_id", "")
    actor, device = current_actor(), current_device()
    answer = intake.receive_one(actor, "enrolment.attendance", payload, sent_id=sent_id, device=device)
    if answer.status in KEPT:
        return redirect(url_for("enrolment.session_list", angkatan_id=angkatan_id, session_id=session_id), 303)
    return _list(angkatan_id, session_id, tuple(fault.message for fault in answer.faults))


@pages.get(f"{LIST}/kode")
@requires(CHANGE_ATTENDANCE)
def wall(angkatan_id: int, session_id: int) -> ResponseReturnValue:
    """The code on the wall; with ?isi=kode only what changes."""
    shown = service.wall_code(current_actor(), angkatan_id, session_id)
    link = url_for("enrolment.scan", token=shown.code, _external=True)
    page = "enrolment/wall_code.html" if request.args.get("isi") == "kode" else "enrolment/wall.html"
    return render_template(page, shown=shown, link=link, qr=qr.svg(link, quiet=2), angkatan_id=angkatan_id)


@pages.post(f"{LIST}/tutup")
@requires(CHANGE_ATTENDANCE)
def close_list(angkatan_id: int, session_id: int) -> ResponseReturnValue:
    """The count of heads closes a list."""
    said = request.form.get("head_count", "").strip()
    count = int(said) if said.isdecimal() and len(said) < 6 else None
    try:
        service.close_list(current_actor(), angkatan_id, session_id, count, request.form.get("note", ""))
    except Invalid as refusal:
        return _list(angkatan_id, session_id, closing=str(refusal))
    return redirect(url_for("enrolment.session_list", angkatan_id=angkatan_id, session_id=session_id), 303)


@pages.post(f"{LIST}/buka")
@requires(CHANGE_ATTENDANCE)
def reopen_list(angkatan_id: int, session_id: int) -> ResponseReturnValue:
    service.reopen_list(current_actor(), angkatan_id, session_id)
    return redirect(url_for("enrolment.session_list", angkatan_id=angkatan_id, session_id=session_id), 303)
