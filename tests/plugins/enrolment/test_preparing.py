"""From a sheet to a class that stands: the roster file, the queue, the timetable, trainers, and a copy of the last."""

from datetime import date

import pytest
from sqlalchemy import select

from p2k2lms.core import clock
from p2k2lms.core.db import db
from p2k2lms.core.errors import Conflict, Invalid, NotFound
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.enrolment import service
from p2k2lms.plugins.enrolment.models import ExposureSpell
from p2k2lms.plugins.enrolment.values import AngkatanPlan, SessionPlan
from tests.factories.enrolment import BANJAR, KAPUAS, a_member, an_angkatan, the_course, the_unit
from tests.factories.identity import as_actor, someone, the_units

FIRST, LAST = date(2026, 12, 7), date(2026, 12, 12)


@pytest.fixture(autouse=True)
def places(both):
    the_units()


@pytest.fixture
def trainer(both):
    return as_actor(someone("widyaiswara", "R4", name="Bu Rahma"))


@pytest.fixture
def here(trainer):
    return an_angkatan(trainer=trainer.id, mode="luring", starts=FIRST, ends=LAST, seats=2)


def a_list(*rows: str) -> bytes:
    return "\n".join(["Nama;ID PKH;Nomor HP", *rows]).encode()


def faults(check) -> list[tuple[int, str]]:
    return [(fault.row, fault.column) for fault in check.faults]


def test_a_list_is_looked_at_cell_by_cell_and_nothing_is_taken_in(trainer, here):
    siti = someone("pendamping", BANJAR, name="Siti Aminah", pkh_id="pkh1", phone="+6281200000001")
    nor = someone("pendamping", BANJAR, name="Norhayati", pkh_id="pkh2", phone="+6281200000002")
    away = an_angkatan(centre="63", course=the_course().course, name="Angkatan lain")
    busy = a_member(away, someone("pendamping", BANJAR, name="Rusdi", pkh_id="pkh3"))
    check = service.check_roster(
        trainer,
        here.id,
        a_list(
            "Siti Aminah;PKH1;",
            "Orang Lain;pkh2;",
            "Tanpa Nomor;;",
            "Tak Dikenal;pkh9;",
            "Rusdi;pkh3;",
            "Dua Orang;pkh1;081200000002",
            "siti aminah;;0899",
            "Siti A;PKH1;",
            "Norhayati;;0812-0000-0002",
        ),
    )
    assert [(row, p.id) for row, p in check.ready] == [(2, siti), (3, nor)]
    assert faults(check) == [
        (4, "number"),
        (5, "number"),
        (6, ""),
        (7, "number"),
        (8, "name"),
        (9, "number"),
        (10, "phone"),
    ]
    assert [(n.row, n.column) for n in check.notes] == [(3, "name")]
    assert "Angkatan lain" in check.faults[2].message
    assert (check.lines, check.waiting) == (9, 0)
    assert busy.person_id not in {m.person_id for m in service.members(here.id)}
    assert service.members(here.id) == []


def test_two_people_of_one_name_come_in_by_their_own_numbers_and_are_pointed_out(trainer, here):
    first, second = (someone("pendamping", BANJAR, name="Siti Aminah", pkh_id=f"pkh{n}") for n in (1, 2))
    check = service.check_roster(trainer, here.id, a_list("Siti Aminah;pkh1;", "SITI AMINAH;pkh2;", "Siti Aminah;;"))
    assert [(row, p.id) for row, p in check.ready] == [(2, first), (3, second)]
    assert [(n.row, n.column, "baris 2" in n.message) for n in check.notes] == [(3, "name", True)]
    assert faults(check) == [(4, "name")]


def test_people_of_another_area_are_as_unknown_as_nobody(both):
    own = as_actor(someone("widyaiswara", "63"))
    here = an_angkatan(centre="63", trainer=own.id)
    someone("pendamping", KAPUAS, name="Jauh", pkh_id="pkh1")
    check = service.check_roster(own, here.id, a_list("Nama Rekaan;pkh1;", "Nama Rekaan Juga;pkh2;"))
    assert check.faults[0].message == check.faults[1].message
    assert check.notes == ()


@pytest.mark.parametrize("data", [b"", b"Nama\nSiti", b"Nama;ID PKH\n", a_list(*(f"A{n};x{n};" for n in range(501)))])
def test_a_file_without_people_or_with_too_many_is_refused_in_words(trainer, here, data):
    with pytest.raises(Invalid) as refusal:
        service.check_roster(trainer, here.id, data)
    assert refusal.value.field == "file"


def test_who_finds_no_seat_waits_in_the_order_of_the_list_and_comes_in_when_one_is_free(trainer, here):
    people = [someone("pendamping", BANJAR, name=f"Orang {n}") for n in range(4)]
    assert service.apply_roster(trainer, here.id, people) == (2, 2)
    assert [name for _card, name in service.waiting(trainer, here.id)] == ["Orang 2", "Orang 3"]
    with pytest.raises(Conflict):
        service.admit_next(trainer, here.id)
    first = service.members(here.id)[0]
    service.withdraw(trainer, here.id, first.id)
    assert service.admit_next(trainer, here.id) == 1
    assert [m.person_id for m in service.members(here.id) if m.state == "berjalan"] == [people[1], people[2]]
    spells = db.session.scalars(select(ExposureSpell).where(ExposureSpell.person_id.in_(people[1:3])))
    assert sorted((s.call_rule, s.called_at) for s in spells) == [
        ("petugas", clock.today()),
        ("tunggu", clock.today()),
    ]
    with pytest.raises(Invalid):
        service.apply_roster(trainer, here.id, people[1:3])


def test_the_curriculum_is_laid_out_over_the_days_and_what_finds_no_place_is_told(trainer, here):
    left = service.fill_timetable(trainer, here.id)
    table = service.timetable(trainer, here.id)
    asked = sum(jp for _title, jp in catalogue.subjects(here.version_id))
    assert sum(row.planned for row in table.subjects) + left == asked
    assert all(FIRST <= day <= LAST for day, _meetings in table.days)
    with pytest.raises(Conflict):
        service.fill_timetable(trainer, here.id)
    service.empty_timetable(trainer, here.id)
    assert service.timetable(trainer, here.id).days == ()


def test_a_meeting_that_meets_another_or_lies_outside_is_refused(trainer, here):
    good = SessionPlan(FIRST, 480, 90, "Pembukaan", 0)
    service.add_session(trainer, here.id, good)
    for plan, field in (
        (SessionPlan(FIRST, 500, 30, "Bertabrakan", 0), "starts"),
        (SessionPlan(date(2026, 12, 13), 480, 90, "Sesudah", 0), "on_day"),
        (SessionPlan(FIRST, 700, 0, "Kosong", 0), "ends"),
        (SessionPlan(FIRST, 1400, 90, "Lewat malam", 0), "ends"),
        (SessionPlan(FIRST, 700, 90, "", 0), "title"),
        (SessionPlan(FIRST, 700, 90, "Tautan", 0, live_url="javascript:alert(1)"), "live_url"),
        (SessionPlan(FIRST, 700, 90, "Asing", 0, modul="tidak-ada"), "modul"),
        (SessionPlan(FIRST, 700, 90, "Banyak", 99), "jp"),
    ):
        with pytest.raises(Invalid) as refusal:
            service.add_session(trainer, here.id, plan)
        assert refusal.value.faults[0].field == field, plan
    service.add_session(trainer, here.id, SessionPlan(FIRST, 570, 90, "Langsung sesudahnya", 0))


def test_who_teaches_comes_from_the_class_and_stands_in_for_somebody_else(trainer, here):
    modul = next(iter(service.subject_titles(here.version_id)))
    stranger = someone("widyaiswara", "R4")
    for chosen in (
        {(modul, False): stranger},
        {("x", False): trainer.id},
        dict.fromkeys([(modul, False), (modul, True)], trainer.id),
    ):
        with pytest.raises(Invalid):
            service.name_trainers(trainer, here.id, chosen)
    service.name_trainers(trainer, here.id, {(modul, False): trainer.id})
    assert service.timetable(trainer, here.id).subjects[0].trainer == trainer.id


def test_who_is_wanted_in_two_rooms_at_once_is_named(trainer, here):
    modul = next(iter(service.subject_titles(here.version_id)))
    other = an_angkatan(trainer=trainer.id, mode="luring", starts=FIRST, ends=LAST)
    for card, start in ((here, 480), (other, 500)):
        service.name_trainers(trainer, card.id, {(modul, False): trainer.id})
        service.add_session(trainer, card.id, SessionPlan(FIRST, start, 90, "Materi", 2, modul))
    service.add_session(trainer, other.id, SessionPlan(FIRST, 480, 20, "Pembuka", 0, modul))
    assert [(name, m.starts) for name, m in service.timetable(trainer, here.id).clashes] == [("Bu Rahma", 480)]


def test_a_copy_brings_staff_trainers_and_the_timetable_moved_along(trainer, here):
    modul = next(iter(service.subject_titles(here.version_id)))
    helper = someone("panitia", "R4", pkh_id="uji1")
    service.add_staff(trainer, here.id, "uji1", "panitia")
    service.name_trainers(trainer, here.id, {(modul, False): trainer.id})
    service.add_session(trainer, here.id, SessionPlan(FIRST, 480, 90, "Materi", 2, modul))
    plan = AngkatanPlan(name="Berikutnya", mode="luring", starts=date(2027, 1, 4), ends=date(2027, 1, 9))
    made = service.make(trainer, here.course, here.centre_unit_id, plan, here.id)
    assert {s.person_id for s in made.staff} == {trainer.id, helper}
    table = service.timetable(trainer, made.id)
    assert [(day, m[0].title) for day, m in table.days] == [(date(2027, 1, 4), "Materi")]
    assert table.subjects[0].trainer == trainer.id
    stranger = as_actor(someone("widyaiswara", "R4"))
    with pytest.raises(NotFound):
        service.make(stranger, here.course, here.centre_unit_id, plan, here.id)


def test_only_the_staff_of_the_class_prepares_it(both, here):
    stranger = as_actor(someone("widyaiswara", "R4"))
    for ask in (
        lambda: service.check_roster(stranger, here.id, a_list("a;b;c")),
        lambda: service.apply_roster(stranger, here.id, [1]),
        lambda: service.timetable(stranger, here.id),
        lambda: service.fill_timetable(stranger, here.id),
        lambda: service.name_trainers(stranger, here.id, {}),
        lambda: service.admit_next(stranger, here.id),
        lambda: service.waiting(stranger, here.id),
    ):
        with pytest.raises(NotFound):
            ask()


def test_a_mixed_class_has_its_online_phase_within_its_days(trainer):
    unit = the_unit("R4")
    wrong = (("luring", FIRST), ("campuran", date(2026, 12, 1)), ("campuran", date(2027, 1, 1)))
    for mode, until in wrong:
        plan = AngkatanPlan(name="Campur", mode=mode, starts=FIRST, ends=LAST, online_until=until)
        with pytest.raises(Invalid) as refusal:
            service.make(trainer, the_course().course, unit.id, plan)
        assert refusal.value.faults[0].field == "online_until"
    plan = AngkatanPlan(name="Campur", mode="campuran", starts=FIRST, ends=LAST, online_until=date(2026, 12, 8))
    made = service.make(trainer, the_course().course, unit.id, plan)
    service.fill_timetable(trainer, made.id)
    assert service.timetable(trainer, made.id).days[0][0] == date(2026, 12, 9)
