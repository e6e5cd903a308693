"""What a person sends during a test: an answer, and the end; both through the intake, once each."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

from p2k2lms.core import intake
from p2k2lms.core.access import Actor, allowed
from p2k2lms.core.errors import Conflict, Invalid, NotFound
from p2k2lms.core.i18n import _, lazy
from p2k2lms.core.submissions import Answer, Sent, SubmissionKind
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.assessment import queries
from p2k2lms.plugins.assessment.kinds import FIELD, Fields, kind_of
from p2k2lms.plugins.assessment.models import Attempt
from p2k2lms.plugins.assessment.permissions import CREATE_ATTEMPT
from p2k2lms.plugins.assessment.queries.sitting import AnswerPlace
from p2k2lms.plugins.assessment.rules import timing
from p2k2lms.plugins.assessment.service import ending, frozen, late

OLDER = "jawaban_lebih_lama"
AGAIN = "sudah_dikumpulkan"
TOO_LATE = "waktu_tidak_terverifikasi"
FLAGS: dict[str, Any] = {
    OLDER: lazy("Jawaban yang lebih baru sudah tersimpan"),
    AGAIN: lazy("Tes ini sudah dikumpulkan sebelumnya"),
    TOO_LATE: lazy("Waktu tidak terverifikasi"),
}
LARGEST_ID = 2**31 - 1
PARTS = FIELD + "."
Sat = TypeVar("Sat", Attempt, AnswerPlace)


class AnswerPayload(BaseModel):
    """One answer: `answer` in the form of its kind, or nothing to take it back.

    `elapsed`: seconds since the test began, by the steady clock of the phone; a person may set the other one.
    """

    model_config = ConfigDict(extra="forbid")

    attempt: int = Field(ge=1, le=LARGEST_ID)
    item: str = Field(max_length=80)
    answer: Any = None
    doubtful: bool = False
    elapsed: int | None = Field(default=None, ge=0, le=LARGEST_ID)

    @model_validator(mode="before")
    @classmethod
    def _fold(cls, said: Any) -> Any:
        """Fields `answer.<id>`, as the form of an ordering or a matching sends them, are one mapping."""
        if not isinstance(said, dict) or not any(str(name).startswith(PARTS) for name in said):
            return said
        parts = {name.removeprefix(PARTS): value for name, value in said.items() if name.startswith(PARTS) and value}
        return {**{name: value for name, value in said.items() if not name.startswith(PARTS)}, "answer": parts}


class FinishPayload(BaseModel):
    """The wish to hand in."""

    model_config = ConfigDict(extra="forbid")

    attempt: int = Field(ge=1, le=LARGEST_ID)


@dataclass(frozen=True)
class FormSent:
    """What a form says about its sending: the id made when the page was drawn, and the browser."""

    id: str
    device: str


def save(actor: Actor, sent: Sent, payload: AnswerPayload) -> list[str]:
    """Keep the answer of one item, unless a later one is there: apart once the time is over, never after the end."""
    place = _own(actor, queries.place_of(payload.attempt, payload.item))
    comes, values = _said(place, sent, payload)
    if comes == timing.LATE:
        late.keep(actor, {**values, "occurred_at": sent.occurred_at, "elapsed": payload.elapsed})
        return [TOO_LATE]
    return [] if queries.save_answer(values) else [OLDER]


def save_all(actor: Actor, those: Sequence[tuple[Sent, AnswerPayload]]) -> list[list[str]]:
    """The same for many at once, looked up and written together; refused when one comes late: each tells of itself."""
    asked: dict[int, set[str]] = defaultdict(set)
    for _sent, payload in those:
        asked[payload.attempt].add(payload.item)
    places = {attempt: queries.places_of(attempt, items) for attempt, items in sorted(asked.items())}
    frozen.items([place.item for found in places.values() for place in found.values() if place.item])
    said = [_said(_own(actor, places[p.attempt].get(p.item)), sent, p) for sent, p in those]
    if any(comes == timing.LATE for comes, _values in said):
        raise Conflict("late answers are kept one by one")
    return [[] if saved else [OLDER] for saved in queries.save_answers([values for _comes, values in said])]


def _said(attempt: AnswerPlace, sent: Sent, payload: AnswerPayload) -> tuple[str, dict[str, Any]]:
    """How an answer comes, and its row; Conflict after the end, Invalid for an item that the paper does not ask."""
    comes = timing.arrival(attempt.deadline, attempt.grace_seconds, attempt.finished_at, sent.received_at)
    if comes == timing.HANDED_IN:
        raise Conflict(_("Tes ini sudah dikumpulkan. Jawaban ini tidak mengubah nilai."))
    if attempt.item is None:
        raise Invalid(_("Soal ini tidak ada di tes Anda."), "item")
    item = frozen.item(attempt.item)
    kind = kind_of(item)
    value = kind.read(item, payload.answer)
    return comes, {
        "attempt_id": attempt.id,
        "item_version_id": attempt.item_version_id,
        "device": sent.device,
        "seq": sent.seq,
        "value": value,
        "whole": kind.is_whole(item, value),
        "doubtful": payload.doubtful,
        "saved_at": sent.received_at,
    }


def finish(actor: Actor, sent: Sent, payload: FinishPayload) -> list[str]:
    """Hand in; a second time, or after the time was over, is harmless."""
    with unit_of_work("assessment.finish_attempt", actor, f"attempt:{payload.attempt}") as uow:
        attempt = _own(actor, queries.attempt_to_change(payload.attempt))
        if attempt.finished_at is not None:
            return [AGAIN]
        ending.end(uow, attempt)
    return []


def _own(actor: Actor, attempt: Sat | None) -> Sat:
    if attempt is None or not allowed(actor, CREATE_ATTEMPT, attempt):
        raise NotFound(_("Tes ini tidak ada di akun Anda."))
    return attempt


ANSWER = SubmissionKind(
    "assessment.answer", {1: AnswerPayload}, save, title=lazy("Jawaban tes"), words=FLAGS, apply_all=save_all
)
FINISH = SubmissionKind("assessment.finish", {1: FinishPayload}, finish, title=lazy("Tes dikumpulkan"), words=FLAGS)


def send_answer(actor: Actor, attempt_id: int, item: str, fields: Fields, sent: FormSent) -> Answer:
    """An answer from a form without script, through the same door."""
    attempt = _own(actor, queries.place_of(attempt_id, item))
    raw = kind_of(frozen.item(attempt.item)).from_fields(fields) if attempt.item else None
    payload = {"attempt": attempt.id, "item": item, "answer": raw, "doubtful": "doubtful" in fields}
    return intake.receive_one(actor, ANSWER.name, payload, sent_id=sent.id, device=sent.device)


def send_finish(actor: Actor, attempt_id: int, sent: FormSent) -> Answer:
    """The wish to hand in from a form without script."""
    return intake.receive_one(actor, FINISH.name, {"attempt": attempt_id}, sent_id=sent.id, device=sent.device)
