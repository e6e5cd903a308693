"""Pages of the closing report: on the screen, on paper, as a workbook; and a word to the people of the grid."""

from flask import Blueprint, Response, redirect, render_template, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from p2k2lms.core import workbook
from p2k2lms.core.errors import Invalid
from p2k2lms.plugins.progress import report_tables, service
from p2k2lms.plugins.progress.permissions import READ_MARKS
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor

pages = Blueprint("progress_report", __name__)
BASE = "/angkatan/<int:angkatan_id>"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pages.get(f"{BASE}/tutup/laporan")
@requires(READ_MARKS)
def report(angkatan_id: int) -> str:
    found = service.class_report(current_actor(), angkatan_id)
    return render_template("progress/report.html", report=found)


@pages.get(f"{BASE}/tutup/laporan.pdf")
@requires(READ_MARKS)
def report_pdf(angkatan_id: int) -> Response:
    found = service.class_report(current_actor(), angkatan_id, by_name=True)
    more = render_template("progress/report_more.html", angkatan=found.angkatan)
    answer = Response(report_tables.paper(found, Markup(more)), mimetype="application/pdf")
    return _named(answer, f"laporan-angkatan-{angkatan_id}.pdf")


@pages.get(f"{BASE}/tutup/laporan.xlsx")
@requires(READ_MARKS)
def report_xlsx(angkatan_id: int) -> Response:
    found = service.class_report(current_actor(), angkatan_id, by_name=True)
    pieces = workbook.as_book(report_tables.sheets(found))
    return _named(Response(stream_with_context(pieces), mimetype=XLSX), f"laporan-angkatan-{angkatan_id}.xlsx")


def _named(answer: Response, name: str) -> Response:
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@pages.route(f"{BASE}/nilai/kabar", methods=["GET", "POST"])
@requires(READ_MARKS)
def message(angkatan_id: int) -> ResponseReturnValue:
    """Choose people of the grid, those who are not complete first, and send them one sentence."""
    found = service.marks(current_actor(), angkatan_id)
    chosen = {int(text) for text in request.form.getlist("people") if text.isdecimal() and len(text) < 11}
    fault = ""
    if request.method == "POST":
        try:
            service.tell(current_actor(), angkatan_id, sorted(chosen), request.form.get("text", ""))
            return redirect(url_for("progress.marks", angkatan_id=angkatan_id), 303)
        except Invalid as refusal:
            fault = str(refusal)
    else:
        chosen = {row.person_id for row in found.rows if not row.complete}
    page = render_template("progress/message.html", found=found, chosen=chosen, fault=fault)
    return page, 422 if fault else 200
