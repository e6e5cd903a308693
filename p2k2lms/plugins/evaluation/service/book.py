"""The result of a wave as the sheets of a workbook."""

from p2k2lms.core.access import Actor
from p2k2lms.core.workbook import Cell
from p2k2lms.plugins.evaluation.service.results import ResultPage, result
from p2k2lms.plugins.evaluation.service.rows import codebook, rows_without_names


def book(actor: Actor, wave_id: int) -> dict[str, list[list[Cell]]]:
    """Summary, places, and for who may hold them the answers without names; what each column means."""
    page = result(actor, wave_id)
    sheets = {"Ringkasan": _summary(page), "Menurut kabupaten": _places(page)}
    if page.sheets:
        sheets |= {"Jawaban": rows_without_names(actor, wave_id), "Kamus": codebook(actor, wave_id)}
    return sheets


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
