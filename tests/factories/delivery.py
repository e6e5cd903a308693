"""Reading for tests: a learner in the tiny course, and cards read through the door that phones use."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from p2k2lms.core import clock, intake
from p2k2lms.core.access import Actor
from p2k2lms.core.submissions import Answer
from p2k2lms.plugins.catalogue.values import VersionCard
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import EnrolmentCard
from tests.factories.catalogue import TINY, a_course, course_texts
from tests.factories.enrolment import a_member, an_angkatan, on_a_course
from tests.factories.identity import as_actor


def a_learner(**traits: Any) -> tuple[Actor, EnrolmentCard]:
    """A pendamping who learns the tiny course in a class of this kind."""

    def build() -> tuple[int, int]:
        seat = a_member(an_angkatan(**traits))
        return seat.person_id, seat.id

    person_id, enrolment_id = on_a_course(f"a learner {sorted(traits.items())}", build)
    return as_actor(person_id), enrolment.enrolment(enrolment_id)


def a_longer_course(changes: Mapping[str, str] | None = None) -> VersionCard:
    """The tiny course with a second written sesi in its first modul, which is locked at birth."""
    own = {path: text for path, text in course_texts().items() if "/tf-s01/" in path and not path.endswith("soal.yaml")}
    second = {p.replace("tf-s01", "tf-s02"): t.replace("tf-s01", "tf-s02") for p, t in own.items()}
    return a_course(changes=second | dict(changes or {}))


def an_envelope(actor: Actor, step: str, version_id: int, **traits: Any) -> dict[str, Any]:
    """What a phone sends when a card has been read."""
    at: datetime = clock.now()
    payload = {"course": TINY, "version_id": version_id, "step": step}
    ordinary = {"id": str(uuid.uuid4()), "kind": "delivery.step", "v": 1, "person": actor.id, "device": "hp-uji"}
    return {**ordinary, "seq": 1, "occurred_at": at.isoformat(), "payload": payload} | traits


def reads(actor: Actor, card: EnrolmentCard, steps: Iterable[str]) -> list[Answer]:
    """The actor reads these cards."""
    return intake.receive(actor, [an_envelope(actor, step, card.version_id) for step in steps])
