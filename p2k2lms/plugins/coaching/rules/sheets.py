"""What a filled sheet earns, how two of them differ, and how a person's leading goes over time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from p2k2lms.plugins.catalogue.values import BehaviourDef, Outline, OutlineSesi, RubricDef
from p2k2lms.plugins.coaching.values import Sheet
from p2k2lms.plugins.coaching.values.words import NOT_SEEN

HIGHEST = 3
LATE_AFTER = timedelta(days=31)
MOST_SHEETS = 6


@dataclass(frozen=True)
class Difference:
    """One behaviour on a sheet: what the learner said, what the coach saw; None where nothing was said."""

    behaviour: BehaviourDef
    own: int | None
    seen: int | None

    @property
    def gap(self) -> int | None:
        """How far the learner stands above what was seen."""
        return None if self.own is None or self.seen is None else self.own - self.seen


@dataclass(frozen=True)
class Trend:
    """One behaviour over time: what others saw, oldest first."""

    behaviour: BehaviourDef
    seen: tuple[tuple[date, int], ...]

    @property
    def change(self) -> int | None:
        """From the first to the last; None with fewer than two."""
        return self.seen[-1][1] - self.seen[0][1] if len(self.seen) > 1 else None


def points(rubric: RubricDef, scores: str, adapted: str) -> tuple[int, int]:
    """Points and the most there could be: what was not seen, or gave way for a reason, does not count."""
    counted = [
        int(sign)
        for sign, behaviour in zip(scores, rubric.behaviours, strict=True)
        if sign != NOT_SEEN and not (adapted and behaviour.adaptable)
    ]
    return sum(counted), HIGHEST * len(counted)


def share(earned: int, most: int) -> int | None:
    """Whole percent, half up; None where nothing was seen."""
    return (200 * earned + most) // (2 * most) if most else None


def restated(sheet: Sheet, then: RubricDef, now: RubricDef) -> Sheet:
    """A sheet in the words of another rubric of its course: each behaviour keeps its sign, by its permanent id.

    What that rubric does not know is left out, what it added was not seen. Points stay those that were earned.
    """
    signs = {behaviour.id: sign for behaviour, sign in zip(then.behaviours, sheet.scores, strict=True)}
    return replace(sheet, scores="".join(signs.get(behaviour.id, NOT_SEEN) for behaviour in now.behaviours))


def kind_share(rubric: RubricDef, sheet: Sheet, kind: str) -> int | None:
    """Fidelity (`kesetiaan`) or quality (`mutu`) alone, in whole percent."""
    counted = [
        int(sign)
        for sign, behaviour in zip(sheet.scores, rubric.behaviours, strict=False)
        if behaviour.kind == kind and sign != NOT_SEEN and not (sheet.adapted and behaviour.adaptable)
    ]
    return share(sum(counted), HIGHEST * len(counted))


def score(sheet: Sheet | None, place: int) -> int | None:
    """What a sheet says about the behaviour at this place."""
    sign = sheet.scores[place : place + 1] if sheet else ""
    return int(sign) if sign.isdigit() else None


def differences(rubric: RubricDef, own: Sheet | None, seen: Sheet | None) -> list[Difference]:
    """Both sides of one sheet, behaviour by behaviour."""
    return [Difference(b, score(own, n), score(seen, n)) for n, b in enumerate(rubric.behaviours)]


def trends(rubric: RubricDef, sheets: Iterable[Sheet]) -> list[Trend]:
    """What others saw of one person, behaviour by behaviour, in the newest sheets."""
    told = sorted((s for s in sheets if not s.own), key=lambda s: (s.on_day, s.received_at))[-MOST_SHEETS:]
    return [
        Trend(b, tuple((s.on_day, value) for s in told if (value := score(s, n)) is not None))
        for n, b in enumerate(rubric.behaviours)
    ]


def pairs_of_raters(sheets: Sequence[Sheet]) -> list[tuple[Sheet, Sheet]]:
    """Two people who watched the same: each sheet's first two raters, the one who led left out."""
    found: dict[tuple[int, str, str, date], list[Sheet]] = {}
    for sheet in sorted(sheets, key=lambda s: s.received_at):
        if not sheet.own:
            seen = found.setdefault(sheet.key, [])
            if all(other.observer_id != sheet.observer_id for other in seen):
                seen.append(sheet)
    return [(seen[0], seen[1]) for seen in found.values() if len(seen) > 1]


def for_families(outline: Outline) -> list[OutlineSesi]:
    """The sesi that are led at a P2K2, in their order."""
    found = [sesi for sesi in outline.sesi.values() if sesi.number is not None and sesi.written]
    return sorted(found, key=lambda sesi: sesi.number or 0)


def is_late(on_day: date, received_on: date) -> bool:
    """Sent so long after that memory may have changed it."""
    return received_on - on_day > LATE_AFTER
