"""People from a sheet: uploaded and looked at, then taken in, or given back with the reasons."""

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.core import sheets, workbook
from p2k2lms.core.errors import Invalid
from p2k2lms.plugins.identity import service
from p2k2lms.plugins.identity.permissions import IMPORT_PEOPLE
from p2k2lms.plugins.identity.routes.blueprint import pages
from p2k2lms.plugins.identity.values import SHEET_COLUMNS
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_SHOWN = 200


@pages.route("/kelola/impor", methods=["GET", "POST"])
@requires(IMPORT_PEOPLE)
def import_people() -> ResponseReturnValue:
    """Choose a file; it is kept for a day and looked at on the next page."""
    fault = ""
    if request.method == "POST":
        file = request.files.get("file")
        data = file.read(sheets.MOST_BYTES + 1) if file else b""
        try:
            made = service.keep_sheet(current_actor(), data, (file.filename if file else "") or "")
            return redirect(url_for("identity.people_sheet", sheet_id=made), 303)
        except Invalid as refusal:
            fault = str(refusal)
    return render_template("identity/import.html", fault=fault, columns=SHEET_COLUMNS), 422 if fault else 200


@pages.get("/kelola/impor/<int:sheet_id>")
@requires(IMPORT_PEOPLE)
def people_sheet(sheet_id: int) -> ResponseReturnValue:
    """What the sheet would do now: how many are new, changed or the same, and what is wrong in which cell."""
    sheet, report = service.kept_sheet(current_actor(), sheet_id)
    about = {"sheet": sheet, "report": report, "shown": report.faults[:MOST_SHOWN], "columns": SHEET_COLUMNS}
    return render_template("identity/import_check.html", **about)


@pages.post("/kelola/impor/<int:sheet_id>/terapkan")
@requires(IMPORT_PEOPLE)
def apply_people_sheet(sheet_id: int) -> ResponseReturnValue:
    """Take in what was looked at."""
    service.apply_sheet(current_actor(), sheet_id)
    return redirect(url_for("identity.people_sheet", sheet_id=sheet_id), 303)


@pages.get("/kelola/impor/<int:sheet_id>/alasan.xlsx")
@requires(IMPORT_PEOPLE)
def people_sheet_back(sheet_id: int) -> Response:
    """The same sheet, with what becomes of each row and why not."""
    return _book(service.sheet_with_reasons(current_actor(), sheet_id), "orang-alasan.xlsx")


@pages.get("/kelola/impor/contoh.xlsx")
@requires(IMPORT_PEOPLE)
def people_sheet_example() -> Response:
    """An empty sheet: its head, and one line that shows how it is filled."""
    return _book(service.example_sheet(), "orang-contoh.xlsx")


def _book(rows: object, name: str) -> Response:
    answer = Response(workbook.as_xlsx(rows), mimetype=XLSX)  # type: ignore[arg-type]
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
