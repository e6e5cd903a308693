"""What random visits and families say stands in the cube as far as it is known, and is compared by half-years."""

from datetime import date, timedelta

import numpy as np
import pytest

from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.outcomes import link_words, service
from p2k2lms.plugins.outcomes.queries import cubes
from p2k2lms.plugins.outcomes.rules import analysis, cube, release
from p2k2lms.plugins.outcomes.rules.plan import DOES, SEEN, Plan, year_and_month
from p2k2lms.stats import cube as sums
from p2k2lms.stats import study
from p2k2lms.stats.world import World, make
from tests.factories.enrolment import KAPUAS, the_unit
from tests.factories.identity import as_actor, someone
from tests.factories.rare import a_visit, families
from tests.factories.worlds import SMALL, a_crowd, a_field, a_plan, cube_columns, this_month

YES = {"P3": "ya", "P4": "terlihat", "P5": "ya", "P6": "bicara", "P7": "tidak-berlaku"}
NO = YES | {"P5": "tidak"}
UNKNOWN = dict.fromkeys(YES, "tidak-berlaku")
SILENT = dict.fromkeys(YES, "")


def month_before(number: int) -> date:
    return date(*year_and_month(this_month() - number), 12)


def test_visits_and_families_are_counted_where_they_are_known_and_nowhere_else(both):
    the_unit(KAPUAS)
    actor = as_actor(someone("evaluator", "R4"))
    ids, boss = a_crowd(8, 4), someone("supervisor", KAPUAS)
    world = service.invent(12, 1)
    service.live_through(world, 1, meetings=False)
    one, other = ids[0], ids[1]
    a_visit(one, boss, month_before(3), 27)
    a_visit(one, boss, month_before(3), 9)
    a_visit(one, boss, month_before(2), 36, context="pertemuan")  # an invitation
    a_visit(other, other, month_before(2), 36)  # one's own sheet
    families(month_before(5), {(boss, one): [YES, NO, UNKNOWN, SILENT], (one, one): [YES, YES]})
    families(month_before(4), {(boss, other): [YES, YES | {"P4": ""}]})
    families(month_before(2), {(boss, other): [NO]}, code="UJI")  # a try-out
    plan = a_plan(first=this_month() - 12, last=this_month() - 1)
    plan_id = service.register(actor, plan, identity.unit_by_code("R4").id)
    service.run(plan_id)
    found = cube.read(cube.spelled(cubes.cells(plan_id)))
    known = {name: {int(m): v for m, v in zip(found.month, getattr(found, name), strict=True) if v} for name in NAMES}
    assert known["n_seen"] == {this_month() - 3: 2}
    assert known["sum_seen"] == {this_month() - 3: 100.0}
    assert known["sq_seen"] == {this_month() - 3: pytest.approx(75.0**2 + 25.0**2)}
    assert known["n_does"] == {this_month() - 5: 1, this_month() - 4: 1}
    assert known["sum_does"] == {this_month() - 5: 50.0, this_month() - 4: 100.0}
    assert found.n_met.sum() == 8 * 12 - 4  # not the months of their classes


NAMES = ("n_seen", "sum_seen", "sq_seen", "n_does", "sum_does")


def test_the_month_of_the_class_is_not_counted_for_visits_either(app):
    the_unit(KAPUAS)
    actor, boss = as_actor(someone("evaluator", "R4")), someone("supervisor", KAPUAS)
    a_field()
    person, ended = min(cubes.trainings_over(), key=lambda one: one[1])
    a_visit(person, boss, ended.replace(day=6), 18)
    a_visit(person, boss, (ended + timedelta(days=32)).replace(day=6), 18)
    plan_id = service.register(actor, a_plan(), identity.unit_by_code("R4").id)
    service.run(plan_id)
    found = cube.read(cube.spelled(cubes.cells(plan_id)))
    assert found.n_seen.sum() == 1


def test_half_years_keep_before_and_after_apart():
    months, cohorts = np.arange(12 * 2025 + 1, 12 * 2026 + 1), np.array([0, 12 * 2025 + 8])
    people = np.ones((1, 2, 12))
    total = np.stack([np.arange(12.0), np.arange(12.0)])[None]
    made = sums.in_spans(sums.Cube(np.array(["a"]), cohorts, months, people, total), 6, anticipation=2)
    assert made.months.tolist() == [4050, 4051]
    assert made.cohorts.tolist() == [0, 4051]
    assert made.people[0].tolist() == [[6, 6], [5, 5]]  # June feels the class of August; July is its own month before
    assert made.total[0].tolist() == [[15, 51], [10, 45]]


def rare_columns(effect: float, share: int = 4):
    """A world in which one of `share` people is visited each month, and training adds so many points."""
    one = World(**vars(SMALL) | {"people": 600, "months": 24, "rounds": 6, "kabupaten": 30})
    made = make(one, 3)
    columns = cube_columns(made)
    lot, shift = np.random.default_rng(1), this_month() - 1 - one.months
    trained = np.where(made.trained > 0, made.trained + shift, 0)
    n, total = np.zeros(columns.month.size), np.zeros(columns.month.size)
    place = {key: at for at, key in enumerate(zip(columns.kabupaten, columns.cohort, columns.month, strict=True))}
    for person, month in zip(*np.nonzero(lot.integers(0, share, made.said.shape) == 0), strict=True):
        at = place.get((f"K{made.kabupaten[person]:03d}", int(trained[person]), month + 1 + shift))
        if at is not None:
            n[at] += 1
            after = trained[person] and month + 1 + shift >= trained[person]
            total[at] += 60 + lot.normal(0, 5) + (effect if after else 0)
    return one, columns._replace(n_seen=n, sum_seen=total, sq_seen=total * total)


def test_a_rise_of_what_is_rarely_seen_is_found_and_what_is_never_seen_stays_open():
    one, columns = rare_columns(8.0)
    plan = a_plan(one)
    told = {row["outcome"]: row for row in analysis.result(plan, columns)["seconds"]}
    assert told[SEEN]["low"] < 8.0 < told[SEEN]["high"]
    assert told[SEEN]["low"] > 5
    assert told[SEEN]["known"] == columns.n_seen.sum()
    assert (told[DOES]["est"], told[DOES]["p"], told[DOES]["known"]) == (None, None, 0)
    assert link_words.second(told[DOES]).endswith("diketahui 0 kali")
    assert link_words.span(told[DOES]) == "–"


def test_without_an_effect_the_interval_of_half_years_holds_nothing():
    one, columns = rare_columns(0.0)
    told = {row["outcome"]: row for row in analysis.result(a_plan(one), columns)["seconds"]}
    assert told[SEEN]["low"] < 0 < told[SEEN]["high"]
    assert study.overall(cube.outcome(columns, "does"), a_plan(one).design).people == 0


def test_a_plan_shows_the_outcomes_that_were_frozen_with_it():
    body = a_plan().body()
    assert Plan.of(body).seconds == body["seconds"] == ["L4-01", "L3-06", "L4-04", "L4-07"]
    earlier = body | {"seconds": ["L4-01", "L4-07"]}
    assert Plan.of(earlier).seconds == ["L4-01", "L4-07"]
    assert Plan.of(earlier).body() == earlier


def test_a_month_that_was_frozen_before_there_were_visits_still_agrees():
    columns = cube_columns(make(SMALL, 3), last=24_300)
    plan = Plan.of(a_plan(last=24_300, first=24_287).body() | {"seconds": ["L4-01", "L4-07"]})
    rows = cube.spelled(zip(*columns, strict=True)).splitlines()
    kept = [n for n, name in enumerate(cube.Columns._fields) if name in cube.EARLIER]
    text = "\n".join(",".join(row.split(",")[n] for n in kept) for row in rows) + "\n"
    assert text.splitlines()[0] == ",".join(cube.EARLIER)
    told = analysis.result(plan, cube.read(text))
    assert [one["outcome"] for one in told["seconds"]] == ["L4-01", "L4-07"]
    assert release.faults_of(release.pack(plan.body(), text, told)) == []
    with pytest.raises(ValueError, match="bukan kolom kubus"):
        cube.read(text.replace("kabupaten", "kota", 1))
