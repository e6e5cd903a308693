"""The tests of a class for its widyaiswara: who has sat which, extra time, and newer keys to mark by."""

from dataclasses import dataclass

from p2k2lms.core import questions
from p2k2lms.core.access import Actor, require
from p2k2lms.plugins.assessment import queries
from p2k2lms.plugins.assessment.permissions import READ_ANSWERS
from p2k2lms.plugins.assessment.rules.opening import Standing
from p2k2lms.plugins.assessment.service import mending
from p2k2lms.plugins.assessment.service.standing import with_best
from p2k2lms.plugins.assessment.values import ScoreCard
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.catalogue.values import VersionCard
from p2k2lms.plugins.enrolment import service as enrolments
from p2k2lms.plugins.enrolment.values import STOPPED, AngkatanCard

PAGE = 100


@dataclass(frozen=True)
class ClassLine:
    """One member of a class."""

    enrolment_id: int
    name: str
    standing: Standing
    best: dict[str, ScoreCard]
    extra_minutes: int


@dataclass(frozen=True)
class ClassSheet:
    """One page of a class; `newer` is the course's newest version where its keys would mark a paper anew."""

    angkatan: AngkatanCard
    lines: tuple[ClassLine, ...]
    newer: VersionCard | None
    next_after: int | None


def class_sheet(actor: Actor, angkatan_id: int, after_id: int = 0) -> ClassSheet:
    """One page of a class for its widyaiswara; NotFound for others."""
    part = (angkatan_id, after_id, PAGE)
    questions.ask([*enrolments.ahead_of_members(*part), enrolments.ahead_of_names(*part)])
    angkatan = enrolments.angkatan(angkatan_id)
    require(actor, READ_ANSWERS, angkatan)
    page, names = enrolments.members(*part), enrolments.names_of(*part)
    cards = [card for card in page if card.state != STOPPED]
    ids = [card.id for card in cards]
    stands, extra = with_best(*cards), queries.extra_times(ids)
    lines = [ClassLine(c.id, names[c.person_id], *stands[c.id], extra.get(c.id, 0)) for c in cards]
    return ClassSheet(
        angkatan,
        tuple(sorted(lines, key=lambda line: line.name)),
        _newer_keys(angkatan),
        page[-1].id if len(page) == PAGE else None,
    )


def _newer_keys(angkatan: AngkatanCard) -> VersionCard | None:
    """The newest version of the course where a paper of the class would get another mark by its keys."""
    newest = catalogue.latest(angkatan.course)
    if newest.number == 1:
        return None
    return newest if mending.would_change(newest.id, enrolments.seats_in(angkatan.id)) else None
