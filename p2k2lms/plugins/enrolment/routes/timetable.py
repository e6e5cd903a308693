"""Pages of the timetable: the whole of it, one meeting, and who teaches what."""

from datetime import time

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.core.errors import Invalid
from p2k2lms.core.i18n import _
from p2k2lms.plugins.enrolment import service
from p2k2lms.plugins.enrolment.forms import SessionForm, choices
from p2k2lms.plugins.enrolment.permissions import CHANGE_ANGKATAN, READ_ANGKATAN
from p2k2lms.plugins.enrolment.routes.blueprint import BASE, MOST, pages
from p2k2lms.plugins.enrolment.values import SessionCard
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor

MEETING = f"{BASE}/jadwal/<int(max={MOST}):session_id>"


@pages.get(f"{BASE}/jadwal")
@requires(READ_ANGKATAN)
def timetable(angkatan_id: int) -> ResponseReturnValue:
    return _timetable(angkatan_id)


def _timetable(angkatan_id: int, trainer_fault: str = "", left: int = 0) -> ResponseReturnValue:
    table = service.timetable(current_actor(), angkatan_id)
    page = render_template(
        "enrolment/timetable.html", table=table, angkatan=table.angkatan, trainer_fault=trainer_fault, left=left
    )
    return page, 422 if trainer_fault else 200


@pages.post(f"{BASE}/jadwal/isi")
@requires(CHANGE_ANGKATAN)
def fill_timetable(angkatan_id: int) -> ResponseReturnValue:
    """Lay the curriculum out; if the days are too few, say how much is left over."""
    left = service.fill_timetable(current_actor(), angkatan_id)
    if left:
        return _timetable(angkatan_id, left=left)
    return redirect(url_for("enrolment.timetable", angkatan_id=angkatan_id), 303)


@pages.post(f"{BASE}/jadwal/kosongkan")
@requires(CHANGE_ANGKATAN)
def empty_timetable(angkatan_id: int) -> ResponseReturnValue:
    service.empty_timetable(current_actor(), angkatan_id)
    return redirect(url_for("enrolment.timetable", angkatan_id=angkatan_id), 303)


@pages.post(f"{BASE}/jadwal/pelatih")
@requires(CHANGE_ANGKATAN)
def name_trainers(angkatan_id: int) -> ResponseReturnValue:
    """Who teaches each mata diklat, and who stands in."""
    chosen = {}
    for key, value in request.form.items():
        kind, _dot, modul = key.partition(".")
        if kind in ("utama", "ganti") and value.isdecimal() and len(value) < 11:
            chosen[modul, kind == "ganti"] = int(value)
    try:
        service.name_trainers(current_actor(), angkatan_id, chosen)
    except Invalid as refusal:
        return _timetable(angkatan_id, str(refusal))
    return redirect(url_for("enrolment.timetable", angkatan_id=angkatan_id), 303)


@pages.route(f"{BASE}/jadwal/baru", methods=["GET", "POST"])
@requires(CHANGE_ANGKATAN)
def new_session(angkatan_id: int) -> ResponseReturnValue:
    return _session(angkatan_id, None)


@pages.route(MEETING, methods=["GET", "POST"])
@requires(CHANGE_ANGKATAN)
def change_session(angkatan_id: int, session_id: int) -> ResponseReturnValue:
    return _session(angkatan_id, service.session_of(current_actor(), angkatan_id, session_id))


def _session(angkatan_id: int, known: SessionCard | None) -> ResponseReturnValue:
    actor = current_actor()
    angkatan = service.angkatan_to_change(actor, angkatan_id)
    titles = service.subject_titles(angkatan.version_id)
    form = SessionForm(
        data=_filled(known) if known else {"on_day": angkatan.starts, "starts": time(8), "ends": time(9, 30)}
    )
    form.modul.choices = choices({"": _("Bukan mata diklat"), **titles})
    if form.validate_on_submit():
        try:
            if known:
                service.change_session(actor, angkatan_id, known.id, form.plan(titles))
            else:
                service.add_session(actor, angkatan_id, form.plan(titles))
            return redirect(url_for("enrolment.timetable", angkatan_id=angkatan_id), 303)
        except Invalid as refusal:
            form.refuse(refusal)
    page = render_template("enrolment/session.html", form=form, angkatan=angkatan, known=known)
    return page, 422 if form.is_submitted() else 200


def _filled(known: SessionCard) -> dict[str, object]:
    """A meeting as its form shows it."""
    ends = known.starts + known.minutes
    same = {name: getattr(known, name) for name in ("on_day", "modul", "title", "jp", "live_url")}
    return {**same, "starts": time(*divmod(known.starts, 60)), "ends": time(*divmod(min(ends, 1439), 60))}


@pages.post(f"{MEETING}/hapus")
@requires(CHANGE_ANGKATAN)
def remove_session(angkatan_id: int, session_id: int) -> ResponseReturnValue:
    service.remove_session(current_actor(), angkatan_id, session_id)
    return redirect(url_for("enrolment.timetable", angkatan_id=angkatan_id), 303)
