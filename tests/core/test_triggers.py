"""The database itself refuses spans that share a day, also from two transactions at once."""

import threading

import pytest
from sqlalchemy.exc import DBAPIError

from p2k2lms.core import triggers
from p2k2lms.core.db import db, writing
from tests import databases

MAKE = "CREATE TABLE trial_span (id INTEGER PRIMARY KEY, who INTEGER, valid_from DATE, valid_to DATE)"


def run(*statements: str) -> None:
    pen = writing.set(True)
    try:
        with db.engine.begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)
    finally:
        writing.reset(pen)


def test_every_table_that_only_grows_refuses_to_be_emptied_at_one_stroke(postgres_app):
    with databases.clean(postgres_app):
        asked = "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%%_append_only'"
        with db.engine.connect() as connection:
            tables = sorted(connection.exec_driver_sql(asked).scalars())
        assert {"core_audit", "assessment_score", "fieldwork_roster_change"} < set(tables)
        for table in tables:
            with pytest.raises(DBAPIError, match=f"{table} is append-only"):
                run(f"TRUNCATE {table} CASCADE")


def put(row_id: int, who: int, start: str, end: str | None) -> None:
    last = f"'{end}'" if end else "NULL"
    run(f"INSERT INTO trial_span VALUES ({row_id}, {who}, '{start}', {last})")


@pytest.fixture
def spans(both):
    run(MAKE, *triggers.no_overlap("trial_span", ["who"], db.engine.dialect.name))
    put(1, 1, "2026-01-01", "2026-03-01")
    yield both
    run("DROP TABLE trial_span")
    if db.engine.dialect.name == "postgresql":
        run("DROP FUNCTION trial_span_no_overlap")


@pytest.mark.parametrize(
    ("start", "end"),
    [("2026-02-28", "2026-04-01"), ("2025-01-01", "2026-01-02"), ("2025-01-01", None), ("2026-01-10", "2026-01-20")],
)
def test_a_span_that_shares_a_day_is_refused(spans, start, end):
    with pytest.raises(DBAPIError, match="no_overlap"):
        put(2, 1, start, end)


@pytest.mark.parametrize(
    ("who", "start", "end"), [(1, "2026-03-01", None), (1, "2025-01-01", "2026-01-01"), (2, "2026-01-01", "2026-03-01")]
)
def test_the_day_after_the_last_is_free_and_so_is_another_key(spans, who, start, end):
    put(2, who, start, end)
    with db.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM trial_span").scalar() == 2


def test_a_span_cannot_be_lengthened_into_another(spans):
    put(2, 1, "2026-03-01", None)
    with pytest.raises(DBAPIError, match="no_overlap"):
        run("UPDATE trial_span SET valid_to = '2026-03-02' WHERE id = 1")
    run("UPDATE trial_span SET valid_to = '2026-02-01' WHERE id = 1")


def test_of_two_transactions_at_once_only_one_keeps_its_span(spans):
    gate, kept, refused = threading.Barrier(2), [], []

    def race(row_id):
        with spans.app_context():
            gate.wait()
            try:
                put(row_id, 5, "2026-05-01", None)
                kept.append(row_id)
            except DBAPIError:
                refused.append(row_id)

    threads = [threading.Thread(target=race, args=(n,)) for n in (10, 11)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert (len(kept), len(refused)) == (1, 1)
