"""Coming into classes, leaving them, and who may change what."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from p2k2lms.core import clock
from p2k2lms.core.access import Actor
from p2k2lms.core.db import db
from p2k2lms.core.errors import Conflict, Invalid, NotAllowed, NotFound
from p2k2lms.plugins.enrolment import service
from p2k2lms.plugins.enrolment.events import Enrolled
from p2k2lms.plugins.enrolment.models import ExposureSpell
from p2k2lms.plugins.enrolment.values import AngkatanPlan
from p2k2lms.plugins.identity import service as identity
from tests.factories.catalogue import TINY, a_course, course_texts
from tests.factories.enrolment import BANJAR, KAPUAS, a_member, an_angkatan, the_course
from tests.factories.identity import a_person, as_actor, someone, the_units

DAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def places(both):
    the_units()


@pytest.fixture
def told(both):
    """The Enrolled events that were published."""
    heard: list[Enrolled] = []
    reactions = both.extensions["event_bus"]._reactions[Enrolled]
    reactions.append(heard.append)
    yield heard
    reactions.remove(heard.append)


def spells(person_id: int) -> list[ExposureSpell]:
    return list(db.session.scalars(select(ExposureSpell).where(ExposureSpell.person_id == person_id)))


def states(angkatan_id: int) -> dict[int, str]:
    return {m.person_id: m.state for m in service.members(angkatan_id)}


def test_who_walks_in_by_an_open_door_is_enrolled_once_and_exposed_from_today(both, told):
    door = an_angkatan(open_door=True)
    actor = as_actor(someone("pendamping", BANJAR))
    first, again = service.join(actor, door.id), service.join(actor, door.id)
    assert first == again
    assert (first.state, first.version_id) == ("berjalan", the_course().id)
    assert [(e.person_id, e.angkatan_id, e.course) for e in told] == [(actor.id, door.id, TINY)]
    (spell,) = spells(actor.id)
    assert (spell.kind, spell.mode, spell.status, spell.valid_to) == ("kelas", "daring", "berjalan", None)
    assert spell.valid_from == clock.today()


@pytest.mark.parametrize(
    "traits",
    [
        {"open_door": False},
        {"open_door": True, "ends": date(2026, 1, 6)},
        {"open_door": True, "closed_at": datetime.fromisoformat("2026-02-01T00:00:00+00:00")},
        {"open_door": True, "centre": "62"},
    ],
    ids=["shut", "over", "closed", "another province"],
)
def test_a_door_that_is_not_open_to_the_person_is_not_there(both, traits):
    door = an_angkatan(**traits)
    actor = as_actor(someone("pendamping", BANJAR))
    assert service.open_doors(actor) == []
    with pytest.raises(NotFound):
        service.join(actor, door.id)


def test_a_visitor_may_not_walk_in(both):
    with pytest.raises(NotAllowed):
        service.join(Actor(), an_angkatan(open_door=True).id)


def test_two_running_classes_of_one_course_by_open_doors_are_refused(both):
    actor = as_actor(someone("pendamping", BANJAR))
    service.join(actor, an_angkatan(open_door=True).id)
    with pytest.raises(Conflict):
        service.join(actor, an_angkatan(open_door=True).id)


def test_a_class_that_is_closed_keeps_nobody_from_the_next(both):
    trainer = as_actor(someone("widyaiswara", "R4"))
    over, actor = an_angkatan(open_door=True, trainer=trainer.id), as_actor(someone("pendamping", BANJAR))
    service.join(actor, over.id)
    service.close(trainer, over.id)
    assert service.join(actor, an_angkatan(open_door=True).id).state == "berjalan"


def test_the_last_seat_is_given_once(both):
    door = an_angkatan(open_door=True, seats=1)
    service.join(as_actor(someone("pendamping", BANJAR)), door.id)
    late = as_actor(someone("pendamping", BANJAR))
    with pytest.raises(Invalid):
        service.join(late, door.id)
    assert service.angkatan(door.id).seats_left == 0


def test_staff_add_people_by_number_and_by_list_and_each_sits_once(both):
    trainer = as_actor(someone("widyaiswara", "R4"))
    here = an_angkatan(trainer=trainer.id, mode="luring")
    by_list, by_id, by_phone = (
        someone("pendamping", KAPUAS, pkh_id=f"pkh{n}", phone=f"+62811000000{n}") for n in "123"
    )
    added = service.enrol_numbers(trainer, here.id, [by_list], ["PKH2", "0811 0000 003", "pkh2"])
    assert added == 3
    assert service.enrol_numbers(trainer, here.id, [by_list], ["pkh2"]) == 0
    assert states(here.id) == dict.fromkeys([by_list, by_id, by_phone], "berjalan")


def test_one_unknown_number_keeps_everybody_out_and_is_named(both):
    trainer = as_actor(someone("widyaiswara", "R4"))
    here = an_angkatan(trainer=trainer.id)
    known = someone("pendamping", KAPUAS, pkh_id="pkh1")
    with pytest.raises(Invalid, match="pkh9") as refusal:
        service.enrol_numbers(trainer, here.id, [], ["pkh1", "pkh9"])
    assert refusal.value.faults[0].field == "numbers"
    assert known not in states(here.id)


def test_people_outside_the_centres_area_are_as_unknown_as_people_who_are_not_there(both):
    trainer = as_actor(someone("widyaiswara", "63"))
    here = an_angkatan(centre="63", trainer=trainer.id)
    away, nowhere = someone("pendamping", KAPUAS, pkh_id="pkh1"), a_person(pkh_id="pkh2")
    for numbers in (["pkh1"], ["pkh2"]):
        with pytest.raises(Invalid):
            service.enrol_numbers(trainer, here.id, [], numbers)
    for person in (away, nowhere, 10**9):
        with pytest.raises(Invalid):
            service.enrol(trainer, here.id, [person])


def test_who_leaves_may_come_back_to_the_same_row(both, told):
    trainer = as_actor(someone("widyaiswara", "R4"))
    here = an_angkatan(trainer=trainer.id)
    card = a_member(here)
    service.withdraw(trainer, here.id, card.id)
    assert states(here.id) == {card.person_id: "berhenti"}
    assert service.angkatan(here.id).taken == 0
    assert spells(card.person_id)[0].status == "berhenti"
    assert spells(card.person_id)[0].valid_to is not None
    service.enrol(trainer, here.id, [card.person_id])
    assert service.enrolment(card.id).state == "berjalan"
    (spell,) = spells(card.person_id)
    assert (spell.status, spell.valid_to) == ("berjalan", None)
    assert len(told) == 2


def test_a_passed_member_stays_and_his_spell_says_how_long_he_learned(both):
    trainer = as_actor(someone("widyaiswara", "R4"))
    here = an_angkatan(trainer=trainer.id)
    card = a_member(here, state="lulus")
    with pytest.raises(Conflict):
        service.withdraw(trainer, here.id, card.id)
    (spell,) = spells(card.person_id)
    assert (spell.status, spell.hours) == ("lulus", the_course().jp * 0.75)
    assert spell.valid_to == clock.today() + timedelta(days=1)


def test_a_member_of_another_class_cannot_be_withdrawn_through_this_one(both):
    trainer = as_actor(someone("widyaiswara", "R4"))
    here, there = an_angkatan(trainer=trainer.id), an_angkatan()
    card = a_member(there)
    with pytest.raises(NotFound):
        service.withdraw(trainer, here.id, card.id)


def test_a_closed_class_changes_no_more(both):
    trainer = as_actor(someone("widyaiswara", "R4"))
    here = an_angkatan(trainer=trainer.id, open_door=True)
    card = a_member(here)
    service.close(trainer, here.id)
    assert service.angkatan(here.id).open_door is False
    plan = AngkatanPlan(name="Lain", mode="daring", starts=DAY)
    for change in (
        lambda: service.enrol(trainer, here.id, [someone("pendamping", BANJAR)]),
        lambda: service.withdraw(trainer, here.id, card.id),
        lambda: service.change(trainer, here.id, plan),
        lambda: service.set_door(trainer, here.id, True),
        lambda: service.close(trainer, here.id),
    ):
        with pytest.raises(Conflict):
            change()


def test_the_version_is_that_of_the_day_of_enrolment(both):
    here = an_angkatan()
    card = a_member(here)
    texts = course_texts()
    path = next(p for p in texts if p.endswith("tf-s01/01-sapaan.md"))
    newer = a_course(changes={path: texts[path] + "\n\nSatu kalimat lagi.\n"})
    assert newer.id != card.version_id
    assert service.enrolment(card.id).version_id == card.version_id


def test_who_makes_a_class_works_in_it(both):
    the_course()
    maker = as_actor(someone("widyaiswara", "R4"))
    centre = identity.unit_by_code("R4")
    made = service.make(maker, TINY, centre.id, AngkatanPlan(name="Angkatan 1", mode="luring", starts=DAY, seats=30))
    assert (made.version_id, made.centre_path) == (the_course().id, centre.path)
    assert [(s.person_id, s.role) for s in made.staff] == [(maker.id, "trainer")]
    assert service.trains(maker) == [made]
    with pytest.raises(Invalid, match="nama") as refusal:
        service.make(maker, TINY, centre.id, AngkatanPlan(name="Angkatan 1", mode="luring", starts=DAY))
    assert refusal.value.field == "name"


MAKING = [
    ("pendamping", "R4", NotAllowed),
    ("supervisor", "R4", NotAllowed),
    ("widyaiswara", "62", NotFound),
    ("admin", "63", NotFound),
    ("panitia", "R4", None),
    ("admin", "R4", None),
]


def test_a_class_is_made_only_at_ones_own_centre(both):
    the_course()
    centre = identity.unit_by_code("R4")
    for role, code, outcome in MAKING:
        actor, plan = as_actor(someone(role, code)), AngkatanPlan(name=f"Oleh {role}", mode="luring", starts=DAY)
        if outcome is None:
            assert service.make(actor, TINY, centre.id, plan).name == f"Oleh {role}"
        else:
            with pytest.raises(outcome):
                service.make(actor, TINY, centre.id, plan)


RUNNING_A_CLASS = [  # role, its unit, on the staff, may run it
    ("widyaiswara", "R4", True, True),
    ("widyaiswara", "R4", False, False),
    ("panitia", "R4", True, True),
    ("admin", "R4", False, True),
    ("admin", "ID", False, True),
    ("admin", "63", False, False),
    ("pendamping", "R4", True, False),
    ("koordinator", "R4", False, False),
]


def test_a_class_is_run_by_its_staff_and_by_the_admin_of_its_unit_and_the_list_agrees(both):
    for role, code, staff, may in RUNNING_A_CLASS:
        actor = as_actor(someone(role, code))
        here = an_angkatan(trainer=actor.id if staff else None)
        assert service.in_own_angkatan(actor, here.id) is may, (role, code, staff)
        listed = here.id in {card.id for card in service.trains(actor)}
        assert listed is may or role == "pendamping"
        if may:
            service.set_door(actor, here.id, True)
            assert service.angkatan(here.id).open_door
        else:
            with pytest.raises((NotFound, NotAllowed)):
                service.set_door(actor, here.id, True)


def test_of_very_many_open_classes_those_are_named_that_are_over_longest(both):
    trainer, day = as_actor(someone("widyaiswara", "R4")), clock.today()
    days = [day - timedelta(days=40), None, day - timedelta(days=60), day - timedelta(days=2), day]
    classes = [an_angkatan(trainer=trainer.id, ends=ends) for ends in days]
    an_angkatan(trainer=someone("widyaiswara", "R4"), ends=day - timedelta(days=90))
    an_angkatan(trainer=trainer.id, ends=day - timedelta(days=80), closed_at=clock.now())
    for _n in range(20):
        an_angkatan(trainer=trainer.id)
    assert [card.id for card in service.overdue(trainer)] == [classes[2].id, classes[0].id]


def test_staff_are_added_by_number_and_nobody_removes_himself(both):
    trainer = as_actor(someone("widyaiswara", "R4"))
    here = an_angkatan(trainer=trainer.id)
    helper = someone("panitia", "R4", pkh_id="panitia9")
    service.add_staff(trainer, here.id, "panitia9", "panitia")
    service.add_staff(trainer, here.id, "PANITIA9", "trainer")
    assert {(s.person_id, s.role) for s in service.angkatan(here.id).staff} == {
        (trainer.id, "trainer"),
        (helper, "trainer"),
    }
    with pytest.raises(Conflict):
        service.remove_staff(trainer, here.id, trainer.id)
    service.remove_staff(trainer, here.id, helper)
    assert [s.person_id for s in service.angkatan(here.id).staff] == [trainer.id]
    someone("pendamping", BANJAR, pkh_id="siti9")
    for number, role, field in (
        ("tidakada", "panitia", "number"),
        ("siti9", "trainer", "number"),
        ("panitia9", "raja", "role"),
    ):
        with pytest.raises(Invalid) as refusal:
            service.add_staff(trainer, here.id, number, role)
        assert refusal.value.field == field


def test_the_running_enrolment_counts_before_a_later_finished_one(both):
    first, second = an_angkatan(), an_angkatan()
    running = a_member(first)
    a_member(second, running.person_id, state="berhenti")
    assert service.enrolment_in(running.person_id, TINY) == running
    assert [card.angkatan_id for card in service.enrolments_of(running.person_id)] == [first.id, second.id]
    assert service.enrolment_in(running.person_id, "lain") is None
