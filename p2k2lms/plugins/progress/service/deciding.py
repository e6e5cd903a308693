"""Decides who has completed a class: by the rule where nobody closes it, by a widyaiswara everywhere else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from p2k2lms.core import clock
from p2k2lms.core.access import SYSTEM, Actor, require
from p2k2lms.core.errors import Conflict, Invalid, NotFound
from p2k2lms.core.i18n import _, counted
from p2k2lms.core.unit_of_work import UnitOfWork, unit_of_work
from p2k2lms.plugins.assessment import service as assessment
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.delivery import service as delivery
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import PASSED as ENROLMENT_PASSED
from p2k2lms.plugins.enrolment.values import STOPPED, AngkatanCard, EnrolmentCard
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.progress import queries, rules
from p2k2lms.plugins.progress.events import CompletionDecided
from p2k2lms.plugins.progress.models import Completion
from p2k2lms.plugins.progress.permissions import DECIDE_COMPLETION
from p2k2lms.plugins.progress.service.facts import known_of
from p2k2lms.plugins.progress.values import FAILED, PASSED, Decision

LONGEST_NOTE = 500


@dataclass(frozen=True)
class Verdict:
    """What somebody, or the rule, decides about one enrolment."""

    decision: str
    proposal: Decision
    note: str = ""


Decided = tuple[EnrolmentCard, Verdict]


def note_reading(enrolment_id: int) -> None:
    """A card was read, or the class entered: open the post-test when all is read, and decide where the rule does.

    No actor: a fact has become true.
    """
    with unit_of_work("progress.note_reading", subject=f"enrolment:{enrolment_id}"):
        card = enrolment.enrolment(enrolment_id)
        required = catalogue.required_steps(card.version_id)
        read = delivery.done_counts([card.person_id], card.course, required).get(card.person_id, 0)
        if rules.all_read(read, len(required)):
            assessment.open_post_test(card.id, card.person_id)
            if card.mode == "campuran":
                enrolment.pass_online(card.id)
            consider(card.id)


def note_attendance(angkatan_id: int, person_id: int) -> None:
    """Somebody was marked or seen leading in a class: let the rule decide. No actor: a fact has become true."""
    with unit_of_work("progress.note_attendance", subject=f"angkatan:{angkatan_id}"):
        for card in enrolment.enrolments_of(person_id):
            if card.angkatan_id == angkatan_id:
                consider(card.id)


def consider(enrolment_id: int) -> None:
    """Let the rule decide about an enrolment if nobody else does and all its conditions are met."""
    with unit_of_work("progress.consider_completion", subject=f"enrolment:{enrolment_id}") as uow:
        card = enrolment.enrolment(enrolment_id)
        if card.state == STOPPED or not rules.rule_decides(card.mode, card.open_door):
            return
        proposal = known_of([card])[card.id].proposal
        before = queries.rows([card.id])
        if proposal.passed and rules.may_follow(_said(before, card), PASSED):
            _keep(uow, SYSTEM, [(card, Verdict(PASSED, proposal))], before)


def decide(actor: Actor, angkatan_id: int, enrolment_id: int, decision: str, note: str = "") -> None:
    """Decide about one person of a class; against the proposal of the rule only with a reason, never about oneself."""
    require(actor, DECIDE_COMPLETION)
    with unit_of_work("progress.decide_completion", actor, f"enrolment:{enrolment_id}") as uow:
        _deciders_class(actor, angkatan_id)
        card = enrolment.enrolment(enrolment_id)
        if card.angkatan_id != angkatan_id:
            raise NotFound("enrolment")
        _decide(uow, actor, [(card, Verdict(decision, known_of([card])[card.id].proposal, note.strip()))])


def decide_each(actor: Actor, angkatan_id: int, said: Mapping[int, tuple[str, str]]) -> None:
    """The same for several people of a class at once: by enrolment the decision and its note."""
    require(actor, DECIDE_COMPLETION)
    with unit_of_work("progress.decide_each", actor, f"angkatan:{angkatan_id}") as uow:
        _deciders_class(actor, angkatan_id)
        cards = [card for card in enrolment.members(angkatan_id) if card.id in said]
        if len(cards) != len(said):
            raise NotFound("enrolment")
        known = known_of(cards)
        verdicts = ((said[c.id][0], known[c.id].proposal, said[c.id][1].strip()) for c in cards)
        _decide(uow, actor, [(card, Verdict(*verdict)) for card, verdict in zip(cards, verdicts, strict=True)])


def _decide(uow: UnitOfWork, actor: Actor, decided: Sequence[Decided]) -> None:
    """Refuse what may not be decided so; else keep it."""
    before = queries.rows([card.id for card, _verdict in decided])
    for card, verdict in decided:
        _must_be_sound(actor, card, verdict)
        if not rules.may_follow(_said(before, card), verdict.decision):
            raise Conflict(_("Orang ini sudah diputuskan. Putusan lulus tidak diubah di sini."))
    _keep(uow, actor, decided, before)


def _must_be_sound(actor: Actor, card: EnrolmentCard, verdict: Verdict) -> None:
    if card.state == STOPPED:
        raise NotFound("enrolment")
    if card.person_id == actor.id:
        raise Conflict(_("Anda tidak bisa memutuskan tentang diri sendiri. Minta widyaiswara lain."))
    if verdict.decision not in (PASSED, FAILED):
        raise Invalid(_("Pilih lulus atau tidak lulus."), "decision")
    if rules.needs_reason(verdict.proposal.passed, verdict.decision) and not verdict.note:
        raise Invalid(_("Putusan ini lain dari usul aturan. Tulis alasannya."), "note")
    if len(verdict.note) > LONGEST_NOTE:
        raise Invalid(_("Alasan paling panjang %(n)s huruf.", n=LONGEST_NOTE), "note")


def _said(before: Mapping[int, Completion], card: EnrolmentCard) -> str:
    """What was decided about this enrolment so far."""
    return before[card.id].decision if card.id in before else ""


def decide_all(actor: Actor, angkatan_id: int, also_failed: bool = False) -> int:
    """Accept the proposals for all who are not decided yet, oneself left out; returns how many.

    Without `also_failed` only those who meet every condition; the others keep their time.
    """
    require(actor, DECIDE_COMPLETION)
    with unit_of_work("progress.decide_class", actor, f"angkatan:{angkatan_id}") as uow:
        _deciders_class(actor, angkatan_id)
        waiting = [c for c in _undecided(angkatan_id) if c.person_id != actor.id]
        known = known_of(waiting)
        chosen = [c for c in waiting if also_failed or known[c.id].proposal.passed]
        proposals = [known[card.id].proposal for card in chosen]
        said = [Verdict(PASSED if proposal.passed else FAILED, proposal) for proposal in proposals]
        _keep(uow, actor, list(zip(chosen, said, strict=True)), queries.rows([card.id for card in chosen]))
    return len(chosen)


def close(actor: Actor, angkatan_id: int) -> None:
    """Close a class in which everybody has been decided."""
    require(actor, DECIDE_COMPLETION)
    with unit_of_work("progress.close_class", actor, f"angkatan:{angkatan_id}"):
        _deciders_class(actor, angkatan_id)
        if left := len(_undecided(angkatan_id)):
            raise Conflict(counted("Angkatan belum bisa ditutup: %(n)s orang belum diputuskan.", left))
        enrolment.close(actor, angkatan_id)


def _deciders_class(actor: Actor, angkatan_id: int) -> AngkatanCard:
    card = enrolment.angkatan(angkatan_id)
    require(actor, DECIDE_COMPLETION, card)
    if rules.rule_decides(card.mode, card.open_door):
        raise Conflict(_("Pintu angkatan ini terbuka, jadi aturan yang memutuskan. Tutup pintunya dahulu."))
    return card


def _undecided(angkatan_id: int) -> list[EnrolmentCard]:
    members = [m for m in enrolment.members(angkatan_id) if m.state != STOPPED]
    decided = queries.of_enrolments([m.id for m in members])
    return [m for m in members if m.id not in decided]


def _keep(uow: UnitOfWork, actor: Actor, decided: Sequence[Decided], before: Mapping[int, Completion]) -> None:
    """Write the decisions about people of one class down, with what they were decided on, and tell."""
    zones = identity.zones_of([card.person_id for card, _verdict in decided])
    rows = [before.get(card.id) or _row(card) for card, _verdict in decided]
    for row, (card, verdict) in zip(rows, decided, strict=True):
        row.version_id = card.version_id
        row.decision = verdict.decision
        row.rule_version = rules.VERSION
        row.reasons = rules.as_reasons(verdict.proposal)
        row.note = verdict.note
        row.decided_by = actor.id
        row.decided_at = clock.now()
        row.decided_on = clock.today(zones[card.person_id])
        uow.notify(card.person_id, f"progress.{verdict.decision}", f"/belajar/{card.course}")
    uow.add_all(rows)
    _tell(uow, PASSED, [row for row in rows if row.decision == PASSED])
    _tell(uow, FAILED, [row for row in rows if row.decision == FAILED])


def _row(card: EnrolmentCard) -> Completion:
    about = {"person_id": card.person_id, "course": card.course}
    return Completion(angkatan_id=card.angkatan_id or 0, enrolment_id=card.id, **about)


def _tell(uow: UnitOfWork, decision: str, rows: Sequence[Completion]) -> None:
    """The enrolments follow the decision, and whoever listens hears of it."""
    if not rows:
        return
    enrolments = [row.enrolment_id for row in rows]
    if decision == PASSED:
        enrolment.set_states(enrolments, ENROLMENT_PASSED)
    else:
        enrolment.end_exposures(enrolments)
    uow.publish(
        CompletionDecided(
            angkatan_id=rows[0].angkatan_id,
            course=rows[0].course,
            decision=decision,
            completion_ids=tuple(row.id for row in rows),
            person_ids=tuple(row.person_id for row in rows),
        )
    )
