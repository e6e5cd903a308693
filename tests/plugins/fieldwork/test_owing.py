"""Which groups owe a meeting in a month: home, the desk, the supervisor and the monthly report say the same."""

from datetime import UTC, date, datetime

import pytest

from p2k2lms.core import clock
from p2k2lms.plugins.fieldwork import service
from p2k2lms.plugins.fieldwork.service import facts
from tests.factories.enrolment import KAPUAS, the_course, the_unit
from tests.factories.fieldwork import a_group, a_meeting, a_pendamping, sends
from tests.factories.identity import as_actor, someone, supervised

NOVEMBER = datetime(2026, 11, 20, 4, tzinfo=UTC)
MET = "Keluarganya bertemu 3 November 2026, sebelum kelompok dibagi"
NEW = "Baru mulai, bulan ini belum wajib bertemu"


@pytest.fixture
def november(both):
    with clock.stopped(NOVEMBER):
        yield both


def divided(met_on: int | None, divided_on: int):
    """A pendamping with a group that met on this day of the month and was divided on that one, and the supervisor."""
    the_course()
    actor, guide = as_actor(a_pendamping()), as_actor(someone("supervisor", KAPUAS))
    supervised(guide.id, actor.id)
    large = a_group(actor.id, members=46)
    if met_on:
        sends(actor, "meeting", a_meeting([large.id], on_day=date(2026, 11, met_on).isoformat()))
    service.split(actor, large.id, service.Part("Bagian", 20, date(2026, 11, divided_on)))
    return actor, guide


@pytest.mark.parametrize(
    ("met_on", "divided_on", "reported", "owing"),
    [
        (3, 5, 1, 1),  # the families have met, in the whole group
        (3, 20, 1, 1),
        (None, 5, 0, 2),
        (12, 10, 1, 2),  # only those who stayed have met
        (None, 18, 0, 1),  # too few days are left
    ],
)
def test_a_group_that_was_divided_off_is_counted_alike_everywhere(november, met_on, divided_on, reported, owing):
    actor, guide = divided(met_on, divided_on)
    today = clock.today()
    home, desk, body = service.home(actor), service.desk(actor), service.monthly_page(actor, actor.id, today).body
    (person,) = service.board(guide, today).people
    assert (body.owing - body.silent, body.owing) == (reported, owing)
    assert (home.reported, home.groups, home.free) == (reported, owing, 2 - owing)
    assert (desk.reported, desk.owing) == (reported, owing)
    assert (person.reported, person.owing, person.whole) == (reported, owing, reported == owing)
    counted = summed()
    assert (counted.reported, counted.due) == (reported, owing)
    assert service.month_facts(today, [actor.id])[actor.id].groups_due == owing


def summed() -> service.UnitMonth:
    """The month of Kapuas, counted by the job."""
    facts.nightly()
    facts.rebuild()
    dinsos = as_actor(someone("dinsos", KAPUAS))
    return service.unit_month(dinsos, the_unit(KAPUAS).path, clock.today())


def test_a_group_that_met_and_owed_nothing_makes_no_unit_meet_more_than_it_owes(november):
    the_course()
    actor = as_actor(a_pendamping())
    old, new = a_group(actor.id), a_group(actor.id, valid_from=date(2026, 11, 18))
    for group in (old, new):
        sends(actor, "meeting", a_meeting([group.id], on_day="2026-11-19"))
    a_group(actor.id)
    assert (found := summed()) == service.UnitMonth(2, 1, 1, found.as_of)


@pytest.mark.parametrize(
    ("met_on", "divided_on", "said", "share"), [(3, 20, MET, "1 dari 1"), (None, 18, NEW, "0 dari 1")]
)
def test_the_pages_say_why_a_group_owes_no_meeting(app, sign_in, met_on, divided_on, said, share):
    with clock.stopped(NOVEMBER):
        actor, guide = divided(met_on, divided_on)
        browser = sign_in(actor)
        assert f"{share} kelompok sudah dilaporkan bulan ini" in browser.get("/").text
        assert f"{share} kelompok sudah dilaporkan bulan ini" in (desk := browser.get("/lapangan").text)
        plan = browser.get("/api/v1/paket/lapangan").json
        page, over = (sign_in(guide).get(f"/lapangan/{which}").text for which in ("bulan", "peta"))
    assert "belum wajib" in over
    assert "belum pernah" not in over.split("Bagian")[1].split("</tr>")[0]
    assert said in desk
    assert said in page
    assert f"{share} kelompok dilaporkan." in page
    assert sorted(group["report"] for group in plan["groups"])[0] == "bebas"


def test_who_holds_new_groups_alone_is_told_that_nothing_is_owed(app, sign_in):
    with clock.stopped(NOVEMBER):
        actor, guide = as_actor(a_pendamping()), as_actor(someone("supervisor", KAPUAS))
        supervised(guide.id, actor.id)
        a_group(actor.id, valid_from=date(2026, 11, 18))
        browser = sign_in(actor)
        pages = [browser.get("/").text, browser.get("/lapangan").text, sign_in(guide).get("/lapangan/bulan").text]
    assert ["Bulan ini belum ada kelompok yang wajib dilaporkan" in page for page in pages] == [True] * 3
