"""Alerts open when a rule holds, close by themselves, reach only whoever can act, and say how often they were right."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from p2k2lms.core import clock
from p2k2lms.core.alerts import AlertRule, Finding
from p2k2lms.core.db import db
from p2k2lms.core.errors import Invalid, NotAllowed, NotFound
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.dashboards import queries, watching
from p2k2lms.plugins.dashboards.models import Alert
from p2k2lms.plugins.identity import service as identity
from tests import databases
from tests.factories.enrolment import BANJAR, KAPUAS, the_unit
from tests.factories.fieldwork import a_pendamping
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


def test_a_rule_that_fails_keeps_no_other_waiting(rule):
    refused = AlertRule("T-00", "Rusak", "", lambda _day: db.session.execute(text("SELECT * FROM nowhere")))
    rule.extensions["alerts"] = {refused.id: refused} | rule.extensions["alerts"]
    actor = koordinator()
    hold()
    with pytest.raises(ExceptionGroup, match="rule could not be seen to"):
        watching.watch()
    assert titles(actor) == ["Diam 50 hari"]


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
    assert (titles(actor), watching.count(actor)) == ([], 0)
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
    assert found.lines[0].verdict == "benar"
    assert [(m.rule, m.right, m.answered) for m in found.measured] == [("T-01", 1, 1)]


def test_each_rule_is_measured_by_itself_within_what_one_may_see(rule):
    rule.extensions["alerts"] = {
        name: AlertRule(name, "Ada", "", lambda _day: list(holding.values()), name=name.lower())
        for name in ("T-01", "T-02")
    }
    actor, other = koordinator(), koordinator(BANJAR)
    hold("group:1")
    hold("group:2")
    hold("group:3", BANJAR)
    watching.watch()
    for one in db.session.scalars(select(Alert)).all():
        said = "keliru" if one.rule == "T-02" and one.subject == "group:2" else "benar"
        watching.answer(other if one.subject == "group:3" else actor, one.id, said)
    told = [(m.rule, m.name, m.right, m.answered) for m in watching.queue(actor).measured]
    assert told == [("T-01", "t-01", 2, 2), ("T-02", "t-02", 1, 2)]
    assert [(m.right, m.answered) for m in watching.queue(other).measured] == [(1, 1), (1, 1)]
    with clock.stopped(clock.now() + timedelta(days=366)):
        assert watching.queue(actor).measured == ()


def test_one_person_takes_one_place_however_much_there_is(rule):
    busy, other = a_pendamping(), a_pendamping()
    for n in range(3):
        hold(f"group:{n}", person=busy)
    hold("group:9", person=other)
    hold("group:10")
    hold("group:11")
    watching.watch()
    leader = koordinator()
    found = watching.queue(leader)
    assert [line.others for line in found.lines] == [2, 0, 0, 0]
    assert (found.total, watching.count(leader)) == (4, 4)


def test_who_waits_is_counted_without_putting_anybody_in_order(app, count_queries):
    leader = as_actor(someone("koordinator", the_unit(KAPUAS).kemendagri_code))
    with count_queries() as seen:
        watching.count(leader)
    [counted] = [sql for sql in seen if "dashboards_alert" in sql]
    plan = [row[3] for row in db.session.execute(text("EXPLAIN QUERY PLAN " + counted.replace("?", "1")))]
    assert [step for step in plan if "USE TEMP B-TREE FOR ORDER BY" in step] == []


def test_what_was_done_goes_and_comes_back_only_if_it_still_holds(rule):
    actor = koordinator()
    hold("person:1")
    hold("person:2")
    watching.watch()
    first, second = (line.id for line in watching.queue(actor).lines)
    with pytest.raises(NotFound):
        watching.done(koordinator(BANJAR), first)
    watching.done(actor, first)
    watching.done(actor, second)
    assert titles(actor) == []
    holding.pop("person:1")
    acted = clock.today()
    with clock.stopped(clock.now() + timedelta(days=15)):
        watching.watch()
        assert [(line.id, line.done) for line in watching.queue(actor).lines] == [(second, acted)]


def test_what_comes_back_says_what_was_done_or_why_it_was_put_off(app, sign_in):
    the_unit(KAPUAS)
    holding.clear()
    hold("person:1")
    hold("person:2")
    rules = app.extensions["alerts"]
    app.extensions["alerts"] = {"T-01": AlertRule("T-01", "Diam", "Telepon.", lambda _day: list(holding.values()))}
    try:
        actor = koordinator()
        watching.watch()
        first, second = (line.id for line in watching.queue(actor).lines)
        assert "keadaannya masih sama" not in sign_in(actor).get("/bimbingan/antrean").text
        watching.done(actor, first)
        watching.put_off(actor, second, "Cuti <melahirkan>")
        with clock.stopped(clock.now() + timedelta(days=15)):
            said = sign_in(actor).get("/bimbingan/antrean").text
    finally:
        app.extensions["alerts"] = rules
    assert said.count("keadaannya masih sama") == 1
    assert "Pernah ditunda: Cuti &lt;melahirkan&gt;" in said


def test_one_act_is_offered_with_a_text_that_is_ready(app, sign_in):
    the_unit(KAPUAS)
    holding.clear()
    person = a_pendamping(name="Siti & Aminah")
    hold(f"person:{person}", person=person)
    rules, said = app.extensions["alerts"], {}
    try:
        for act in ("telepon", "puji", "bersama"):
            text = "Halo {name}, ini {me}."
            made = AlertRule("T-01", "Diam", "Telepon.", lambda _day: list(holding.values()), act=act, message=text)
            app.extensions["alerts"] = {"T-01": made}
            watching.watch()
            said[act] = sign_in(koordinator()).get("/bimbingan/antrean").text
    finally:
        app.extensions["alerts"] = rules
    phone = identity.person(person).phone
    assert f'<a class="btn main small" href="tel:{phone}">' in said["telepon"]
    for html in said.values():
        assert f'href="https://wa.me/{phone.replace("+", "")}?text=Halo%20Siti%20%26%20Aminah' in html
        assert html.count("btn main small") + html.count("btn small main") == 1
    assert "Kirim pujian" in said["puji"]
    assert "tel:" not in said["bersama"]


def test_a_supervisor_reads_the_alerts_of_his_own_people_alone_also_without_statistics(postgres_app):
    with databases.clean(postgres_app):
        unit = the_unit(KAPUAS)
        supervisor = as_actor(someone("supervisor", KAPUAS))
        own = [a_pendamping() for _n in range(5)]
        for person in own:
            supervised(supervisor.id, person)
        same = {"rule": "A-01", "params": {}, "url": "/", "opened_on": clock.today()}
        same |= {"unit_id": unit.id, "unit_path": unit.path}
        with unit_of_work("test.many_alerts"):
            people = [*own, *range(1_000, 4_000)]
            queries.insert_rows([{**same, "subject": f"person:{n}", "person_id": n} for n in people])
        read = databases.most_rows(lambda: watching.queue(supervisor))
        assert watching.queue(supervisor).total == 5
    assert 5 <= read < 100


def test_a_koordinator_reads_what_is_open_in_his_place_alone_also_without_statistics(postgres_app):
    with databases.clean(postgres_app):
        here, elsewhere, reader = the_unit(KAPUAS), the_unit(BANJAR), koordinator()
        same = {"rule": "A-01", "params": {}, "url": "/", "opened_on": clock.today()}
        places = [here] * 5 + [elsewhere] * 3_000
        with unit_of_work("test.many_alerts"):
            rows = [{**same, "subject": f"person:{n}", "person_id": n} for n in range(len(places))]
            queries.insert_rows(
                [row | {"unit_id": unit.id, "unit_path": unit.path} for row, unit in zip(rows, places, strict=True)]
            )
            over = {**same, "closed_on": clock.today(), "unit_id": here.id, "unit_path": here.path}
            queries.insert_rows([{**over, "subject": f"group:{n}", "person_id": n} for n in range(3_000)])
        read = databases.most_rows(lambda: watching.queue(reader))
        assert watching.queue(reader).total == 5
    assert 5 <= read < 100
