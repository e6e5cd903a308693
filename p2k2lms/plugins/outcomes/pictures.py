"""Turns the figures of a page into its charts: which shape for which measure, and the sentence that each says."""

import csv
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import StringIO

from p2k2lms.core import i18n
from p2k2lms.core.i18n import _, counted
from p2k2lms.plugins.indicators.values import SAID, Figure
from p2k2lms.plugins.outcomes import words
from p2k2lms.plugins.outcomes.rules import standing_out
from p2k2lms.plugins.outcomes.values import Page, Part
from p2k2lms.web import charts
from p2k2lms.web.charts import Drawing, Month, Place, Ring, Tile

FEWEST_TILES = 8


@dataclass(frozen=True)
class Picture:
    """A chart for a phone and one for a desk, under the sentence that it says."""

    title: str
    about: str
    drawings: tuple[Drawing, ...]


def over_time(page: Page) -> Picture | None:
    """The months of the unit; None for fewer than two."""
    shown = page.months
    if len(shown) < 2:
        return None
    measure, scale = page.indicator.measure, page.indicator.scale
    share = measure == "percent"
    usual = standing_out.months([one.counts for one in shown], scale, share=share, signed=measure == "points")
    last = len(shown) - 1
    points = [
        Month(
            f"{figure.last:%m/%y}",
            figure.value or 0,
            usual.doubts[n],
            usual.ranges[n],
            n in usual.outside,
            _month(figure),
        )
        for n, figure in enumerate(shown)
    ]
    title = _change(usual, [figure.last for figure in shown], last)
    say = "{:g}%" if share else "{:g}"
    drawings = tuple(charts.series(width, title, points, usual.center, say) for width in charts.WIDTHS)
    return Picture(title, _about(page, usual, share=share), drawings)


def _change(usual: standing_out.Usual, months: Sequence[object], last: int) -> str:
    if usual.center is None:
        return _("Belum cukup bulan untuk tahu yang biasa")
    if last in usual.outside:
        return _("Bulan terakhir di luar kisaran biasa: cari tahu sebabnya")
    if usual.outside:
        names = ", ".join(i18n.month(months[n]) for n in sorted(usual.outside)[-2:])
        return _("Bulan terakhir biasa; di luar kisaran: %(months)s", months=names)
    return _("Naik turunnya masih dalam kisaran biasa")


def _about(page: Page, usual: standing_out.Usual, *, share: bool) -> str:
    """How the picture is read: its bands, and that a point is one month where the figure above it is of several."""
    if usual.center is None:
        said = [_("Kisaran biasa digambar setelah ada enam bulan.")]
    else:
        first = min(len(page.months), standing_out.BASELINE)
        said = [_("Pita bergaris tepi: kisaran biasa menurut %(n)s bulan pertama.", n=first)]
        said += [_("Pita pekat: keraguan tiap bulan.")] if share else []
    if page.indicator.window > 1:
        said.append(_("Titik: satu bulan; angka di atas: %(n)s bulan.", n=page.indicator.window))
    return " ".join(said)


def _month(figure: Figure) -> str:
    return f"{i18n.month(figure.last)}: {words.both(figure)}"


@dataclass(frozen=True)
class Field:
    """The places of a page, those with a figure to show, and how these spread: what its funnel and its map draw."""

    places: tuple[Part, ...]
    seen: tuple[Part, ...]
    spread: standing_out.Spread | None


def field_of(page: Page) -> Field:
    """The places as both pictures see them; without a spread where it is no share or there are too few."""
    seen = tuple(part for part in page.places if not part.shown.hidden and part.shown.figure.state == SAID)
    share = page.indicator.measure == "percent"
    return Field(page.places, seen, standing_out.places([p.shown.figure.counts for p in seen]) if share else None)


def funnel(field: Field) -> Picture | None:
    """Places around their common share; None without a spread."""
    seen, spread = field.seen, field.spread
    if spread is None:
        return None
    outside = spread.low | spread.high
    title = _out(len(outside))
    dots = [
        Place(
            part.shown.figure.counts.denominator,
            part.shown.figure.value or 0,
            f"{part.unit.name}: {words.both(part.shown.figure)}",
            f"{_plain(part)}: {words.value(part.shown.figure)}" if n in outside else "",
        )
        for n, part in enumerate(seen)
    ]
    rings = [Ring(*ring) for ring in spread.rings]
    drawings = tuple(
        charts.funnel(width, title, dots, rings, spread.center, str(_("penyebut"))) for width in charts.WIDTHS
    )
    about = _(
        "Bukan peringkat: %(n)s titik di dalam corong tidak bisa dibedakan satu dari yang lain.",
        n=len(seen) - len(outside),
    )
    bands = _("Pita pekat: 95 dari 100 wilayah yang sama; garis tepi: 998 dari 1.000.")
    return Picture(title, f"{about} {bands}", drawings)


def _plain(part: Part) -> str:
    """The name without the word for its kind, where space is short."""
    return part.unit.name.removeprefix("Kabupaten ")


def _out(number: int) -> str:
    if not number:
        return _("Tidak ada wilayah di luar corong")
    return counted("%(n)s wilayah di luar corong: kunjungi, yang tinggi juga", number)


@cache
def _grid() -> dict[str, tuple[str, int, int]]:
    told = (files("p2k2lms.plugins.outcomes") / "data" / "tiles.csv").read_text("utf-8")
    return {r["code"]: (r["letters"], int(r["column"]), int(r["row"])) for r in csv.DictReader(StringIO(told))}


def tiles(field: Field) -> Picture | None:
    """The kabupaten as tiles of one size, near their neighbours; None where too few of them have a place."""
    known = [
        (part, _grid()[part.unit.kemendagri_code]) for part in field.places if part.unit.kemendagri_code in _grid()
    ]
    if len(known) < FEWEST_TILES:
        return None
    kinds = _kinds(field)
    placed = [
        (
            column,
            row,
            Tile(0, 0, kinds.get(part.unit.id, "in"), letters, _short(part), f"{part.unit.name}: {_says(part)}"),
        )
        for part, (letters, column, row) in known
    ]
    left, top = min(c for c, _r, _t in placed), min(r for _c, r, _t in placed)
    title = _("Satu petak satu kabupaten atau kota, %(n)s semuanya", n=len(known))
    drawing = charts.tiles(title, [(c - left, r - top, tile) for c, r, tile in placed])
    return Picture(_("Peta petak"), _read_tiles({tile.kind for _c, _r, tile in placed}), (drawing,))


def _read_tiles(kinds: Collection[str]) -> str:
    """What the signs of these tiles mean, and nothing of signs that are not there."""
    said = [_("Letaknya kira-kira seperti di peta.")]
    if {"low", "high"} & set(kinds):
        said.append(_("Kuning dengan segitiga: di luar corong, ke atas atau ke bawah."))
    if "hidden" in kinds:
        said.append(_("Titik: terlalu sedikit orang untuk ditampilkan."))
    if "none" in kinds:
        said.append(_("Garis: tidak ada angkanya."))
    return " ".join(said)


def _kinds(field: Field) -> dict[int, str]:
    spread, kinds = field.spread, {}
    for part in field.places:
        kinds[part.unit.id] = "hidden" if part.shown.hidden else "none"
    for n, part in enumerate(field.seen):
        low, high = (n in spread.low, n in spread.high) if spread else (False, False)
        kinds[part.unit.id] = "low" if low else "high" if high else "in"
    return kinds


def _short(part: Part) -> str:
    if part.shown.hidden:
        return "·"
    return words.short(part.shown.figure)


def _says(part: Part) -> str:
    if part.shown.hidden:
        return str(_("disembunyikan, terlalu sedikit"))
    return words.both(part.shown.figure)
