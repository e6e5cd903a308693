"""Own groups from a sheet: uploaded and looked at, then taken in, or given back with what is to mend."""

import json

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.core import sheets, workbook
from p2k2lms.core.errors import Invalid
from p2k2lms.core.i18n import _
from p2k2lms.core.workbook import Cell
from p2k2lms.plugins.fieldwork import service
from p2k2lms.plugins.fieldwork.permissions import CREATE_GROUP
from p2k2lms.plugins.fieldwork.routes.blueprint import pages
from p2k2lms.plugins.fieldwork.routes.monthly import XLSX
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor

LONGEST = 200_000


@pages.route("/kelompok/impor", methods=["GET", "POST"])
@requires(CREATE_GROUP)
def import_groups() -> ResponseReturnValue:
    """A dry run first: what is ready, and what is wrong in which cell."""
    table, check, fault = None, None, None
    if request.method == "POST":
        try:
            file = request.files.get("file")
            table = sheets.read(file.read(sheets.MOST_BYTES + 1) if file else b"")
            check = service.check_sheet(current_actor(), table)
        except Invalid as refusal:
            fault = refusal
    kept = json.dumps(table) if check else ""
    html = render_template("fieldwork/import.html", check=check, fault=fault, kept=kept)
    return html, 422 if fault or (check and check.faults) else 200


def _table() -> list[list[str]]:
    """The rows that the page kept, as rows of text and nothing else."""
    text = request.form.get("rows", "")
    try:
        table = json.loads(text) if len(text) <= LONGEST else None
    except ValueError:
        table = None
    sound = isinstance(table, list) and all(
        isinstance(row, list) and all(isinstance(c, str) for c in row) for row in table
    )
    if not sound:
        raise Invalid(_("Unggah berkasnya sekali lagi."), "file")
    return [list(row) for row in table or []]


@pages.post("/kelompok/impor/terapkan")
@requires(CREATE_GROUP)
def apply_import() -> ResponseReturnValue:
    """Take in what was looked at."""
    try:
        service.import_groups(current_actor(), _table())
    except Invalid as refusal:
        return render_template("fieldwork/import.html", check=None, fault=refusal, kept=""), 422
    return redirect(url_for("fieldwork.index"), 303)


@pages.post("/kelompok/impor/catatan.xlsx")
@requires(CREATE_GROUP)
def import_faults() -> ResponseReturnValue:
    """The same sheet back, with what is to mend beside each row."""
    try:
        table = _table()
        rows = list(service.with_faults(table, service.check_sheet(current_actor(), table)))
    except Invalid as refusal:
        return render_template("fieldwork/import.html", check=None, fault=refusal, kept=""), 422
    headers = {"Content-Disposition": 'attachment; filename="kelompok-catatan.xlsx"'}
    return Response(workbook.as_xlsx(rows), mimetype=XLSX, headers=headers)


@pages.get("/kelompok/impor/contoh.xlsx")
@requires(CREATE_GROUP)
def import_example() -> Response:
    """An empty sheet with one line that shows how it is filled."""
    rows: list[tuple[Cell, ...]] = [
        (_("Kelompok"), _("Desa"), _("Keluarga"), _("Tempat"), _("Didampingi sejak")),
        ("Melati", _("Nama desa"), 24, _("Balai desa"), "2026-01-01"),
    ]
    headers = {"Content-Disposition": 'attachment; filename="kelompok-contoh.xlsx"'}
    return Response(workbook.as_xlsx(rows), mimetype=XLSX, headers=headers)
