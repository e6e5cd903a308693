"""Answering: what one is asked, the sheet with what is known already, and the reply as it comes through the intake."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from p2k2lms.core import clock
from p2k2lms.core.access import Actor, allowed
from p2k2lms.core.errors import Invalid, NotFound
from p2k2lms.core.i18n import _, lazy
from p2k2lms.core.submissions import Sent, SubmissionKind
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.evaluation.models import Assignment, Reply, Wave
from p2k2lms.plugins.evaluation.payload import ReplyPayload
from p2k2lms.plugins.evaluation.permissions import CHANGE_WAVE, below_the_nation
from p2k2lms.plugins.evaluation.queries import replies as read
from p2k2lms.plugins.evaluation.queries import waves as read_waves
from p2k2lms.plugins.evaluation.rules import answers as rules
from p2k2lms.plugins.evaluation.service.assigning import family, group_ids
from p2k2lms.plugins.evaluation.service.cards import assignment_card, wave_card
from p2k2lms.plugins.evaluation.service.instruments import card, version_card
from p2k2lms.plugins.evaluation.service.known import known_of
from p2k2lms.plugins.evaluation.values import (
    ANSWERED,
    EXCUSED,
    PHONE,
    RESPONSE,
    WAITING,
    AssignmentCard,
    VersionCard,
    WaveCard,
)
from p2k2lms.plugins.fieldwork import service as fieldwork
from p2k2lms.plugins.identity import service as identity

FLAG_ODD = "angka_tidak_lazim"
FLAGS: dict[str, Any] = {FLAG_ODD: lazy("Ada angka yang tidak lazim")}


@dataclass(frozen=True)
class Task:
    """One sheet that somebody is asked to fill in."""

    assignment: AssignmentCard
    wave: WaveCard
    version: VersionCard
    subject: str
    family: str = ""

    @property
    def answered(self) -> bool:
        """True if a reply is there; it may be sent anew while the wave is open."""
        return self.assignment.state == ANSWERED


@dataclass(frozen=True)
class SheetPage:
    """The sheet of a task: what is known, and what was said before."""

    task: Task
    known: Mapping[str, str]
    said: Mapping[str, list[str]]


def tasks(actor: Actor) -> list[Task]:
    """What the actor is asked in waves that are open today; those that wait first."""
    if actor.id is None:
        return []
    rows = read_waves.open_for(actor.id, clock.today())
    versions = {version_id: version_card(version_id) for version_id in {wave.version_id for _, wave in rows}}
    names = identity.names({one.subject_id for one, _ in rows if one.subject_id != actor.id})
    groups = _groups(one for one, _ in rows)
    found = [
        Task(
            assignment_card(one),
            wave_card(wave),
            versions[wave.version_id],
            names.get(one.subject_id, ""),
            family(one.subject_ref, groups) if one.subject_ref else "",
        )
        for one, wave in rows
    ]
    return sorted(found, key=lambda task: task.answered)


def waits(actor: Actor) -> tuple[int, date | None]:
    """How many sheets wait for the actor, and until when the first may be answered; one query."""
    rows = read_waves.open_for(actor.id, clock.today()) if actor.id is not None else []
    closing = [wave.closes for one, wave in rows if one.state == WAITING]
    return len(closing), min(closing, default=None)


def _groups(rows: Iterable[Assignment]) -> dict[int, str]:
    ids = group_ids(one.subject_ref for one in rows)
    return fieldwork.named_groups(ids) if ids else {}


def sheet(actor: Actor, assignment_id: int) -> SheetPage:
    """The sheet to fill in, one's own or of one drawn to be phoned; NotFound for others, and for a wave not open."""
    one, wave, version = _own(actor, assignment_id)
    name = "" if one.subject_id == actor.id else identity.names([one.subject_id]).get(one.subject_id, "")
    where = family(one.subject_ref, _groups([one])) if one.subject_ref else ""
    task = Task(assignment_card(one), wave_card(wave), version, name, where)
    known = known_of(one.subject_id) if any(q.prefill for q in task.version.instrument.questions) else {}
    return SheetPage(task, known, rules.fields_of(read.given_to(assignment_id)))


def accept(actor: Actor, sent: Sent, payload: ReplyPayload) -> list[str]:
    """Apply `evaluation.reply`: the first sheet of an assignment, or an amendment that points to the one before."""
    with unit_of_work("evaluation.accept_reply", actor, f"assignment:{payload.assignment}") as uow:
        try:
            one, wave, version = _own(actor, payload.assignment)
        except NotFound:
            raise Invalid(_("Angket ini bukan untuk Anda, atau sudah ditutup."), "assignment") from None
        given, faults = rules.read(version.instrument, payload.answers, known_of(one.subject_id))
        if faults:
            raise Invalid(faults[0].message, faults[0].field, faults)
        before = read.newest_reply(one.id)
        if before is not None:
            before.newest = False
        consent = hashlib.sha256(version.instrument.consent.encode()).hexdigest()
        about = {"wave_id": wave.id, "assignment_id": one.id, "version_id": version.id, "consent_sha": consent}
        times = {"occurred_at": sent.occurred_at, "received_at": sent.received_at}
        again = {"amends": before.id, "number": before.number + 1} if before else {}
        mode = "daring" if one.respondent_id == actor.id else PHONE
        told = {"mode": mode, "seconds": payload.seconds, "comment": payload.comment}
        uow.add(Reply(id=sent.id, **about, **times, **again, **told))
        read.insert_values(read.rows_of(sent.id, given))
        one.state = ANSWERED
        uow.touch(one.kabupaten_id or wave.unit_id, wave.closes, RESPONSE)
        return [FLAG_ODD] if rules.odd(version.instrument, given) else []


def _own(actor: Actor, assignment_id: int) -> tuple[Assignment, Wave, VersionCard]:
    found = read_waves.assignment(assignment_id)
    if found is None or found[0].state == EXCUSED:
        raise NotFound("assignment")
    if found[0].respondent_id != actor.id and not _may_phone(actor, found[0]):
        raise NotFound("assignment")
    if not wave_card(found[1]).is_open(clock.today()):
        raise NotFound("wave")
    return found[0], found[1], card(found[2])


def _may_phone(actor: Actor, one: Assignment) -> bool:
    """True for an evaluator below the national level about somebody drawn to be phoned who has not answered alone."""
    if not (one.drawn and below_the_nation(actor, one.unit_path) and allowed(actor, CHANGE_WAVE, one.unit_path)):
        return False
    before = read.newest_reply(one.id)
    return before is None or before.mode == PHONE


REPLY = SubmissionKind("evaluation.reply", {1: ReplyPayload}, accept, title=lazy("Jawaban angket"), words=FLAGS)
