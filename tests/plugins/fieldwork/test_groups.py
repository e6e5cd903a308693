"""Groups in the hands of pendamping: who may add, see, change and hand over, on both databases."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.exc import DatabaseError

from p2k2lms.core import clock
from p2k2lms.core.db import db
from p2k2lms.core.errors import Invalid, NotAllowed, NotFound
from p2k2lms.core.notices import of_person
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.fieldwork import service
from p2k2lms.plugins.fieldwork.models import RosterChange
from p2k2lms.plugins.fieldwork.queries import groups as read
from p2k2lms.plugins.fieldwork.service import GroupData
from tests.factories.enrolment import BANJAR, KAPUAS
from tests.factories.fieldwork import a_desa, a_group, a_pendamping, changes, group_now, held, sends
from tests.factories.identity import as_actor, someone, supervised

TODAY = clock.today()


def data(**traits):
    ordinary = {"unit_id": a_desa().id, "name": "Melati", "place": "Balai desa", "members": 24, "since": TODAY}
    return GroupData(**ordinary | traits)


def test_a_pendamping_adds_a_group_of_a_desa_in_the_own_unit(both):
    a_desa()
    actor = as_actor(a_pendamping())
    made = service.add_group(actor, data())
    card = group_now(made)
    assert (card.name, card.holder_id, card.members, card.zone) == ("Melati", actor.id, 24, "Asia/Pontianak")
    assert [g.id for g in service.own_groups(actor)] == [made]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"unit_id": 999_999}, "unit_id"),
        ({"name": "M"}, "name"),
        ({"members": 0}, "members"),
        ({"members": 501}, "members"),
        ({"since": TODAY + timedelta(days=1)}, "since"),
        ({"since": date(1990, 1, 1)}, "since"),
    ],
)
def test_a_group_that_cannot_be_is_refused_beside_its_field(app, wrong, field):
    a_desa()
    with pytest.raises(Invalid) as refusal:
        service.add_group(as_actor(a_pendamping()), data(**wrong))
    assert refusal.value.field == field


def test_two_groups_of_a_desa_do_not_share_a_name(app):
    actor = as_actor(a_pendamping())
    service.add_group(actor, data())
    with pytest.raises(Invalid, match="sudah ada kelompok"):
        service.add_group(actor, data(name="melati"))


def test_a_desa_of_another_kabupaten_is_not_offered(app):
    a_desa()
    actor = as_actor(a_pendamping(BANJAR))
    assert a_desa().id not in {unit.id for unit in service.places_for(actor)}
    with pytest.raises(Invalid):
        service.add_group(actor, data())


def test_only_a_pendamping_adds_a_group(app):
    desa = a_desa()
    with pytest.raises(NotAllowed):
        service.add_group(as_actor(someone("supervisor", KAPUAS)), data(unit_id=desa.id))


def test_a_group_is_seen_by_its_holder_the_supervisor_and_the_unit_alone(app):
    holder, other = a_pendamping(), a_pendamping()
    supervisor, stranger = someone("supervisor", KAPUAS), someone("supervisor", KAPUAS)
    supervised(supervisor, holder)
    card = a_group(holder)
    for person in (holder, supervisor, someone("koordinator", KAPUAS), someone("admin", "62")):
        assert service.group(as_actor(person), card.id).id == card.id
    for person in (other, stranger, someone("koordinator", BANJAR), someone("widyaiswara", KAPUAS)):
        with pytest.raises(NotFound):
            service.group(as_actor(person), card.id)


def test_families_come_and_go_through_the_one_door_and_once(both):
    actor = as_actor(a_pendamping())
    card = a_group(actor.id, members=20)
    went = changes(card.id, change="graduasi_mandiri", count=2)
    first = sends(actor, "roster", went, id="0f4ac1b2-0000-4000-8000-000000000001")
    again = sends(actor, "roster", went, id="0f4ac1b2-0000-4000-8000-000000000001")
    assert (first.status, again.status, first.flags) == ("accepted", "duplicate", ())
    assert group_now(card.id).members == 18
    assert sends(actor, "roster", changes(card.id, count=3)).status == "accepted"
    assert sends(actor, "roster", changes(card.id, count=1, back=True)).status == "accepted"
    assert group_now(card.id).members == 20
    assert [c.delta for c in service.ledger(card.id)][-1] == 20


def test_the_size_of_a_day_follows_from_the_ledger_of_that_day(both):
    actor = as_actor(a_pendamping())
    card = a_group(actor.id, members=20)
    sends(actor, "roster", changes(card.id, change="pindah", count=5, on_day="2026-02-10"))
    sizes = [read.cards([card.id], date(2026, 2, day))[card.id].members for day in (9, 10)]
    assert sizes == [20, 15]


@pytest.mark.parametrize(
    "wrong",
    [
        {"count": 0},
        {"count": "banyak"},
        {"change": "kabur"},
        {"on_day": (TODAY + timedelta(days=3)).isoformat()},
        {"on_day": "31-12-2026"},
        {"numbers": "Bu Siti"},
        {"group": 2**40},
        {"nik": "6203010101010001"},
    ],
    ids=str,
)
def test_what_cannot_be_is_rejected_with_its_place(app, wrong):
    actor = as_actor(a_pendamping())
    answer = sends(actor, "roster", changes(a_group(actor.id).id, **wrong))
    assert answer.status == "rejected"
    assert answer.faults[0].field.startswith("payload.")


def test_a_strangers_group_looks_like_none_at_all(app):
    actor, card = as_actor(a_pendamping()), a_group(a_pendamping())
    there, nowhere = sends(actor, "roster", changes(card.id)), sends(actor, "roster", changes(999_999))
    assert [a.status for a in (there, nowhere)] == ["rejected", "rejected"]
    assert there.faults == nowhere.faults


def test_odd_entries_are_kept_with_flags(both):
    holder, before = a_pendamping(), a_pendamping()
    card = a_group(None, members=3)
    held(card.id, before, date(2025, 1, 1), date(2026, 1, 1))
    held(card.id, holder, date(2026, 1, 1))
    late = sends(as_actor(before), "roster", changes(card.id))
    many = sends(as_actor(holder), "roster", changes(card.id, change="pindah", count=9))
    early = sends(as_actor(holder), "roster", changes(card.id, on_day="2024-12-01"))
    officer = sends(as_actor(someone("koordinator", KAPUAS)), "roster", changes(card.id))
    assert [a.flags for a in (late, many, officer)] == [("serah_terima",), ("kurang_dari_nol",), ("bukan_pemegang",)]
    assert "sebelum_kelompok" in early.flags


def test_an_entry_of_the_ledger_never_changes(both):
    a_group(a_pendamping())
    with pytest.raises(DatabaseError, match="append-only"), unit_of_work("test.cheat"):
        db.session.query(RosterChange).update({"delta": 99})


def test_a_group_is_handed_over_on_a_day_and_both_are_told(both):
    old, new = a_pendamping(), a_pendamping()
    supervisor = as_actor(someone("supervisor", KAPUAS))
    supervised(supervisor.id, old), supervised(supervisor.id, new)
    card = a_group(old)
    service.hand_over(supervisor, card.id, new, TODAY)
    assert group_now(card.id).holder_id == new
    custody = read.custody_of([card.id])
    assert [(h.person_id, h.valid_to) for h in custody] == [(old, TODAY), (new, None)]
    assert [custody[0].on(day) for day in (TODAY - timedelta(days=1), TODAY)] == [True, False]
    assert [len(of_person(person)) for person in (old, new)] == [1, 1]
    assert "Anda dampingi mulai" in of_person(new)[0].text


def test_a_group_changes_hands_at_the_midnight_of_its_own_zone(both):
    old, new = a_pendamping(), a_pendamping()
    officer = as_actor(someone("koordinator", KAPUAS))
    zones = {"barat": "Asia/Jakarta", "tengah": "Asia/Makassar", "timur": "Asia/Jayapura"}
    groups = {name: a_group(old, name=name, zone=zone).id for name, zone in zones.items()}
    day = TODAY + timedelta(days=5)
    for group in groups.values():
        service.hand_over(officer, group, new, day)
    eve = datetime(day.year, day.month, day.day, 14, 30, tzinfo=UTC) - timedelta(days=1)
    for hour, arrived in enumerate(([], ["timur"], ["tengah", "timur"], ["barat", "tengah", "timur"])):
        with clock.stopped(eve + timedelta(hours=hour)):
            held_now = {person: {c.name for c in service.own_groups(as_actor(person))} for person in (old, new)}
            assert held_now == {old: set(zones) - set(arrived), new: set(arrived)}
            for name, group in groups.items():
                assert service.group(as_actor(new if name in arrived else old), group).id == group
                with pytest.raises(NotFound):
                    service.group(as_actor(old if name in arrived else new), group)
            assert service.home(as_actor(new)).groups == len(arrived)


def test_a_hand_over_that_cannot_be_is_refused(app):
    old, new = a_pendamping(), a_pendamping()
    officer = as_actor(someone("koordinator", KAPUAS))
    card = a_group(old)
    for to, day in ((old, TODAY), (999_999, TODAY), (new, date(2024, 1, 1)), (new, TODAY + timedelta(days=90))):
        with pytest.raises(Invalid):
            service.hand_over(officer, card.id, to, day)
    service.hand_over(officer, card.id, new, TODAY)
    with pytest.raises(Invalid, match="baru ada serah terima"):
        service.hand_over(officer, card.id, old, TODAY)
    with pytest.raises(Invalid, match="Sudah ada serah terima"):
        service.hand_over(officer, card.id, a_pendamping(), TODAY - timedelta(days=3))


def test_only_officers_of_the_place_hand_over(app):
    old, new = a_pendamping(), a_pendamping()
    card = a_group(old)
    with pytest.raises(NotAllowed):
        service.hand_over(as_actor(old), card.id, new, TODAY)
    for outside in (someone("supervisor", KAPUAS), someone("koordinator", BANJAR)):
        with pytest.raises(NotFound):
            service.hand_over(as_actor(outside), card.id, new, TODAY)


def test_the_database_allows_one_holder_a_day(both):
    card = a_group(a_pendamping())
    with pytest.raises(DatabaseError, match="no_overlap"):
        held(card.id, a_pendamping(), TODAY)
