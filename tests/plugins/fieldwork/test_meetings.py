"""Reports from the field: odd ones are kept with flags, impossible ones rejected, and the reference log adds up."""

import uuid
from datetime import date, timedelta

import pytest

from p2k2lms.core import clock
from p2k2lms.plugins.fieldwork import service
from p2k2lms.plugins.fieldwork.queries import groups as read_groups
from p2k2lms.plugins.fieldwork.queries import meetings as read
from tests.factories import fieldlog
from tests.factories.enrolment import BANJAR, KAPUAS
from tests.factories.fieldwork import a_group, a_meeting, a_pendamping, changes, held, sends
from tests.factories.identity import as_actor, someone, supervised

TODAY = clock.today()


def told(actor, groups, **traits):
    """A meeting sent by the actor: its answer and its card."""
    answer = sends(actor, "meeting", a_meeting(groups, **traits))
    return answer, read.led(uuid.UUID(answer.id))[0]


def test_a_report_lands_once_with_what_was_due_that_day(both):
    actor = as_actor(a_pendamping())
    group = a_group(actor.id, members=20)
    sent = {"id": str(uuid.uuid4())}
    payload = a_meeting([group.id], start="14:05", minutes=115, handraise="210", obstacle="waktu_sempit", note="Hujan")
    answers = [sends(actor, "meeting", payload, **sent) for _ in range(2)]
    assert [a.status for a in answers] == ["accepted", "duplicate"]
    assert answers[0].flags == ()
    card, _leader = read.led(uuid.UUID(sent["id"]))
    assert (card.steps, card.minutes, card.handraise, card.obstacle) == ("yyy", 115, "210", "waktu_sempit")
    assert [(p.due, p.families, p.children, p.homework_back) for p in card.present] == [(20, 12, 3, 8)]
    sends(actor, "roster", changes(group.id, change="pindah", count=5, on_day=TODAY.isoformat()))
    assert read.led(card.id)[0].present[0].due == 20


def test_a_joint_meeting_of_two_groups_is_one_meeting(both):
    actor = as_actor(a_pendamping())
    groups = [a_group(actor.id, members=9).id, a_group(actor.id, members=20).id]
    answer, card = told(actor, groups, women=[8, 15])
    assert answer.status == "accepted"
    assert sorted((p.group_id, p.due, p.women) for p in card.present) == [(groups[0], 9, 8), (groups[1], 20, 15)]


@pytest.mark.parametrize(
    ("odd", "flag"),
    [
        ({"women": [40]}, "hadir_lebih"),
        ({"on_day": (TODAY - timedelta(days=8)).isoformat()}, "terlambat"),
        ({"on_day": "2024-12-01"}, "sebelum_kelompok"),
        ({"note": "NIK 6203 0101 0101 0001"}, "angka_16"),
        ({"note": "Bu S dipukul suaminya"}, "kata_kekerasan"),
        ({"on_day": (TODAY + timedelta(days=1)).isoformat()}, "tanggal_besok"),
    ],
    ids=str,
)
def test_an_odd_fact_is_kept_with_a_flag(app, odd, flag):
    actor = as_actor(a_pendamping())
    answer, card = told(actor, [a_group(actor.id).id], **odd)
    assert answer.status == "accepted"
    assert flag in answer.flags
    assert card.flags == answer.flags
    assert "0101" not in card.note


def test_the_hour_is_no_blow(app):
    actor = as_actor(a_pendamping())
    assert told(actor, [a_group(actor.id).id], note="Mulai pukul 10.30 karena hujan")[0].flags == ()


def test_the_same_meeting_told_twice_is_kept_twice_and_flagged(both):
    actor = as_actor(a_pendamping())
    group = a_group(actor.id).id
    first, second = told(actor, [group])[0], told(actor, [group])[0]
    assert ("mungkin_ganda" in first.flags, "mungkin_ganda" in second.flags) == (False, True)
    assert len(read.standing([group])) == 2
    assert service.month_facts(TODAY, [actor.id])[actor.id].meetings_led == 1


def test_who_held_the_group_before_is_heard_and_a_stranger_is_not(both):
    before, now = a_pendamping(), a_pendamping()
    group = a_group(None).id
    held(group, before, date(2025, 1, 1), TODAY), held(group, now, TODAY)
    yesterday = (TODAY - timedelta(days=1)).isoformat()
    own, late = told(as_actor(before), [group], on_day=yesterday)[0], told(as_actor(before), [group])[0]
    colleague = told(as_actor(a_pendamping()), [group])[0]
    assert (own.flags, late.flags, colleague.flags) == ((), ("serah_terima",), ("bukan_pemegang",))
    supervisor = someone("supervisor", KAPUAS)
    supervised(supervisor, now)
    assert told(as_actor(supervisor), [group])[0].status == "accepted"
    for outside in (a_pendamping(BANJAR), someone("supervisor", KAPUAS), someone("dinsos", KAPUAS)):
        answer = told(as_actor(outside), [group])[0]
        assert (answer.status, answer.faults[0].field) == ("rejected", "payload.groups")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"on_day": (TODAY + timedelta(days=2)).isoformat()}, "on_day"),
        ({"on_day": "besok"}, "on_day"),
        ({"on_day": "1900-01-01"}, "on_day"),
        ({"steps": "yy"}, "steps"),
        ({"steps": "yyz"}, "steps"),
        ({"sesi": "m9-s99"}, "sesi"),
        ({"version_id": 99_999}, "version_id"),
        ({"women": []}, ""),
        ({"women": [-1]}, "women.0"),
        ({"women": [10**9]}, "women.0"),
        ({"women": "banyak"}, "women"),
        ({"groups": []}, ""),
        ({"minutes": 0}, "minutes"),
        ({"obstacle": "malas"}, "obstacle"),
        ({"note": "x" * 501}, "note"),
        ({"handraise": "abc"}, "handraise"),
        ({"nama": "Bu Siti"}, "nama"),
    ],
    ids=str,
)
def test_what_cannot_be_is_rejected_beside_its_field(app, wrong, field):
    actor = as_actor(a_pendamping())
    answer = sends(actor, "meeting", a_meeting([a_group(actor.id).id]) | wrong)
    assert answer.status == "rejected"
    assert field in answer.faults[0].field
    assert read.standing([1]) == []


def test_a_correction_is_a_version_and_the_first_is_kept(both):
    actor, other = as_actor(a_pendamping()), as_actor(a_pendamping())
    group = a_group(actor.id).id
    _answer, first = told(actor, [group])
    second = sends(actor, "correction", a_meeting([group], women=[15], corrects=str(first.id)))
    third = sends(actor, "correction", a_meeting([group], women=[16], corrects=str(first.id)))
    assert [a.status for a in (second, third)] == ["accepted", "accepted"]
    assert third.flags == ()
    cards = [read.led(uuid.UUID(str(i)))[0] for i in (first.id, second.id, third.id)]
    assert [(c.version, c.stands, c.present[0].women) for c in cards] == [(1, False, 12), (2, False, 15), (3, True, 16)]
    assert [m.id for m in read.standing([group])] == [cards[2].id]
    strange = sends(other, "correction", a_meeting([group], corrects=str(first.id)))
    assert (strange.status, strange.faults[0].field) == ("rejected", "payload.corrects")


def test_a_meeting_that_is_called_off_stays_and_does_not_count(both):
    actor = as_actor(a_pendamping())
    group = a_group(actor.id).id
    _answer, card = told(actor, [group])
    assert sends(as_actor(a_pendamping()), "cancel", {"meeting": str(card.id), "reason": "iseng"}).status == "rejected"
    assert sends(actor, "cancel", {"meeting": str(card.id), "reason": "Salah kelompok"}).status == "accepted"
    assert (read.led(card.id)[0].cancelled, read.standing([group])) == (True, [])
    again = sends(actor, "correction", a_meeting([group], corrects=str(card.id)))
    assert again.status == "rejected"


def test_a_group_that_did_not_meet_says_so_once(both):
    actor = as_actor(a_pendamping())
    group = a_group(actor.id).id
    said = {"group": group, "month": f"{TODAY:%Y-%m}", "reason": "panen"}
    assert [sends(actor, "no_meeting", said).status for _ in range(2)] == ["accepted", "rejected"]
    facts = service.month_facts(TODAY, [actor.id])[actor.id]
    assert (facts.groups_due, facts.groups_met, facts.groups_reported) == (1, 0, 1)
    assert sends(actor, "no_meeting", said | {"month": "2099-01"}).status == "rejected"
    assert sends(actor, "no_meeting", said | {"month": "2026-13"}).status == "rejected"


# Reference 10: every awkward case of a field log, loaded through the intake, as it was received.


def test_the_reference_log_gives_every_count_of_every_pendamping_and_month(both):
    log = fieldlog.Log()
    log.members()
    flags = {code: set(answer.flags) for code, answer in log.meetings().items()}
    assert flags["M09"] == {"hadir_lebih"}
    assert (flags["M05"], flags["M11"]) == ({"mungkin_ganda"}, {"terlambat"})
    wanted = [row for row in fieldlog.golden() if row["unit"] == "pendamping"]
    names = ("groups_due", "groups_met", "meetings_led", "attend_num", "attend_den", "kpm_end")
    for row in wanted:
        person = log.people[row["key"]]
        facts = service.month_facts(fieldlog.day(f"{row['month']}-01"), log.people.values()).get(person)
        found = {name: getattr(facts, name) if facts else 0 for name in names}
        found["kpm_person_days"] = facts.person_days if facts else 0
        found["grad_mandiri"] = facts.exits.get("graduasi_mandiri", 0) if facts else 0
        assert found == {name: row[name] for name in found}, (row["month"], row["key"])
    assert len(wanted) == 11
    assert read_groups.held_in([], date(2026, 1, 1), date(2026, 2, 1)) == []


def test_a_phone_without_signal_during_a_hand_over_keeps_the_credit_for_its_days(both):
    """Handed over on Monday while the phone was away; what it brings on Friday of before and after is all kept."""
    old, new = as_actor(a_pendamping()), as_actor(a_pendamping())
    group, day = a_group(old.id), clock.today() - timedelta(days=5)
    supervisor = as_actor(someone("supervisor", KAPUAS))
    for person in (old.id, new.id):
        supervised(supervisor.id, person)
    service.hand_over(supervisor, group.id, new.id, day)
    before, after = (
        sends(old, "meeting", a_meeting([group.id], on_day=(day + timedelta(days=n)).isoformat())) for n in (-1, 1)
    )
    told = sends(new, "meeting", a_meeting([group.id], on_day=(day + timedelta(days=1)).isoformat()))
    assert [answer.status for answer in (before, after, told)] == ["accepted"] * 3
    assert (before.flags, after.flags) == ((), ("serah_terima",))
    mended = sends(old, "correction", a_meeting([group.id], on_day=day.isoformat(), corrects=after.id, women=[13]))
    assert (mended.status, mended.flags) == ("accepted", ("serah_terima",))
    leaders = [given.leader_id for given in read.standing([group.id])]
    assert sorted(leaders) == sorted([old.id, old.id, new.id])
