"""How a figure is said: its value with its measure, its fraction, its period."""

from p2k2lms.core import i18n
from p2k2lms.core.i18n import _
from p2k2lms.plugins.indicators.values import LATER, NO_RECORD, SAID, UNKNOWN, Figure


def value(figure: Figure) -> str:
    """79,6%; 16,7 poin; or why there is none."""
    if figure.state == LATER:
        return _("belum dihitung")
    if figure.state == NO_RECORD:
        return _("tidak ada catatan")
    if figure.value is None:
        return _("belum diketahui") if figure.state == UNKNOWN else _("tidak ada kewajiban")
    number, measure = i18n.number(figure.value, 1), figure.indicator.measure
    if measure == "percent":
        return _("%(n)s%%", n=number)
    if measure == "points":
        return _("%(n)s poin", n=number)
    return _("%(n)s per 1.000 setahun", n=number) if measure == "per_year" else number


def short(figure: Figure) -> str:
    """A figure for a small place: no decimals, no measure; a line where there is none."""
    if figure.state != SAID or figure.value is None:
        return "–"
    return i18n.number(figure.value, 0 if abs(figure.value) >= 10 else 1)


def missing(figure: Figure) -> str:
    """312; with its share where it is a part of the whole: 312 (40,2%)."""
    number = i18n.number(figure.counts.missing, 0)
    if figure.apart is None:
        return number
    return _("%(n)s (%(share)s%%)", n=number, share=i18n.number(figure.apart, 1))


def fraction(figure: Figure) -> str:
    """43 dari 54; nothing where nothing is counted or known."""
    if figure.state in (LATER, NO_RECORD, UNKNOWN):
        return ""
    counts = figure.counts
    above = counts.numerator * figure.indicator.scale if figure.indicator.measure == "points" else counts.numerator
    told = {"above": i18n.number(above, 0), "below": i18n.number(counts.denominator, 0)}
    return _("%(above)s dibanding %(below)s", **told) if of_two_kinds(figure) else _("%(above)s dari %(below)s", **told)


def of_two_kinds(figure: Figure) -> bool:
    """True where what is counted is no part of what it is measured against: families by days, meetings by people."""
    return figure.indicator.measure in ("mean", "per_year", "points")


def made_of(figure: Figure) -> str:
    """keluarga yang hadir: 43 dari 54; where the two are of two kinds, each with its own words."""
    one, counts = figure.indicator, figure.counts
    if not of_two_kinds(figure):
        return f"{one.above}: {fraction(figure)}"
    above = counts.numerator * one.scale if one.measure == "points" else counts.numerator
    return f"{one.above}: {i18n.number(above, 0)}; {one.below}: {i18n.number(counts.denominator, 0)}"


def both(figure: Figure) -> str:
    """79,6%, 43 dari 54; the value alone where there is no fraction."""
    return ", ".join(part for part in (value(figure), fraction(figure)) if part)


def period(figure: Figure) -> str:
    """Oktober 2026; or a span of months."""
    if figure.first == figure.last:
        return i18n.month(figure.last)
    return _("%(first)s sampai %(last)s", first=i18n.month(figure.first), last=i18n.month(figure.last))
