"""The result of a wave as the sheets of a workbook."""

from p2k2lms.core.access import Actor
from p2k2lms.core.i18n import _
from p2k2lms.core.workbook import Cell
from p2k2lms.plugins.evaluation.service.results import ResultPage, result
from p2k2lms.plugins.evaluation.service.rows import codebook, rows_without_names


def book(actor: Actor, wave_id: int) -> dict[str, list[list[Cell]]]:
    """Summary, places, and for who may hold them the answers without names; what each column means."""
    page = result(actor, wave_id)
    sheets = {_("Ringkasan"): _summary(page), _("Menurut kabupaten"): _places(page)}
    if page.sheets:
        sheets |= {
            _("Jawaban tanpa nama"): rows_without_names(actor, wave_id),
            _("Kamus kolom"): codebook(actor, wave_id),
        }
    return sheets


def _summary(page: ResultPage) -> list[list[Cell]]:
    about: list[Cell] = [_("Kode"), _("Pertanyaan"), _("Ditanya"), "n", _("Hilang")]
    head = [*about, _("Rata-rata"), _("Median"), _("SD")]
    rows: list[list[Cell]] = [
        [i.code, i.label, i.asked, i.n, i.asked - i.n, i.mean, i.median, i.sd] for i in page.items
    ]
    return [head, *rows]


def _places(page: ResultPage) -> list[list[Cell]]:
    head: list[Cell] = [_("Kabupaten/kota"), _("Ditanya"), _("Menjawab")]
    for column in page.places.columns:
        what = _("persen") if column.percent else _("rata-rata")
        head += [f"{column.code} n", f"{column.code} {what}"]
    rows: list[list[Cell]] = []
    for row in page.places.rows:
        cells: list[Cell] = [row.name, row.asked, row.answered]
        for figure in row.figures:
            cells += [figure.n, figure.mean]
        rows.append(cells)
    return [head, *rows]
