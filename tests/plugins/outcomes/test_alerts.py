"""Alerts of figures and waves: what an evaluator must look at, and that nobody else is troubled with it."""

from datetime import date, timedelta

import pytest
from flask import g
from sqlalchemy import update

from p2k2lms.core import clock
from p2k2lms.core.db import db
from p2k2lms.core.errors import NotFound
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.dashboards import watching
from p2k2lms.plugins.evaluation import alerts as of_waves
from p2k2lms.plugins.evaluation.models import Assignment, Wave
from p2k2lms.plugins.evaluation.queries import waves
from p2k2lms.plugins.evaluation.values import ANSWERED
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.indicators.rules import months_back
from p2k2lms.plugins.outcomes import alerts
from tests.factories.enrolment import BANJAR, KAPUAS, the_unit
from tests.factories.evaluation import a_wave, passed, the_instruments
from tests.factories.identity import a_person, a_posting, as_actor, someone
from tests.factories.outcomes import figure

TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def there(app):
    the_unit(KAPUAS)


@pytest.mark.parametrize(
    ("arms", "found"),
    [
        ({"kelas": (95, 100), "belum": (80, 100)}, [{"low": 80, "high": 95}]),
        ({"kelas": (95, 100), "belum": (91, 100)}, []),
        ({"kelas": (20, 29), "belum": (99, 100)}, []),
    ],
    ids=["differs", "agrees", "too few checked"],
)
def test_reports_that_are_true_for_some_arms_only_are_named(arms, found):
    for arm, (agrees, checked) in arms.items():
        figure("R4", "Q-04", agrees, checked, stratum=arm)
    assert [dict(one.params) for one in alerts.untrue_for_some(clock.today())] == found


def quarter(code, met, due, months):
    for month in months:
        figure(code, "L3-01", met, due, month=month)


def test_a_kabupaten_outside_the_funnel_for_two_quarters_is_named_to_both_sides():
    units = identity.units_of_levels("/ID/", ("kabupaten",))[:20]
    last = alerts._last_quarter(clock.today())
    both = months_back(last, 6)
    for n, unit in enumerate(units):
        quarter(unit.kemendagri_code, {3: 40, 7: 99}.get(n, 78 + n % 5), 100, both[:3])
        quarter(unit.kemendagri_code, {3: 42, 5: 40}.get(n, 78 + n % 5), 100, both[3:])
    found = list(alerts.outside_for_long(clock.today()))
    assert [one.unit_path for one in found] == [units[3].path]
    assert found[0].params["own"] == 42
    assert found[0].params["usual"] > 70


@pytest.mark.parametrize(
    ("today", "last"), [(date(2026, 11, 20), (2026, 9)), (date(2026, 1, 5), (2025, 12)), (date(2026, 10, 1), (2026, 9))]
)
def test_the_last_quarter_is_whole(today, last):
    assert alerts._last_quarter(today) == date(*last, 1)


def test_a_wave_that_few_answer_after_two_weeks_is_told_to_the_evaluator_alone():
    the_instruments()
    for _n in range(3):
        person = a_person()
        a_posting(person, "pendamping", KAPUAS)
        passed(person)
    evaluator = as_actor(someone("evaluator", "R4"))
    opened = clock.today() - timedelta(days=15)
    wave = a_wave(evaluator, opens=opened, closes=opened + timedelta(days=40))
    found = list(of_waves.silent_waves(clock.today()))
    assert [(one.subject, one.params["answered"], one.params["low"]) for one in found] == [(f"wave:{wave.id}", 0, 1)]
    assert list(of_waves.silent_waves(opened + timedelta(days=13))) == []
    watching.watch()
    lines = watching.queue(evaluator).lines
    assert [line.rule for line in lines] == ["A-10"]
    koordinator = as_actor(someone("koordinator", KAPUAS))
    assert watching.queue(koordinator).total == 0
    assert watching.queue(as_actor(someone("evaluator", "62"))).total == 0
    with pytest.raises(NotFound):
        watching.answer(koordinator, lines[0].id, "benar")
    watching.answer(evaluator, lines[0].id, "benar")
    assert watching.queue(evaluator).lines[0].verdict == "benar"


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("id", "W3: tiga bulan sesudah kelas, Agustus 2026: 0 dari 1 menjawab; 1 kabupaten di bawah 60 persen"),
        ("en", "W3: three months after the class, August 2026: 0 of 1 answered; 1 districts below 60 percent"),
    ],
)
def test_a_wave_of_the_schedule_is_called_in_the_language_of_who_reads_its_alert(app, language, title):
    the_instruments()
    passed(someone("pendamping", KAPUAS))
    evaluator, opened = as_actor(someone("evaluator", "R4")), clock.today() - timedelta(days=15)
    a_wave(evaluator, untrained=False, opens=opened, closes=opened + timedelta(days=40))
    with unit_of_work("test.schedule"):
        db.session.execute(update(Wave).values(made_by=None, code="W3", anchor=date(2026, 8, 1)))
    watching.watch()
    with app.test_request_context():
        g.language = language
        assert [line.title for line in watching.queue(evaluator).lines] == [title]


def test_one_silent_kabupaten_is_enough_and_the_fourteenth_day_is_the_first():
    the_instruments()
    for code, people in ((KAPUAS, 8), (BANJAR, 2)):
        for _n in range(people):
            passed(someone("pendamping", code))
    opened = clock.today() - timedelta(days=14)
    wave = a_wave(as_actor(someone("evaluator", "R4")), untrained=False, opens=opened, closes=opened + timedelta(40))
    lonely = identity.unit_by_code(BANJAR).id
    quiet = next(row.id for row in waves.frame(wave.id) if row.kabupaten_id == lonely)
    with unit_of_work("test.answers"):
        db.session.execute(update(Assignment).where(Assignment.id != quiet).values(state=ANSWERED))
    found = [dict(one.params) for one in of_waves.silent_waves(clock.today())]
    assert [(one["answered"], one["asked"], one["low"]) for one in found] == [(9, 10, 1)]
    with unit_of_work("test.answers"):
        db.session.execute(update(Assignment).values(state=ANSWERED))
    assert list(of_waves.silent_waves(clock.today())) == []
