"""No page walks through a large table: every question that any page asks is explained by the database."""

from sqlalchemy import event

from bench.plans import LARGE, scans
from p2k2lms.core import clock
from p2k2lms.core.db import db
from tests.access import table
from tests.access.world import NOON


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
