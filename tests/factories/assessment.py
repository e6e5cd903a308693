"""Tests for tests: an item of each kind, small enough to mark in the head, and whole sittings."""

import uuid
from typing import Any

from p2k2lms.core import clock, intake
from p2k2lms.core.access import Actor
from p2k2lms.core.submissions import Answer
from p2k2lms.plugins.assessment import queries, service
from p2k2lms.plugins.assessment.service import frozen
from p2k2lms.plugins.assessment.values import Choice, Item
from tests.factories.enrolment import the_unit
from tests.factories.identity import someone

LETTERS = "abcdefgh"


def choices(number: int, prefix: str = "") -> tuple[Choice, ...]:
    return tuple(Choice(f"{prefix}{c}", f"Pilihan {prefix}{c}", f"Sebab {prefix}{c}") for c in LETTERS[:number])


def an_item(kind: str, key, options: int = 4, targets: int = 0, **traits) -> Item:
    ordinary = {"id": f"q-{kind}", "objective": "m1-s01-t1", "stem": "Apa yang Anda lakukan?", "why": "Karena begitu."}
    return Item(kind=kind, key=key, choices=choices(options), targets=choices(targets, "r"), **ordinary | traits)


SINGLE = an_item("single", "b")
TRUE_FALSE = an_item("truefalse", "a", options=2)
MULTIPLE = an_item("multiple", ["a", "b"], options=5)
ORDERING = an_item("ordering", ["c", "a", "b", "d"])
MATCHING = an_item("matching", {"a": "rb", "b": "ra", "c": "rc"}, options=3, targets=4)
SHORT = an_item(
    "short",
    {
        "accepted": [
            {"text": "Banjarbaru", "share": 1.0, "why": "Sebab a"},
            {"text": "Banjar", "share": 0.5, "why": ""},
        ],
        "exact": False,
    },
    options=0,
)
NUMERIC = an_item("numeric", {"accepted": [{"value": 2.5, "tolerance": 0.2, "share": 1.0, "why": ""}]}, options=0)
ONE_OF_EACH = (SINGLE, TRUE_FALSE, MULTIPLE, ORDERING, MATCHING)
FULL = {
    "single": "b",
    "truefalse": "a",
    "multiple": ["b", "a"],
    "ordering": ["c", "a", "b", "d"],
    "matching": {"c": "rc", "b": "ra", "a": "rb"},
}


def send(actor: Actor, attempt: int, item: str, answer: Any, seq: int = 1, **traits: Any) -> Answer:
    """One answer through the door that phones use."""
    payload = {"attempt": attempt, "item": item, "answer": answer, "doubtful": traits.pop("doubtful", False)}
    return intake.receive(actor, [envelope(actor, "assessment.answer", payload, seq=seq, **traits)])[0]


def hand_in(actor: Actor, attempt: int, **traits: Any) -> Answer:
    """The wish to hand in, through the same door."""
    return intake.receive(actor, [envelope(actor, "assessment.finish", {"attempt": attempt}, **traits)])[0]


def envelope(actor: Actor, kind: str, payload: dict[str, Any], **traits: Any) -> dict[str, Any]:
    """What a phone sends."""
    ordinary = {"id": str(uuid.uuid4()), "kind": kind, "v": 1, "person": actor.id, "device": "hp-uji", "seq": 1}
    return {**ordinary, "occurred_at": clock.now().isoformat(), "payload": payload} | traits


def keys_of(attempt: int) -> dict[str, Any]:
    """The right answer to every item of a paper, in its order; only a test may know."""
    found = queries.attempt_and_form(attempt)
    assert found is not None
    return {item.id: item.key for _row, item in frozen.paper_of(found[0])}


def sit(actor: Actor, enrolment_id: int, purpose: str, right: int = 99, sesi: str = "") -> int:
    """A whole attempt with its first `right` items answered well and the others left empty."""
    attempt = service.start(actor, enrolment_id, purpose, sesi)
    for item, key in list(keys_of(attempt).items())[:right]:
        assert send(actor, attempt, item, key).status == "accepted"
    assert hand_in(actor, attempt).status == "accepted"
    return attempt


def a_trainer() -> int:
    """A widyaiswara of the regional centre."""
    return someone("widyaiswara", the_unit("R4").kemendagri_code)
