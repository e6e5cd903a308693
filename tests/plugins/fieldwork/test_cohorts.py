"""Figures of cohorts: who leads soon after being prepared, who still does after half a year, which modul are done."""

from datetime import date

import pytest

from p2k2lms.core.db import db
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import Spell
from p2k2lms.plugins.fieldwork import service
from p2k2lms.plugins.fieldwork.figures import INDICATORS
from p2k2lms.plugins.fieldwork.rules import months
from p2k2lms.plugins.fieldwork.service import facts
from p2k2lms.plugins.identity import service as identity
from tests.factories.fieldlog import on
from tests.factories.fieldwork import a_group, a_meeting, a_pendamping, sends
from tests.factories.identity import as_actor

COUNT = {one.id: one.count for one in INDICATORS}
OCTOBER = date(2026, 10, 1)


def prepared(until: date) -> int:
    """Somebody whose class ended before this day."""
    person = a_pendamping()
    done = {"kind": "kelas", "mode": "luring", "object_ref": f"{person}", "status": "lulus"}
    enrolment.record_exposure(Spell(person_id=person, valid_from=date(2026, 1, 5), valid_to=until, **done))
    return person


def led(person: int, group: int, *days: str) -> None:
    for day in days:
        answer = sends(as_actor(person), "meeting", a_meeting([group], women=[10], on_day=day))
        assert answer.status == "accepted", answer.faults


def counted(key: str, month: date = OCTOBER) -> dict[str, tuple[int, ...]]:
    """What the SELECT of one figure says for the whole country, by stratum."""
    for one in (months.month_of(month), months.earlier(months.month_of(month))):
        facts.rebuild_month(one, identity.parents())
    db.session.rollback()
    found: dict[str, tuple[int, ...]] = {}
    for _unit, stratum, *sums in db.session.execute(COUNT[key](month, None)):
        before = found.get(stratum, (0,) * len(sums))
        found[stratum] = tuple(int(a) + int(b) for a, b in zip(before, sums, strict=True))
    return found


def test_who_leads_within_thirty_days_counts_and_who_begins_later_or_is_not_due_does_not(both):
    with on("2026-10-31"):
        soon, on_the_last, later, never = (prepared(date(2026, 9, 10)) for _ in range(4))
        just_now, before = prepared(date(2026, 10, 20)), prepared(date(2026, 9, 10))
        led(soon, a_group(soon).id, "2026-09-20")
        led(on_the_last, a_group(on_the_last).id, "2026-10-10")
        led(later, a_group(later).id, "2026-10-11")
        led(before, a_group(before).id, "2026-09-09")
        for person in (never, just_now):
            a_group(person)
        led(just_now, a_group(just_now).id, "2026-10-21")
        assert counted("L3-12") == {"kelas": (2, 5, 5, 0)}


def test_who_still_meets_four_of_five_groups_after_half_a_year_counts(both):
    with on("2026-10-31"):
        lasting, fading, without, newer = (prepared(day) for day in [date(2026, 4, 15)] * 3 + [date(2026, 5, 2)])
        led(lasting, a_group(lasting).id, "2026-08-05", "2026-09-05", "2026-10-05")
        led(fading, a_group(fading).id, "2026-08-05", "2026-10-05")
        led(newer, a_group(newer).id, "2026-08-05", "2026-09-05", "2026-10-05")
        facts.rebuild_month(months.month_of(date(2026, 8, 1)), identity.parents())
        assert without
        assert counted("L3-13") == {"": (1, 2, 2, 1)}


@pytest.mark.parametrize(
    ("ticks", "done"),
    [
        (["yyy"], 1),
        (["yyp"], 0),
        (["yyp", "yyy", "yyy"], 1),
        (["yyp", "nny"], 1),
        (["ynn", "nyn"], 0),
        ([], 0),
    ],
)
def test_a_modul_is_done_when_each_of_its_sesi_was_given_whole_at_one_meeting_or_several(both, ticks, done):
    with on("2026-10-31"):
        leader = a_pendamping()
        group = a_group(leader)
        for number, steps in enumerate(ticks):
            told = a_meeting([group.id], on_day=f"2026-09-0{number + 1}", steps=steps)
            assert sends(as_actor(leader), "meeting", told).status == "accepted"
        young = a_group(a_pendamping(), valid_from=date(2026, 6, 1))
        assert young.valid_from
        ((reached, of, people, missing),) = counted("L3-08").values()
        assert (reached, people, missing) == (done, 1, 0)
        assert of >= 1


def test_a_modul_done_before_a_group_was_divided_is_done_for_both(both):
    with on("2026-03-31"):
        leader = a_pendamping()
        group = a_group(leader, members=40)
        assert sends(as_actor(leader), "meeting", a_meeting([group.id], on_day="2026-03-05")).status == "accepted"
        service.split(as_actor(leader), group.id, service.Part("Bagian", 20, date(2026, 3, 20)))
    with on("2026-10-31"):
        ((reached, of, _people, _missing),) = counted("L3-08").values()
        assert (reached, of) == (2, 2 * len(service.take_book(as_actor(leader)).course.modul))
