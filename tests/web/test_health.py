"""Liveness asks nothing; readiness asks the database, the migrations and the queue."""

from datetime import timedelta

from sqlalchemy.exc import OperationalError

from p2k2lms.core import clock, jobs, schema, sqlite
from p2k2lms.core.models import Job
from p2k2lms.core.unit_of_work import unit_of_work


def test_alive_without_a_question_to_the_database(browser, count_queries):
    with count_queries() as seen:
        assert browser.get("/sehat").status_code == 200
    assert seen == []


def test_ready_says_which_sqlite_is_in_use(browser):
    answer = browser.get("/siap")
    assert answer.status_code == 200
    assert answer.json["siap"] is True
    assert answer.json["database"] == f"SQLite {sqlite.version()}"
    assert answer.json["migration"] == answer.json["migration_head"] == schema.head()


def test_ready_on_both_databases(both):
    assert both.test_client().get("/siap").json["siap"] is True


def test_not_ready_while_a_migration_is_missing(browser, monkeypatch):
    monkeypatch.setattr(schema, "current", lambda: "0001_core")
    answer = browser.get("/siap")
    assert (answer.status_code, answer.json["alasan"]) == (503, "migration")


def test_not_ready_when_work_has_waited_too_long(browser):
    with unit_of_work("test.queue") as uow:
        uow.add(Job(name="test", payload={}, run_after=clock.now() - timedelta(hours=1)))
    answer = browser.get("/siap")
    assert (answer.status_code, answer.json["alasan"]) == (503, "queue")


def test_work_that_was_given_up_is_counted_and_keeps_nobody_out(browser):
    with unit_of_work("test.queue") as uow:
        long_ago = clock.now() - timedelta(hours=1)
        uow.add(Job(name="test", payload={}, run_after=long_ago, attempts=jobs.GIVE_UP_AFTER))
    answer = browser.get("/siap")
    assert (answer.status_code, answer.json["jobs_given_up"]) == (200, 1)


def test_not_ready_without_a_database(browser, monkeypatch):
    def gone():
        raise OperationalError("SELECT", {}, Exception("gone"))

    monkeypatch.setattr(schema, "current", gone)
    assert browser.get("/siap").status_code == 503


def test_search_engines_are_sent_away(browser):
    assert "Disallow: /" in browser.get("/robots.txt").text


def test_not_ready_when_the_disk_is_nearly_full(browser, app):
    told = browser.get("/siap").json["disk_free_mb"]
    app.config["LEAST_FREE_MB"] = told + 10_000_000
    try:
        answer = browser.get("/siap")
    finally:
        app.config["LEAST_FREE_MB"] = 500
    assert (answer.status_code, answer.json["alasan"]) == (503, "disk")
