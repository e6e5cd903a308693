"""Answers that come after the time of a test: kept, left out, and a widyaiswara decides whether they count."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from p2k2lms.core import clock
from p2k2lms.core.access import Actor, allowed, require
from p2k2lms.core.errors import Conflict, Invalid, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import UnitOfWork, unit_of_work
from p2k2lms.plugins.assessment import queries
from p2k2lms.plugins.assessment.models import Attempt, Ruling
from p2k2lms.plugins.assessment.permissions import DECIDE_TIMING
from p2k2lms.plugins.assessment.service import ending
from p2k2lms.plugins.assessment.service.reading import AttemptCard, card_of
from p2k2lms.plugins.assessment.values import OK, UNVERIFIED
from p2k2lms.plugins.enrolment import service as enrolments
from p2k2lms.plugins.enrolment.values import TRAINER, EnrolmentCard
from p2k2lms.plugins.identity import service as identity

PAGE = 50
SHORTEST, LONGEST = 5, 300
DECIDES = "widyaiswara"


@dataclass(frozen=True)
class LateLine:
    """One attempt with answers that came too late: whose, of which class ("" for a path), how many."""

    attempt_id: int
    purpose: str
    name: str
    place: str
    answers: int
    deadline: datetime
    zone: str


@dataclass(frozen=True)
class LateList:
    """One page of them, and behind which the next begins; None on the last."""

    lines: tuple[LateLine, ...]
    after: int | None


@dataclass(frozen=True)
class LateAnswerLine:
    """When one answer was given, by both clocks of the phone, and when it came; never what it says."""

    number: int
    said_at: datetime
    elapsed: int | None
    received_at: datetime
    replaces: bool


@dataclass(frozen=True)
class RulingCard:
    """A decision about late answers, and who took it."""

    counted: bool
    answers: int
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class LateCase:
    """All that a ruling stands on; deliberately not what it would do to the mark."""

    attempt: AttemptCard
    name: str
    started_at: datetime
    deadline: datetime
    answers: tuple[LateAnswerLine, ...]
    rulings: tuple[RulingCard, ...]
    may_decide: bool


def keep(actor: Actor, values: dict[str, Any]) -> None:
    """Keep a late answer apart, end the attempt if nobody has, and tell those who decide when it is the first."""
    with unit_of_work("assessment.keep_late", actor, f"attempt:{values['attempt_id']}") as uow:
        attempt = queries.attempt_to_change(values["attempt_id"])
        assert attempt is not None, "an answer has an attempt"
        if attempt.finished_at is None:
            ending.end(uow, attempt)
        if queries.save_late(values) and attempt.timing == OK:
            attempt.timing = UNVERIFIED
            ending.touch(uow, attempt)
            _tell_trainers(uow, attempt)


def _tell_trainers(uow: UnitOfWork, attempt: Attempt) -> None:
    card = enrolments.enrolment(attempt.enrolment_id)
    if card.angkatan_id:
        name = identity.names([attempt.person_id]).get(attempt.person_id, "")
        for member in enrolments.angkatan(card.angkatan_id).staff:
            if member.role == TRAINER and member.person_id != attempt.person_id:
                uow.notify(member.person_id, "assessment.late", _url(attempt.id), name=name)


def _url(attempt_id: int) -> str:
    return f"/tes/waktu/{attempt_id}"


def late_list(actor: Actor, after: int = 0) -> LateList:
    """The attempts that wait for a ruling of the actor's, the oldest first, a page at a time."""
    require(actor, DECIDE_TIMING)
    found = queries.waiting(enrolments.judged_by(actor, actor.paths(DECIDES)), after, PAGE + 1)
    more, found = len(found) > PAGE, found[:PAGE]
    people = [row.attempt.person_id for row in found]
    cards = {card.id: card for card in enrolments.enrolments_of_people(people)}
    classes = enrolments.angkatan_by_ids([card.angkatan_id for card in cards.values() if card.angkatan_id])
    homes = identity.home_units(people, clock.today())
    names = identity.names(people)

    def is_mine(card: EnrolmentCard) -> bool:
        if card.angkatan_id is not None:
            return True
        return card.person_id in homes and identity.in_own_units(actor, homes[card.person_id].path)

    lines = [
        LateLine(
            row.attempt.id,
            row.attempt.purpose,
            names.get(row.attempt.person_id, ""),
            classes[card.angkatan_id].name if card.angkatan_id is not None else "",
            row.answers,
            row.attempt.deadline or row.attempt.started_at,
            row.attempt.zone,
        )
        for row in found
        if is_mine(card := cards[row.attempt.enrolment_id])  # a posting beside the home does not decide
    ]
    return LateList(tuple(lines), found[-1].attempt.id if more else None)


def late_case(actor: Actor, attempt_id: int) -> LateCase:
    """What came too late for one attempt, and what was decided; NotFound outside the own classes and units."""
    require(actor, DECIDE_TIMING)
    found = queries.attempt_and_form(attempt_id)
    if found is None or found[0].deadline is None:
        raise NotFound("attempt")
    attempt = found[0]
    require(actor, DECIDE_TIMING, enrolments.enrolment(attempt.enrolment_id))
    places, rulings = queries.late_places(attempt), ruling_cards(attempt)
    if not places and not rulings:
        raise NotFound("late answers")
    return LateCase(
        attempt=card_of(attempt, found[1]),
        name=identity.names([attempt.person_id]).get(attempt.person_id, ""),
        started_at=attempt.started_at,
        deadline=found[0].deadline,
        answers=tuple(
            LateAnswerLine(p.position, p.answer.occurred_at, p.answer.elapsed, p.answer.saved_at, p.before)
            for p in places
        ),
        rulings=rulings,
        may_decide=bool(places) and attempt.person_id != actor.id,
    )


def ruling_cards(attempt: Attempt) -> tuple[RulingCard, ...]:
    """What was decided about an attempt, the newest first."""
    rows: Sequence[Ruling] = queries.rulings(attempt.id)
    names = identity.names([row.decided_by for row in rows]) if rows else {}
    return tuple(RulingCard(r.counted, r.answers, r.reason, names.get(r.decided_by, ""), r.decided_at) for r in rows)


def decide_timing(actor: Actor, attempt_id: int, counted: bool, reason: str) -> None:
    """Let the late answers of an attempt count, or leave them out; with a reason, once, and never one's own."""
    reason = " ".join(reason.split())
    if not SHORTEST <= len(reason) <= LONGEST:
        raise Invalid(_("Tulis alasannya, %(a)s sampai %(b)s huruf.", a=SHORTEST, b=LONGEST), "reason")
    with unit_of_work("assessment.decide_timing", actor, f"attempt:{attempt_id}") as uow:
        require(actor, DECIDE_TIMING)
        attempt = queries.attempt_to_change(attempt_id)
        if attempt is None or not allowed(actor, DECIDE_TIMING, enrolments.enrolment(attempt.enrolment_id)):
            raise NotFound("attempt")
        if attempt.person_id == actor.id:
            raise Conflict(_("Anda tidak bisa memutuskan tentang diri sendiri. Minta widyaiswara lain."))
        if attempt.timing == OK:
            raise Conflict(_("Jawaban yang terlambat di tes ini sudah diputuskan."))
        _rule(uow, actor, attempt, counted, reason)


def _rule(uow: UnitOfWork, actor: Actor, attempt: Attempt, counted: bool, reason: str) -> None:
    rows = queries.undecided(attempt.id)
    ruling = uow.add(
        Ruling(attempt_id=attempt.id, counted=counted, answers=len(rows), reason=reason, decided_by=actor.id or 0)
    )
    attempt.timing = OK
    for row in rows:
        row.ruling_id = ruling.id
        if counted:
            queries.save_answer(_as_given(row))
    if counted:
        ending.mark_again(uow, attempt, ruling)
    ending.touch(uow, attempt)
    uow.notify(attempt.person_id, f"assessment.late_{'counted' if counted else 'left'}", f"/tes/{attempt.id}/hasil")


def _as_given(row: Any) -> dict[str, Any]:
    kept = ("attempt_id", "item_version_id", "device", "seq", "value", "whole", "doubtful", "saved_at")
    return {name: getattr(row, name) for name in kept}
