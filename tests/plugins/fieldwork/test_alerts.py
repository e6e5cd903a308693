"""Alerts of the field: who leads unprepared, who is prepared and does not, attendance that fell, odd reports."""

from datetime import timedelta

import pytest

from p2k2lms.core import clock, photos
from p2k2lms.core.db import db
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import COACHING, ENDED, PASSED, RUNNING, Spell
from p2k2lms.plugins.fieldwork import alerts
from p2k2lms.plugins.fieldwork.models import LeaderMonth
from p2k2lms.plugins.fieldwork.rules.attendance import below_own_limit
from p2k2lms.plugins.fieldwork.service import facts
from tests.factories.enrolment import KAPUAS, the_unit
from tests.factories.fieldwork import a_group, a_meeting, a_pendamping, sends
from tests.factories.identity import a_person, a_posting, as_actor
from tests.factories.photos import a_picture


def exposed(person: int, status: str, ended: int | None = None, kind: str = "kelas") -> None:
    """A class or a path that began 200 days ago, and ended so many days ago."""
    today = clock.today()
    over = None if ended is None else today - timedelta(days=ended)
    told = {"kind": kind, "object_ref": f"{kind}:1", "mode": "luring", "source": "uji"}
    enrolment.record_exposure(
        Spell(person_id=person, status=status, valid_from=today - timedelta(days=200), valid_to=over, **told)
    )


def leads(person: int, days_ago: int = 0) -> None:
    group = a_group(person)
    told = a_meeting([group.id], on_day=(clock.today() - timedelta(days=days_ago)).isoformat())
    assert sends(as_actor(person), "meeting", told).status == "accepted"


def held(rule) -> list[tuple[int | None, dict[str, object]]]:
    """Whom a rule finds tonight, with its figure."""
    facts.nightly()
    facts.rebuild()
    return [(one.person_id, dict(one.params)) for one in rule(clock.today())]


def test_who_leads_unprepared_is_named_until_a_path_or_a_class_begins(both):
    person, quiet = a_pendamping(), a_pendamping()
    leads(person)
    a_group(quiet)
    found = held(alerts.unprepared_leaders)
    assert found == [(person, {"n": 1})]
    assert next(alerts.unprepared_leaders(clock.today())).unit_path  # it is told to who leads the unit
    exposed(person, RUNNING, kind=COACHING)
    assert held(alerts.unprepared_leaders) == []


@pytest.mark.parametrize("way", [("kelas", PASSED), (COACHING, ENDED)])
def test_who_is_prepared_leads_without_an_alarm(app, way):
    person = a_pendamping()
    exposed(person, way[1], 40, way[0])
    leads(person)
    assert held(alerts.unprepared_leaders) == []


def test_who_is_prepared_for_thirty_days_and_has_not_led_is_named_until_the_first_meeting(both):
    person, fresh, stopped = a_pendamping(), a_pendamping(), a_pendamping()
    exposed(person, PASSED, 30)
    exposed(fresh, PASSED, 29)
    exposed(stopped, "berhenti", 60)
    assert held(alerts.idle_alumni) == [(person, {"days": 30})]
    leads(person)
    assert held(alerts.idle_alumni) == []


def test_a_meeting_led_before_the_class_does_not_count(app):
    person = a_pendamping()
    leads(person, days_ago=20)
    exposed(person, PASSED, 10)
    with clock.stopped(clock.now() + timedelta(days=25)):
        assert held(alerts.idle_alumni) == [(person, {"days": 35})]


def test_who_is_off_duty_is_not_named(app):
    the_unit(KAPUAS)
    person = a_person()
    a_posting(person, "pendamping", KAPUAS, valid_to=clock.today() - timedelta(days=1))
    exposed(person, PASSED, 90)
    assert held(alerts.idle_alumni) == []


@pytest.mark.parametrize(
    ("months", "low"),
    [
        ([(80 + n % 3, 100) for n in range(8)] + [(50, 100), (48, 100)], True),
        ([(80 + n % 3, 100) for n in range(8)] + [(80, 100), (48, 100)], False),
        ([(80 + n % 3, 100) for n in range(8)] + [(99, 100), (99, 100)], False),
        ([(80, 100)] * 4 + [(10, 100)] * 2, False),
        ([(0, 0)] * 12, False),
        ([(80, 100)] * 8 + [(50, 100), (50, 100)], True),
    ],
    ids=["fell", "fell once", "rose", "too few months", "nobody invited", "no variety before"],
)
def test_attendance_is_low_only_against_its_own_past(months, low):
    assert below_own_limit(months) is low


def test_who_falls_below_the_own_past_for_two_months_is_told_to_the_supervisor_first(both):
    fallen, steady = a_pendamping(), a_pendamping()
    last = (clock.today().replace(day=1) - timedelta(days=1)).replace(day=1)
    rows = []
    for back in range(10):
        month = last
        for _step in range(back):
            month = (month - timedelta(days=1)).replace(day=1)
        for person in (fallen, steady):
            came = 40 if person == fallen and back < 2 else 80 + back % 3
            rows.append((person, month, came))
    with unit_of_work("test.months"):
        for person, month, came in rows:
            db.session.add(_month(person, month, came))
    found = list(alerts.low_attendance(clock.today()))
    assert [(one.person_id, dict(one.params), one.unit_path) for one in found] == [(fallen, {"n": 40}, "")]


def _month(person, month, came):
    numbers = {column.key: 0 for column in LeaderMonth.__table__.columns}
    told = {"person_id": person, "month": month, "unit_id": the_unit(KAPUAS).id, "present": came, "invited": 100}
    return LeaderMonth(**numbers | told | {"on_duty_end": 1, "duty_days": 30, "as_of": clock.now()})


def test_a_report_with_more_present_than_members_is_looked_at_again(both):
    person = a_pendamping()
    group = a_group(person, members=5)
    told = a_meeting([group.id], on_day=clock.today().isoformat())
    assert sends(as_actor(person), "meeting", told).status == "accepted"
    found = [(one.person_id, dict(one.params)) for one in alerts.doubtful_reports(clock.today())]
    assert found == [(person, {"n": 1})]


@pytest.mark.parametrize(("days", "found"), [(31, 0), (32, 1), (-1, 1)], ids=["a month old", "later", "a day ahead"])
def test_a_report_that_came_late_or_is_of_tomorrow_is_looked_at_again(app, days, found):
    leads(a_pendamping(), days)
    assert [dict(one.params) for one in alerts.doubtful_reports(clock.today())] == [{"n": 1}] * found


def test_a_meeting_that_was_told_twice_is_looked_at_again(app):
    person = a_pendamping()
    actor, group = as_actor(person), a_group(person)
    for number in range(2):
        assert len(list(alerts.doubtful_reports(clock.today()))) == 0, number
        assert sends(actor, "meeting", a_meeting([group.id])).status == "accepted"
    assert [one.person_id for one in alerts.doubtful_reports(clock.today())] == [person]


def test_a_report_with_the_photo_of_somebody_else_is_looked_at_again_and_its_own_photo_is_not(both):
    people = [a_pendamping() for _ in range(3)]
    for person, width in zip(people, (400, 400, 300), strict=True):
        actor, group = as_actor(person), a_group(person)
        meeting = sends(actor, "meeting", a_meeting([group.id])).id
        photo = photos.receive(actor, a_picture(width))
        assert sends(actor, "photo", {"meeting": meeting, "photo": photo}).status == "accepted"
    found = [(one.person_id, dict(one.params)) for one in alerts.doubtful_reports(clock.today())]
    assert found == [(people[0], {"n": 1}), (people[1], {"n": 1})]


def test_a_report_that_is_odd_twice_over_is_one_report(both):
    people = [a_pendamping() for _ in range(2)]
    for person in people:
        actor, group = as_actor(person), a_group(person, members=5)
        meeting = sends(actor, "meeting", a_meeting([group.id], on_day=clock.today().isoformat())).id
        photo = photos.receive(actor, a_picture())
        assert sends(actor, "photo", {"meeting": meeting, "photo": photo}).status == "accepted"
    assert [dict(one.params) for one in alerts.doubtful_reports(clock.today())] == [{"n": 1}] * 2


def same_photo_of_two() -> list[tuple]:
    """Two people who each told of a meeting with the very same photo: actor, group and meeting."""
    found = []
    for _n in range(2):
        person = a_pendamping()
        actor, group = as_actor(person), a_group(person)
        meeting = sends(actor, "meeting", a_meeting([group.id])).id
        assert (
            sends(actor, "photo", {"meeting": meeting, "photo": photos.receive(actor, a_picture())}).status
            == "accepted"
        )
        found.append((actor, group, meeting))
    return found


def test_the_photo_of_a_cancelled_report_makes_no_other_report_odd(both):
    (one, _group, meeting), _other = same_photo_of_two()
    assert len(list(alerts.doubtful_reports(clock.today()))) == 2
    assert sends(one, "cancel", {"meeting": meeting, "reason": "Salah foto"}).status == "accepted"
    assert list(alerts.doubtful_reports(clock.today())) == []


def test_the_same_photo_follows_a_corrected_report_until_its_newest_version_is_cancelled(both):
    (one, group, meeting), _other = same_photo_of_two()
    again = sends(one, "correction", a_meeting([group.id], corrects=meeting))
    assert again.status == "accepted"
    assert [dict(found.params) for found in alerts.doubtful_reports(clock.today())] == [{"n": 1}] * 2
    assert sends(one, "cancel", {"meeting": again.id, "reason": "Salah foto"}).status == "accepted"
    assert list(alerts.doubtful_reports(clock.today())) == []


def test_a_report_is_said_to_be_a_duplicate_only_perhaps(app):
    assert "mungkin ganda" in str(next(rule.title for rule in alerts.ALERTS if rule.id == "A-07"))


@pytest.mark.parametrize(("days", "found"), [(45, []), (46, [46])])
def test_who_met_with_no_group_for_more_than_45_days_is_named(app, days, found):
    silent, partly = a_pendamping(), a_pendamping()
    leads(silent, days)
    leads(partly, days)
    leads(partly, 5)
    assert held(alerts.silent_people) == [(silent, {"days": n}) for n in found]


@pytest.mark.parametrize(("days", "found"), [(60, []), (61, [61])])
def test_a_group_that_missed_two_months_is_named_though_others_of_its_pendamping_met(app, days, found):
    person = a_pendamping()
    leads(person, days)
    leads(person, 5)
    told = held(alerts.silent_groups)
    assert [(who, one["days"]) for who, one in told] == [(person, n) for n in found]
    assert all(one["group"] for _who, one in told)


def test_a_group_of_more_than_60_and_more_than_400_families_are_too_many(app):
    large, busy = a_pendamping(), a_pendamping()
    a_group(large, members=61)
    for _n in range(7):
        a_group(busy, members=58)
    told = held(alerts.heavy_loads)
    assert [(who, one["n"], bool(one["what"])) for who, one in told] == [(busy, 406, False), (large, 61, True)]
