"""The result of a wave as a page, a paper, a workbook and a file without names."""

from pathlib import Path

from flask import Response, render_template, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.core import press, workbook
from p2k2lms.core.workbook import Cell
from p2k2lms.plugins.evaluation import service
from p2k2lms.plugins.evaluation.permissions import EXPORT_REPLIES, READ_WAVE
from p2k2lms.plugins.evaluation.routes.blueprint import WAVE, pages
from p2k2lms.plugins.evaluation.service import ResultPage
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor

PAPER = Path(__file__).resolve().parents[1] / "paper.css"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pages.get(f"{WAVE}/hasil")
@requires(READ_WAVE)
def result(wave_id: int) -> ResponseReturnValue:
    """What the wave says so far."""
    page = service.result(current_actor(), wave_id)
    code = page.version.code
    lines = {
        question.code: url_for("evaluation.trend", code=code, question=question.code, gelombang=page.wave.code)
        for question in page.version.instrument.questions
        if service.has_line(question)
    }
    sheets = service.may_hold_sheets(current_actor(), page.wave)
    return render_template("evaluation/result.html", page=page, links=lines, sheets=sheets)


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
    """Summary, places, and for who may hold them the answers without names; what each column means."""
    actor = current_actor()
    page = service.result(actor, wave_id)
    sheets = {"Ringkasan": _summary(page), "Menurut kabupaten": _places(page)}
    if service.may_hold_sheets(actor, page.wave):
        sheets["Jawaban"] = service.rows_without_names(actor, wave_id)
        sheets["Kamus"] = service.codebook(actor, wave_id)
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


def _summary(page: ResultPage) -> list[list[Cell]]:
    head: list[Cell] = ["kode", "pertanyaan", "ditanya", "n", "hilang", "rata-rata", "median", "SD"]
    rows: list[list[Cell]] = [
        [i.code, i.label, i.asked, i.n, i.asked - i.n, i.mean, i.median, i.sd] for i in page.items
    ]
    return [head, *rows]


def _places(page: ResultPage) -> list[list[Cell]]:
    head: list[Cell] = ["kabupaten/kota", "ditanya", "menjawab"]
    for column in page.places.columns:
        head += [f"{column.code} n", f"{column.code} {'persen' if column.percent else 'rata-rata'}"]
    rows: list[list[Cell]] = []
    for row in page.places.rows:
        cells: list[Cell] = [row.name, row.asked, row.answered]
        for figure in row.figures:
            cells += [figure.n, figure.mean]
        rows.append(cells)
    return [head, *rows]


def _file(content: bytes, kind: str, name: str) -> Response:
    answer = Response(content, mimetype=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
