"""Talk among peers for tests: a question somewhere, answers to it."""

import uuid
from typing import Any

from p2k2lms.core import clock, intake
from p2k2lms.core.access import Actor
from p2k2lms.core.submissions import Answer

CARD = "langkah:kursus-kecil/tf-s01-l01"
QUESTION = "Bagaimana membuka sesi ini bila ibu-ibu diam?"


def says(actor: Actor, **traits: Any) -> Answer:
    """One post sent by a phone, and its answer: a question at a card unless something else is named."""
    sent_id, person = traits.pop("id", None) or str(uuid.uuid4()), traits.pop("person", actor.id)
    payload = {"text": QUESTION, **traits}
    if "thread" not in payload:
        payload = {"place": CARD, **payload}
    envelope = {"id": sent_id, "kind": "forum.post", "v": 1, "person": person, "device": "hp-uji", "seq": 1}
    return intake.receive(actor, [{**envelope, "occurred_at": clock.now().isoformat(), "payload": payload}])[0]


def a_question(actor: Actor, **traits: Any) -> uuid.UUID:
    """A question that was taken in; returns its id, which is its thread's too."""
    answer = says(actor, **traits)
    assert answer.status == "accepted", answer
    return uuid.UUID(answer.id)


def an_answer(actor: Actor, thread: uuid.UUID, text: str = "Mulai berpasangan dulu.") -> uuid.UUID:
    """An answer that was taken in."""
    return a_question(actor, thread=str(thread), text=text)
