"""Coverage upward: groups that have had a sesi, counted each night for those above, without group or person."""

import uuid
from datetime import timedelta

import pytest

from p2k2lms.core import clock
from p2k2lms.plugins.fieldwork import service
from p2k2lms.plugins.fieldwork.service import covered
from p2k2lms.plugins.identity import service as identity
from tests.conftest import an_actor
from tests.factories.enrolment import BANJAR, KAPUAS, the_course, the_unit
from tests.factories.fieldwork import a_group, a_meeting, a_pendamping, sends
from tests.factories.identity import as_actor, someone

MOST_QUERIES = 6


def taught_groups() -> None:
    """Three groups: the sesi whole, the sesi in part, and one report that was taken back."""
    the_course()
    leader = as_actor(a_pendamping())
    whole, part, none = (a_group(leader.id).id for _ in range(3))
    today = clock.today().isoformat()
    for group, steps in ((whole, "yny"), (whole, "yyy"), (part, "yyn")):
        assert sends(leader, "meeting", a_meeting([group], on_day=today, steps=steps)).status == "accepted"
    wrong = str(uuid.uuid4())
    sends(leader, "meeting", a_meeting([none], on_day=today), id=wrong)
    assert sends(leader, "cancel", {"meeting": wrong, "reason": "salah kelompok"}).status == "accepted"


def told(coverage: service.UnitCoverage) -> dict[str, tuple[int, int]]:
    return {one.sesi.id: (one.had, one.whole) for _modul, lines in coverage.modul for one in lines if one.had}


def test_groups_are_counted_once_and_a_report_taken_back_not_at_all(both):
    taught_groups()
    dinsos = as_actor(someone("dinsos", KAPUAS))
    assert service.unit_coverage(dinsos).as_of is None
    for _night in range(2):
        service.count_coverage()
    found = service.unit_coverage(dinsos)
    assert (found.groups, found.as_of, told(found)) == (3, clock.today(), {"m1-s01": (2, 1)})
    far = service.unit_coverage(as_actor(someone("dinsos", the_unit(BANJAR).kemendagri_code)))
    assert (far.groups, told(far)) == (0, {})


def test_a_kabupaten_that_cannot_be_counted_keeps_no_other_waiting(both, monkeypatch):
    taught_groups()
    usual = covered.read.counted
    monkeypatch.setattr(
        covered, "kabupaten_paths", lambda _level: {"/ID/11/11.01/", identity.unit_by_code(KAPUAS).path}
    )

    def breaks(path, day):
        if path == "/ID/11/11.01/":
            raise RuntimeError("padam")
        return usual(path, day)

    monkeypatch.setattr(covered.read, "counted", breaks)
    with pytest.raises(ExceptionGroup, match="coverage could not be counted"):
        service.count_coverage()
    assert told(service.unit_coverage(as_actor(someone("dinsos", KAPUAS)))) == {"m1-s01": (2, 1)}


@pytest.mark.parametrize(("role", "status"), [("dinsos", 200), ("koordinator", 200), ("pendamping", 403)])
def test_the_page_says_counts_and_names_nobody(app, sign_in, count_queries, role, status):
    taught_groups()
    service.count_coverage()
    browser = sign_in(as_actor(someone(role, KAPUAS)))
    with count_queries() as seen:
        page = browser.get("/lapangan/cakupan")
    assert page.status_code == status
    assert len(seen) <= MOST_QUERIES
    if status == 200:
        assert "2 dari 3 kelompok, 1 dengan semua langkah" in page.text
        assert "Kelompok 1" not in page.text
    assert sign_in(an_actor()).get("/lapangan/cakupan").status_code == 403


EACH_GROUP = (["yyy"], ["yyp", "nny"], ["ynn", "nyn"], ["ynn", "nyn", "nnp"], ["nnn"], ["nnn", "pnn"], ["yyy", "nnn"])


def test_what_is_counted_of_a_place_is_what_the_map_shows_of_each_group(both):
    the_course()
    leader = as_actor(a_pendamping())
    for ticks in EACH_GROUP:
        group = a_group(leader.id).id
        for number, steps in enumerate(ticks):
            day = (clock.today() - timedelta(days=number)).isoformat()
            assert sends(leader, "meeting", a_meeting([group], on_day=day, steps=steps)).status == "accepted"
    service.count_coverage()
    cells = [line.cells["m1-s01"].state for line in service.coverage_map(leader).lines]
    assert sorted(cells) == sorted("ddhh" + "h" + "d" + "n")
    counted = told(service.unit_coverage(as_actor(someone("dinsos", KAPUAS))))
    assert counted == {"m1-s01": (len([c for c in cells if c in "dh"]), cells.count("d"))}
