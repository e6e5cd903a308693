"""The report of a unit as a file: JSON, CSV, XLSX or a printed page."""

import json
from collections.abc import Sequence
from pathlib import Path

from flask import current_app, render_template

from p2k2lms.core import clock, press, workbook
from p2k2lms.plugins.identity.values import UnitCard
from p2k2lms.plugins.outcomes import words
from p2k2lms.plugins.outcomes.service import Line
from p2k2lms.plugins.outcomes.service.reporting import COLUMNS

TYPES = {
    "json": "application/json",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


def made(form: str, unit: UnitCard, lines: Sequence[Line]) -> bytes:
    """The file in this form."""
    rows = [line.cells() for line in lines]
    if form == "json":
        told = {"unit": unit.kemendagri_code, "name": unit.name, "made_at": clock.now().isoformat(timespec="seconds")}
        return json.dumps({**told, "indicators": rows}, ensure_ascii=False, indent=1).encode()
    if form == "pdf":
        page = render_template("outcomes/report.html", unit=unit, lines=lines, words=words, now=clock.now())
        return press.pdf(page, Path(str(current_app.template_folder)) / "outcomes" / "report.css")
    table = [COLUMNS, *([row[name] for name in COLUMNS] for row in rows)]
    return b"".join(workbook.as_csv(table) if form == "csv" else workbook.as_xlsx(table))
