"""Every kind that comes through the one door: sent by each role, here and elsewhere, for another, signed out."""

import uuid

import pytest

from p2k2lms.core import clock, photos
from p2k2lms.core.db import db
from tests.access.world import NOON, World
from tests.factories.assessment import keys_of
from tests.factories.catalogue import TINY
from tests.factories.enrolment import the_course
from tests.factories.fieldwork import a_meeting, changes
from tests.factories.photos import a_picture

DOOR = "/api/v1/kiriman"
OWNER = {"pendamping"}
FIELD = {"pendamping", "supervisor", "koordinator"}
LET_IN = {  # here; "centre" is an admin further up. Everybody else, and everybody elsewhere, is told of this field.
    "enrolment.attendance": ("session", {"widyaiswara", "panitia", "admin", "centre"}),
    "delivery.step": ("payload.course", OWNER),
    "assessment.answer": ("", OWNER),
    "assessment.finish": ("", OWNER),
    "coaching.observation": ("payload.person", {"pendamping", "supervisor", "widyaiswara"}),
    "coaching.contact": ("payload.people", {"supervisor"}),
    "coaching.reflection": ("payload.path", OWNER),
    "coaching.signoff": ("payload.path", OWNER),
    "fieldwork.roster": ("payload.group", FIELD | {"admin", "centre"}),
    "fieldwork.meeting": ("payload.groups", FIELD),
    "fieldwork.no_meeting": ("payload.group", FIELD),
    "fieldwork.correction": ("payload.corrects", OWNER),
    "fieldwork.cancel": ("payload.meeting", OWNER),
    "fieldwork.photo": ("payload.meeting", OWNER),
    "fieldwork.verification": ("payload.task", {"supervisor"}),
    "fieldwork.spot_check": ("payload.group", FIELD),
    "forum.post": ("payload.thread", {"pendamping", "widyaiswara", "panitia", "admin", "centre"}),
    "evaluation.reply": ("assignment", OWNER),
}
NOT_YET = {"coaching.signoff": "Belum lengkap", "evaluation.reply": "Jawab dulu"}  # let in, and told what is missing


def payloads(world: World) -> dict[str, dict[str, object]]:
    """One of each kind, about the things of the small world."""
    ids, day, version = world.ids, NOON.date().isoformat(), the_course().id
    item, key = next(iter(keys_of(ids["attempt_id"]).items()))
    meeting = a_meeting([ids["group_id"]])
    person = world.person("pendamping")
    sheet = {"person": person, "context": "latihan", "sesi": "m1-s01", "version_id": version, "on_day": day}
    talk = {"people": [person], "on_day": day, "minutes": 20, "mode": "telepon", "topic": "Sesi 1"}
    families = {"group": ids["group_id"], "quarter": "2026-4", "modul": "m1", "numbers": [1, 2, 3, 4, 5]}
    return {
        "enrolment.attendance": {"session": ids["session_id"], "people": [person], "statuses": ["hadir"]},
        "delivery.step": {"course": TINY, "version_id": version, "step": "tf-s01-l01"},
        "assessment.answer": {"attempt": ids["attempt_id"], "item": item, "answer": key},
        "assessment.finish": {"attempt": ids["attempt_id"]},
        "coaching.observation": sheet | {"scores": "222", "steps": "yyy"},
        "coaching.contact": talk,
        "coaching.reflection": {"path": ids["path_id"], "stage": 1, "text": "Suara saya pelan."},
        "coaching.signoff": {"path": ids["path_id"], "stage": 1, "side": "pendamping"},
        "fieldwork.roster": changes(ids["group_id"]),
        "fieldwork.meeting": meeting,
        "fieldwork.no_meeting": {"group": ids["group_id"], "month": "2026-10", "reason": "panen"},
        "fieldwork.correction": meeting | {"corrects": ids["meeting_id"], "women": [11]},
        "fieldwork.cancel": {"meeting": ids["meeting_id"], "reason": "Salah kelompok"},
        "fieldwork.photo": {
            "meeting": ids["meeting_id"],
            "photo": photos.receive(world.actor("pendamping"), a_picture()),
        },
        "fieldwork.verification": {"task": ids["task_id"], "method": "telepon", "result": "bertemu"},
        "fieldwork.spot_check": families | {"first": "yyyyy", "second": "yyyyy", "third": "yyyyy"},
        "forum.post": {"thread": str(ids["thread_id"]), "text": "Coba mulai berpasangan."},
        "evaluation.reply": {"assignment": ids["assignment_id"], "answers": {}},
    }


def envelope(kind: str, person: int | None, payload: dict[str, object]) -> dict[str, object]:
    """One thing sent by a phone."""
    about = {"id": str(uuid.uuid4()), "kind": kind, "v": 1, "person": person or 1, "device": "hp", "seq": 1}
    return about | {"occurred_at": NOON.isoformat(), "payload": payload}


def answer(world: World, who: tuple[str, str], sent: dict[str, object]) -> dict[str, object]:
    """What the door says; whatever was taken in is undone."""
    said = world.client(*who).post(DOOR, json={"kiriman": [sent]}).get_json()["jawaban"][0]
    db.session.rollback()
    if said["status"] == "accepted":
        with world.as_it_was():
            pass
    return said


def let_in(who: tuple[str, str], kind: str) -> bool:
    """What the table says of this person."""
    role, place = who
    return place != "other" and (place if place == "centre" else role) in LET_IN[kind][1]


def test_the_table_names_every_kind(app):
    assert set(app.extensions["submission_kinds"]) == set(LET_IN)


@pytest.mark.slow(reason="each of 18 kinds in the hands of 18 people")
@pytest.mark.parametrize("kind", LET_IN)
def test_each_kind_is_taken_from_those_whom_the_table_names_and_from_nobody_else(world, kind):
    with clock.stopped(NOON):
        payload, faults = payloads(world)[kind], []
        for who, actor in world.actors.items():
            if who[0] == "visitor":
                continue
            said = answer(world, who, envelope(kind, actor.id, payload))
            first = (said["faults"] or [{"field": None, "message": ""}])[0]
            if let_in(who, kind):
                right = said["status"] == "accepted" or (kind in NOT_YET and NOT_YET[kind] in first["message"])
            else:
                right = said["status"] == "rejected" and first["field"] == LET_IN[kind][0]
            faults += [] if right else [(who, said)]
    assert faults == []


@pytest.mark.parametrize("kind", LET_IN)
def test_nothing_is_taken_in_the_name_of_another_or_without_signing_in(world, kind):
    """A stranger's phone that says it is the owner is kept waiting for him; a visitor is sent to sign in."""
    with clock.stopped(NOON), world.as_it_was():
        sent = envelope(kind, world.person("pendamping"), payloads(world)[kind])
        assert world.client("visitor", "own").post(DOOR, json={"kiriman": [sent]}).status_code == 401
        assert answer(world, ("pendamping", "other"), sent)["status"] == "held"
