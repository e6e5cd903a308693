"""The end of a test: handed in, or closed when its time is over; marked in the same transaction."""

from collections.abc import Mapping
from dataclasses import dataclass

from p2k2lms.core import clock
from p2k2lms.core.unit_of_work import UnitOfWork, unit_of_work
from p2k2lms.plugins.assessment import queries
from p2k2lms.plugins.assessment.events import AttemptFinished
from p2k2lms.plugins.assessment.models import Attempt, Form, Ruling, Score
from p2k2lms.plugins.assessment.rules import score as marking
from p2k2lms.plugins.assessment.rules import timing
from p2k2lms.plugins.assessment.service import frozen
from p2k2lms.plugins.assessment.values import POST, SCORES, Answer, Item
from p2k2lms.plugins.identity import service as identity


def close_if_over(attempt_id: int) -> bool:
    """Close an attempt whose time is over and that nobody handed in; True if it is closed now or was before."""
    with unit_of_work("assessment.close_attempt", subject=f"attempt:{attempt_id}") as uow:
        attempt = queries.attempt_to_change(attempt_id)
        if attempt is None or attempt.finished_at is not None:
            return True
        if timing.still_takes(attempt.deadline, attempt.grace_seconds, clock.now()):
            return False
        end(uow, attempt)
        return True


def close_job(attempt_id: int) -> None:
    """The job that waits for the end of every timed test; one whose time was stretched has a later job."""
    close_if_over(attempt_id)


def end(uow: UnitOfWork, attempt: Attempt) -> None:
    """Close the attempt, mark it, and tell the others; the caller holds the row."""
    now = clock.now()
    attempt.finished_at = min(now, attempt.deadline) if attempt.deadline else now
    found = queries.attempt_and_form(attempt.id)
    assert found is not None, "an attempt has a form"
    form = found[1]
    paper = tuple((item, row.value) for row, item in frozen.paper_of(attempt))
    add_score(uow, attempt, form, Keyed(form.version_id, paper, {}))


@dataclass(frozen=True)
class Keyed:
    """A paper with the keys to mark it by: the version they come from, which items it has mended, and who said so."""

    version_id: int
    paper: tuple[tuple[Item, Answer], ...]
    mended: Mapping[int, int]
    made_by: int | None = None
    ruling: int = 0


def mark_again(uow: UnitOfWork, attempt: Attempt, ruling: Ruling) -> None:
    """Mark an attempt by the keys that marked it last, now that a ruling has let late answers count."""
    found, score = queries.attempt_and_form(attempt.id), queries.scores(attempt.id)[-1]
    assert found is not None, "an attempt has a form"
    newer = {int(old): new for old, new in score.mended.items()}
    bodies = queries.bodies(newer.values()) if newer else {}
    paper = tuple(
        (Item.thawed(bodies[newer[row.item_version_id]]) if row.item_version_id in newer else item, row.value)
        for row, item in frozen.paper_of(attempt)
    )
    add_score(uow, attempt, found[1], Keyed(score.key_version_id, paper, newer, ruling.decided_by, ruling.id))


def touch(uow: UnitOfWork, attempt: Attempt) -> None:
    """The months of the post-tests beside this attempt are counted again; a pre-test counts with its pair."""
    home = identity.home_unit(attempt.person_id, clock.today())
    for post in queries.attempts(attempt.enrolment_id, POST) if home is not None else ():
        if home is not None and post.finished_at is not None:
            uow.touch(home.id, clock.on_day(post.finished_at, home.zone), SCORES)


def add_score(uow: UnitOfWork, attempt: Attempt, form: Form, keyed: Keyed) -> None:
    """Mark a paper, add the score, and publish it."""
    mark = marking.mark(keyed.paper)
    uow.add(
        Score(
            attempt_id=attempt.id,
            key_version_id=keyed.version_id,
            points=mark.points,
            max_points=mark.max,
            objectives={name: list(pair) for name, pair in mark.objectives.items()},
            mended={str(old): new for old, new in keyed.mended.items()},
            made_by=keyed.made_by,
            ruling=keyed.ruling,
        )
    )
    uow.publish(
        AttemptFinished(
            attempt_id=attempt.id,
            person_id=attempt.person_id,
            enrolment_id=attempt.enrolment_id,
            purpose=attempt.purpose,
            points=mark.points,
            max_points=mark.max,
            passed=marking.is_enough(mark.points, mark.max, form.pass_percent),
        )
    )
    if attempt.purpose == POST and (home := identity.home_unit(attempt.person_id, clock.today())) is not None:
        uow.touch(home.id, clock.on_day(attempt.finished_at or clock.now(), home.zone), SCORES)
