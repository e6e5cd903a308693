"""Month facts: every cell of the reference log through the intake, and what changes is rebuilt, once and in order."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from p2k2lms.core import clock, jobs, marks
from p2k2lms.core.db import db
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import Spell
from p2k2lms.plugins.fieldwork import service
from p2k2lms.plugins.fieldwork.figures import INDICATORS
from p2k2lms.plugins.fieldwork.models import GroupMonth, LeaderMonth
from p2k2lms.plugins.fieldwork.rules import months
from p2k2lms.plugins.fieldwork.service import facts
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.identity.models import Unit
from p2k2lms.plugins.indicators import service as indicators
from tests.factories.enrolment import KAPUAS
from tests.factories.fieldlog import CODES, Log, golden, on, table
from tests.factories.fieldwork import a_desa, a_group, a_meeting, a_pendamping, changes, group_now, held, sends
from tests.factories.identity import as_actor, someone

MONTHS = (date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1))
SUMS = {
    "groups_due": "due",
    "groups_met": "met",
    "attend_num": "present",
    "attend_den": "invited",
    "kpm_end": "caseload_end",
    "grad_mandiri": "exits_own",
    "kpm_person_days": "person_days",
}


@pytest.fixture
def log(both):
    """The reference log, sent and rebuilt by the job."""
    sent = Log()
    sent.send()
    for night in ("2026-01-31", "2026-02-28", "2026-03-31"):
        with on(night):
            facts.nightly()
    with on("2026-04-15"):
        facts.rebuild()
    return sent


def groups(month, **wanted):
    db.session.rollback()
    rows = db.session.scalars(select(GroupMonth).filter_by(month=month, due=1, **wanted)).all()
    found = {name: sum(getattr(row, column) for row in rows) for name, column in SUMS.items()}
    return found | {"groups_no_meeting_45d": sum((row.silent_days or 0) > 45 for row in rows)}


def below(log, code):
    parents = {row["code"]: row["parent"] for row in table("org_unit")}
    return [log.units[desa] for desa in ("DES1", "DES2", "DES3") if code in (parents[desa], parents[parents[desa]])]


def leader(person, month):
    db.session.rollback()
    return db.session.get(LeaderMonth, (person, month))


def test_the_reference_log_gives_every_cell_again_and_again_and_the_tree_adds_up(log):
    must_give_every_cell(log)
    must_stay_the_same_and_add_up(log)


def must_give_every_cell(log):
    cells = 0
    for row in golden():
        month = date.fromisoformat(f"{row['month']}-01")
        wanted = {name: value for name, value in row.items() if name not in ("month", "unit", "key")}
        if row["unit"] == "pendamping":
            person = log.people[row["key"]]
            mine = leader(person, month)
            found = {name: getattr(mine, column) for name, column in SUMS.items()}
            found |= {"meetings_led": mine.led}
            found["groups_no_meeting_45d"] = groups(month, responsible_id=person)["groups_no_meeting_45d"]
        elif row["unit"] == "coverage":
            people = [leader(person, month) for person in log.people.values()]
            led = [one for one in people if one is not None and one.led]
            found = {
                "active_end": sum(one.on_duty_end for one in people if one is not None),
                "leaders": len(led),
                "leaders_unprepared_at_meeting": sum(one.unprepared > 0 for one in led),
                "reports_on_time_7d": sum(one.on_time for one in led),
                "reports": sum(one.led for one in led),
            }
            wanted = {name: wanted[name] for name in found}  # alumni and prepared are counted by enrolment
        else:
            parts = [groups(month, unit_id=unit) for unit in below(log, row["key"])]
            found = {name: sum(part[name] for part in parts) for name in parts[0]} | {"meetings_led": None}
        assert found == wanted, (row["month"], row["key"])
        cells += len(wanted)
    assert cells >= 144


def everything():
    db.session.rollback()
    rows = [*db.session.scalars(select(GroupMonth)), *db.session.scalars(select(LeaderMonth))]
    plain = [{c.name: getattr(row, c.name) for c in row.__table__.columns if c.name != "as_of"} for row in rows]
    return sorted(map(str, plain))


def must_stay_the_same_and_add_up(log):
    before = everything()
    with on("2026-04-15"):
        for first in MONTHS:
            facts.rebuild_month(months.month_of(first), log.units.values())
        assert everything() == before
        indicators.roll_up()
    wanted = service_figures(log)
    for one, figures in wanted.items():
        assert figures["KEC1"].plus(figures["KEC2"]) == figures["KAB1"], one
    assert wanted["L3-01"]["KEC1"][:2] == (3, 3)
    assert wanted["L4-01"]["KEC1"][:2] == (43, 54)
    assert wanted["R-03"]["KAB1"] == (1, 2, 2, 0)
    assert wanted["Q-02"]["KAB1"][:2] == (2, 3)
    assert wanted["L3-01"]["KAB1"] == (3, 5, 3, 2)


def service_figures(log):
    every = [one for level in indicators.by_level().values() for one in level if one.id in KNOWN]
    found = indicators.figures(list(log.units.values()), every, MONTHS[0])
    return {one.id: {name: found[log.units[name], one.id].counts for name in CODES} for one in every}


SECOND = timedelta(seconds=1)
INDICATOR = {one.id: one for one in INDICATORS}
KNOWN = ("L3-01", "L3-02", "L3-04", "L4-01", "R-03", "Q-01", "Q-02")


def now(actor, kind, payload):
    answer = sends(actor, kind, payload)
    assert answer.status == "accepted", answer.faults
    return answer


def test_a_meeting_a_correction_and_a_cancellation_each_show_after_the_job(both):
    actor = as_actor(a_pendamping())
    group, other = a_group(actor.id, members=20), a_group(actor.id, members=10)
    month = clock.today().replace(day=1)
    sent = now(actor, "meeting", a_meeting([group.id]))
    facts.rebuild()
    assert (leader(actor.id, month).led, leader(actor.id, month).present) == (1, 12)
    moved = now(actor, "correction", a_meeting([other.id], women=[7]) | {"corrects": sent.id})
    facts.rebuild()
    assert (groups(month, group_id=group.id)["groups_met"], groups(month, group_id=other.id)["attend_num"]) == (0, 7)
    now(actor, "cancel", {"meeting": moved.id, "reason": "Salah tulis"})
    facts.rebuild()
    assert (leader(actor.id, month).led, leader(actor.id, month).met, leader(actor.id, month).due) == (0, 0, 2)


def test_a_hand_over_moves_the_group_but_not_the_meeting(both):
    first, second = a_pendamping(), a_pendamping()
    officer = as_actor(someone("koordinator", KAPUAS))
    with on("2026-10-20"):
        group = a_group(first, members=20)
        now(as_actor(first), "meeting", a_meeting([group.id], on_day="2026-10-05"))
        service.hand_over(officer, group.id, second, date(2026, 10, 10))
        facts.rebuild()
    month = date(2026, 10, 1)
    assert (leader(first, month).led, leader(first, month).due) == (1, 0)
    assert (leader(second, month).led, leader(second, month).met) == (0, 1)


def test_a_late_meeting_ends_the_silence_of_the_months_after(both):
    actor = as_actor(a_pendamping())
    with on("2026-10-20"):
        group = a_group(actor.id, members=20)
        now(actor, "roster", changes(group.id, on_day="2026-08-02"))
        facts.rebuild()
        october = {"month": date(2026, 10, 1), "group_id": group.id}
        assert db.session.scalars(select(GroupMonth.silent_days).filter_by(**october)).one() == 657
        now(actor, "meeting", a_meeting([group.id], on_day="2026-08-20"))
        facts.rebuild()
        assert db.session.scalars(select(GroupMonth.silent_days).filter_by(**october)).one() == 61


def test_a_group_of_a_unit_that_was_split_counts_where_it_lies_then(both):
    actor = as_actor(a_pendamping())
    with on("2026-10-20"):
        group = a_group(actor.id, members=20)
        with unit_of_work("test.split") as uow:
            old = db.session.get(Unit, group.unit_id)
            old.valid_to = date(2026, 9, 1)
            same = {"parent_id": old.parent_id, "level": "desa", "zone": old.zone, "ancestors": old.ancestors}
            path = old.path.replace("9001", "9777")
            new = Unit(kemendagri_code="62.03.01.9777", name="Baru", path=path, valid_from=date(2026, 9, 1), **same)
            new.predecessor_id = old.id
            made = uow.add(new).id
        now(actor, "roster", changes(group.id, on_day="2026-08-02"))
        facts.rebuild()
    places = dict(db.session.execute(select(GroupMonth.month, GroupMonth.unit_id)).all())
    assert (places[date(2026, 8, 1)], places[date(2026, 9, 1)]) == (group.unit_id, made)


def test_every_night_a_new_month_comes_to_life(both):
    person = a_pendamping()
    group = a_group(person, members=20)
    idle = a_pendamping()
    held(a_group(None, members=9).id, idle, date(2026, 1, 1))
    with on("2026-12-01"):
        facts.nightly()
        facts.rebuild()
        assert groups(date(2026, 12, 1), group_id=group.id)["groups_due"] == 1
        assert leader(idle, date(2026, 12, 1)).caseload_end == 9
        assert leader(person, date(2026, 11, 1)) is not None
        assert group_now(group.id).members == 20


def test_a_month_and_a_unit_that_fail_keep_no_other_waiting_and_keep_their_marks(both, monkeypatch):
    desa = [a_desa(f"62.03.01.900{n}") for n in (1, 2)]
    people = [a_pendamping(unit.kemendagri_code) for unit in desa]
    for person in people:
        a_group(person, members=20)
    october, november = date(2026, 10, 1), date(2026, 11, 1)
    usual = facts._rebuild

    def breaks(uow, month, units, stands):
        if month.first == october and desa[0].id in units:
            raise RuntimeError("padam")
        usual(uow, month, units, stands)

    with on("2026-11-15"):
        monkeypatch.setattr(facts, "GROUPS_AT_ONCE", 1)
        monkeypatch.setattr(facts, "_rebuild", breaks)
        facts.rebuild()
        with unit_of_work("test.touch") as uow:
            for unit in desa:
                for month in (october, november):
                    uow.touch(unit.id, month, facts.RAW)
        with pytest.raises(ExceptionGroup, match="could not be rebuilt") as seen:
            facts.rebuild()
        assert len(seen.value.exceptions) == 1
        assert [leader(people[1], month) is not None for month in (october, november)] == [True, True]
        assert leader(people[0], november) is not None
        assert {mark.month for mark in marks.waiting([facts.RAW], 10).values()} == {october}


def test_the_jobs_follow_each_other(both):
    actor = as_actor(a_pendamping())
    group = a_group(actor.id, members=20)
    now(actor, "meeting", a_meeting([group.id]))
    for minutes in (2, 4):
        with clock.stopped(clock.now() + 60 * minutes * SECOND):
            jobs.run_due()
    month = clock.today().replace(day=1)
    found = indicators.series([group.unit_id], INDICATOR["L3-01"], month, 1)[group.unit_id]
    assert [(f.counts.numerator, f.counts.denominator) for f in found] == [(1, 1)]


def test_graduation_is_counted_and_nobody_is_given_a_target_for_it():
    for name in ("L4-06", "L4-07"):
        assert (INDICATOR[name].direction, INDICATOR[name].target) == ("none", None)
        assert "Bukan sasaran perorangan" in str(INDICATOR[name].missing)


def test_the_page_of_a_person_shows_the_months_in_the_field(app, sign_in):
    actor = as_actor(a_pendamping())
    browser = sign_in(actor)
    assert "Lapangan, 12 bulan" not in browser.get(f"/orang/{actor.id}/hasil").text
    group = a_group(actor.id, members=20)
    now(actor, "meeting", a_meeting([group.id]))
    facts.rebuild()
    page = browser.get(f"/orang/{actor.id}/hasil").text
    assert "1 dari 1 kelompok bertemu" in page
    assert "12 dari 20" in page
    assert "bukan untuk menilai orang" in page


def test_a_group_counts_in_the_arm_of_its_pendamping_and_the_arms_make_up_all(both):
    trained, untrained = a_pendamping(), a_pendamping()
    with on("2026-10-20"):
        done = {"kind": "kelas", "mode": "luring", "object_ref": "x", "status": "lulus"}
        enrolment.record_exposure(
            Spell(person_id=trained, valid_from=date(2026, 8, 1), valid_to=date(2026, 8, 9), **done)
        )
        for person, members in ((trained, 20), (trained, 15), (untrained, 18)):
            now(
                as_actor(person),
                "meeting",
                a_meeting([a_group(person, members=members).id], women=[10], on_day="2026-10-06"),
            )
        facts.rebuild()
        indicators.roll_up()
    unit = identity.unit_by_code(KAPUAS).id
    arms = indicators.by_stratum(unit, INDICATOR["L4-01"], date(2026, 10, 1))
    assert {arm: f.counts[:3] for arm, f in arms.items()} == {"kelas": (20, 35, 1), "belum": (10, 18, 1)}
    whole = indicators.figures([unit], [INDICATOR["L4-01"]], date(2026, 10, 1))[unit, "L4-01"]
    assert whole.counts[:3] == (30, 53, 2)
