"""What a wave says question by question: who answered, what is missing and why, the middle, the spread."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean, median, stdev

from p2k2lms.plugins.catalogue.values import InstrumentDef, Question
from p2k2lms.plugins.evaluation.values import NOT_ASKED, Given

K = 5  # below so many answers nothing is said
BINS = 8


@dataclass(frozen=True)
class Bar:
    """One answer and how many gave it."""

    label: str
    count: int


@dataclass(frozen=True)
class ItemResult:
    """One question (one row of a table of choices): `n` valid answers of `asked`, the rest missing by reason."""

    code: str
    label: str
    question: Question
    asked: int
    n: int
    missing: Mapping[str, int]
    bars: tuple[Bar, ...]
    mean: float | None = None
    median: float | None = None
    sd: float | None = None
    top: int | None = None

    @property
    def hidden(self) -> bool:
        """True where too few have answered for anything to be said."""
        return self.n < K


def results(
    instrument: InstrumentDef, sheets: Sequence[Mapping[str, Sequence[Given]]], about: bool = False
) -> list[ItemResult]:
    """Every question in its order, or those on the respondents; free words and months are left out."""
    found: list[ItemResult] = []
    for question in instrument.questions:
        if question.kind in {"text", "month"} or question.about != about:
            continue
        said = [sheet.get(question.code, [Given(missing=NOT_ASKED)]) for sheet in sheets]
        found += _rows(question, said) if question.kind == "matrix" else [_result(question, said)]
    return found


def _rows(question: Question, said: Sequence[Sequence[Given]]) -> Iterable[ItemResult]:
    for row in getattr(question, "rows", ()):
        mine = [[given for given in parts if given.missing or given.part == row.code] for parts in said]
        yield _result(question, mine, f"{question.code}.{row.code}", row.label)


def _result(question: Question, said: Sequence[Sequence[Given]], code: str = "", label: str = "") -> ItemResult:
    asked = [parts for parts in said if parts and parts[0].missing != NOT_ASKED]
    valid = [parts for parts in asked if not parts[0].missing]
    numbers = [parts[0].number for parts in valid if parts[0].number is not None]
    counts = question.kind in {"number", "scale"}
    if len(valid) < K:
        bars: tuple[Bar, ...] = ()
    else:
        bars = bins(numbers) if counts else _choices(question, valid)
    top = getattr(question, "top", ())
    spoken = len(valid) >= K and (counts or len(numbers) == len(valid))
    return ItemResult(
        code=code or question.code,
        label=label or question.ask,
        question=question,
        asked=len(asked),
        n=len(valid),
        missing=dict(Counter(parts[0].missing for parts in asked if parts[0].missing)),
        bars=bars,
        mean=mean(numbers) if spoken and numbers else None,
        median=median(numbers) if spoken and numbers else None,
        sd=stdev(numbers) if spoken and len(numbers) > 1 else None,
        top=sum(parts[0].choice in top for parts in valid) if top and len(valid) >= K else None,
    )


def _choices(question: Question, valid: Sequence[Sequence[Given]]) -> tuple[Bar, ...]:
    given = Counter(part.choice for parts in valid for part in parts)
    return tuple(Bar(choice.label, given[choice.code]) for choice in getattr(question, "choices", ()))


def bins(numbers: Sequence[float]) -> tuple[Bar, ...]:
    """Whole numbers in at most eight equal steps of 1, 2, 5, 10, 20, 50 ...; the last one takes in what lies above."""
    low, high = int(min(numbers)), int(max(numbers))
    step = next(s for s in _steps() if high // s - low // s < BINS)
    first = low // step
    counted = Counter(int(number) // step - first for number in numbers)
    return tuple(
        Bar(str(s) if step == 1 else f"{s}–{s + step - 1}", counted[place])
        for place, s in enumerate(range(first * step, high + 1, step))
    )


def _steps() -> Iterable[int]:
    ten = 1
    while True:
        yield from (ten, 2 * ten, 5 * ten)
        ten *= 10
