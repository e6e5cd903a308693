"""A path as its people see it: its meetings, reflections, signatures by both, and what was agreed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from p2k2lms.core import clock, questions
from p2k2lms.core.access import Actor, allowed, require
from p2k2lms.core.errors import Conflict, Invalid, NotFound
from p2k2lms.core.i18n import _, lazy
from p2k2lms.core.questions import Ahead
from p2k2lms.core.submissions import Sent, SubmissionKind
from p2k2lms.core.unit_of_work import UnitOfWork, unit_of_work
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.catalogue.values import Outline
from p2k2lms.plugins.coaching.events import PathFinished
from p2k2lms.plugins.coaching.models import AgreedAction, SignOff
from p2k2lms.plugins.coaching.permissions import CREATE_CONTACT, READ_PATH
from p2k2lms.plugins.coaching.queries import asked as asked_of
from p2k2lms.plugins.coaching.queries import paths as read
from p2k2lms.plugins.coaching.queries import sheets as read_sheets
from p2k2lms.plugins.coaching.rules import paths as rules
from p2k2lms.plugins.coaching.service import starting
from p2k2lms.plugins.coaching.values import (
    About,
    ActionCard,
    PathCard,
    ReflectionPayload,
    Sheet,
    SignoffPayload,
    StageCard,
)
from p2k2lms.plugins.coaching.values.words import COACH, FINISHED, LEARNER, RUNNING
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.identity.values import PersonCard


@dataclass(frozen=True)
class PathView:
    """A path on a page; `side` is the reader's own: pendamping, pembimbing, or "" for who only looks."""

    card: PathCard
    outline: Outline
    stages: tuple[StageCard, ...]
    sheets: tuple[Sheet, ...]
    actions: tuple[ActionCard, ...]
    people: dict[int, PersonCard]
    side: str
    waiting: rules.Waiting | None

    @property
    def current(self) -> StageCard | None:
        """The first meeting that is not signed by both."""
        return rules.current(self.stages)

    @property
    def done(self) -> int:
        """How many meetings are signed by both."""
        return sum(stage.done for stage in self.stages)

    def lacking(self, stage: StageCard, side: str) -> tuple[str, ...]:
        """What is missing before this side may sign."""
        return rules.lacking(stage, self.sheets, side)

    def sheets_of(self, stage: StageCard) -> list[Sheet]:
        """The sheets of a meeting's sesi."""
        return [sheet for sheet in self.sheets if sheet.sesi in stage.sesi]


def path_card(path_id: int) -> PathCard:
    """The path with this id and its coach of today; NotFound otherwise."""
    card = read.path(path_id, clock.today())
    if card is None:
        raise NotFound("path")
    return card


def view(actor: Actor, path_id: int, agreed: bool = True) -> PathView:
    """A path for who walks it, coaches it or looks after its person; others do not find it.

    Without `agreed` what was agreed is left out.
    """
    require(actor, READ_PATH)
    card, today = path_card(path_id), clock.today()
    asked = [read.stages.ahead(path_id), read_sheets.sheets_of.ahead(card.person_id)]
    asked += [read.actions.ahead(path_id)] if agreed else []
    questions.ask([*asked, read.coaches_on.ahead(card.person_id, today)])
    if actor.id not in (card.person_id, card.coach_id):
        require(actor, READ_PATH, About(card.person_id, today))
    supervisor = identity.supervisor_of(card.person_id, today) if card.asked_on else None
    people = identity.people([p for p in (card.person_id, card.coach_id, supervisor) if p])
    return PathView(
        card=card,
        outline=catalogue.outline(card.version_id),
        stages=tuple(read.stages(path_id)),
        sheets=tuple(read_sheets.sheets_of(card.person_id)),
        actions=tuple(read.actions(path_id)) if agreed else (),
        people=people,
        side=side_of(actor, card),
        waiting=rules.waiting(card.asked_on, supervisor is not None, today),
    )


def side_of(actor: Actor, card: PathCard) -> str:
    """On which side of a path the actor stands."""
    if actor.id == card.person_id:
        return LEARNER
    if actor.id is not None and actor.id == card.coach_id:
        return COACH
    return COACH if allowed(actor, CREATE_CONTACT, About(card.person_id, clock.today())) else ""


@dataclass(frozen=True)
class FinishedPath:
    """A finished path with its meetings and every sheet about its person: for who decides about it."""

    card: PathCard
    stages: tuple[StageCard, ...]
    sheets: tuple[Sheet, ...]


def finished_path(path_id: int) -> FinishedPath | None:
    """The finished path with this id; None while it runs, and for none."""
    card = read.path(path_id, clock.today())
    if card is None or card.state != FINISHED:
        return None
    questions.ask([read.stages.ahead(path_id), read_sheets.sheets_of.ahead(card.person_id)])
    return FinishedPath(card, tuple(read.stages(path_id)), tuple(read_sheets.sheets_of(card.person_id)))


def finished(unit_paths: Sequence[str], limit: int, decided: Any, put_off: Any) -> list[PathCard]:
    """Finished whole paths of the pendamping of these units whose enrolment has not passed, oldest first.

    Who decides says by two SELECTs of ids which are `decided`, and left out, and which were `put_off`, and come last.
    """
    return asked_of.finished(tuple(unit_paths), limit, decided, put_off, clock.today())


def finished_ahead(unit_paths: Sequence[str], limit: int, decided: Any, put_off: Any) -> list[Ahead]:
    """The same, for a page that knows it will ask."""
    return [asked_of.finished.ahead(tuple(unit_paths), limit, decided, put_off, clock.today())]


def reflect(actor: Actor, sent: Sent, payload: ReflectionPayload) -> list[str]:
    """Apply `coaching.reflection`: the learner's own words; the newest stand until he signs."""
    with unit_of_work("coaching.reflect", actor, f"path:{payload.path}"):
        card, stage = _stage(payload.path, payload.stage)
        if card.person_id != actor.id:
            raise Invalid(_("Jalur ini bukan jalur Anda."), "payload.path")
        if LEARNER in stage.signs:
            raise Conflict(_("Pertemuan ini sudah Anda tandai selesai. Catatannya tidak berubah lagi."))
        row = read.stage_row(stage.id)
        assert row is not None
        row.reflection = payload.text
        return []


def sign(actor: Actor, sent: Sent, payload: SignoffPayload) -> list[str]:
    """Apply `coaching.signoff`: one side says that a meeting is done; the last signature finishes the path."""
    with unit_of_work("coaching.sign_off", actor, f"path:{payload.path}") as uow:
        card, stage = _stage(payload.path, payload.stage)
        on_day = clock.on_day(sent.occurred_at, identity.zone_of(card.person_id))
        _must_stand_there(actor, card, payload.side, on_day)
        if card.state != RUNNING or payload.side in stage.signs:
            raise Conflict(_("Pertemuan ini sudah ditandai selesai."))
        lacks = rules.lacking(stage, read_sheets.sheets_of(card.person_id), payload.side)
        if lacks:
            raise Invalid(_("Belum lengkap: %(what)s.", what=[LACKING[word] for word in lacks]))
        uow.add(SignOff(stage_id=stage.id, side=payload.side, person_id=actor.id, on_day=on_day, sent_id=sent.id))
        _tell_other(uow, card, payload.side, stage)
        stages = read.stages(card.id)
        if rules.is_finished(stages):
            _finish(uow, card, stages)
        return []


LACKING = {
    "amatan_diri": lazy("penilaian diri"),
    "refleksi": lazy("catatan Anda"),
    "amatan": lazy("amatan pembimbing"),
}


def _stage(path_id: int, number: int) -> tuple[PathCard, StageCard]:
    row = read.path_row(path_id)
    card = read.path(path_id, clock.today()) if row else None
    stage = next((s for s in read.stages(path_id) if s.number == number), None)
    if card is None or stage is None:
        raise Invalid(_("Jalur ini bukan jalur Anda."), "payload.path")
    return card, stage


def _must_stand_there(actor: Actor, card: PathCard, side: str, on_day: date) -> None:
    """Each side signs for itself: nobody signs both."""
    about = About(card.person_id, on_day)
    here = actor.id == card.person_id if side == LEARNER else actor.id != card.person_id
    if not here or (side == COACH and not allowed(actor, CREATE_CONTACT, about)):
        raise Invalid(_("Jalur ini bukan jalur Anda."), "payload.path")


def _tell_other(uow: UnitOfWork, card: PathCard, side: str, stage: StageCard) -> None:
    other = card.coach_id if side == LEARNER else card.person_id
    if other is not None:
        url = f"/bimbingan/jalur/{card.id}/{stage.number}"
        uow.notify(other, "coaching.signed", url, title=stage.title)


def _finish(uow: UnitOfWork, card: PathCard, stages: list[StageCard]) -> None:
    row = read.path_row(card.id)
    assert row is not None
    starting.end(row, FINISHED, sum(stage.minutes for stage in stages))
    uow.notify(card.person_id, "coaching.finished", f"/bimbingan/jalur/{card.id}")
    known = {"path_id": card.id, "person_id": card.person_id}
    uow.publish(PathFinished(**known, course=card.course, version_id=card.version_id))


def agree_on(actor: Actor, path_id: int, text: str, due: date) -> None:
    """Write down what was agreed on a path, and until when."""
    with unit_of_work("coaching.agree_action", actor, f"path:{path_id}") as uow:
        card = _walked(actor, path_id)
        if not 3 <= len(text) <= 200:
            raise Invalid(_("Isi %(min)s sampai %(max)s huruf.", min=3, max=200), "text")
        if due < card.valid_from:
            raise Invalid(_("Tanggal ini sebelum jalur dimulai."), "due_on")
        uow.add(AgreedAction(path_id=path_id, text=text, due_on=due, agreed_by=actor.id))


def settle(actor: Actor, path_id: int, action_id: int, outcome: str) -> None:
    """Say what came of an agreement."""
    with unit_of_work("coaching.settle_action", actor, f"action:{action_id}"):
        _walked(actor, path_id)
        row = read.action_row(action_id)
        if row is None or row.path_id != path_id:
            raise NotFound("action")
        if not 2 <= len(outcome) <= 300:
            raise Invalid(_("Isi %(min)s sampai %(max)s huruf.", min=2, max=300), "outcome")
        row.outcome, row.settled_on = outcome, clock.today()


def _walked(actor: Actor, path_id: int) -> PathCard:
    card = path_card(path_id)
    if not side_of(actor, card):
        raise NotFound("path")
    return card


REFLECTION = SubmissionKind("coaching.reflection", {1: ReflectionPayload}, reflect, title=lazy("Catatan pertemuan"))
SIGNOFF = SubmissionKind("coaching.signoff", {1: SignoffPayload}, sign, title=lazy("Tanda selesai"))
