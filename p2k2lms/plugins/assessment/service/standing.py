"""Where people stand with their tests: what others read, and what the rules decide upon."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from p2k2lms.core import clock
from p2k2lms.core.once import once_per_page
from p2k2lms.core.questions import Ahead
from p2k2lms.plugins.assessment import queries
from p2k2lms.plugins.assessment.models import Attempt, Score
from p2k2lms.plugins.assessment.queries import MarkRow, Scored, Step
from p2k2lms.plugins.assessment.rules import score as marking
from p2k2lms.plugins.assessment.rules import timing
from p2k2lms.plugins.assessment.rules.opening import Sitting, Standing
from p2k2lms.plugins.assessment.values import EXAMS, OK, PING, POST, ScoreCard
from p2k2lms.plugins.enrolment.values import RUNNING, EnrolmentCard


def standing_of(enrolment: EnrolmentCard) -> Standing:
    """Where one person stands with the tests of one enrolment."""
    return standings([enrolment])[enrolment.id]


def standings(cards: Sequence[EnrolmentCard]) -> dict[int, Standing]:
    """Where people stand, by enrolment."""
    return {key: standing for key, (standing, _best) in with_best(*cards).items()}


def best_of(card: EnrolmentCard) -> Mapping[str, ScoreCard]:
    """The best pre-test and post-test of one enrolment, by purpose, without a score no entry."""
    return with_best(card)[card.id][1]


@once_per_page
def with_best(*cards: EnrolmentCard) -> dict[int, tuple[Standing, dict[str, ScoreCard]]]:
    """Where people stand, and the best mark of each purpose, by enrolment, in one query."""
    rows: dict[int, list[Step]] = {card.id: [] for card in cards}
    for row in queries.steps_of(list(rows)):
        rows[row.enrolment_id].append(row)
    return {card.id: _stands(card, rows[card.id]) for card in cards}


def _stands(card: EnrolmentCard, rows: Sequence[Step]) -> tuple[Standing, dict[str, ScoreCard]]:
    sat = [row for row in rows if row.attempt_id is not None]
    opened = [(row.purpose, row.number) for row in rows if row.attempt_id is None]
    standing = Standing(
        sittings=tuple(_sat(row) for row in sat),
        post_open=any(purpose == POST for purpose, _number in opened),
        running=card.state == RUNNING,
        pings=tuple(number for purpose, number in opened if purpose == PING),
    )
    marked = [
        MarkRow(card.id, card.person_id, r.purpose, r.points, r.max_points, r.finished_at, r.limit, r.timing, r.place)
        for r in sat
        if r.purpose in EXAMS and r.points is not None and r.finished_at is not None
    ]
    return standing, _best(marked).get(card.id, {})


def _sat(row: Step) -> Sitting:
    passed = None if row.points is None else marking.is_enough(row.points, row.max_points, row.limit)
    finished = row.finished_at is not None
    return Sitting(row.attempt_id or 0, row.purpose, row.number, finished, row.skipped, passed, row.timing == OK)


def sittings(rows: Iterable[Scored]) -> tuple[Sitting, ...]:
    """Attempts with their scores, as the rules see them."""
    return tuple(_sitting(row.attempt, row.score, row.limit) for row in rows)


def _sitting(attempt: Attempt, score: Score | None, limit: int) -> Sitting:
    passed = None if score is None else marking.is_enough(score.points, score.max_points, limit)
    finished = attempt.finished_at is not None
    return Sitting(attempt.id, attempt.purpose, attempt.number, finished, attempt.skipped, passed, attempt.timing == OK)


def tests_until(enrolment_ids: Sequence[int]) -> list[datetime | None]:
    """For each pre-test or post-test of these enrolments that runs now, when its time is over; None is never."""
    now, running = clock.now(), queries.unfinished(enrolment_ids, EXAMS)
    return [deadline for deadline, grace in running if timing.still_takes(deadline, grace, now)]


def quick_marks(person_id: int, course: str) -> dict[str, int]:
    """The best cek cepat of each sesi that one person has done, in whole percent, in whatever version it stood."""
    best: dict[str, int] = {}
    for name, points, most in queries.quick_of(person_id, course):
        sesi = name.partition(":")[2]
        best[sesi] = max(best.get(sesi, 0), marking.percent(points, most))
    return best


def scores_of(enrolment_ids: Sequence[int]) -> dict[int, dict[str, ScoreCard]]:
    """The best pre-test and post-test of each enrolment, by purpose, without a score no entry."""
    return _best(queries.marks(tuple(enrolment_ids), EXAMS) if enrolment_ids else ())


def ahead_of_scores(enrolment_ids: Sequence[int]) -> list[Ahead]:
    """The same, for a page that knows it will ask."""
    return [queries.marks.ahead(tuple(enrolment_ids), EXAMS)] if enrolment_ids else []


def ahead_of_quick(person_id: int, course: str) -> list[Ahead]:
    """What `quick_marks` reads, for a page that knows it will ask."""
    return [queries.quick_of.ahead(person_id, course)]


def _best(rows: Iterable[MarkRow]) -> dict[int, dict[str, ScoreCard]]:
    best: dict[int, dict[str, ScoreCard]] = {}
    for row in rows:
        mine = best.setdefault(row.enrolment_id, {})
        known = mine.get(row.purpose)
        if known is None or row.points * known.max > known.points * row.max_points:
            mine[row.purpose] = _card(row)
    return best


def _card(row: MarkRow) -> ScoreCard:
    percent = marking.percent(row.points, row.max_points)
    enough, verified = marking.reaches(percent, row.limit), row.timing == OK
    return ScoreCard(row.points, row.max_points, percent, enough, row.finished_at, verified, row.place)
