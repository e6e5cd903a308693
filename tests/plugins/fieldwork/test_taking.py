"""What a phone takes along for the field: own groups, what each had, the sesi as they are taught, reports to mend."""

import json
from datetime import timedelta

import pytest

from p2k2lms.core import clock
from tests.conftest import WHO_ACTS
from tests.factories.enrolment import BANJAR, the_course
from tests.factories.fieldwork import a_group, a_meeting, a_pendamping, sends
from tests.factories.identity import as_actor, someone

PLAN = "/api/v1/paket/lapangan"
MOST_QUERIES = 6
SESI = "m1-s01"


@pytest.fixture
def holder(app):
    """A pendamping with a group of 24 families and a course to teach."""
    the_course()
    actor = as_actor(a_pendamping())
    return actor, a_group(actor.id, members=24, name="Melati", place="Balai desa")


def test_the_plan_holds_the_own_groups_and_nobody_elses(holder, sign_in):
    actor, group = holder
    a_group(a_pendamping(), name="Anggrek")
    plan = sign_in(actor).get(PLAN).json
    [told] = plan["groups"]
    assert (told["id"], told["name"], told["members"], told["report"], told["next"]) == (
        group.id,
        "Melati",
        24,
        "belum",
        SESI,
    )
    assert plan["modul"][0]["id"] == "berikut"
    assert [sesi["id"] for sesi in plan["modul"][0]["sesi"]] == [SESI]
    assert plan["person"] == actor.id


def test_a_sesi_is_one_file_with_its_cards_and_its_closing(holder, sign_in):
    page = sign_in(holder[0])
    [first, *_] = page.get(PLAN).json["modul"][0]["sesi"]
    answer = page.get(first["file"]["url"])
    assert answer.cache_control.immutable
    sheet = json.loads(answer.data)
    assert len(sheet["cards"]) == len(first["steps"]) == 3
    assert "Katakan" in sheet["cards"][0]
    assert 'id="tutup"' in sheet["closing"]
    assert page.get(first["file"]["url"].replace(SESI, "m1-s99")).status_code == 404
    assert page.get(f"{PLAN}/999/{SESI}-0123456789abcdef.json").status_code == 404


def test_what_was_told_lately_can_be_mended_from_the_plan_alone(holder, sign_in):
    actor, group = holder
    old = clock.today() - timedelta(days=90)
    assert sends(actor, "meeting", a_meeting([group.id], on_day=old.isoformat())).status == "accepted"
    assert sends(actor, "meeting", a_meeting([group.id], note="jalan licin")).status == "accepted"
    [told] = sign_in(actor).get(PLAN).json["told"]
    assert told["payload"]["note"] == "jalan licin"
    again = {**told["payload"], "women": [3], "corrects": told["id"]}
    assert sends(actor, "correction", again).status == "accepted"
    [newest] = sign_in(actor).get(PLAN).json["told"]
    assert newest["payload"]["women"] == [3]


def test_the_plan_costs_few_queries_for_any_number_of_groups(holder, sign_in, count_queries):
    actor, _ = holder
    for _ in range(3):
        sends(actor, "meeting", a_meeting([a_group(actor.id).id]))
    page = sign_in(actor)
    page.get(PLAN)
    with count_queries() as seen:
        assert page.get(PLAN).status_code == 200
    assert len(seen) <= MOST_QUERIES - WHO_ACTS


@pytest.mark.parametrize(
    ("role", "status"), [("pendamping", 200), ("supervisor", 200), ("widyaiswara", 403), ("dinsos", 403)]
)
def test_who_works_in_the_field_takes_the_book_along(holder, sign_in, role, status):
    assert sign_in(as_actor(someone(role, BANJAR))).get(PLAN).status_code == status


def test_a_stranger_is_told_to_sign_in(holder, browser):
    assert browser.get(PLAN).status_code == 401


def test_a_report_without_a_number_of_women_is_refused(holder):
    actor, group = holder
    answer = sends(actor, "meeting", a_meeting([group.id], women=[""]))
    assert answer.status == "rejected"
    assert "Tulis 0" in answer.faults[0].message
