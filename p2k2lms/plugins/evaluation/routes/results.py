"""The result of a wave as a page, a paper, a workbook and a file without names."""

from pathlib import Path

from flask import Response, render_template, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.core import press, workbook
from p2k2lms.plugins.evaluation import service
from p2k2lms.plugins.evaluation.permissions import EXPORT_REPLIES, READ_WAVE
from p2k2lms.plugins.evaluation.routes.blueprint import WAVE, pages
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor

PAPER = Path(__file__).resolve().parents[1] / "paper.css"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pages.get(f"{WAVE}/hasil")
@requires(READ_WAVE)
def result(wave_id: int) -> ResponseReturnValue:
    """What the wave says so far."""
    page = service.result(current_actor(), wave_id)
    code, kind = page.version.code, page.wave.code
    links = {asked: url_for("evaluation.trend", code=code, question=asked, gelombang=kind) for asked in page.lines}
    return render_template("evaluation/result.html", page=page, links=links)


@pages.get(f"{WAVE}/hasil.pdf")
@requires(READ_WAVE)
def result_pdf(wave_id: int) -> ResponseReturnValue:
    """The same as an evaluation paper."""
    page = service.result(current_actor(), wave_id)
    html = render_template("evaluation/paper.html", page=page)
    return _file(press.pdf(html, PAPER), "application/pdf", f"evaluasi-{wave_id}.pdf")


@pages.get(f"{WAVE}/hasil.xlsx")
@requires(READ_WAVE)
def result_xlsx(wave_id: int) -> ResponseReturnValue:
    """The same as a workbook, with the answers without names for who may hold them."""
    sheets = service.book(current_actor(), wave_id)
    return _file(b"".join(workbook.as_book(sheets)), XLSX, f"evaluasi-{wave_id}.xlsx")


@pages.get(f"{WAVE}/hasil.csv")
@requires(EXPORT_REPLIES)
def result_csv(wave_id: int) -> ResponseReturnValue:
    """The answers without names."""
    rows = service.rows_without_names(current_actor(), wave_id)
    return _file(b"".join(workbook.as_csv(rows)), "text/csv", f"evaluasi-{wave_id}.csv")


@pages.get(f"{WAVE}/kamus.csv")
@requires(READ_WAVE)
def codebook_csv(wave_id: int) -> ResponseReturnValue:
    """What each column of the answers means."""
    rows = service.codebook(current_actor(), wave_id)
    return _file(b"".join(workbook.as_csv(rows)), "text/csv", f"kamus-{wave_id}.csv")


def _file(content: bytes, kind: str, name: str) -> Response:
    answer = Response(content, mimetype=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
