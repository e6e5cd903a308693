"""The page of a unit and month: who was trained, who is on a path, how its groups met, what its figures say."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import update

from p2k2lms.core import clock
from p2k2lms.core.db import db
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.coaching import service as coaching
from p2k2lms.plugins.coaching.models import CoachingPath
from p2k2lms.plugins.dashboards.rules import months_around
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import CLASS, PASSED, Spell
from p2k2lms.plugins.fieldwork.service import facts
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.identity.models import Posting
from tests.conftest import WHO_ACTS
from tests.factories.coaching import a_path_of, a_walk
from tests.factories.enrolment import BANJAR, KAPUAS, the_unit
from tests.factories.fieldwork import a_group, a_meeting, a_pendamping, sends
from tests.factories.identity import a_posting, as_actor, someone
from tests.factories.outcomes import figure

TRAINED, PATHS, MEETINGS, FIGURES = (
    "orang selesai dibekali",
    "orang di jalur bimbingan",
    "P2K2 di wilayah ini",
    "Angka wilayah",
)


def url_of(code, month=None):
    return f"/orang/wilayah/{code}?bulan={(month or clock.today()):%Y-%m}"


def test_the_month_is_the_last_whole_one_unless_said_and_none_lies_ahead():
    today = date(2026, 3, 5)
    for wanted, shown in (
        (None, (date(2026, 2, 1), date(2026, 1, 1), date(2026, 3, 1))),
        (date(2026, 3, 9), (date(2026, 3, 1), date(2026, 2, 1), None)),
        (date(2027, 1, 1), (date(2026, 3, 1), date(2026, 2, 1), None)),
        (date(2025, 12, 1), (date(2025, 12, 1), date(2025, 11, 1), date(2026, 1, 1))),
    ):
        assert months_around(wanted, today) == shown


def passes(person_id, ref="angkatan:1"):
    """A class that ended yesterday, passed."""
    today = clock.today()
    spell = {"kind": CLASS, "mode": "luring", "object_ref": ref, "status": PASSED, "source": "uji"}
    span = {"valid_from": today - timedelta(days=4), "valid_to": today}
    enrolment.record_exposure(Spell(person_id=person_id, **spell, **span))


@pytest.fixture
def kapuas(app):
    """One who passed a class this month, one on a path, one group that met; and a figure."""
    walk = a_walk(unit=KAPUAS)
    today = clock.today()
    passes(a_pendamping(name="Norhayati"))
    leader = as_actor(walk.learner.id)
    sends(leader, "meeting", a_meeting([a_group(leader.id).id]))
    a_group(leader.id)
    facts.nightly()
    facts.rebuild()
    figure(KAPUAS, "L3-01", 195, 240, 45, month=today.replace(day=1))
    return walk


@pytest.mark.parametrize("role", ["koordinator", "admin"])
def test_who_leads_the_unit_finds_people_meetings_and_figures_in_six_questions(kapuas, sign_in, count_queries, role):
    page, url = sign_in(as_actor(someone(role, KAPUAS))), url_of(KAPUAS)
    page.get(url)
    with count_queries() as asked:
        said = page.get(url).text
    assert len(asked) + WHO_ACTS <= 6, asked
    assert [part in said for part in (TRAINED, PATHS, MEETINGS, FIGURES)] == [True] * 4
    assert "Norhayati" in said
    assert f'href="/bimbingan/jalur/{kapuas.path.id}"' in said


def test_dinas_sosial_reads_sums_and_no_name(kapuas, sign_in, count_queries):
    page, url = sign_in(as_actor(someone("dinsos", KAPUAS))), url_of(KAPUAS)
    page.get(url)
    with count_queries() as asked:
        said = page.get(url).text
    assert len(asked) + WHO_ACTS <= 6, asked
    assert [part in said for part in (TRAINED, PATHS, MEETINGS, FIGURES)] == [False, False, True, True]
    assert "Norhayati" not in said


def test_people_and_groups_are_named_no_further_up_than_a_kabupaten(kapuas, sign_in):
    said = sign_in(as_actor(someone("koordinator", "R4"))).get(url_of("R4")).text
    assert [part in said for part in (TRAINED, PATHS, MEETINGS, FIGURES)] == [False, False, False, True]
    assert "Pilih wilayah di bawahnya" in said


def test_a_unit_of_others_does_not_exist_and_other_roles_have_no_such_page(app, sign_in):
    the_unit(KAPUAS)
    the_unit(BANJAR)
    assert sign_in(as_actor(someone("koordinator", BANJAR))).get(url_of(KAPUAS)).status_code == 404
    for role in ("pendamping", "supervisor", "widyaiswara", "evaluator"):
        page = sign_in(as_actor(someone(role, KAPUAS)))
        assert [page.get(url).status_code for url in (url_of(KAPUAS), "/orang/wilayah")] == [403, 403]


def test_the_way_to_it_stands_in_the_list_and_leads_to_the_own_unit(app, sign_in):
    the_unit(KAPUAS)
    page = sign_in(as_actor(someone("dinsos", KAPUAS)))
    assert 'href="/orang/wilayah"' in page.get("/akun").text
    assert page.get("/orang/wilayah").location == f"/orang/wilayah/{KAPUAS}"
    assert page.get(f"/orang/wilayah/{KAPUAS}?bulan=ya").status_code == 200


LAST = date(2026, 11, 10)
"""A day of a month that is over on the day on which the pages below are read."""


def moves(person_id):
    """Goes over to Banjar on the first of the next month."""
    (old,) = [p for p in identity.postings_of(person_id) if p.valid_to is None]
    with unit_of_work("test.moves"):
        db.session.get(Posting, old.id).valid_to = date(2026, 12, 1)
    a_posting(person_id, "pendamping", BANJAR, valid_from=date(2026, 12, 1))


def test_who_works_elsewhere_today_is_counted_and_not_named(both):
    the_unit(BANJAR)
    with clock.stopped(datetime.combine(LAST, time(4), UTC)):
        stays, goes = a_pendamping(name="Tetap"), a_pendamping(name="Pindah")
        coach = someone("supervisor", KAPUAS)
        for person in (stays, goes):
            passes(person)
            a_path_of(person, coach, name=f"Jalur {person}")
    moves(goes)
    with clock.stopped(datetime(2026, 12, 8, 4, tzinfo=UTC)):
        path = the_unit(KAPUAS).path
        trained, walking = enrolment.trained_in(path, LAST), coaching.walking_in(path, LAST)
    assert (trained.total, [one.name for one in trained.people]) == (2, ["Tetap"])
    assert (walking.total, [one.whose for one in walking.paths]) == (2, ["Tetap"])


def test_a_path_is_shown_to_the_home_unit_alone(both):
    the_unit(BANJAR)
    person = a_pendamping(name="Dua tempat")
    a_posting(person, "pendamping", BANJAR)
    a_path_of(person, someone("supervisor", KAPUAS))
    for code, named in ((KAPUAS, ["Dua tempat"]), (BANJAR, [])):
        found = coaching.walking_in(the_unit(code).path, clock.today())
        assert (found.total, [one.whose for one in found.paths]) == (1, named)


def test_people_are_counted_once_however_much_they_finished_or_walked(both):
    person, other = a_pendamping(name="Dua kali"), a_pendamping(name="Sekali")
    coach = someone("supervisor", KAPUAS)
    for ref in ("angkatan:1", "angkatan:2"):
        passes(person, ref)
    passes(other)
    for n, whose in enumerate((person, person, other)):
        a_path_of(whose, coach, name=f"Jalur {n}")
        with unit_of_work("test.over"):  # one path of a person runs at a time
            db.session.execute(update(CoachingPath).values(state="selesai", valid_to=clock.today() + timedelta(days=1)))
    path = the_unit(KAPUAS).path
    trained, walking = enrolment.trained_in(path, clock.today()), coaching.walking_in(path, clock.today())
    assert (trained.total, sorted(one.name for one in trained.people)) == (2, ["Dua kali", "Sekali"])
    assert (walking.total, sorted(one.whose for one in walking.paths)) == (2, ["Dua kali", "Sekali"])


def test_who_leads_two_units_finds_the_way_from_one_to_the_other(app, sign_in):
    the_unit(KAPUAS)
    person = someone("dinsos", KAPUAS)
    a_posting(person, "dinsos", BANJAR)
    page = sign_in(as_actor(person))
    for here, there in ((KAPUAS, BANJAR), (BANJAR, KAPUAS)):
        said = page.get(f"/orang/wilayah/{here}").text
        assert "Wilayah Anda yang lain" in said
        assert f'href="/orang/wilayah/{there}?' in said
    assert "Wilayah Anda yang lain" not in sign_in(as_actor(someone("dinsos", KAPUAS))).get(url_of(KAPUAS)).text
