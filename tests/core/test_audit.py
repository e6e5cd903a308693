"""The audit: readable by who is above the one who acted, without a gap, without personal text."""

from datetime import UTC, date, datetime
from itertools import product

import pytest
from sqlalchemy import text

from p2k2lms.core import audit, clock
from p2k2lms.core.access import ANYONE, Actor, Posting, anything, permission, require
from p2k2lms.core.db import db, writing
from p2k2lms.core.models import SettingValue
from p2k2lms.core.unit_of_work import unit_of_work
from tests.conftest import an_actor

BANJAR, KOTABARU = "/ID/R4/63/63.03/", "/ID/R4/63/63.02/"


def act(actor, subject="x:1", use_case="test.act"):
    with unit_of_work(use_case, actor, subject) as uow:
        uow.add(SettingValue(unit_id=actor.id, key=subject, value="b"))


def test_lines_are_seen_from_the_unit_and_above_newest_first(both):
    act(an_actor(1, "admin", path=BANJAR), "x:1")
    act(an_actor(2, "admin", path=KOTABARU), "x:2")
    act(an_actor(3, "admin", path=BANJAR), "x:3")
    assert [line.subject for line in audit.lines([BANJAR])] == ["x:3", "x:1"]
    assert [line.actor_id for line in audit.lines(["/ID/R4/"])] == [3, 2, 1]
    assert audit.lines([]) == []


def test_a_path_with_a_wildcard_sees_no_more_than_its_letters_say(both):
    act(an_actor(1, "admin", path=BANJAR))
    assert audit.lines(["/ID/R4/__/"]) == audit.lines(["%"]) == []


def test_lines_are_bounded(both):
    for n in range(4):
        act(an_actor(1, "admin", path=BANJAR), f"x:{n}")
    assert len(audit.lines(["/ID/"], limit=3)) == 3


def found(**wanted):
    return [line.subject for line in audit.lines([BANJAR], wanted=audit.Wanted(**wanted))]


def test_acts_of_officers_stand_apart_from_what_comes_from_the_field_and_the_tests(both):
    act(an_actor(1, "admin", path=BANJAR), "x:1")
    act(an_actor(2, "pendamping", path=BANJAR), "x:2")
    act(an_actor(3, "supervisor", path=BANJAR), "x:3", "intake.test.send")
    act(an_actor(4, "admin", "pendamping", path=BANJAR), "x:4")
    assert found(officers=True) == ["x:4", "x:1"]
    assert found(officers=False) == ["x:3", "x:2"]
    assert found() == ["x:4", "x:3", "x:2", "x:1"]


def test_lines_are_found_by_the_part_of_the_platform_and_by_who_acted(both):
    act(an_actor(1, "admin", path=BANJAR), "x:1")
    act(an_actor(2, "admin", path=BANJAR), "x:2", "intake.test.send")
    act(an_actor(2, "admin", path=BANJAR), "x:3", "tester.act")
    assert found(area="test") == ["x:2", "x:1"]
    assert found(actor_ids=[2]) == ["x:3", "x:2"]
    assert found(actor_ids=[]) == found(area="te%") == []


def test_days_are_those_of_the_clock_that_is_named_and_both_ends_count(both):
    for n, at in enumerate(((19, 16), (20, 3), (20, 16), (21, 15))):  # 20 November 00.00 to 21 November 23.00 there
        with clock.stopped(datetime(2026, 11, *at, tzinfo=UTC)):
            act(an_actor(1, "admin", path=BANJAR), f"x:{n}")
    first, second = date(2026, 11, 20), date(2026, 11, 21)
    assert found(since=first, until=first) == ["x:1", "x:0"]
    assert found(since=second) == ["x:3", "x:2"]
    assert found(until=first, zone="Asia/Jakarta") == ["x:2", "x:1", "x:0"]


@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        ({"officers": True}, "ix_core_audit_officers"),
        ({"actor_ids": [1]}, "ix_core_audit_actor_id"),
        ({"since": date(2026, 11, 20), "until": date(2026, 11, 20)}, "ix_core_audit_at"),
    ],
)
def test_no_filter_walks_through_the_whole_audit(app, count_queries, wanted, index):
    with count_queries() as seen:
        found(**wanted)
    plan = [row[3] for row in db.session.execute(text("EXPLAIN QUERY PLAN " + seen[-1].replace("?", "1")))]
    assert any(index in step for step in plan), plan


def test_a_line_names_the_posting_in_which_one_acts(both):
    actor = Actor(1, "Dua Peran", (Posting("pendamping", 3, KOTABARU), Posting("admin", 2, BANJAR)))
    manage = permission(
        "test.manage", ("koordinator", anything), ("admin", lambda who, path: path in who.paths("admin"))
    )
    with unit_of_work("test.act", actor, "x:1") as uow:
        require(actor, manage)
        require(actor, manage, BANJAR)
        uow.add(SettingValue(unit_id=1, key="x", value="b"))
    (line,) = audit.lines([BANJAR])
    assert (line.role, line.subject) == ("admin", "x:1")
    assert audit.lines([KOTABARU]) == []


def test_what_anybody_may_do_is_told_of_all_roles_and_so_is_the_work_of_another_person(both):
    other = Actor(2, "Lain", (Posting("admin", 2, BANJAR), Posting("pendamping", 3, KOTABARU)))
    mine = Actor(1, "Dua Peran", (Posting("pendamping", 3, KOTABARU), Posting("admin", 2, BANJAR)))
    require(other, permission("test.manage", ("admin", anything)))
    act(mine)
    require(mine, permission("test.own", (ANYONE, anything)))
    act(mine, "x:2")
    assert [line.role for line in audit.lines([KOTABARU])] == ["admin pendamping"] * 2


@pytest.mark.parametrize("change", ["use_case = 'forged'", "actor_id = 99", "previous = 'x'"])
def test_a_row_that_was_changed_behind_the_trigger_is_found(both, change):
    for n in range(3):
        act(an_actor(1, "admin", path=BANJAR), f"x:{n}")
    assert audit.broken_links() == []
    db.session.remove()
    forge(f"UPDATE core_audit SET {change} WHERE subject = 'x:1'")
    assert audit.broken_links() != []


def forge(statement: str) -> None:
    """What somebody with the database's own password could do."""
    pen = writing.set(True)
    with db.engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            find = "SELECT sql FROM sqlite_master WHERE name = 'core_audit_no_update'"
            trigger = connection.exec_driver_sql(find).scalar_one()
            steps = ["DROP TRIGGER core_audit_no_update", statement, trigger]
        else:
            switch = "ALTER TABLE core_audit {} TRIGGER USER"
            steps = [switch.format("DISABLE"), statement, switch.format("ENABLE")]
        for step in steps:
            connection.exec_driver_sql(step)
    writing.reset(pen)


def test_a_list_of_all_looks_at_the_newest_alone_and_goes_on_below(both, monkeypatch):
    monkeypatch.setattr(audit, "LOOKED_AT", 3)
    for n in range(5):
        act(an_actor(1, "pendamping", path=BANJAR if n < 2 else KOTABARU), f"x:{n}")
    everything, officers = audit.Wanted(), audit.Wanted(officers=True)
    newest = audit.portion(None, everything)
    assert looked_at(newest, BANJAR) == []
    assert looked_at(newest, KOTABARU) == ["x:4", "x:3", "x:2"]
    assert newest.more
    older = audit.portion(newest.lowest, everything)
    assert looked_at(older, BANJAR) == ["x:1", "x:0"]
    assert not older.more
    for own_index in (officers, audit.Wanted(actor_ids=[1])):
        assert audit.portion(None, own_index) == audit.Portion(None, 0, False)


def test_days_that_are_asked_for_begin_and_end_what_is_looked_at(both, monkeypatch):
    monkeypatch.setattr(audit, "LOOKED_AT", 2)
    for day, name in product((1, 2, 3), "ab"):
        with clock.stopped(datetime(2026, 11, day, 5, tzinfo=UTC)):
            act(an_actor(1, "pendamping", path=BANJAR), f"x:{day}{name}")
    ids = {line.id: line.subject for line in audit.lines([BANJAR])}
    second = audit.portion(None, audit.Wanted(since=date(2026, 11, 2), until=date(2026, 11, 2)))
    assert looked_at(second, BANJAR) == ["x:2b", "x:2a"]
    assert not second.more
    assert ids[second.lowest] == "x:2a"
    until = audit.portion(None, audit.Wanted(until=date(2026, 11, 2)))
    assert (looked_at(until, BANJAR), until.more) == (["x:2b", "x:2a"], True)
    later = audit.portion(None, audit.Wanted(since=date(2026, 12, 1)))
    assert (looked_at(later, BANJAR), later.more) == ([], False)


def looked_at(part: audit.Portion, path: str) -> list[str]:
    return [line.subject for line in audit.lines([path], part.before, lowest=part.lowest)]
