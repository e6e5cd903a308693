"""Gathers what is known of people in a class, in a few queries however many they are."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from p2k2lms.plugins.assessment import service as assessment
from p2k2lms.plugins.assessment.values import POST, PRE, UNKNOWN, ScoreCard
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.delivery import service as delivery
from p2k2lms.plugins.enrolment.values import AttendanceShare, EnrolmentCard
from p2k2lms.plugins.progress import rules
from p2k2lms.plugins.progress.service.meeting import Met, met_by
from p2k2lms.plugins.progress.values import Decision, Facts, Limits


@dataclass
class Known:
    """What is known of one enrolment, and what the rule says to it."""

    facts: Facts
    scores: Mapping[str, ScoreCard]
    limits: Limits
    share: AttendanceShare | None = None

    @property
    def pre(self) -> int | None:
        """The pre-test in percent."""
        return self.scores[PRE].percent if PRE in self.scores else None

    def place(self, purpose: str) -> str:
        """Where the best test of this purpose was sat."""
        return self.scores[purpose].place if purpose in self.scores else UNKNOWN

    @property
    def proposal(self) -> Decision:
        """What the rule says, worked out when somebody asks: long lists mostly do not."""
        return rules.decide(self.facts, self.limits)

    @property
    def passes(self) -> bool:
        """Whether all conditions are met; without all cards there is nothing to work out."""
        return rules.all_read(self.facts.read, self.facts.required) and self.proposal.passed


def limits_of(version_id: int, mode: str) -> Limits:
    """What a version asks of somebody who learns in this mode."""
    asked = catalogue.completion_rules(version_id)
    return Limits(asked.post_test, asked.attendance_for(mode), asked.micro_teaching_for(mode))


def known_of(
    enrolments: Sequence[EnrolmentCard], every: Sequence[EnrolmentCard] | None = None, *, meetings: bool = True
) -> dict[int, Known]:
    """The facts of each of these enrolments, by its id; sooner where `every` enrolment of their people is at hand, and
    without the `meetings` of the class for lists that decide nothing."""
    scores = assessment.scores_of([e.id for e in enrolments])
    read = _read_counts(enrolments, every)
    limits = {key: limits_of(*key) for key in {(e.version_id, e.mode) for e in enrolments}}
    required = {v: len(catalogue.required_steps(v)) for v in {e.version_id for e in enrolments}}
    met = met_by(enrolments, limits) if meetings else {}
    return {
        e.id: _known(
            (read.get((e.version_id, e.person_id), 0), required[e.version_id]),
            scores.get(e.id, {}),
            limits[e.version_id, e.mode],
            met.get(e.id, Met()),
        )
        for e in enrolments
    }


def known_of_one(enrolment: EnrolmentCard) -> Known:
    """The facts of one enrolment, from what the page around it has read already."""
    required = catalogue.required_steps(enrolment.version_id)
    done = delivery.done_steps(enrolment.person_id, enrolment.course).intersection(required)
    limits = limits_of(enrolment.version_id, enrolment.mode)
    met = met_by([enrolment], {(enrolment.version_id, enrolment.mode): limits}).get(enrolment.id, Met())
    return _known((len(done), len(required)), assessment.best_of(enrolment), limits, met)


def _known(read: tuple[int, int], scores: Mapping[str, ScoreCard], limits: Limits, met: Met) -> Known:
    post = scores.get(POST)
    facts = Facts(*read, post.percent if post else None, met.attendance, met.micro_teaching)
    return Known(facts, scores, limits, met.share)


def _read_counts(
    enrolments: Sequence[EnrolmentCard], every: Sequence[EnrolmentCard] | None
) -> dict[tuple[int, int], int]:
    """How many required cards each person has read, by version and person."""
    people: dict[int, list[int]] = defaultdict(list)
    for e in enrolments:
        people[e.version_id].append(e.person_id)
    versions: dict[str, set[int]] = defaultdict(set)
    for e in every or ():
        versions[e.course].add(e.version_id)
    return delivery.done_by_version(people, versions)
