"""Pages that call people: the letters, the texts ready to send, the paper list, and the calendar."""

from datetime import date

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.core.errors import Invalid
from p2k2lms.core.i18n import _
from p2k2lms.plugins.enrolment import service
from p2k2lms.plugins.enrolment.permissions import CHANGE_ANGKATAN, READ_ANGKATAN, READ_OWN_CLASS
from p2k2lms.plugins.enrolment.routes.attendance import LIST
from p2k2lms.plugins.enrolment.routes.blueprint import BASE, MOST, pages
from p2k2lms.web.access import public, requires
from p2k2lms.web.login import current_actor


@pages.route(f"{BASE}/surat", methods=["GET", "POST"])
@requires(CHANGE_ANGKATAN)
def letters(angkatan_id: int) -> ResponseReturnValue:
    """Number and day of the letters, and a text for each person."""
    fault = ""
    if request.method == "POST":
        try:
            service.set_letter(current_actor(), angkatan_id, request.form.get("number", ""), _day())
            return redirect(url_for("enrolment.letters", angkatan_id=angkatan_id), 303)
        except Invalid as refusal:
            fault = str(refusal)
    angkatan, texts = service.ready_texts(current_actor(), angkatan_id)
    page = render_template("enrolment/letters.html", angkatan=angkatan, texts=texts, fault=fault)
    return page, 422 if fault else 200


@pages.get(f"{BASE}/surat.pdf")
@requires(READ_ANGKATAN)
def letters_pdf(angkatan_id: int) -> Response:
    return _pdf(service.letters_pdf(current_actor(), angkatan_id), f"surat-{angkatan_id}.pdf")


@pages.get(f"{BASE}/surat/<int(max={MOST}):enrolment_id>.pdf")
@requires(READ_ANGKATAN)
def letter_pdf(angkatan_id: int, enrolment_id: int) -> Response:
    return _pdf(service.letters_pdf(current_actor(), angkatan_id, enrolment_id), f"surat-{enrolment_id}.pdf")


@pages.get(f"{BASE}/saya/surat.pdf")
@requires(READ_OWN_CLASS)
def own_letter(angkatan_id: int) -> Response:
    return _pdf(service.own_letter(current_actor(), angkatan_id), "surat-panggilan.pdf")


@pages.get(f"{LIST}/daftar.pdf")
@requires(READ_ANGKATAN)
def paper_list(angkatan_id: int, session_id: int) -> Response:
    return _pdf(service.attendance_sheet(current_actor(), angkatan_id, session_id), f"daftar-{session_id}.pdf")


def _day() -> date | None:
    """The day of the letters that was typed; Invalid for what is none."""
    said = request.form.get("on", "")
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        raise Invalid(_("Isi dengan tanggal, misalnya 2026-11-21."), "on") from None


def _pdf(made: bytes, name: str) -> Response:
    answer = Response(made, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@pages.post(f"{BASE}/kalender")
@requires(CHANGE_ANGKATAN)
def share_calendar(angkatan_id: int) -> ResponseReturnValue:
    """A new secret link; the old one opens nothing any more."""
    service.share_calendar(current_actor(), angkatan_id)
    return redirect(url_for("enrolment.timetable", angkatan_id=angkatan_id, _anchor="kalender"), 303)


@pages.get("/angkatan/kalender/<string(maxlength=64):key>.ics")
@public
def calendar(key: str) -> Response:
    """The timetable for a calendar of one's own; who has the link may read it."""
    answer = Response(service.calendar_feed(key), mimetype="text/calendar")
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer
