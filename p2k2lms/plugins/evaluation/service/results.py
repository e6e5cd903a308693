"""The result of a wave: items, honest headlines, places, and rows for a file without names."""

import hashlib
import hmac
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from p2k2lms.core.access import Actor, require
from p2k2lms.core.errors import NotFound
from p2k2lms.core.i18n import _
from p2k2lms.core.workbook import Cell
from p2k2lms.plugins.evaluation.models import Assignment, Wave
from p2k2lms.plugins.evaluation.permissions import READ_WAVE
from p2k2lms.plugins.evaluation.queries import replies as read
from p2k2lms.plugins.evaluation.queries import waves as read_waves
from p2k2lms.plugins.evaluation.rules.answers import Sheet
from p2k2lms.plugins.evaluation.rules.honest import FourNumbers, four_numbers
from p2k2lms.plugins.evaluation.rules.items import ItemResult, K, results
from p2k2lms.plugins.evaluation.rules.places import PlaceFigure, by_place
from p2k2lms.plugins.evaluation.service.cards import wave_card
from p2k2lms.plugins.evaluation.service.instruments import card
from p2k2lms.plugins.evaluation.values import ANSWERED, MISSING, NOT_ASKED, THRESHOLDS, Rate, VersionCard, WaveCard
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.identity.values import UnitCard

CASELOAD, APPLYING = "A1", "G1"


@dataclass(frozen=True)
class Headline:
    """One figure in percent of which everybody asked is the whole, with its four numbers."""

    code: str
    label: str
    numbers: FourNumbers
    total: tuple[int, int] | None = None


@dataclass(frozen=True)
class ResultPage:
    """What a wave says; nothing but the response where fewer than five have answered."""

    wave: WaveCard
    version: VersionCard
    unit: UnitCard
    rate: Rate
    items: list[ItemResult]
    headlines: list[Headline]
    place_code: str
    places: list[tuple[str, PlaceFigure]]
    framed: bool

    @property
    def withheld(self) -> bool:
        """True where too few have answered for anything to be said."""
        return self.rate.answered < K


@dataclass(frozen=True)
class _Data:
    """The frame of a wave and its sheets by assignment."""

    wave: Wave
    version: VersionCard
    frame: list[Assignment]
    sheets: Mapping[int, Sheet]


def result(actor: Actor, wave_id: int) -> ResultPage:
    """The result as it stands today; for the evaluators of the wave's unit and above."""
    data = _data(actor, wave_id)
    answered = [data.sheets[one.id] for one in data.frame if one.id in data.sheets]
    places = {one.kabupaten_id for one in data.frame if one.kabupaten_id is not None}
    units = identity.units([data.wave.unit_id, *places])
    enough = len(answered) >= K
    headlines = _headlines(data) if enough else []
    codes = [headline.code for headline in headlines]
    by = APPLYING if APPLYING in codes else next(iter(codes), "")
    return ResultPage(
        wave=wave_card(data.wave),
        version=data.version,
        unit=units[data.wave.unit_id],
        rate=Rate(None, len(data.frame), len(answered)),
        items=results(data.version.instrument, answered) if enough else [],
        headlines=headlines,
        place_code=by,
        places=_places(data, by, {unit.id: unit.name for unit in units.values()}) if by else [],
        framed=any(one.log_band for one in data.frame),
    )


def _data(actor: Actor, wave_id: int) -> _Data:
    found = read_waves.with_version(wave_id)
    if found is None:
        raise NotFound("wave")
    require(actor, READ_WAVE, found[0].unit_path)
    return _Data(found[0], card(found[1]), read_waves.frame(wave_id), read.sheets_of_wave(wave_id))


def _headlines(data: _Data) -> list[Headline]:
    found = []
    for question in data.version.instrument.questions:
        threshold = THRESHOLDS.get(question.indicator)
        if threshold is None or question.kind not in {"number", "one"}:
            continue
        frame = [one for one in data.frame if not _was_not_asked(data.sheets.get(one.id, {}), question.code)]
        values = [_value(data, data.sheets.get(one.id, {}), question.code) for one in frame]
        numbers = four_numbers(values, _margins(frame), threshold)
        if numbers is not None and numbers.n >= K:
            total = _total(data) if question.code == APPLYING else None
            found.append(Headline(question.code, question.ask, numbers, total))
    return found


def _was_not_asked(sheet: Sheet, code: str) -> bool:
    """True for who answered, and to whom the question does not apply."""
    return any(given.missing == NOT_ASKED for given in sheet.get(code, ()))


def _value(data: _Data, sheet: Sheet, code: str) -> float | None:
    """One person in percent: a share of the own families, or 100 for a yes; None for who did not say."""
    given = sheet.get(code)
    if not given or given[0].missing:
        return None
    if code == APPLYING:
        caseload = sheet[CASELOAD][0].number
        return 100 * (given[0].number or 0) / caseload if caseload else None
    top = getattr(data.version.instrument.question(code), "top", ())
    return 100.0 * (given[0].choice in top) if top else None


def _total(data: _Data) -> tuple[int, int]:
    """All families said to apply, of all families of those who said both."""
    both = [
        (sheet[APPLYING][0].number, sheet[CASELOAD][0].number)
        for sheet in data.sheets.values()
        if not sheet[APPLYING][0].missing and not sheet[CASELOAD][0].missing
    ]
    return int(sum(part or 0 for part, _whole in both)), int(sum(whole or 0 for _part, whole in both))


def _margins(frame: Sequence[Assignment]) -> dict[str, list[str]]:
    return {
        "province": ["/".join(one.unit_path.split("/")[:4]) for one in frame],
        "sex": [one.sex for one in frame],
        "age": [one.age_band for one in frame],
        "log": [one.log_band for one in frame],
    }


def _places(data: _Data, code: str, names: Mapping[int, str]) -> list[tuple[str, PlaceFigure]]:
    """One headline by kabupaten."""
    said: dict[int | None, list[float]] = {}
    for one in data.frame:
        value = _value(data, data.sheets.get(one.id, {}), code)
        said.setdefault(one.kabupaten_id, []).extend([] if value is None else [value])
    figures = by_place(said)
    return sorted((names.get(place or 0, _("tanpa kabupaten")), figure) for place, figure in figures.items())


def rows_without_names(actor: Actor, wave_id: int) -> list[list[Cell]]:
    """One row for each sheet under a pseudonym, free words left out; only the head where fewer than five answered."""
    data = _data(actor, wave_id)
    columns = [column for column, _what in _columns(data)]
    head: list[Cell] = ["responden", "kelompok", "kabupaten", "jenis_kelamin", "kelompok_umur", "log", *columns]
    if len(data.sheets) < K:
        return [head]
    crowd = Counter(one.kabupaten_id for one in data.frame if one.state == ANSWERED)
    names = {unit.id: unit.name for unit in identity.units([k for k in crowd if k is not None]).values()}
    rows: list[list[Cell]] = []
    for one in (one for one in data.frame if one.id in data.sheets):
        place = names.get(one.kabupaten_id or 0, "") if crowd[one.kabupaten_id] >= K else ""
        cells = dict(_cells(data.sheets[one.id]))
        about: list[Cell] = [_pseudonym(data.wave, one), one.arm, place, one.sex, one.age_band, one.log_band]
        rows.append([*about, *(cells.get(column) for column in columns)])
    return [head, *sorted(rows, key=lambda row: str(row[0]))]


def codebook(actor: Actor, wave_id: int) -> list[list[Cell]]:
    """What each column of that file means."""
    data = _data(actor, wave_id)
    reasons = "; ".join(f"{code} = {label}" for code, label in MISSING.items())
    head: list[Cell] = [_("Kolom"), _("Artinya"), _("Nilai")]
    rows: list[list[Cell]] = [[column, *what] for column, what in _columns(data)]
    return [head, *rows, [_("(kosong atau alasan)"), "", reasons]]


def _columns(data: _Data) -> Iterator[tuple[str, tuple[str, str]]]:
    for question in data.version.instrument.questions:
        if question.kind == "text" or question.about:
            continue
        values = "; ".join(f"{choice.code} = {choice.label}" for choice in getattr(question, "choices", ()))
        asked = f"{question.ask} {f'({question.period})' if question.period else ''}".strip()
        if question.kind == "matrix":
            yield from ((f"{question.code}.{row.code}", (f"{asked} {row.label}", values)) for row in question.rows)
        elif question.kind == "many":
            yield from ((f"{question.code}.{c.code}", (f"{asked} {c.label}", "1; 0")) for c in question.choices)
        else:
            yield question.code, (asked, values or _("bilangan"))


def _cells(sheet: Sheet) -> Iterator[tuple[str, Cell]]:
    for code, parts in sheet.items():
        for given in parts:
            if given.missing:
                yield code, given.missing
            elif given.part and given.part == given.choice:
                yield f"{code}.{given.part}", 1
            else:
                yield f"{code}.{given.part}" if given.part else code, given.choice or given.number


def _pseudonym(wave: Wave, one: Assignment) -> str:
    """The same person has the same word within a wave, and nobody finds the person from it without the wave's key."""
    return hmac.new(wave.draw_seed.encode(), str(one.respondent_id).encode(), hashlib.sha256).hexdigest()[:10]
