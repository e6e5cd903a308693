"""Who was at a meeting: the code on the wall, the list of the trainer, lateness, and the count of heads."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from p2k2lms.core import clock, intake
from p2k2lms.core.db import db
from p2k2lms.core.errors import Conflict, Invalid, NotFound
from p2k2lms.plugins.enrolment import service
from p2k2lms.plugins.enrolment.events import AttendanceRecorded
from p2k2lms.plugins.enrolment.models import ExposureSpell
from p2k2lms.plugins.enrolment.values import AngkatanPlan, SessionPlan
from tests.factories.enrolment import BANJAR, a_member, an_angkatan
from tests.factories.identity import a_posting, as_actor, someone, the_units

DAY = date(2026, 12, 7)
EIGHT = datetime(2026, 12, 7, 0, 0, tzinfo=UTC)  # 08.00 WITA
PHONE, OTHER_PHONE = "a" * 32, "b" * 32


@pytest.fixture(autouse=True)
def places(both):
    the_units()


@pytest.fixture
def trainer(both):
    return as_actor(someone("widyaiswara", "R4", name="Bu Rahma"))


def a_meeting(trainer, **traits):
    """A class with a meeting of two hours of lesson at eight; returns both."""
    here = an_angkatan(
        trainer=trainer.id, **{"mode": "luring", "starts": DAY, "ends": DAY + timedelta(days=5)} | traits
    )
    made = service.add_session(trainer, here.id, SessionPlan(DAY, 480, 90, "Materi", 2))
    return here, service.session(made)


def a_learner(angkatan):
    card = a_member(angkatan, someone("pendamping", BANJAR))
    return as_actor(card.person_id), card


def sends(actor, at: datetime, **payload):
    """One sending at this moment, as a phone does it."""
    envelope = {"id": str(uuid.uuid4()), "kind": "enrolment.attendance", "v": 1, "person": actor.id, "device": "hp"}
    with clock.stopped(at):
        whole = {**envelope, "seq": 1, "occurred_at": at.isoformat(), "payload": payload}
        return intake.receive(actor, [whole])[0]


def scans(actor, meeting, code: str, at: datetime, browser: str = PHONE, ticket: str = ""):
    payload = {"session": meeting.id, "people": [actor.id], "statuses": ["hadir"], "code": code, "browser": browser}
    return sends(actor, at, **payload, ticket=ticket)


def marks(trainer, meeting) -> dict[int, tuple[str, int, str]]:
    lines = service.session_list(trainer, meeting.angkatan_id, meeting.id).lines
    return {line.person_id: (line.mark.status, line.mark.late, line.mark.how) for line in lines if line.mark}


def shown(trainer, meeting, at: datetime) -> str:
    with clock.stopped(at):
        return service.wall_code(trainer, meeting.angkatan_id, meeting.id).code


@pytest.fixture
def told(both):
    """The AttendanceRecorded events that were published."""
    heard: list[AttendanceRecorded] = []
    reactions = both.extensions["event_bus"]._reactions[AttendanceRecorded]
    reactions.append(heard.append)
    yield heard
    reactions.remove(heard.append)


def test_a_code_on_the_wall_marks_once_and_says_how_late(trainer, told):
    here, meeting = a_meeting(trainer)
    actor, _card = a_learner(here)
    at = EIGHT + timedelta(minutes=20)
    code = shown(trainer, meeting, at)
    assert scans(actor, meeting, code, at + timedelta(seconds=5)).status == "accepted"
    assert scans(actor, meeting, code, at + timedelta(seconds=9)).status == "accepted"
    assert marks(trainer, meeting) == {actor.id: ("hadir", 20, "qr")}
    assert [(e.session_id, e.person_id) for e in told] == [(meeting.id, actor.id)]


@pytest.mark.parametrize("after", [timedelta(minutes=90), timedelta(minutes=214), timedelta(days=1)])
def test_a_scan_after_the_end_marks_nobody_and_the_list_can_still_be_filled(trainer, after):
    here, meeting = a_meeting(trainer)
    (actor, _), (last, _) = a_learner(here), a_learner(here)
    at = EIGHT + after
    code = shown(trainer, meeting, at)
    refused = scans(actor, meeting, code, at)
    assert (refused.status, refused.faults[0].message) == (
        "rejected",
        "Pertemuan ini sudah selesai. Kalau Anda hadir, minta pelatih mencatat Anda di daftar.",
    )
    with clock.stopped(at):
        assert service.scan(code, PHONE, "", actor.id).over
        assert service.wall_code(trainer, here.id, meeting.id).over
    by_hand = sends(trainer, at, session=meeting.id, people=[actor.id], statuses=["hadir"], lates=[0])
    assert (by_hand.status, marks(trainer, meeting)) == ("accepted", {actor.id: ("hadir", 0, "petugas")})
    in_time = EIGHT + timedelta(minutes=89)
    assert scans(last, meeting, shown(trainer, meeting, in_time), in_time).status == "accepted"
    assert marks(trainer, meeting)[last.id] == ("hadir", 89, "qr")


def test_who_scanned_before_the_end_and_signed_in_after_it_is_marked(trainer):
    here, meeting = a_meeting(trainer)
    actor, _card = a_learner(here)
    at = EIGHT + timedelta(minutes=88)
    code = shown(trainer, meeting, at)
    with clock.stopped(at):
        ticket = service.scan(code, PHONE, "", None).ticket
    with clock.stopped(at + timedelta(minutes=4)):
        assert not service.scan(code, PHONE, ticket, actor.id).over
    assert scans(actor, meeting, code, at + timedelta(minutes=4), PHONE, ticket).status == "accepted"
    assert marks(trainer, meeting) == {actor.id: ("hadir", 88, "qr")}


def test_a_photograph_of_the_code_that_is_passed_on_marks_nobody(trainer):
    here, meeting = a_meeting(trainer)
    actor, _card = a_learner(here)
    code = shown(trainer, meeting, EIGHT)
    late = scans(actor, meeting, code, EIGHT + timedelta(minutes=3))
    assert (late.status, late.faults[0].field) == ("rejected", "code")
    early = scans(actor, meeting, shown(trainer, meeting, EIGHT + timedelta(hours=1)), EIGHT)
    assert early.status == "rejected"
    with clock.stopped(EIGHT):
        ticket = service.scan(code, PHONE, "", None).ticket
    stolen = scans(actor, meeting, code, EIGHT + timedelta(minutes=3), OTHER_PHONE, ticket)
    assert stolen.status == "rejected"
    assert marks(trainer, meeting) == {}


def test_who_had_to_sign_in_first_is_marked_at_the_moment_of_the_scan(trainer):
    here, meeting = a_meeting(trainer)
    actor, _card = a_learner(here)
    at = EIGHT + timedelta(minutes=16)
    code = shown(trainer, meeting, at)
    with clock.stopped(at):
        ticket = service.scan(code, PHONE, "", None).ticket
    with clock.stopped(at + timedelta(minutes=4)):
        assert service.scan(code, PHONE, ticket, actor.id).ticket == ticket
        assert service.scan(code, OTHER_PHONE, ticket, actor.id).ticket == ""
    assert scans(actor, meeting, code, at + timedelta(minutes=4), PHONE, ticket).status == "accepted"
    assert marks(trainer, meeting) == {actor.id: ("hadir", 16, "qr")}
    other, _card = a_learner(here)
    assert scans(other, meeting, code, at + timedelta(minutes=11), PHONE, ticket).status == "rejected"


@pytest.mark.parametrize("code", ["", "x", "1-2-3", "1-99999999999-" + "a" * 20, "99999999999-1-" + "a" * 20])
def test_what_is_no_code_of_ours_opens_nothing(trainer, code):
    a_meeting(trainer)
    assert service.scan(code, PHONE, "1." + "a" * 32, None).session is None


def test_nobody_marks_another_and_strangers_are_not_of_the_class(trainer):
    here, meeting = a_meeting(trainer)
    actor, _card = a_learner(here)
    stranger, other_trainer = as_actor(someone("pendamping", BANJAR)), as_actor(someone("widyaiswara", "R4"))
    code = shown(trainer, meeting, EIGHT)
    for who, payload in (
        (actor, {"people": [stranger.id], "statuses": ["hadir"], "code": code}),
        (actor, {"people": [actor.id], "statuses": ["izin"], "code": code}),
        (stranger, {"people": [stranger.id], "statuses": ["hadir"], "code": code}),
        (actor, {"people": [actor.id], "statuses": ["hadir"]}),
        (other_trainer, {"people": [actor.id], "statuses": ["hadir"]}),
        (trainer, {"people": [stranger.id], "statuses": ["hadir"]}),
        (trainer, {"people": [actor.id, actor.id], "statuses": ["hadir", "izin"]}),
        (trainer, {"people": [actor.id], "statuses": []}),
        (trainer, {"people": [actor.id], "statuses": ["lain"]}),
        (trainer, {"people": [actor.id], "statuses": ["hadir"], "lates": [-1]}),
        (trainer, {"people": [2**40], "statuses": ["hadir"]}),
    ):
        answer = sends(who, EIGHT, session=meeting.id, **payload)
        assert answer.status == "rejected", payload
        assert answer.faults
    assert sends(trainer, EIGHT, session=999_999, people=[actor.id], statuses=["hadir"]).status == "rejected"
    assert marks(trainer, meeting) == {}


def test_two_people_from_one_phone_are_shown_to_the_trainer(trainer):
    here, meeting = a_meeting(trainer)
    (first, _), (second, _), (third, _) = (a_learner(here) for _ in range(3))
    code = shown(trainer, meeting, EIGHT)
    for actor, phone in ((first, PHONE), (second, PHONE), (third, OTHER_PHONE)):
        assert scans(actor, meeting, code, EIGHT, phone).status == "accepted"
    lines = service.session_list(trainer, here.id, meeting.id).lines
    assert {line.person_id for line in lines if line.one_phone} == {first.id, second.id}


def test_the_list_of_the_trainer_is_kept_offline_and_the_newest_word_stands(trainer, told):
    here, meeting = a_meeting(trainer)
    (first, _), (second, _) = a_learner(here), a_learner(here)
    later, earlier = EIGHT + timedelta(hours=2), EIGHT + timedelta(hours=1)
    both_there = {"people": [first.id, second.id], "statuses": ["hadir", ""], "lates": ["30", ""]}
    assert sends(trainer, later, session=meeting.id, **both_there).status == "accepted"
    assert marks(trainer, meeting) == {first.id: ("hadir", 30, "petugas")}
    assert sends(trainer, earlier, session=meeting.id, people=[first.id], statuses=["alpa"]).status == "accepted"
    assert marks(trainer, meeting)[first.id][0] == "hadir"
    assert len(told) == 1


def test_lateness_costs_minutes_only_beyond_a_quarter_of_an_hour(trainer):
    here, meeting = a_meeting(trainer)
    people = [a_learner(here)[1] for _ in range(4)]
    ids = [card.person_id for card in people]
    with clock.stopped(EIGHT):
        sends(
            trainer,
            EIGHT,
            session=meeting.id,
            people=ids,
            statuses=["hadir", "hadir", "hadir", "sakit"],
            lates=[0, 15, 30, 9],
        )
        shares = service.attendance_shares(people)
    assert [shares[card.id].percent for card in people] == [100, 100, 66, 0]
    assert shares[people[2].id].jp == 1.3
    with clock.stopped(EIGHT - timedelta(days=1)):
        assert service.attendance_shares(people) == {}


def test_the_count_of_heads_closes_the_list_and_a_difference_needs_a_word(trainer):
    here, meeting = a_meeting(trainer)
    (first, _), (second, _) = a_learner(here), a_learner(here)
    sends(trainer, EIGHT, session=meeting.id, people=[first.id], statuses=["hadir"])
    for count, note in ((None, ""), (-1, ""), (2, ""), (0, " ")):
        with pytest.raises(Invalid):
            service.close_list(trainer, here.id, meeting.id, count, note)
    service.close_list(trainer, here.id, meeting.id, 2, "Satu HP mati.")
    code = shown(trainer, meeting, EIGHT)
    assert scans(second, meeting, code, EIGHT).status == "rejected"
    late_list = sends(trainer, EIGHT, session=meeting.id, people=[second.id], statuses=["hadir"])
    assert (late_list.status, late_list.flags) == ("accepted", ("setelah_ditutup",))
    service.reopen_list(trainer, here.id, meeting.id)
    assert service.session(meeting.id).head_count is None


def test_a_class_does_not_shrink_below_its_attendance(trainer):
    here, meeting = a_meeting(trainer, seats=3)
    actor, card = a_learner(here)
    a_learner(here)
    sends(trainer, EIGHT, session=meeting.id, people=[actor.id], statuses=["hadir"])
    good = {"name": here.name, "mode": "luring", "starts": DAY, "ends": DAY, "seats": 2}
    service.change(trainer, here.id, AngkatanPlan(**good))
    for change, field in (
        ({"seats": 1}, "seats"),
        ({"starts": DAY + timedelta(days=1), "ends": None}, "starts"),
        ({"starts": DAY - timedelta(days=9), "ends": DAY - timedelta(days=1)}, "ends"),
    ):
        with pytest.raises(Invalid) as refusal:
            service.change(trainer, here.id, AngkatanPlan(**good | change))
        assert refusal.value.faults[0].field == field
    with pytest.raises(Conflict):
        service.remove_session(trainer, here.id, meeting.id)
    with pytest.raises(Conflict):
        service.change_session(trainer, here.id, meeting.id, SessionPlan(DAY, 600, 90, "Materi", 2))
    service.change_session(trainer, here.id, meeting.id, SessionPlan(DAY, 480, 90, "Nama baru", 2))
    service.empty_timetable(trainer, here.id)
    with clock.stopped(EIGHT):
        service.withdraw(trainer, here.id, card.id)
    assert marks(trainer, meeting) == {actor.id: ("hadir", 0, "petugas")}
    spell = db.session.scalar(select(ExposureSpell).where(ExposureSpell.person_id == actor.id))
    assert (spell.status, spell.hours, spell.share_attended) == ("berhenti", 1.5, 1.0)


def test_the_online_phase_of_a_mixed_class_comes_first(trainer):
    here, meeting = a_meeting(trainer, mode="campuran", online_until=DAY)
    actor, card = a_learner(here)
    code = shown(trainer, meeting, EIGHT)
    assert scans(actor, meeting, code, EIGHT).status == "rejected"
    answer = sends(trainer, EIGHT, session=meeting.id, people=[actor.id], statuses=["hadir"])
    assert answer.flags == ("tahap_daring_belum",)
    service.pass_online(card.id)
    other, card = a_learner(here)
    service.pass_online(card.id)
    assert scans(other, meeting, code, EIGHT).status == "accepted"


def test_who_goes_into_a_live_room_is_written_down(trainer):
    here, meeting = a_meeting(trainer)
    actor, _card = a_learner(here)
    with pytest.raises(Conflict):
        service.join_live(actor, here.id, meeting.id)
    plan = SessionPlan(DAY, 480, 90, "Materi", 2, live_url="https://ruang.contoh.go.id/1")
    service.change_session(trainer, here.id, meeting.id, plan)
    for _ in range(2):
        service.join_live(actor, here.id, meeting.id)
    (line,) = service.session_list(trainer, here.id, meeting.id).lines
    assert line.joined.times == 2
    assert [joined for _m, _mark, joined in service.own_sessions(actor, here.id).sessions] == [True]
    stranger = as_actor(someone("pendamping", BANJAR))
    with pytest.raises(NotFound):
        service.join_live(stranger, here.id, meeting.id)
    with pytest.raises(NotFound):
        service.own_sessions(stranger, here.id)


def test_two_postings_at_once_give_one_seat_and_one_mark(trainer):
    """Somebody who is pendamping and widyaiswara at the same time cannot mark himself as staff of another's class."""
    here, meeting = a_meeting(trainer)
    actor, _card = a_learner(here)
    a_posting(actor.id, "widyaiswara", "R4")
    two = as_actor(actor.id)
    assert {p.role for p in two.postings} == {"pendamping", "widyaiswara"}
    assert sends(two, EIGHT, session=meeting.id, people=[two.id], statuses=["hadir"]).status == "rejected"
    assert scans(two, meeting, shown(trainer, meeting, EIGHT), EIGHT).status == "accepted"
    assert service.enrol(trainer, here.id, [two.id]) == 0
    assert len(marks(trainer, meeting)) == 1
