"""Alerts open when a rule holds, close by themselves, reach only whoever can act, and say how often they were right."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from p2k2lms.core import clock, jobs
from p2k2lms.core.alerts import AlertRule, Finding
from p2k2lms.core.db import db
from p2k2lms.core.errors import Invalid, NotAllowed, NotFound
from p2k2lms.plugins.dashboards import watching
from p2k2lms.plugins.dashboards.models import Alert
from p2k2lms.plugins.fieldwork.service import facts
from p2k2lms.plugins.identity import service as identity
from tests.factories.enrolment import BANJAR, KAPUAS, the_unit
from tests.factories.fieldwork import a_group, a_meeting, a_pendamping, sends
from tests.factories.identity import as_actor, someone, supervised

holding: dict[str, Finding] = {}


@pytest.fixture
def rule(both):
    before = both.extensions["alerts"]
    made = AlertRule("T-01", "Diam {days} hari", "Telepon.", lambda _day: list(holding.values()))
    both.extensions["alerts"] = {made.id: made}
    holding.clear()
    the_unit(KAPUAS)
    yield both
    both.extensions["alerts"] = before


def hold(subject="person:1", code=KAPUAS, person=None, **params):
    unit = identity.unit_by_code(code)
    holding[subject] = Finding(subject, unit.id, unit.path, "/orang/1", person, {"days": 50} | params)


def koordinator(code=KAPUAS):
    return as_actor(someone("koordinator", code))


def titles(actor):
    return [line.title for line in watching.queue(actor).lines]


def test_an_alert_opens_once_keeps_its_day_and_closes_by_itself(rule):
    actor = koordinator()
    hold()
    watching.watch()
    hold(days=51)
    watching.watch()
    assert titles(actor) == ["Diam 51 hari"]
    holding.clear()
    watching.watch()
    assert titles(actor) == []
    rows = db.session.execute(select(Alert.opened_on, Alert.closed_on)).all()
    assert [tuple(row) for row in rows] == [(clock.today(), clock.today())]


def test_it_reaches_the_koordinator_of_the_unit_and_the_supervisor_of_the_person(rule):
    pendamping, other = a_pendamping(), a_pendamping()
    supervisor = as_actor(someone("supervisor", KAPUAS))
    supervised(supervisor.id, pendamping)
    hold(person=pendamping)
    hold("person:2", person=other)
    watching.watch()
    assert len(titles(koordinator())) == 2
    assert titles(koordinator(BANJAR)) == []
    assert [line.name for line in watching.queue(supervisor).lines] == [identity.person(pendamping).name]
    with pytest.raises(NotAllowed):
        watching.queue(as_actor(pendamping))


def test_at_most_seven_are_shown_and_all_are_counted(rule):
    for n in range(9):
        hold(f"group:{n}")
    watching.watch()
    found = watching.queue(koordinator())
    assert (len(found.lines), found.total) == (7, 9)


def test_what_is_put_off_comes_back_after_two_weeks(rule):
    actor = koordinator()
    hold()
    watching.watch()
    line = watching.queue(actor).lines[0]
    with pytest.raises(Invalid):
        watching.put_off(actor, line.id, "  ")
    watching.put_off(actor, line.id, "Cuti melahirkan")
    assert titles(actor) == []
    with clock.stopped(clock.now() + timedelta(days=15)):
        assert len(titles(actor)) == 1


def test_an_answer_measures_the_rule_and_only_whoever_can_act_may_give_it(rule):
    actor = koordinator()
    hold()
    watching.watch()
    line = watching.queue(actor).lines[0]
    with pytest.raises(NotFound):
        watching.answer(koordinator(BANJAR), line.id, "benar")
    with pytest.raises(Invalid):
        watching.answer(actor, line.id, "mungkin")
    watching.answer(actor, line.id, "benar")
    found = watching.queue(actor)
    assert (found.lines[0].verdict, found.right, found.answered) == ("benar", 1, 1)


def test_the_page_shows_what_to_do_and_takes_answers(app, sign_in):
    pendamping = a_pendamping()
    actor = koordinator()
    since = clock.today() - timedelta(days=100)
    a_group(pendamping, members=70, valid_from=since, name="Melati")
    facts.nightly()
    facts.rebuild()
    watching.watch()
    page = sign_in(actor)
    said = page.get("/bimbingan/antrean").text
    for text in ("kelompok mana pun selama 100 hari", "Kelompok Melati belum bertemu 100 hari", "70 Melati"):
        assert text in said
    assert "/bimbingan/antrean" in page.get("/").text
    first = db.session.scalars(select(Alert).order_by(Alert.rule)).first().id
    assert page.post(f"/bimbingan/antrean/{first}/jawab", data={"verdict": "keliru"}).status_code == 303
    assert page.post(f"/bimbingan/antrean/{first}/tunda", data={"reason": ""}).status_code == 422
    assert page.post(f"/bimbingan/antrean/{first}/tunda", data={"reason": "Cuti"}).status_code == 303
    sends(as_actor(pendamping), "meeting", a_meeting([1]))
    facts.rebuild()
    watching.watch()
    assert page.get("/bimbingan/antrean").text.count("<section") == 1  # too large it stays


def test_the_page_costs_few_queries(app, sign_in, count_queries):
    the_unit(KAPUAS)
    browser = sign_in(koordinator())
    with count_queries() as seen:
        assert browser.get("/bimbingan/antrean").status_code == 200
    assert len(seen) <= 5, seen


def test_the_night_looks_after_the_facts_are_rebuilt(app):
    watching.nightly()
    assert jobs.run_due() == 0
    with clock.stopped(clock.now() + timedelta(minutes=31)):
        assert jobs.run_due() == 1
