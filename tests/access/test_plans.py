"""No page walks through a large table: every question that any page asks is explained by the database."""

import re

import pytest
from sqlalchemy import event

from p2k2lms.core import clock
from p2k2lms.core.db import db
from tests.access import table
from tests.access.world import NOON

LARGE = (
    *("core_submission", "core_audit", "delivery_step_done", "assessment_answer"),
    *("fieldwork_meeting", "fieldwork_meeting_group", "fieldwork_group_month", "fieldwork_leader_month"),
    *("indicators_indicator_month", "evaluation_answer_value"),
)


NEWEST_FIRST = re.compile(r"ORDER BY \w+\.(id|key) DESC\s+LIMIT")  # a walk along the key that stops by itself


def scans(statement: str, plan: list[str]) -> list[str]:
    """The large tables that this plan walks through; a list that is read newest first until it is full does not."""
    if NEWEST_FIRST.search(statement) and not any("TEMP B-TREE" in line for line in plan):
        return []
    also = {alias: name for name in LARGE for alias in re.findall(rf"\b{name} AS (\w+)", statement)}
    walked = {found.group(1) for line in plan if (found := re.match(r"SCAN (\w+)(?! .*VIRTUAL TABLE)", line))}
    return sorted({also.get(name, name) for name in walked} & set(LARGE))


def asked_by_pages(world) -> dict[str, tuple[object, str]]:
    """Each SELECT that the pages of every role send, with values for it and the page that asks first."""
    seen: dict[str, tuple[object, str]] = {}
    page = ""

    def note(connection, cursor, statement, values, *rest) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")) and any(name in statement for name in LARGE):
            seen.setdefault(statement, (values, page))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        for method, plain, rule in table.routes(world.app):
            if method == "GET":
                for role in ("pendamping", "widyaiswara", "supervisor", "koordinator", "admin"):
                    page = f"{plain} ({role})"
                    table.ask(world, method, rule, role, "own", {})
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return seen


def test_no_page_walks_through_a_large_table(world):
    with clock.stopped(NOON):
        asked = asked_by_pages(world)
    assert len(asked) > 20
    walked = {}
    with db.engine.connect() as connection:
        for statement, (values, page) in asked.items():
            plan = [row.detail for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
            if found := scans(statement, plan):
                walked[page] = (found, statement)
    assert walked == {}, walked


@pytest.mark.parametrize(
    ("statement", "plan", "found"),
    [
        ("SELECT 1 FROM core_audit", ["SCAN core_audit"], ["core_audit"]),
        ("SELECT 1 FROM core_audit AS a", ["SCAN a USING COVERING INDEX x"], ["core_audit"]),
        ("SELECT 1 FROM core_audit", ["SEARCH core_audit USING INDEX x (id>?)"], []),
        ("SELECT 1 FROM core_audit ORDER BY core_audit.id DESC\n LIMIT ?", ["SCAN core_audit"], []),
        ("SELECT 1 FROM core_audit ORDER BY core_audit.at DESC\n LIMIT ?", ["SCAN core_audit"], ["core_audit"]),
        ("SELECT 1 FROM core_job", ["SCAN core_job"], []),
    ],
)
def test_a_walk_is_noticed(statement, plan, found):
    assert scans(statement, plan) == found
