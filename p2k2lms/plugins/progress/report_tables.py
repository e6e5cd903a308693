"""The closing report as sheets of a workbook, and as pages on paper."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from flask import current_app
from markupsafe import Markup

from p2k2lms.core import press
from p2k2lms.core.i18n import _
from p2k2lms.core.workbook import Cell
from p2k2lms.plugins.progress import words
from p2k2lms.plugins.progress.service import ClassReport

Row = Sequence[Cell]


def sheets(report: ClassReport) -> Mapping[str, Iterator[Row]]:
    """Summary and people, each with its head."""
    return {_("Ringkasan"): _summary(report), _("Peserta"): _people(report)}


def _summary(report: ClassReport) -> Iterator[Row]:
    yield _("Hal"), _("Nilai")
    yield _("Angkatan"), report.angkatan.name
    yield _("Kursus"), report.title
    yield _("Peserta"), report.people
    yield _("Berhenti"), report.stopped
    yield _("Lulus"), report.decided("lulus")
    yield _("Tidak lulus"), report.decided("tidak_lulus")
    if report.attendance:
        yield _("Pertemuan"), report.attendance.meetings
        yield _("Kehadiran rata-rata (persen)"), report.attendance.mean_percent
    if gain := report.gain:
        yield _("Pasangan pre-test dan post-test"), gain.pairs
        yield _("Rata-rata pre-test"), round(gain.before, 1)
        yield _("Rata-rata post-test"), round(gain.after, 1)
        yield _("Kenaikan (poin)"), round(gain.gain, 1)
        if gain.interval:
            yield _("Kenaikan, batas bawah 95 persen"), round(gain.interval[0], 1)
            yield _("Kenaikan, batas atas 95 persen"), round(gain.interval[1], 1)
        yield _("Post-test di kelas"), gain.places.in_class
        yield _("Post-test sendiri"), gain.places.alone
        yield _("Post-test, tempat tidak diketahui"), gain.places.unknown
        yield _("Beda tempat (orang)"), gain.places.apart
        yield _("Mencapai standar sebelum (persen)"), round(gain.standard_before)
        yield _("Mencapai standar sesudah (persen)"), round(gain.standard_after)
    for line in report.advice:
        yield _("Saran"), line


def _people(report: ClassReport) -> Iterator[Row]:
    said = words.decisions()
    yield (
        _("Nama"),
        _("Kartu dibaca"),
        _("Kartu wajib"),
        _("Hadir (persen)"),
        _("JP"),
        _("Pre-test"),
        _("Post-test"),
        _("Naik"),
        _("Putusan"),
        *words.place_columns(),
    )
    for row, share in report.rows:
        there = (share.percent, share.jp) if share else (None, None)
        marks = (row.pre, row.post, row.gain)
        yield row.name, row.read, row.required, *there, *marks, said[row.decision], *words.places(row)


def paper(report: ClassReport, more: Markup) -> bytes:
    """The report as PDF; `more` is what other plugins know of the class."""
    folder = Path(str(current_app.template_folder))
    page = current_app.jinja_env.get_template("progress/report_paper.html")
    html = page.render(report=report, more=more, decided=words.decisions())
    return press.pdf(html, folder / "enrolment" / "paper.css")
