"""The page of a unit and month: who was trained, who is on a path, how its groups met, what its figures say."""

from datetime import date, timedelta

import pytest

from p2k2lms.core import clock
from p2k2lms.plugins.dashboards.rules import months_around
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import CLASS, PASSED, Spell
from p2k2lms.plugins.fieldwork.service import facts
from tests.conftest import WHO_ACTS
from tests.factories.coaching import a_walk
from tests.factories.enrolment import BANJAR, KAPUAS, the_unit
from tests.factories.fieldwork import a_group, a_meeting, a_pendamping, sends
from tests.factories.identity import as_actor, someone
from tests.factories.outcomes import figure

TRAINED, PATHS, MEETINGS, FIGURES = (
    "orang selesai dibekali",
    "orang di jalur bimbingan",
    "P2K2 bulan ini",
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


@pytest.fixture
def kapuas(app):
    """One who passed a class this month, one on a path, one group that met; and a figure."""
    walk = a_walk(unit=KAPUAS)
    passed, today = a_pendamping(name="Norhayati"), clock.today()
    spell = {"kind": CLASS, "mode": "luring", "object_ref": "angkatan:1", "status": PASSED, "source": "uji"}
    span = {"valid_from": today - timedelta(days=4), "valid_to": today}
    enrolment.record_exposure(Spell(person_id=passed, **spell, **span))
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
