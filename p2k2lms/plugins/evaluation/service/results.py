"""The result of a wave: who answered, items, honest headlines, and places."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from p2k2lms.core import clock
from p2k2lms.core.access import Actor
from p2k2lms.core.i18n import _
from p2k2lms.plugins.evaluation.models import Assignment
from p2k2lms.plugins.evaluation.rules.honest import FourNumbers, four_numbers
from p2k2lms.plugins.evaluation.rules.items import ItemResult, K, results
from p2k2lms.plugins.evaluation.rules.places import Group, PlaceFigure, by_place, groups
from p2k2lms.plugins.evaluation.rules.trends import has_line
from p2k2lms.plugins.evaluation.service.cards import wave_card
from p2k2lms.plugins.evaluation.service.rows import may_hold_sheets
from p2k2lms.plugins.evaluation.service.wave_data import APPLYING, CASELOAD, WaveData, value, was_not_asked, wave_data
from p2k2lms.plugins.evaluation.values import THRESHOLDS, Rate, VersionCard, WaveCard
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.identity.values import UnitCard


@dataclass(frozen=True)
class Headline:
    """One figure in percent of which everybody asked is the whole, with its four numbers."""

    code: str
    label: str
    numbers: FourNumbers
    total: tuple[int, int] | None = None


@dataclass(frozen=True)
class PlaceColumn:
    """A question that is told by place: a percent, or the mean of a number."""

    code: str
    label: str
    percent: bool


@dataclass(frozen=True)
class PlaceRow:
    """One kabupaten: how many were asked and answered, and a figure for each column."""

    name: str
    asked: int
    answered: int
    figures: tuple[PlaceFigure, ...]


@dataclass(frozen=True)
class Places:
    """Figures by kabupaten, in the order of the alphabet."""

    columns: tuple[PlaceColumn, ...]
    rows: tuple[PlaceRow, ...]


@dataclass(frozen=True)
class ResultPage:
    """What a wave says; nothing but the response where fewer than five have answered.

    `sheets` is True for who may have one row for each person of the wave.
    """

    wave: WaveCard
    version: VersionCard
    unit: UnitCard
    rate: Rate
    as_of: datetime
    respondents: tuple[tuple[str, tuple[Group, ...]], ...]
    about: list[ItemResult]
    items: list[ItemResult]
    headlines: list[Headline]
    places: Places
    sheets: bool

    @property
    def withheld(self) -> bool:
        """True where too few have answered for anything to be said."""
        return self.rate.answered < K

    @property
    def lines(self) -> list[str]:
        """The questions whose figure can be followed through the waves."""
        return [question.code for question in self.version.instrument.questions if has_line(question)]

    @property
    def letters(self) -> list[tuple[str, list[ItemResult]]]:
        """The items by their letter in the form of 2020, those without a letter last."""
        order = sorted({item.question.shows for item in self.items}, key=lambda letter: letter or "~")
        return [(letter, [item for item in self.items if item.question.shows == letter]) for letter in order]


def result(actor: Actor, wave_id: int) -> ResultPage:
    """The result as it stands now; for the evaluators of the wave's unit and above."""
    data = wave_data(actor, wave_id)
    answered = [data.sheets[one.id] for one in data.frame if one.id in data.sheets]
    places = {one.kabupaten_id for one in data.frame if one.kabupaten_id is not None}
    units = identity.units([data.wave.unit_id, *places])
    instrument, enough = data.version.instrument, len(answered) >= K
    names = {unit.id: unit.name for unit in units.values()}
    return ResultPage(
        wave=wave_card(data.wave),
        version=data.version,
        unit=units[data.wave.unit_id],
        rate=Rate(None, len(data.frame), len(answered)),
        as_of=clock.now(),
        respondents=_respondents(data) if enough else (),
        about=results(instrument, answered, about=True) if enough else [],
        items=results(instrument, answered) if enough else [],
        headlines=_headlines(data) if enough else [],
        places=_places(data, names) if enough else Places((), ()),
        sheets=may_hold_sheets(actor, data.wave.unit_path),
    )


def _respondents(data: WaveData) -> tuple[tuple[str, tuple[Group, ...]], ...]:
    """Who was asked and who answered, by what was frozen of everybody when the wave was made."""
    said = [one.id in data.sheets for one in data.frame]
    kinds = {"arm": "arm", "sex": "sex", "age": "age_band", "log": "log_band"}
    told = {name: [getattr(one, column) for one in data.frame] for name, column in kinds.items()}
    return tuple((name, tuple(groups(codes, said))) for name, codes in told.items() if any(codes))


def _headlines(data: WaveData) -> list[Headline]:
    found = []
    for question in data.version.instrument.questions:
        threshold = THRESHOLDS.get(question.indicator)
        if threshold is None or question.kind not in {"number", "one"}:
            continue
        frame = [one for one in data.frame if not was_not_asked(data.sheets.get(one.id, {}), question.code)]
        values = [value(data, data.sheets.get(one.id, {}), question.code) for one in frame]
        numbers = four_numbers(values, _margins(frame), threshold, [one.id in data.phoned for one in frame])
        if numbers is not None and numbers.n >= K:
            total = _total(data) if question.code == APPLYING else None
            found.append(Headline(question.code, question.ask, numbers, total))
    return found


def _total(data: WaveData) -> tuple[int, int]:
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


def _places(data: WaveData, names: Mapping[int, str]) -> Places:
    """The items a to j, and whatever else is a figure, by kabupaten."""
    columns = tuple(_columns(data.version.instrument.questions))
    homes: dict[int | None, list[Assignment]] = {}
    for one in data.frame:
        homes.setdefault(one.kabupaten_id, []).append(one)
    told = [by_place({home: _said(data, people, c.code) for home, people in homes.items()}) for c in columns]
    rows = [
        PlaceRow(
            names.get(home or 0, _("tanpa kabupaten")),
            len(people),
            sum(one.id in data.sheets for one in people),
            tuple(figures[home] for figures in told),
        )
        for home, people in homes.items()
    ]
    return Places(columns, tuple(sorted(rows, key=lambda row: row.name)))


def _said(data: WaveData, people: Sequence[Assignment], code: str) -> list[float]:
    found = (value(data, data.sheets.get(one.id, {}), code) for one in people)
    return [number for number in found if number is not None]


def _columns(questions: Sequence[Any]) -> Iterator[PlaceColumn]:
    for question in questions:
        percent = question.code == APPLYING or bool(getattr(question, "top", ()))
        if not question.about and (percent or question.kind in {"number", "scale"}):
            yield PlaceColumn(question.code, question.ask, percent)
