"""A wave of very many people: asked in portions, so that nobody waits long for the pen, and none is lost on the way."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
import time_machine
from sqlalchemy import event, select

from p2k2lms.core import bulk, clock
from p2k2lms.core.db import db
from p2k2lms.core.models import Audit
from p2k2lms.core.notices import of_person
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.evaluation import service
from p2k2lms.plugins.evaluation.models import Assignment, Unasked
from p2k2lms.plugins.evaluation.queries import waves as read
from p2k2lms.plugins.evaluation.service import assigning
from p2k2lms.plugins.evaluation.values import QUEUED, SPECIAL
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.identity.models import Person, Posting, Supervision
from tests import databases
from tests.factories.evaluation import passed, the_instruments
from tests.factories.identity import as_actor, someone, supervised, the_units

BANJAR = "63.03"
LED = 2 * assigning.AT_ONCE + 1
MANY = {"sqlite": 20_000, "postgresql": 2 * LED}  # all where one writer keeps every other waiting
NOVEMBER = datetime(2026, 11, 15, 4, tzinfo=UTC)


@pytest.fixture
def november(both):
    the_units()
    with time_machine.travel(NOVEMBER, tick=False):
        the_instruments()
        yield both


def many_people(number):
    """So many pendamping of one kabupaten, past every use-case."""
    unit, first = identity.unit_by_code(BANJAR), 1_000_000
    ids = range(first, first + number)
    work = {"role": "pendamping", "unit_id": unit.id, "valid_from": date(2020, 1, 1)}
    for start in range(0, number, 2_000):  # the trigger on postings takes a lock for each until the commit
        part = ids[start : start + 2_000]
        with unit_of_work("test.many"):
            bulk.write(Person, ({"id": one, "name": f"Orang {one}", "pkh_id": f"x{one}"} for one in part))
            bulk.write(Posting, ({"person_id": one, **work} for one in part))
    return ids


def a_plan(instrument):
    today = clock.today()
    return service.WavePlan(
        code=SPECIAL,
        title="Semua",
        version_id=the_instruments()[instrument].id,
        unit_id=identity.unit_by_code("R4").id,
        anchor=today,
        until=today,
        opens=today,
        closes=date(2026, 12, 1),
    )


@pytest.fixture
def heaviest(november):
    """The most rows that one transaction has written to this table, as the statements say."""
    written: dict[str, int] = {}
    now: dict[str, int] = {}

    def note(_connection, cursor, statement, _parameters, _context, _many):
        words = statement.split()
        table = {"INSERT": words[2:3], "DELETE": words[2:3], "UPDATE": words[1:2]}.get(words[0] if words else "", [])
        for name in table:
            now[name] = now.get(name, 0) + max(cursor.rowcount, 0)

    def ends(_connection):
        for name, rows in now.items():
            written[name] = max(written.get(name, 0), rows)
        now.clear()

    event.listen(db.engine, "after_cursor_execute", note)
    event.listen(db.engine, "commit", ends)
    yield written
    event.remove(db.engine, "after_cursor_execute", note)
    event.remove(db.engine, "commit", ends)


@pytest.mark.slow
def test_a_wave_of_very_many_is_asked_in_portions_made_filled_up_and_asked_again(heaviest):
    many = MANY[db.engine.dialect.name]
    people, evaluator = many_people(many), as_actor(someone("evaluator", "R4"))
    wave = service.make_wave(evaluator, a_plan("em-atasan"))
    assert service.wave_page(evaluator, wave.id).lacks == {"atasan": many}
    heaviest.clear()
    assigning.ask_waiting(wave.id)
    assert heaviest.get("evaluation_wave_unasked", 0) == 0  # what stays as it is, is not written again
    boss = someone("supervisor", BANJAR)
    with unit_of_work("test.many"):
        led = {"supervisor_id": boss, "valid_from": date(2026, 1, 1)}
        bulk.write(Supervision, ({"pendamping_id": one, **led} for one in people[:LED]))
    heaviest.clear()
    assigning.ask_waiting(wave.id)
    page = service.wave_page(evaluator, wave.id)
    assert (page.rate.asked, page.lacks) == (LED, {"atasan": many - LED})
    assert heaviest["evaluation_wave_assignment"] <= assigning.AT_ONCE
    assert heaviest["evaluation_wave_unasked"] <= assigning.AT_ONCE
    assert len(of_person(boss)) == 1


def test_asking_that_breaks_off_goes_on_with_the_next_night_and_loses_nobody(november, monkeypatch):
    trained, *waiting = [someone("pendamping", BANJAR) for _ in range(4)]
    passed(trained)
    passed(waiting[0], date(2026, 8, 20), "angkatan:2")
    monkeypatch.setattr(assigning, "AT_ONCE", 1)
    usual, left = read.insert_assignments, [1]

    def breaks(rows):
        if not left:
            raise RuntimeError("padam")
        left.pop()
        usual(rows)

    monkeypatch.setattr(read, "insert_assignments", breaks)
    with pytest.raises(ExceptionGroup):
        service.nightly()
    [row] = [one for one in read.waves_below(["/ID/"]) if (one.code, one.instrument_code) == ("W3", "em-alumni")]
    assert (len(read.everybody(row.id)), {one.reason for one in read.unasked(row.id)}) == (1, {QUEUED})
    monkeypatch.setattr(read, "insert_assignments", usual)
    service.nightly()
    asked = sorted((one.subject_id, one.arm) for one in read.everybody(row.id))
    assert asked == sorted([(trained, "dilatih"), (waiting[0], "dilatih"), *((one, "belum") for one in waiting[1:])])
    assert read.unasked(row.id) == []


def test_a_supervisor_with_a_sheet_of_the_wave_before_him_is_not_told_of_it_again(november):
    boss, *people = [someone(role, BANJAR) for role in ("supervisor", "pendamping", "pendamping")]
    for number, person in enumerate(people):
        passed(person, date(2026, 8, 14), f"angkatan:{number}")
    supervised(boss, people[0])
    service.nightly()
    supervised(boss, people[1])
    service.nightly()
    assert len(service.tasks(as_actor(boss))) == 2
    assert len(of_person(boss)) == 1


def test_a_wave_is_made_by_its_maker_and_asked_portion_by_portion_by_nobody(november, monkeypatch):
    monkeypatch.setattr(assigning, "AT_ONCE", 2)
    evaluator = as_actor(someone("evaluator", "R4"))
    for _n in range(3):
        someone("pendamping", BANJAR)
    service.make_wave(evaluator, a_plan("em-alumni"))
    lines = select(Audit.use_case, Audit.actor_id).where(Audit.use_case.like("evaluation.%_wa%")).order_by(Audit.id)
    made, asked = ("evaluation.make_wave", evaluator.id), ("evaluation.ask_waiting", None)
    assert [tuple(line) for line in db.session.execute(lines)] == [made, asked, asked]
    assert db.session.query(Assignment).count() == 3
    assert db.session.query(Unasked).count() == 0


def test_whom_another_is_asking_right_now_is_left_to_him(postgres_app, monkeypatch):
    def ask() -> int:
        with postgres_app.app_context():
            assigning.ask_waiting(wave.id)
            return len(read.everybody(wave.id))

    with databases.clean(postgres_app), time_machine.travel(NOVEMBER, tick=False), ThreadPoolExecutor(1) as other:
        the_units()
        people = [someone("pendamping", BANJAR) for _n in range(3)]
        with monkeypatch.context() as patch:
            patch.setattr(assigning, "_ask", lambda *_: None)
            wave = service.make_wave(as_actor(someone("evaluator", "R4")), a_plan("em-alumni"))
        with unit_of_work("test.ask"):
            assert len(read.unasked_among(wave.id, people)) == 3
            assert other.submit(ask).result(20) == 0
        assert other.submit(ask).result(20) == 3
