"""What each role sees first, whom it may look up, and what rings in its bell."""

import re

import pytest

from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.identity.values import DEMO_ACCOUNTS as ROLES
from tests.conftest import WHO_ACTS, an_actor
from tests.factories.assessment import sit
from tests.factories.coaching import a_walk
from tests.factories.enrolment import BANJAR, a_member, an_angkatan
from tests.factories.identity import a_person, as_actor, someone, the_units


def test_a_visitor_learns_what_this_is_and_where_to_sign_in(browser):
    page = browser.get("/")
    assert page.status_code == 200
    assert 'href="/masuk"' in page.text


def test_the_home_page_greets_by_name(sign_in):
    assert "Orang 7" in sign_in(an_actor(7, "pendamping")).get("/").text


def test_the_home_page_says_when_nothing_waits(sign_in):
    assert "Tidak ada yang menunggu Anda" in sign_in(an_actor(7)).get("/").text


def test_a_notice_rings_until_it_is_read(sign_in):
    person = a_person()
    with unit_of_work("test.tell") as uow:
        uow.notify(person, "progress.lulus", "/sertifikat")
    browser = sign_in(an_actor(person, "pendamping"))
    assert " kabar baru<" in browser.get("/").text
    assert "Anda lulus" in browser.get("/kabar").text
    assert browser.post("/kabar/dibaca").status_code == 303
    assert " kabar baru<" not in browser.get("/").text


def test_one_person_never_sees_the_bell_of_another(sign_in):
    person, other = a_person(), a_person()
    with unit_of_work("test.tell") as uow:
        uow.notify(person, "progress.lulus", "/sertifikat")
    assert "Anda lulus" not in sign_in(an_actor(other, "pendamping")).get("/kabar").text


@pytest.mark.parametrize(
    ("roles", "status"),
    [
        *(((role,), 200) for role in ("supervisor", "koordinator", "widyaiswara", "admin")),
        *(((role,), 403) for role in ("pendamping", "evaluator", "dinsos")),
        ((), 403),
    ],
)
def test_the_list_of_people_is_for_those_who_care_for_people(sign_in, roles, status):
    assert sign_in(an_actor(9, *roles)).get("/orang").status_code == status


def test_ones_own_page_is_open_and_a_strangers_does_not_exist(sign_in):
    person, stranger = a_person(), a_person()
    browser = sign_in(an_actor(person, "pendamping"))
    assert browser.get(f"/orang/{person}").status_code == 200
    assert browser.get(f"/orang/{stranger}").status_code == 404


@pytest.mark.parametrize("path", ["/orang", "/orang/1", "/kabar"])
def test_a_visitor_is_led_to_the_sign_in_page(browser, path):
    reply = browser.get(path)
    assert reply.status_code == 302
    assert reply.location.startswith("/masuk")


@pytest.mark.parametrize("path", ["/kabar", "/orang"])
def test_each_page_costs_few_queries(sign_in, count_queries, path):
    browser = sign_in(an_actor(a_person(), "supervisor", "widyaiswara"))
    with count_queries() as seen:
        assert browser.get(path).status_code == 200
    assert len(seen) + WHO_ACTS <= 6, seen


@pytest.mark.parametrize("role", ["widyaiswara", "panitia"])
def test_the_list_of_who_runs_many_classes_costs_as_few_queries(app, sign_in, count_queries, role):
    the_units()
    person = someone(role, "R4")
    classes = [an_angkatan(trainer=person) for _ in range(25)]
    taught = [a_member(angkatan).person_id for angkatan in (*classes, *classes)]
    stranger = a_member(an_angkatan()).person_id
    browser = sign_in(as_actor(person))
    browser.get("/orang")
    with count_queries() as seen:
        page = browser.get("/orang").text
    assert len(seen) + WHO_ACTS <= 6, seen
    listed = [int(number) for number in re.findall(r'href="/orang/(\d+)"', page)]
    assert listed == sorted(taught)
    assert stranger not in listed
    more = a_member(classes[0]).person_id
    assert f'href="/orang/{more}"' not in browser.get("/orang").text
    assert f'href="/orang/{more}"' in browser.get(f"/orang?setelah={taught[-1]}").text


@pytest.mark.parametrize("role", ["supervisor", "koordinator"])
def test_people_in_care_and_each_page_of_one_of_them_cost_few_queries(app, sign_in, count_queries, role):
    """Seven plugins know something of a person, each of which asks at least once: three pages share it."""
    walk = a_walk()
    sit(walk.learner, a_member(an_angkatan(), walk.path.person_id).id, "pre", right=2)
    actor = walk.coach if role == "supervisor" else as_actor(someone(role, BANJAR))
    browser, url = sign_in(actor), f"/orang/{walk.path.person_id}"
    assert f'href="{url}"' in browser.get("/orang").text
    for address in ("/orang", url, f"{url}/bimbingan", f"{url}/hasil"):
        browser.get(address)  # a version is read once and kept ready
        with count_queries() as seen:
            page = browser.get(address)
        assert page.status_code == 200
        assert len(seen) + WHO_ACTS <= 6, seen
        assert address == "/orang" or f'href="{address}" aria-current="page"' in page.text
    assert re.search(r"Pre-test 2 dari \d", browser.get(url).text)


@pytest.mark.parametrize("part", ["", "/hasil"])
def test_a_page_about_a_person_of_whom_nothing_is_known_says_so(sign_in, part):
    person = a_person()
    assert "Belum ada catatan" in sign_in(an_actor(person, "pendamping")).get(f"/orang/{person}{part}").text


@pytest.mark.parametrize("part", ["", "/bimbingan", "/hasil"])
def test_no_page_of_a_stranger_is_there(sign_in, part):
    browser, stranger = sign_in(an_actor(a_person(), "pendamping")), a_person()
    assert browser.get(f"/orang/{stranger}{part}").status_code == 404


@pytest.mark.parametrize("role", ROLES)
def test_the_bar_holds_four_places_at_most_and_what_makes_room_stands_in_the_list(sign_in, role):
    browser = sign_in(an_actor(a_person(), role))
    bar = re.search(r'<nav class="tabs".*?</nav>', browser.get("/").text, re.S).group()
    listed = browser.get("/akun").text
    assert 3 <= bar.count("<a ") <= 4
    assert ('href="/belajar"' in bar) is not ('href="/orang"' in bar and 'href="/lapangan"' in bar)
    assert 'href="/belajar"' in bar + listed


def test_a_supervisor_sees_in_which_classes_somebody_learns(sign_in):
    walk = a_walk()
    url = f"/orang/{walk.path.person_id}"
    assert "Belum ada catatan" in sign_in(walk.coach).get(url).text
    angkatan = an_angkatan(name="Angkatan Kapuas 3")
    a_member(angkatan, walk.path.person_id)
    page = sign_in(walk.coach).get(url).text
    assert ("Angkatan Kapuas 3" in page, "Berjalan" in page, "Belum ada catatan" in page) == (True, True, False)
