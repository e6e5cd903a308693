"""Gathers what is known of people in a class, in a few queries however many they are."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from p2k2lms.plugins.assessment import service as assessment
from p2k2lms.plugins.assessment.values import POST, PRE, ScoreCard
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.delivery import service as delivery
from p2k2lms.plugins.enrolment.values import EnrolmentCard
from p2k2lms.plugins.progress import rules
from p2k2lms.plugins.progress.values import Decision, Facts, Limits


@dataclass(frozen=True)
class Known:
    """What is known of one enrolment, and what the rule says to it."""

    facts: Facts
    pre: int | None
    proposal: Decision


def limits_of(version_id: int, mode: str) -> Limits:
    """What a version asks of somebody who learns in this mode."""
    asked = catalogue.completion_rules(version_id)
    return Limits(asked.post_test, asked.attendance_for(mode), asked.micro_teaching_for(mode))


def known_of(enrolments: Sequence[EnrolmentCard]) -> dict[int, Known]:
    """The facts of each of these enrolments, by its id."""
    scores = assessment.scores_of([e.id for e in enrolments])
    read = _read_counts(enrolments)
    limits = {key: limits_of(*key) for key in {(e.version_id, e.mode) for e in enrolments}}
    required = {v: len(catalogue.required_steps(v)) for v in {e.version_id for e in enrolments}}
    found = {}
    for e in enrolments:
        own: Mapping[str, ScoreCard] = scores.get(e.id, {})
        pre, post = own.get(PRE), own.get(POST)
        points, most = (post.points, post.max) if post else (None, 0)
        facts = Facts(read.get((e.version_id, e.person_id), 0), required[e.version_id], points, most)
        found[e.id] = Known(facts, pre.percent if pre else None, rules.decide(facts, limits[e.version_id, e.mode]))
    return found


def _read_counts(enrolments: Sequence[EnrolmentCard]) -> dict[tuple[int, int], int]:
    """How many required cards each person has read, by version and person: one query for each version."""
    groups: dict[tuple[int, str], list[int]] = defaultdict(list)
    for e in enrolments:
        groups[e.version_id, e.course].append(e.person_id)
    return {
        (version_id, person_id): number
        for (version_id, course), people in groups.items()
        for person_id, number in delivery.done_counts(people, course, catalogue.required_steps(version_id)).items()
    }
