"""The four numbers of a survey: the plain mean, the raked one, the bounds without assumption, the break-even."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from p2k2lms.stats import survey
from p2k2lms.stats.arithmetic import Floats, Ints

LEAST_OF_A_GROUP = 20  # answers; smaller groups of the frame are joined before weighting
LEAST_TO_WEIGH = 30
LEAST_PHONED = 5


@dataclass(frozen=True)
class FourNumbers:
    """Of everybody asked (`frame`), `n` answered; percents or means between `low` and `high`.

    `raked` and its error are None where there are too few answers to weigh, the error is 0 where all said the same;
    `bounds` hold whatever the silent think; below `break_even` of the silent the true figure would be under
    `threshold`, None where nobody is silent. `phoned` of the silent were drawn and heard by phone: they count in
    `double` and `bounds` alone.
    """

    n: int
    frame: int
    plain: float
    raked: float | None
    error: float | None
    effective_n: float | None
    bounds: tuple[float, float]
    threshold: float
    break_even: float | None
    phoned: int = 0
    double: float | None = None
    double_error: float | None = None


def four_numbers(
    values: Sequence[float | None],
    margins: Mapping[str, Sequence[str]],
    threshold: float,
    phoned: Sequence[bool] = (),
) -> FourNumbers | None:
    """Of a frame in percent: the value of each person, None for who did not answer; None where nobody answered.

    `phoned` says of each whether the answer came by phone from one who had been silent and was drawn.
    """
    late = np.array(phoned or [False] * len(values), dtype=bool)
    heard = np.array([value is not None for value in values], dtype=bool)
    known = np.array([0.0 if value is None else value for value in values], dtype=np.float64)
    said = known[heard & ~late]
    if said.size == 0:
        return None
    plain = float(said.mean())
    raked = _raked(said, (heard & ~late).astype(np.float64), margins) if said.size >= LEAST_TO_WEIGH else None
    called = known[heard & late]
    both = survey.double_sample(said, called, heard.size) if called.size >= LEAST_PHONED else None
    return FourNumbers(
        n=said.size,
        frame=heard.size,
        plain=plain,
        raked=raked.mean if raked else None,
        error=raked.se if raked else None,
        effective_n=raked.ess if raked else None,
        bounds=survey.bounds(known[heard], heard.size),
        threshold=threshold,
        break_even=survey.break_even(plain, said.size, heard.size, threshold) if heard.size > said.size else None,
        phoned=int(called.size),
        double=both.mean if both else None,
        double_error=both.se if both else None,
    )


def _raked(said: Floats, answered: Floats, margins: Mapping[str, Sequence[str]]) -> survey.Raked | None:
    inside = answered == 1
    coded = [codes for labels in margins.values() if (codes := collapsed(labels, inside)).max() > 0]
    if not coded:
        return None
    try:
        weights = survey.trim(survey.rake(coded, answered))
    except survey.NotReached:
        return None
    return survey.weighted(said, weights, [codes[inside] for codes in coded])


def collapsed(labels: Sequence[str], inside: np.ndarray) -> Ints:
    """Groups of the frame as codes; those with under twenty answers become one, with the next smallest if need be."""
    names, codes = np.unique(np.array(labels), return_inverse=True)
    answers = np.bincount(codes[inside], minlength=names.size)
    order = np.argsort(answers, kind="stable")
    joined = [int(place) for place in order if answers[place] < LEAST_OF_A_GROUP]
    while joined and len(joined) < names.size and answers[joined].sum() < LEAST_OF_A_GROUP:
        joined.append(int(order[len(joined)]))
    new = np.arange(names.size)
    new[joined] = joined[0] if joined else 0
    return np.unique(new[codes], return_inverse=True)[1].astype(np.int64)
