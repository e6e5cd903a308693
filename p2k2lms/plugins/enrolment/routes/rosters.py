"""Pages of people who come in by a file, and of those who wait for a seat."""

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.core import sheets, workbook
from p2k2lms.core.errors import Invalid
from p2k2lms.plugins.enrolment import service
from p2k2lms.plugins.enrolment.forms import RosterFileForm
from p2k2lms.plugins.enrolment.permissions import CHANGE_ANGKATAN
from p2k2lms.plugins.enrolment.routes.blueprint import BASE, MOST, pages
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pages.route(f"{BASE}/peserta/berkas", methods=["GET", "POST"])
@requires(CHANGE_ANGKATAN)
def roster_file(angkatan_id: int) -> ResponseReturnValue:
    """A file is looked at, cell by cell; nothing is taken in before the next button."""
    angkatan = service.angkatan_to_change(current_actor(), angkatan_id)
    form, check = RosterFileForm(), None
    if form.validate_on_submit():
        file = request.files.get("file")
        data = file.read(sheets.MOST_BYTES + 1) if file else b""
        try:
            check = service.check_roster(current_actor(), angkatan_id, data)
        except Invalid as refusal:
            form.refuse(refusal)
    page = render_template("enrolment/roster_file.html", form=form, angkatan=angkatan, check=check)
    return page, 422 if form.is_submitted() and check is None else 200


@pages.post(f"{BASE}/peserta/berkas/masukkan")
@requires(CHANGE_ANGKATAN)
def apply_roster(angkatan_id: int) -> ResponseReturnValue:
    people = [int(text) for text in request.form.getlist("people") if text.isdecimal() and len(text) < 11]
    service.apply_roster(current_actor(), angkatan_id, people)
    return redirect(url_for("enrolment.show", angkatan_id=angkatan_id), 303)


@pages.get("/angkatan/daftar-kosong.xlsx")
@requires(CHANGE_ANGKATAN)
def roster_template() -> Response:
    """An empty list with its head, to be filled in a spreadsheet."""
    answer = Response(b"".join(workbook.as_xlsx(service.roster_template())), mimetype=XLSX)
    answer.headers["Content-Disposition"] = 'attachment; filename="daftar-peserta.xlsx"'
    return answer


@pages.post(f"{BASE}/tunggu/panggil")
@requires(CHANGE_ANGKATAN)
def admit_next(angkatan_id: int) -> ResponseReturnValue:
    service.admit_next(current_actor(), angkatan_id)
    return redirect(url_for("enrolment.show", angkatan_id=angkatan_id), 303)


@pages.post(f"{BASE}/tunggu/<int(max={MOST}):person_id>/keluar")
@requires(CHANGE_ANGKATAN)
def leave_queue(angkatan_id: int, person_id: int) -> ResponseReturnValue:
    service.leave_queue(current_actor(), angkatan_id, person_id)
    return redirect(url_for("enrolment.show", angkatan_id=angkatan_id), 303)
