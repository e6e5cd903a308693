"""The chain of one person: trainings, tests, practice in the groups, the families; told, never made a mark."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from p2k2lms.core import clock, questions
from p2k2lms.core.access import Actor, require
from p2k2lms.plugins.assessment import service as assessment
from p2k2lms.plugins.assessment.values import POST, PRE, ScoreCard
from p2k2lms.plugins.coaching import service as coaching
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import CLASS, COACHING, ENDED, PASSED, AngkatanCard, EnrolmentCard, Spell
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.identity.values import PersonCard, UnitCard
from p2k2lms.plugins.outcomes.permissions import READ_CHAIN
from p2k2lms.plugins.outcomes.queries import levels as read
from p2k2lms.plugins.outcomes.service.levels import last_month

TRAINED = ((CLASS, PASSED), (COACHING, PASSED), (COACHING, ENDED))


@dataclass(frozen=True)
class Training:
    """One class or path that is over: when, how much of its meetings, its tests, and what was seen of practising."""

    kind: str
    name: str
    first: date
    last: date | None
    status: str
    attended: int | None = None
    pre: ScoreCard | None = None
    post: ScoreCard | None = None
    practised: tuple[int, int] | None = None

    @property
    def gain(self) -> float | None:
        """Points of hundred from the test before to the test after; None unless both count."""
        if self.pre is None or self.post is None or not (self.pre.verified and self.post.verified):
            return None
        return 100 * self.post.points / self.post.max - 100 * self.pre.points / self.pre.max


@dataclass(frozen=True)
class Chain:
    """One person from training to families; `field` holds the sums before and after `first`, which is over."""

    person: PersonCard
    unit: UnitCard | None
    trainings: tuple[Training, ...]
    first: Spell | None
    field: dict[str, Any]
    watched: tuple[int, int]


def chain(actor: Actor, person_id: int) -> Chain:
    """The chain of a person whom the actor may see; NotFound for everybody else."""
    questions.ask(enrolment.ahead_of_trainings(person_id))
    require(actor, READ_CHAIN, person_id)
    spells = enrolment.trained(person_id)
    found = _trainings(actor, person_id, spells)
    first = next((one for one in spells if _trains(one)), None)
    field: dict[str, Any] = {}
    watched = (0, 0)
    if first is not None and first.valid_to is not None:
        field = read.around_days(person_id, first.valid_from, first.valid_to, last_month())
        watched = coaching.watched([person_id], first.valid_to, clock.today()).get(person_id, (0, 0))
    home = identity.home_unit(person_id, clock.today())
    return Chain(identity.person(person_id), home, tuple(found), first, field, watched)


def _trains(spell: Spell) -> bool:
    """A class that was passed or a path that is over; a refresher comes after, and is no first training."""
    return spell.valid_to is not None and (spell.kind, spell.status) in TRAINED


def _trainings(actor: Actor, person_id: int, spells: Sequence[Spell]) -> list[Training]:
    """All that is over; of a class whose scores the actor may not read, no more than its days."""
    own = {card.angkatan_id: card for card in assessment.scored_enrolments(actor, person_id) if card.angkatan_id}
    classes, seats = {card.id: card for card in enrolment.classes_of(person_id)}, [card.id for card in own.values()]
    ids = tuple(sorted(own))
    asked = assessment.ahead_of_scores(seats) + enrolment.ahead_of_shares(ids)
    questions.ask([*asked, coaching.ahead_of_micro_teaching(*ids)] if ids else [])
    scores, shares = assessment.scores_of(seats), enrolment.attendance_shares(own.values())
    practised = coaching.micro_teaching(ids) if ids else {}
    found = []
    for spell in spells:
        number = _class_of(spell)
        if number not in own or number not in classes:
            found.append(_plain(spell))
            continue
        share = shares.get(own[number].id)
        about = (share.percent if share else None, practised.get((number, person_id)))
        found.append(_of_class(spell, classes[number], own[number], scores, about))
    return found


def _class_of(spell: Spell) -> int:
    kind, _colon, number = spell.object_ref.partition(":")
    return int(number) if kind == "angkatan" and number.isdigit() else 0


def _last_day(spell: Spell) -> date | None:
    return spell.valid_to - timedelta(days=1) if spell.valid_to else None


def _plain(spell: Spell) -> Training:
    return Training(spell.kind, "", spell.valid_from, _last_day(spell), spell.status)


def _of_class(spell: Spell, card: AngkatanCard, seat: EnrolmentCard, scores: Any, about: Any) -> Training:
    tests = scores.get(seat.id, {})
    attended, practised = about
    return Training(
        spell.kind,
        card.name,
        spell.valid_from,
        _last_day(spell),
        spell.status,
        attended,
        tests.get(PRE),
        tests.get(POST),
        practised,
    )
