"""A person's own data: what is held, what was agreed to, and the way to become nameless."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from p2k2lms.core import clock, personal, retention
from p2k2lms.core.access import Actor, allowed, require
from p2k2lms.core.errors import Conflict, Invalid, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.identity import rules
from p2k2lms.plugins.identity.consents import TEXTS, ConsentText, in_force
from p2k2lms.plugins.identity.events import ConsentWithdrawn
from p2k2lms.plugins.identity.models import Consent, ErasureRequest
from p2k2lms.plugins.identity.permissions import DECIDE_ERASURE, EXPORT_OWN
from p2k2lms.plugins.identity.queries import rights as read
from p2k2lms.plugins.identity.rules.rights import Clock, clock_of

DONE, REFUSED, TAKEN_BACK = "dijalankan", "ditolak", "ditarik"
LONGEST_REASON = 500


@dataclass(frozen=True)
class Answer:
    """One text and what the person said to it; `given` None: nothing yet, so `agreed` is what holds unsaid."""

    text: ConsentText
    agreed: bool
    given: datetime | None
    newer: bool  # the text has changed since the answer


@dataclass(frozen=True)
class RequestCard:
    """A request to be made nameless, as its owner and the admin see it."""

    id: int
    person_id: int
    name: str
    asked_at: datetime
    state: str
    reason: str
    ended_at: datetime | None
    clock: Clock


def own_answers(actor: Actor) -> list[Answer]:
    """Every text in force with the actor's answer."""
    require(actor, EXPORT_OWN)
    said: dict[str, Consent] = {}
    for row in read.answers(actor.id or 0):
        said.setdefault(row.text, row)
    return [_answer(text, said.get(text.key)) for text in in_force().values()]


def _answer(text: ConsentText, said: Consent | None) -> Answer:
    if said is None:
        return Answer(text, text.unsaid, None, False)
    return Answer(text, said.agreed, said.said_at, said.version != text.version)


def say(actor: Actor, key: str, version: int, agreed: bool) -> None:
    """Answer a text, in the version that was read; the newest answer stands. Saying the same again changes nothing."""
    require(actor, EXPORT_OWN)
    text = next((one for one in TEXTS if (one.key, one.version) == (key, version)), None)
    if text is None:
        raise NotFound("consent")
    if not agreed and not text.optional:
        raise Invalid(_("Pemberitahuan ini tidak dapat ditolak; Anda dapat meminta penghapusan data."))
    person_id = actor.id or 0
    with unit_of_work("identity.answer_consent", actor, f"consent:{key}:{version}") as uow:
        last = next((row for row in read.answers(person_id) if row.text == key), None)
        if last is None or (last.version, last.agreed) != (version, agreed):
            uow.add(Consent(person_id=person_id, text=key, version=version, agreed=agreed))
            if not agreed:
                uow.publish(ConsentWithdrawn(person_id=person_id, text=key))


def who_declined(key: str, people: Collection[int]) -> set[int]:
    """Those of these people for whom the answer no stands."""
    return {person for person, agreed in read.last_answers(key, people).items() if not agreed}


def data_copy(actor: Actor) -> dict[str, Any]:
    """Everything that the platform holds of the actor, table by table, and what it is held for."""
    require(actor, EXPORT_OWN)
    about = {one.key: {"label": str(one.label), "purpose": str(one.why)} for one in personal.holdings()}
    found = personal.everything(actor.id or 0)
    return {
        "person": actor.id,
        "made_at": clock.now().isoformat(timespec="seconds"),
        "retention": [{"class": str(one.label), "why": str(one.why), "days": one.days} for one in retention.classes()],
        "data": {key: {**about[key], "rows": rows} for key, rows in found.items()},
    }


def own_request(actor: Actor) -> RequestCard | None:
    """The actor's request that waits, if there is one."""
    require(actor, EXPORT_OWN)
    row = read.waiting_of(actor.id or 0)
    return _card(row, actor.name) if row else None


def ask_erasure(actor: Actor) -> None:
    """Ask to be made nameless; asked twice, asked once."""
    require(actor, EXPORT_OWN)
    person_id = actor.id or 0
    with unit_of_work("identity.ask_erasure", actor, f"person:{person_id}") as uow:
        if read.waiting_of(person_id) is None:
            uow.add(ErasureRequest(person_id=person_id, unit_path=read.last_unit_path(person_id)))


def take_back(actor: Actor) -> None:
    """Withdraw one's own request while it waits."""
    require(actor, EXPORT_OWN)
    with unit_of_work("identity.take_back_erasure", actor, f"person:{actor.id}"):
        row = read.waiting_of(actor.id or 0)
        if row is not None:
            row.state, row.ended_at = TAKEN_BACK, clock.now()


def requests(actor: Actor) -> list[RequestCard]:
    """The requests of the admin's units; those that wait stand first."""
    require(actor, DECIDE_ERASURE)
    return [_card(row, name) for row, name in read.requests(actor.paths("admin"))]


def request_for_officer(actor: Actor, request_id: int) -> RequestCard:
    """One request of the admin's units; others do not exist for this admin."""
    wanted = (card for card in requests(actor) if card.id == request_id)
    card = next(wanted, None)
    if card is None:
        raise NotFound("erasure request")
    return card


def is_on_duty(card: RequestCard) -> bool:
    """True while whoever asked still works somewhere: then nobody can be made nameless."""
    return read.has_duty(card.person_id, clock.today())


def carry_out(actor: Actor, request_id: int) -> None:
    """Make the person nameless in every plugin, in one transaction; what was counted stays counted.

    Conflict while the person is on duty: groups and reports need somebody who answers for them.
    """
    with unit_of_work("identity.erase_person", actor, f"erasure:{request_id}"):
        row = _decidable(actor, request_id)
        if read.has_duty(row.person_id, clock.today()):
            raise Conflict(_("Orang ini masih bertugas. Akhiri penugasannya dahulu, agar kelompoknya ada yang pegang."))
        personal.forget(row.person_id)
        row = _decidable(actor, request_id)
        row.state, row.decided_by, row.ended_at = DONE, actor.id, clock.now()


def refuse_erasure(actor: Actor, request_id: int, reason: str) -> None:
    """Say no, with a reason that the person reads."""
    said = rules.plain(reason)
    if not said:
        raise Invalid(_("Tulis alasannya. Orang ini akan membacanya."), "reason")
    with unit_of_work("identity.refuse_erasure", actor, f"erasure:{request_id}") as uow:
        row = _decidable(actor, request_id)
        row.state, row.decided_by, row.ended_at = REFUSED, actor.id, clock.now()
        row.reason = said[:LONGEST_REASON]
        uow.notify(row.person_id, "identity.erasure_refused", "/akun/hak", reason=row.reason)


def _decidable(actor: Actor, request_id: int) -> ErasureRequest:
    require(actor, DECIDE_ERASURE)
    row = read.request(request_id)
    if row is None or not allowed(actor, DECIDE_ERASURE, row.unit_path):
        raise NotFound("erasure request")
    if row.person_id == actor.id:
        raise Conflict(_("Permintaan sendiri diputuskan admin lain."))
    if row.state != read.WAITING:
        raise Conflict(_("Permintaan ini sudah dijawab."))
    return row


def _card(row: ErasureRequest, name: str) -> RequestCard:
    ticking = clock_of(row.asked_at, clock.now())
    return RequestCard(row.id, row.person_id, name, row.asked_at, row.state, row.reason, row.ended_at, ticking)
