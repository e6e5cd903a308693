"""Where people stand with their tests: what others read, and what the rules decide upon."""

from collections.abc import Iterable, Sequence

from p2k2lms.plugins.assessment import queries
from p2k2lms.plugins.assessment.models import Attempt, Score
from p2k2lms.plugins.assessment.queries import MarkRow, Scored
from p2k2lms.plugins.assessment.rules import score as marking
from p2k2lms.plugins.assessment.rules.opening import Sitting, Standing
from p2k2lms.plugins.assessment.values import SEALED, ScoreCard
from p2k2lms.plugins.enrolment.values import RUNNING, EnrolmentCard


def standing_of(enrolment: EnrolmentCard) -> Standing:
    """Where one person stands with the tests of one enrolment."""
    return standings([enrolment])[enrolment.id]


def standings(cards: Sequence[EnrolmentCard]) -> dict[int, Standing]:
    """Where people stand, by enrolment, in two queries."""
    ids = [card.id for card in cards]
    opened = queries.openings(ids)
    rows: dict[int, list[Scored]] = {one: [] for one in ids}
    for row in queries.scored(ids, SEALED):
        rows[row.attempt.enrolment_id].append(row)
    return {c.id: Standing(sittings(rows[c.id]), c.id in opened, c.state == RUNNING) for c in cards}


def sittings(rows: Iterable[Scored]) -> tuple[Sitting, ...]:
    """Attempts with their scores, as the rules see them."""
    return tuple(_sitting(row.attempt, row.score, row.limit) for row in rows)


def _sitting(attempt: Attempt, score: Score | None, limit: int) -> Sitting:
    passed = None if score is None else marking.is_enough(score.points, score.max_points, limit)
    finished = attempt.finished_at is not None
    return Sitting(attempt.id, attempt.purpose, attempt.number, finished, attempt.skipped, passed)


def scores_of(enrolment_ids: Sequence[int]) -> dict[int, dict[str, ScoreCard]]:
    """The best pre-test and post-test of each enrolment, by purpose, without a score no entry."""
    best: dict[int, dict[str, ScoreCard]] = {}
    for row in queries.marks(enrolment_ids, SEALED):
        mine = best.setdefault(row.enrolment_id, {})
        known = mine.get(row.purpose)
        if known is None or row.points * known.max > known.points * row.max_points:
            mine[row.purpose] = _card(row)
    return best


def best_score(person_id: int, enrolment_id: int, purpose: str) -> ScoreCard | None:
    """The best pre-test or post-test of this person in this enrolment."""
    mine = [row for row in queries.marks([enrolment_id], [purpose]) if row.person_id == person_id]
    return _card(max(mine, key=lambda row: row.points / row.max_points)) if mine else None


def _card(row: MarkRow) -> ScoreCard:
    return ScoreCard(
        points=row.points,
        max=row.max_points,
        percent=marking.percent(row.points, row.max_points),
        passed=marking.is_enough(row.points, row.max_points, row.limit),
        at=row.finished_at,
    )
