"""The world of a larger demo: its year in the field has the effect that stands beside it, and a plan recovers it."""

import json
from datetime import date

import numpy as np
import pytest
from sqlalchemy import func, select

from p2k2lms.core.db import db
from p2k2lms.core.models import DirtyMark
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.fieldwork.models import GroupMonth, LeaderMonth, Meeting, Verification
from p2k2lms.plugins.fieldwork.service import facts
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.outcomes import demo, service
from p2k2lms.plugins.outcomes.queries import cubes
from p2k2lms.plugins.outcomes.rules import truth as truths
from p2k2lms.plugins.outcomes.rules.plan import year_and_month
from p2k2lms.stats.world import worth
from tests.factories.enrolment import KAPUAS, the_course, the_unit
from tests.factories.fieldwork import a_desa, a_group, a_pendamping
from tests.factories.identity import as_actor, someone
from tests.factories.worlds import a_crowd, a_leader_month, a_plan, this_month


def month_before(number):
    return date(*year_and_month(this_month() - number), 1)


def a_year(people, kabupaten, seed):
    """A crowd, its year in sums, and a plan over it that has run: the world, and the number of the plan."""
    the_unit(KAPUAS)
    actor = as_actor(someone("evaluator", "R4"))
    a_crowd(people, kabupaten)
    world = service.invent(12, seed)
    service.live_through(world, seed, meetings=False)
    first, last = this_month() - 12, this_month() - 1
    plan = a_plan(first=first, last=last, anticipation=1, reach=12)
    plan_id = service.register(actor, plan, identity.unit_by_code("R4").id)
    service.run(plan_id)
    return world, plan_id


def test_a_plan_recovers_the_effect_that_the_world_hides(both):
    world, plan_id = a_year(900, 12, seed=5)
    told = service.compare(plan_id, truths.read(truths.spelled(world.truth)))
    assert told["within"]
    assert 4 < told["true"] < 10
    assert told["low"] > 0
    assert told["high"] - told["low"] < 8


def test_a_truth_that_is_not_that_of_the_world_lies_outside(app):
    world, plan_id = a_year(900, 12, seed=5)
    nothing = world.truth._replace(effect=np.zeros_like(world.truth.effect))
    assert service.compare(plan_id, nothing)["true"] == 0
    assert not service.compare(plan_id, nothing)["within"]


def test_a_plan_that_says_nothing_is_not_held_against_the_truth(app):
    world, plan_id = a_year(60, 4, seed=5)
    assert service.compare(plan_id, world.truth) is None


def test_the_truth_in_the_file_is_what_a_class_is_worth_from_the_first_full_month_on(app):
    the_unit(KAPUAS)
    ids = a_crowd(24, 4)
    told = truths.read(truths.spelled(service.invent(12, 1).truth))
    assert [int(person) for person in told.people] == ids
    ended = dict(cubes.trainings_over())
    for n, person in enumerate(ids):
        day = ended.get(person)
        assert told.trained[n] == (12 * day.year + day.month + 1 if day else 0)
        expected = worth(told.months - told.trained[n]) if day else np.zeros(12)
        assert told.effect[n] == pytest.approx(expected)
    assert list(told.months) == list(range(this_month() - 12, this_month()))


def test_the_month_that_runs_takes_nobody_out_of_the_world_and_a_month_before_it_does(app):
    the_unit(KAPUAS)
    ids = a_crowd(24, 4)
    whole = service.invent(12, 1).truth.effect
    homes = {person: home.id for person, home in identity.home_units(ids, month_before(0)).items()}
    a_leader_month(homes, month_before(0))
    assert service.invent(12, 1).truth.effect == pytest.approx(whole)
    a_leader_month({ids[-1]: homes[ids[-1]]}, month_before(1))
    known = service.invent(12, 1).truth.effect
    assert whole[-1].any()
    assert not known[-1].any()
    assert known[:-1] == pytest.approx(whole[:-1])


def test_what_waits_to_be_counted_again_does_not_take_the_sums_away(app):
    the_unit(KAPUAS)
    ids = a_crowd(8, 4)
    home = identity.home_units(ids, month_before(0))[ids[0]]
    with unit_of_work("test.mark") as uow:
        uow.touch(home.id, month_before(3), facts.RAW)
    service.live_through(service.invent(12, 1), 1, meetings=False)
    before = db.session.scalar(select(func.sum(LeaderMonth.met)))
    assert db.session.scalar(select(func.count()).select_from(DirtyMark).where(DirtyMark.fact == facts.RAW)) == 0
    facts.rebuild()
    assert before == db.session.scalar(select(func.sum(LeaderMonth.met))) > 0


def test_a_year_of_meetings_is_counted_to_what_was_told_and_the_checks_find_what_truly_was(both):
    a_desa(), the_course()
    people = [a_pendamping() for _ in range(3)]
    for person in people:
        for _n in range(5):
            a_group(person)
    world = service.invent(12, 3, told=0.8)
    service.live_through(world, 3, meetings=True)
    rows = db.session.execute(select(LeaderMonth.person_id, LeaderMonth.month, LeaderMonth.due, LeaderMonth.met))
    counted = {(person, month): (due, met) for person, month, due, met in rows}
    for n, person in enumerate(world.people):
        for m, month in enumerate(world.months):
            assert counted[person, month] == (5, world.made.said[n, m])
    meetings = db.session.scalar(select(func.count()).select_from(Meeting))
    assert meetings == world.made.said.sum()
    found = select(Verification.reported, Verification.result).where(Verification.result != "tidak_terjangkau")
    pairs = set(tuple(row) for row in db.session.execute(found))
    assert ("bertemu", "bertemu") in pairs
    assert ("diam", "bertemu") in pairs
    assert ("bertemu", "tidak_bertemu") not in pairs
    months = db.session.scalar(select(func.count(GroupMonth.month.distinct())))
    drawn = db.session.scalar(select(func.count()).select_from(Verification))
    assert (months, drawn) == (13, 12 * 2)


def test_the_year_is_left_once(app):
    a_desa(), the_course()
    a_group(a_pendamping())
    for _again in range(2):
        service.live_through(service.invent(12, 3), 3, meetings=True)
    once = db.session.scalar(select(func.count()).select_from(Meeting))
    assert once == db.session.scalar(select(func.sum(LeaderMonth.led)))


def test_the_command_holds_a_plan_against_the_file(app, tmp_path):
    world, plan_id = a_year(900, 12, seed=5)
    file = tmp_path / demo.FILE
    file.write_text(truths.spelled(world.truth))
    ask = app.test_cli_runner().invoke
    told = ask(args=["outcomes", "truth", str(file), "--plan", str(plan_id)])
    assert told.exit_code == 0, told.output
    assert json.loads(told.stdout)["within"] is True
    nothing = world.truth._replace(effect=np.zeros_like(world.truth.effect))
    file.write_text(truths.spelled(nothing))
    assert ask(args=["outcomes", "truth", str(file), "--plan", str(plan_id)]).exit_code == 1
    assert "Rencana 99 belum punya taksiran." in ask(args=["outcomes", "truth", str(file), "--plan", "99"]).stderr
    file.write_text("a,b\n1,2\n")
    assert "bukan kolom kebenaran" in ask(args=["outcomes", "truth", str(file), "--plan", str(plan_id)]).stderr
