"""Waves that open, fill up and close by themselves, and the indicator of their response."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from flask import g

from p2k2lms.core import clock
from p2k2lms.core.db import db
from p2k2lms.core.notices import of_person
from p2k2lms.core.settings import choose
from p2k2lms.plugins.evaluation import service
from p2k2lms.plugins.evaluation.queries import counts
from p2k2lms.plugins.evaluation.queries import waves as read
from p2k2lms.plugins.evaluation.service import schedule as night
from p2k2lms.plugins.identity import service as identity
from tests.conftest import an_actor
from tests.factories.evaluation import a_wave, passed, reply, some_answers, the_instruments
from tests.factories.fieldwork import a_group
from tests.factories.identity import as_actor, someone, supervised, the_units

BANJAR = "63.03"


@pytest.fixture
def november(both):
    """The fifteenth of November 2026: three months after the classes of August."""
    the_units()
    with time_machine.travel(datetime(2026, 11, 15, 4, tzinfo=UTC), tick=False):
        the_instruments()
        yield both


def waves():
    return {(row.code, row.instrument_code): row for row in read.waves_below(["/ID/"])}


def test_a_night_opens_the_waves_of_the_classes_of_august_once(november):
    person, boss = someone("pendamping", BANJAR), someone("supervisor", BANJAR)
    supervised(boss, person)
    passed(person)
    service.nightly()
    service.nightly()
    assert set(waves()) == {("W3", "em-alumni"), ("W3", "em-atasan")}
    assert [task.version.code for task in service.tasks(as_actor(person))] == ["em-alumni"]
    assert [task.version.code for task in service.tasks(as_actor(boss))] == ["em-atasan"]


@pytest.mark.parametrize(
    ("language", "title", "bell"),
    [
        (
            "id",
            "W3: tiga bulan sesudah kelas, Agustus 2026",
            ["Angket kelas Agustus 2026 menunggu jawaban", "Ada angket untuk Anda: kelas Agustus 2026"],
        ),
        (
            "en",
            "W3: three months after the class, August 2026",
            ["The survey on the class of August 2026 waits", "There is a survey for you: class of August 2026"],
        ),
    ],
)
def test_a_wave_of_the_schedule_says_its_month_in_words_in_the_language_of_its_reader(november, language, title, bell):
    person, evaluator = someone("pendamping", BANJAR), as_actor(someone("evaluator", "R4"))
    passed(person)
    service.nightly()
    row = waves()["W3", "em-alumni"]
    assert row.title == "W3: tiga bulan sesudah kelas, Agustus 2026"
    assert service.remind(evaluator, row.id) == 1
    with november.test_request_context():
        g.language = language
        assert {card.title for card in service.waves(evaluator)[0] if card.code == "W3"} == {title}
        lines = [line.text for line in of_person(person)]
    assert [line.startswith(said) for line, said in zip(lines, bell, strict=True)] == [True, True], lines


def test_every_wave_opens_by_itself_for_the_trained_and_all_but_the_last_day_for_the_not_yet_trained(november):
    for _n in range(3):
        someone("pendamping", BANJAR)
    for n, last_day in enumerate((date(2026, 11, 10), date(2026, 8, 14), date(2026, 5, 20), date(2025, 11, 12))):
        passed(someone("pendamping", BANJAR), last_day, f"angkatan:{n + 1}")
    service.nightly()
    arms = {key: sorted(one.arm for one in read.everybody(row.id)) for key, row in waves().items()}
    both_sides = {(code, "em-alumni"): ["belum", "dilatih"] for code in ("W0", "W3", "W6", "W12")}
    assert {key: told for key, told in arms.items() if told} == both_sides | {("W0+", "reaksi"): ["dilatih"]}


@pytest.mark.parametrize("broken", ["em-alumni", "em-atasan"])
def test_a_wave_that_cannot_be_opened_keeps_no_other_from_opening_or_closing(november, monkeypatch, caplog, broken):
    person = someone("pendamping", BANJAR)
    passed(person), supervised(someone("supervisor", BANJAR), person)
    usual, usual_close = night.open_scheduled, night.close_row
    ours = {("W3", "em-alumni"), ("W3", "em-atasan")}

    def opens(plan, version, unit):
        if version.code == broken:
            raise RuntimeError("padam")
        return usual(plan, version, unit)

    def closes(uow, row):
        if row.instrument_code == broken:
            raise RuntimeError("padam")
        usual_close(uow, row)

    monkeypatch.setattr(night, "open_scheduled", opens)
    with pytest.raises(ExceptionGroup, match="could not be seen to"):
        service.nightly()
    assert set(waves()) == {one for one in ours if one[1] != broken}
    assert "wave:W3" in caplog.text
    monkeypatch.setattr(night, "open_scheduled", usual)
    service.nightly()
    assert set(waves()) == ours
    monkeypatch.setattr(night, "open_scheduled", opens)
    monkeypatch.setattr(night, "close_row", closes)
    with time_machine.travel(datetime(2026, 12, 20, tzinfo=UTC), tick=False):
        with pytest.raises(ExceptionGroup, match="could not be seen to"):
            service.nightly()
        assert {key for key, row in waves().items() if key in ours and row.closed_at is None} == {("W3", broken)}


@pytest.mark.parametrize(
    ("place", "look", "asked", "closed"),
    [
        (night, "askable", False, True),
        (night.settings, "value", False, True),
        (night.read, "lacking", True, True),
        (night.read, "due_to_close", True, False),
    ],
)
def test_what_cannot_be_looked_up_at_night_keeps_no_other_waiting(november, monkeypatch, place, look, asked, closed):
    person = someone("pendamping", BANJAR)
    passed(person), supervised(someone("supervisor", BANJAR), person)
    service.nightly()
    passed(someone("pendamping", BANJAR), date(2026, 9, 14), "angkatan:2")

    def refuses(*_said):
        raise RuntimeError("padam")

    monkeypatch.setattr(place, look, refuses)
    with time_machine.travel(datetime(2026, 12, 20, 4, tzinfo=UTC), tick=False):
        with pytest.raises(ExceptionGroup, match="could not be seen to"):
            service.nightly()
        rows = read.waves_below(["/ID/"])
    august = {row.closed_at is not None for row in rows if (row.code, row.anchor.month) == ("W3", 8)}
    assert (august, "W3" in {row.code for row in rows if row.anchor.month == 9}) == ({closed}, asked)


def test_the_setting_of_one_centre_that_cannot_be_read_keeps_no_other_centre_waiting(november, monkeypatch):
    broken, whole = (identity.unit_by_code(code) for code in ("62", "R4"))
    passed(someone("pendamping", BANJAR))
    usual = night.settings.value

    def refuses(key, lineage):
        if lineage == broken.lineage:
            raise RuntimeError("padam")
        return usual(key, lineage)

    monkeypatch.setattr(night.settings, "value", refuses)
    monkeypatch.setattr(night.identity, "units_below", lambda *_said: [broken, whole])
    with pytest.raises(ExceptionGroup, match="could not be seen to"):
        service.nightly()
    assert ("W3", "em-alumni") in waves()


def test_who_comes_later_is_asked_by_a_later_night(november):
    first, second = someone("pendamping", BANJAR), someone("pendamping", BANJAR)
    passed(first)
    service.nightly()
    passed(second, date(2026, 8, 28), "angkatan:2")
    service.nightly()
    rows = read.everybody(waves()["W3", "em-alumni"].id)
    assert {row.subject_id for row in rows} == {first, second}


def test_a_centre_that_makes_its_own_waves_has_none_by_itself(november):
    passed(someone("pendamping", BANJAR))
    choose(an_actor(1, "admin"), identity.unit_by_code("R4").id, service.AUTOMATIC, "tidak")
    service.nightly()
    assert waves() == {}


def test_a_wave_whose_days_are_over_is_closed_and_its_response_counts_where_people_work(november):
    people = [someone("pendamping", BANJAR) for _ in range(3)]
    for person in people:
        passed(person)
    service.nightly()
    actor = as_actor(people[0])
    task = next(task for task in service.tasks(actor) if task.version.code == "em-alumni")
    assert reply(actor, task.assignment.id, some_answers()).status == "accepted"
    with time_machine.travel(datetime(2026, 12, 20, tzinfo=UTC), tick=False):
        service.nightly()
        closes = waves()["W3", "em-alumni"].closes
        assert all(row.closed_at for row in waves().values() if row.code == "W3")
        assert service.tasks(actor) == []
    found = db.session.execute(counts.response(closes.replace(day=1), None)).all()
    assert [tuple(row) for row in found] == [(identity.unit_by_code(BANJAR).id, "", 1, 3, 3, 0)]


def test_a_wave_that_opens_in_ten_days_asks_and_rings_on_the_day_it_opens(november):
    person, evaluator = someone("pendamping", BANJAR), as_actor(someone("evaluator", "R4"))
    passed(person)
    today = clock.today()
    wave = a_wave(evaluator, opens=today + timedelta(days=10), closes=today + timedelta(days=30))
    page = service.wave_page(evaluator, wave.id)
    assert (of_person(person), page.rate.asked, page.lacks) == ([], 0, {"antre": 1})
    seen = []
    for day in range(8, 13):
        with time_machine.travel(datetime(2026, 11, 15 + day, 4, tzinfo=UTC), tick=False):
            night.ask_waiting(wave.id)
            service.nightly()
            told = [line for line in of_person(person) if "W3, kelas Agustus" in line.text]
            tasks = [task for task in service.tasks(as_actor(person)) if task.assignment.wave_id == wave.id]
            seen.append((len(told), len(tasks)))
    assert seen == [(0, 0), (0, 0), (1, 1), (1, 1), (1, 1)]


def test_families_of_nineteen_pendamping_are_visited_however_many_nights_pass(november):
    people = [someone("pendamping", BANJAR) for _ in range(21)]
    for person in people:
        passed(person)
        a_group(person, members=12)
    with time_machine.travel(datetime(2027, 2, 15, 4, tzinfo=UTC), tick=False):
        for _night in range(2):
            service.nightly()
            row = waves()["W6", "em-kpm"]
            assert len({one.subject_id for one in read.everybody(row.id)}) == 19


def test_a_wave_for_supervisors_says_of_whom_nobody_can_be_asked_and_asks_once_there_is_one(november):
    person, boss, evaluator = (
        someone("pendamping", BANJAR, name="Siti"),
        someone("supervisor", BANJAR),
        as_actor(someone("evaluator", "R4")),
    )
    passed(person)
    service.nightly()
    wave = waves()["W3", "em-atasan"]
    page = service.wave_page(evaluator, wave.id)
    assert (page.rate.asked, page.lacks, [rate.asked for rate in page.by_kabupaten]) == (0, {"atasan": 1}, [0])
    service.nightly()
    assert service.wave_page(evaluator, wave.id).lacks == {"atasan": 1}
    supervised(boss, person)
    service.nightly()
    page = service.wave_page(evaluator, wave.id)
    assert (page.rate.asked, page.lacks) == (1, {})
    assert [task.assignment.subject_id for task in service.tasks(as_actor(boss))] == [person]
    service.nightly()
    assert service.wave_page(evaluator, wave.id).rate.asked == 1


def test_the_untrained_whom_nobody_could_be_asked_about_stay_in_the_wave_as_they_were_drawn(november):
    trained, waiting, boss = (someone(role, BANJAR) for role in ("pendamping", "pendamping", "supervisor"))
    passed(trained)
    service.nightly()
    supervised(boss, waiting)
    service.nightly()
    rows = read.everybody(waves()["W3", "em-atasan"].id)
    assert [(row.subject_id, row.arm) for row in rows] == [(waiting, "belum")]


def test_families_of_one_who_gets_a_group_while_the_wave_is_open_are_visited_then(november):
    person = someone("pendamping", BANJAR)
    passed(person)
    with time_machine.travel(datetime(2027, 2, 15, 4, tzinfo=UTC), tick=False):
        service.nightly()
        row = waves()["W6", "em-kpm"]
        assert ([one.reason for one in read.unasked(row.id)], read.everybody(row.id)) == (["kelompok"], [])
        a_group(person, members=12)
        service.nightly()
        assert (len(read.everybody(row.id)), read.unasked(row.id)) == (4, [])


def test_who_is_asked_later_is_framed_too_and_what_was_frozen_stays(november):
    first, second, boss = (someone(role, BANJAR) for role in ("pendamping", "pendamping", "supervisor"))
    passed(first), passed(second)
    supervised(boss, first)
    service.nightly()
    row = waves()["W3", "em-atasan"]
    read.everybody(row.id)[0].log_band = "6+"
    db.session.commit()
    supervised(boss, second)
    service.nightly()
    assert {one.subject_id: one.log_band for one in read.everybody(row.id)} == {first: "6+", second: "0"}
