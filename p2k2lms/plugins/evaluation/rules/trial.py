"""What a try-out tells of an instrument before it is used: does it hold together, is it answered, how long it takes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

from p2k2lms.core.i18n import _
from p2k2lms.plugins.catalogue.values import InstrumentDef, Question
from p2k2lms.plugins.evaluation.values import NOT_ASKED, UNKNOWN, Given
from p2k2lms.stats import items

Sheets = Sequence[Mapping[str, Sequence[Given]]]
LEAST_ITEMS, LEAST_PEOPLE = 3, 5
ENOUGH_PEOPLE = 30  # below it the interval of a reliability is too wide to say much
LOW_ALPHA = 0.6
MANY_MISSING, MOST_MISSING = 10, 50  # percent of those who were asked
TOO_LONG = 1.5  # times the minutes that the instrument promises


@dataclass(frozen=True)
class ItemTrial:
    """One question: whom it was put to, who answered, who did not know, and what a designer should look at."""

    code: str
    label: str
    asked: int
    n: int
    unknown: int
    warnings: tuple[str, ...]
    unusable: bool

    @property
    def missing(self) -> float:
        """Percent of those who were asked and gave no answer that counts."""
        return 100 * (self.asked - self.n) / self.asked if self.asked else 0.0


@dataclass(frozen=True)
class Trial:
    """A whole try-out. `alpha` is Cronbach's over the ordered questions, None where there is nothing to compute."""

    people: int
    items: tuple[ItemTrial, ...]
    alpha: float | None
    interval: tuple[float, float] | None
    ordered: tuple[str, ...]
    complete: int
    minutes: float | None
    warnings: tuple[str, ...]

    @property
    def unusable(self) -> tuple[str, ...]:
        """Questions that more than half did not answer: they must change before the version is used."""
        return tuple(item.code for item in self.items if item.unusable)

    @property
    def wary(self) -> bool:
        """True where something should be read before publishing."""
        return bool(self.warnings) or any(item.warnings for item in self.items)


def trial(instrument: InstrumentDef, sheets: Sheets, seconds: Sequence[int]) -> Trial:
    """What these sheets and the time that they took say."""
    found = tuple(_item(q, [sheet.get(q.code, ()) for sheet in sheets]) for q in instrument.questions)
    ordered, table = _ordered(instrument, sheets)
    value, interval = _alpha(table)
    minutes = median(seconds) / 60 if len(seconds) >= LEAST_PEOPLE else None
    return Trial(
        people=len(sheets),
        items=found,
        alpha=value,
        interval=interval,
        ordered=ordered,
        complete=len(table),
        minutes=minutes,
        warnings=tuple(_warnings(instrument, len(sheets), value, minutes)),
    )


def _item(question: Question, said: Sequence[Sequence[Given]]) -> ItemTrial:
    asked = [parts for parts in said if parts and parts[0].missing != NOT_ASKED]
    valid = [parts for parts in asked if not parts[0].missing]
    unknown = sum(parts[0].missing == UNKNOWN for parts in asked)
    share = 100 * (len(asked) - len(valid)) / len(asked) if asked else 0.0
    enough, free = len(asked) >= LEAST_PEOPLE, question.kind == "text"
    warnings = []
    if not asked:
        warnings.append(_("Tidak ada yang ditanyai butir ini."))
    elif enough and share > MANY_MISSING and not question.optional:
        warnings.append(_("%(share)s%% tidak menjawab.", share=round(share)))
    if len(valid) >= LEAST_PEOPLE and not free and len({_answer(parts) for parts in valid}) == 1:
        warnings.append(_("Semua menjawab sama: butir ini tidak membedakan siapa pun."))
    unusable = enough and share > MOST_MISSING and not question.optional
    return ItemTrial(question.code, question.ask, len(asked), len(valid), unknown, tuple(warnings), unusable)


def _answer(parts: Sequence[Given]) -> tuple[tuple[str, str, float | None, str], ...]:
    return tuple((part.part, part.choice, part.number, part.text) for part in parts)


def _ordered(instrument: InstrumentDef, sheets: Sheets) -> tuple[tuple[str, ...], list[list[float]]]:
    """The questions whose answers are steps of one scale and differ, and the sheets that answered all of them."""
    steps = [q.code for q in instrument.questions if _is_scale(q) and not q.about]
    rows = [[_number(sheet.get(code, ())) for code in steps] for sheet in sheets]
    often = [n for n in range(len(steps)) if sum(row[n] is not None for row in rows) * 2 >= len(rows)]
    full = [[row[n] for n in often] for row in rows if all(row[n] is not None for n in often)]
    differ = [n for n in range(len(often)) if len({row[n] for row in full}) > 1]
    table = [[float(row[n] or 0) for n in differ] for row in full]
    return tuple(steps[often[n]] for n in differ), table


def _is_scale(question: Question) -> bool:
    return question.kind == "scale" or (
        question.kind == "one" and all(choice.value is not None for choice in question.choices)
    )


def _number(parts: Sequence[Given]) -> float | None:
    return parts[0].number if parts and not parts[0].missing else None


def _alpha(table: Sequence[Sequence[float]]) -> tuple[float | None, tuple[float, float] | None]:
    """Cronbach's alpha over items of one range, with Feldt's interval; None below five people or three items."""
    if len(table) < LEAST_PEOPLE or len(table[0]) < LEAST_ITEMS:
        return None, None
    marks = np.array(table)
    marks = (marks - marks.min(axis=0)) / (marks.max(axis=0) - marks.min(axis=0))
    value = items.alpha(marks)
    if np.isnan(value):
        return None, None
    low, high = items.alpha_interval(value, *marks.shape)
    return value, (low, high)


def _warnings(instrument: InstrumentDef, people: int, value: float | None, minutes: float | None) -> Iterator[str]:
    if people < ENOUGH_PEOPLE:
        yield _("Baru %(n)s orang mencoba; dengan 30 orang angkanya lebih pasti.", n=people)
    if value is not None and value < LOW_ALPHA:
        yield _("Keandalan rendah: butir berskala tidak bergerak bersama.")
    if minutes is not None and minutes > TOO_LONG * instrument.minutes:
        yield _("Butuh %(n)s menit, lebih lama dari yang dijanjikan.", n=round(minutes))
