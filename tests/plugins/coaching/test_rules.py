"""Decisions of coaching, by tables."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2k2lms.plugins.catalogue.values import BehaviourDef, RubricDef
from p2k2lms.plugins.coaching.rules import coverage, paths, sheets
from p2k2lms.plugins.coaching.values import Sheet
from tests.stats.reference import GOLDEN, table

DAY = date(2026, 11, 2)
LEVELS = ("nol", "satu", "dua", "tiga")
RUBRIC = RubricDef(
    behaviours=tuple(
        BehaviourDef(id=f"b{n:02}", title=f"Perilaku {n}", kind="mutu", adaptable=n == 3, levels=LEVELS)
        for n in (1, 2, 3)
    )
)


@pytest.mark.parametrize(
    ("scores", "adapted", "earned"),
    [("333", "", (9, 9)), ("000", "", (0, 9)), ("3-1", "", (4, 6)), ("---", "", (0, 0)), ("330", "waktu", (6, 6))],
)
def test_points_count_what_was_seen(scores, adapted, earned):
    assert sheets.points(RUBRIC, scores, adapted) == earned


@pytest.mark.parametrize(
    ("earned", "most", "percent"), [(0, 0, None), (6, 9, 67), (1, 2, 50), (9, 9, 100), (1, 200, 1)]
)
def test_a_share_is_a_whole_percent(earned, most, percent):
    assert sheets.share(earned, most) == percent


def test_a_sheet_keeps_its_signs_by_the_ids_of_the_behaviours_when_a_rubric_changes():
    first, second, third = RUBRIC.behaviours
    fourth = first.model_copy(update={"id": "b04"})
    sheet = a_sheet("123")
    for now, said in (((third, first, second), "312"), ((second, fourth, first), "2-1"), ((fourth,), "-")):
        assert sheets.restated(sheet, RUBRIC, RubricDef(behaviours=now)).scores == said
    assert sheets.restated(sheet, RUBRIC, RUBRIC) == sheet


def a_sheet(scores: str) -> Sheet:
    """A sheet with these signs and nothing else of interest."""
    words = dict.fromkeys(("evidence", "administrative", "educative", "supportive", "adapted", "subject_ref"), "")
    about = {"id": UUID(int=1), "person_id": 1, "observer_id": 2, "context": "latihan", "course": "kursus"}
    told = {"version_id": 1, "sesi": "m1-s01", "on_day": DAY, "steps": "", "scores": scores, "points": 0, "max": 9}
    return Sheet(**words, **about, **told, flags=(), received_at=datetime(2026, 11, 2, tzinfo=UTC))


@given(st.text(alphabet="0123-", min_size=3, max_size=3), st.sampled_from(["", "waktu"]))
def test_points_never_pass_their_most(scores, adapted):
    earned, most = sheets.points(RUBRIC, scores, adapted)
    assert 0 <= earned <= most <= RUBRIC.max_points


@pytest.mark.parametrize(
    ("days", "supervisor", "whose"),
    [(0, True, "supervisor"), (13, True, "supervisor"), (14, True, "koordinator"), (0, False, "koordinator")],
)
def test_whom_a_path_waits_for(days, supervisor, whose):
    found = paths.waiting(DAY - timedelta(days=days), supervisor, DAY)
    assert found == paths.Waiting(days, whose)
    assert paths.waiting(None, supervisor, DAY) is None


def test_the_wait_for_preparation_is_the_reference_of_the_engine():
    """Reference 12: who still waits is counted as waiting."""
    known = table("12_time_to_first.csv")
    places = zip(known["route"], known["ready_date"], known["first_p2k2"], known["left_service"], strict=True)
    told = [(str(route), *(date.fromisoformat(d) if d else None for d in days)) for route, *days in places]
    last = max(day for _, *days in told for day in days[:2] if day)
    end = last.replace(day=1) + timedelta(days=31)
    end = end.replace(day=1) - timedelta(days=1)
    for route in ("kelas", "coaching"):
        spells = []
        for _, ready, began, left in (line for line in told if line[0] == route):
            seen = min(left or end, end)
            reached = began is not None and began <= seen
            spells.append((((began if reached else seen) - ready).days, reached))
        assert coverage.median_wait(spells) == GOLDEN["time_to_first"][route]["median"]


def test_nobody_prepared_has_no_median():
    assert coverage.median_wait([(10, False), (20, False)]) is None


def test_a_wait_counts_each_person_and_who_still_waits():
    shares = [coverage.Share(1, "kelas", 10, True, 3), coverage.Share(2, "belum", 400, False, 2)]
    assert coverage.wait(shares) == coverage.Wait(5, 3, 10, 400)
    assert coverage.counts(shares) == {"kelas": 3, "jalur": 0, "di_kelas": 0, "berjalan": 0, "belum": 2}
    assert coverage.wait([]) is None
