"""What the measure of pages at national scale holds for a miss, and how it reads the plans of both databases."""

import pytest

from bench import national
from bench.national import Page
from bench.plans import rows_read, scans, walked


@pytest.mark.parametrize(
    ("statement", "plan", "found"),
    [
        ("SELECT 1 FROM core_audit", ["SCAN core_audit"], ["core_audit"]),
        ("SELECT 1 FROM core_audit AS a", ["SCAN a USING COVERING INDEX x"], ["core_audit"]),
        ("SELECT 1 FROM core_audit", ["SEARCH core_audit USING INDEX x (id>?)"], []),
        ("SELECT 1 FROM core_audit ORDER BY core_audit.id DESC\n LIMIT ?", ["SCAN core_audit"], ["core_audit"]),
        ("SELECT 1 FROM core_audit ORDER BY core_audit.id DESC\n LIMIT ?", ["SCAN core_audit USING INDEX x"], []),
        ("SELECT 1 FROM core_audit ORDER BY core_audit.at DESC\n LIMIT ?", ["SCAN core_audit"], ["core_audit"]),
        ("SELECT 1 FROM core_job", ["SCAN core_job"], []),
    ],
)
def test_a_walk_is_noticed(statement, plan, found):
    assert scans(statement, plan) == found


def node(kind: str, rows: int, *below: dict, **more: object) -> dict:
    """A node of a plan, as PostgreSQL tells it."""
    return {"Node Type": kind, "Actual Rows": rows, "Actual Loops": 1, "Plans": list(below), **more}


def test_rows_are_those_taken_from_tables_and_indexes_not_those_handed_on():
    inner = node("Index Scan", 3, **{"Actual Loops": 40, "Rows Removed by Filter": 2})
    heap = node("Bitmap Heap Scan", 70, node("Bitmap Index Scan", 90), **{"Rows Removed by Index Recheck": 20})
    outer = node("Seq Scan", 100, **{"Relation Name": "fieldwork_meeting", "Rows Removed by Filter": 900})
    plan = node("Sort", 5, node("Nested Loop", 5, node("Hash Join", 9, outer, heap), inner))
    assert rows_read(plan) == 1_000 + 90 + 200
    assert list(walked(plan)) == ["fieldwork_meeting"]


@pytest.mark.parametrize(
    ("page", "misses"),
    [
        ({"small": 80, "national": 150}, []),
        ({"small": 80, "national": 151}, ["151 ms"]),
        ({"small": 10, "national": 21}, ["2.1 x"]),
        ({"small": 10, "national": 10, "queries": [{"rows": 10_000}]}, []),
        ({"small": 10, "national": 10, "queries": [{"rows": 3}, {"rows": 10_001}]}, ["10001 rows"]),
        ({"small": 10, "national": 10, "queries": [{"scans": ["core_audit"]}]}, ["walks core_audit"]),
        ({"fault": "/x: 404"}, ["/x: 404"]),
    ],
)
def test_a_page_misses_what_it_is_over(page, misses):
    assert Page("koordinator", "/lapangan", **page).misses() == misses


def test_every_line_of_the_list_says_who_and_which_page():
    pages = national.listed()
    assert len(pages) > 20
    assert len(set(pages)) == len(pages)
    assert all(address.startswith("/") for _who, address in pages)
