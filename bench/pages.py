"""Opens pages on one database, the one of the environment, for bench/national.py: `python -m bench.pages`.

One line in, `{"who", "address", "times", "explain"}`; one line out: the milliseconds by the clock and of the processor
(its own and the database's), and what the database said of each question that the page asked. A process of its own
for each database, so that two can take turns.
"""

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

from flask.testing import FlaskClient
from sqlalchemy import event, text

from app import app
from bench import plans
from bench.client import forms
from bench.servers import cpu_seconds
from p2k2lms.core.access import Posting
from p2k2lms.core.db import db
from p2k2lms.plugins.identity.values import DEMO_PASSWORD
from p2k2lms.web.login import SignedIn, manager

BACKENDS: list[int] = []
OF = "(SELECT id FROM identity_person WHERE pkh_id = '{}')"
PENDAMPING = OF.format("pendamping")
PLACES = {
    "pendamping": f"SELECT {PENDAMPING}",
    "group": f"SELECT min(group_id) FROM fieldwork_custody WHERE pendamping_id = {PENDAMPING}",
    "meeting": f"SELECT id FROM fieldwork_meeting WHERE leader_id = {PENDAMPING} ORDER BY on_day DESC LIMIT 1",
    "sesi": f"SELECT sesi FROM fieldwork_meeting WHERE leader_id = {PENDAMPING} ORDER BY on_day DESC LIMIT 1",
    "month": f"SELECT max(month) FROM fieldwork_monthly_report WHERE pendamping_id = {PENDAMPING}",
}


class Browser:
    """A person of the demo, signed in by the form; `word@code` works in that unit instead of their own."""

    def __init__(self, who: str) -> None:
        word, _, code = who.partition("@")
        self.there = unit_of(code) if code else None
        self.client: FlaskClient = app.test_client()
        form = forms(self.client.get("/masuk").text)[0]
        self.client.post("/masuk", data=form.fields | {"username": word, "password": DEMO_PASSWORD})

    def get(self, address: str) -> tuple[float, float]:
        """Open a page; the milliseconds that it took, by the clock and of the processor."""
        with elsewhere(self.there):
            began, worked = time.perf_counter(), processor()
            answer = self.client.get(address)
            answer.get_data()
            took = 1000 * (time.perf_counter() - began), 1000 * (processor() - worked)
        if answer.status_code != 200:
            raise RuntimeError(f"{address}: {answer.status_code}")
        return took


def unit_of(code: str) -> tuple[int, str]:
    """Id and path of a unit; a small database that has not got the province takes its first one instead."""
    with app.app_context():
        wanted = text(
            "SELECT id, path FROM identity_unit WHERE kemendagri_code = :code OR kemendagri_code BETWEEN '11' AND '94'"
            " AND length(kemendagri_code) = 2 ORDER BY kemendagri_code = :code DESC, kemendagri_code LIMIT 1"
        )
        unit_id, path = db.session.execute(wanted, {"code": code}).one()
    return unit_id, path


@contextmanager
def elsewhere(there: tuple[int, str] | None) -> Iterator[None]:
    """Whoever is signed in holds their role in this unit."""
    loader = manager._user_callback

    def moved(token: str) -> SignedIn | None:
        known: SignedIn | None = loader(token)
        if known is None or there is None:
            return known
        postings = tuple(Posting(held.role, *there) for held in known.actor.postings)
        return replace(known, actor=replace(known.actor, postings=postings))

    manager.user_loader(moved)
    try:
        yield
    finally:
        manager.user_loader(loader)


def processor() -> float:
    """Seconds of the processor so far: of this process, and of those of the database that work for it."""
    return time.process_time() + sum(cpu_seconds(pid) for pid in BACKENDS if Path(f"/proc/{pid}").exists())


def note_backend(connection: Any, record: Any) -> None:
    """A new connection: which process of the database serves it (an embedded one has none)."""
    if (info := getattr(connection, "info", None)) is not None:
        BACKENDS.append(info.backend_pid)


class Notes:
    """What a page asks of the database."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Any]] = []

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Note every SELECT that is sent meanwhile."""

        def note(connection: Any, cursor: Any, statement: str, values: Any, *rest: Any) -> None:
            if statement.lstrip().upper().startswith(("SELECT", "WITH")):
                self.asked.append((statement, values))

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            yield
        finally:
            event.remove(db.engine, "before_cursor_execute", note)


def explained(statement: str, values: Any) -> dict[str, Any]:
    """How many rows one question read (PostgreSQL), and which large tables it walks through (SQLite)."""
    with db.engine.connect() as connection:
        if db.engine.dialect.name == "sqlite":
            told = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
            found = plans.scans(statement, [row.detail for row in told])
            return {"scans": found, "sql": statement if found else statement[:200]}
        top = connection.exec_driver_sql(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", values).scalar_one()[0]
        took, rows = round(top["Execution Time"], 1), plans.rows_read(top["Plan"])
        walked = sorted(set(plans.walked(top["Plan"])) & set(plans.LARGE))
        return {"rows": rows, "ms": took, "walks": walked, "sql": statement if rows > 10_000 else statement[:200]}


def places() -> dict[str, str]:
    """What stands for the names in the addresses."""
    with app.app_context():
        found = {name: db.session.scalar(text(wanted)) for name, wanted in PLACES.items()}
    found["meeting"] = UUID(str(found["meeting"]))
    return {name: str(value)[:7] if name == "month" else str(value) for name, value in found.items()}


def measure(browser: Browser, address: str, rounds: int, explain: bool) -> dict[str, Any]:
    """The times of one page in milliseconds, and its questions if that is wanted."""
    times = [browser.get(address) for _ in range(rounds)]
    told: dict[str, Any] = {"ms": [clock for clock, _cpu in times], "cpu": [cpu for _clock, cpu in times]}
    if explain:
        notes = Notes()
        with app.app_context():
            with notes.taken():
                browser.get(address)
            told["queries"] = [explained(*one) for one in notes.asked]
    return told


def main() -> int:
    """Answer each line of stdin with a line."""
    with app.app_context():
        event.listen(db.engine, "connect", note_backend)
    known, browsers = places(), dict[str, Browser]()
    for line in sys.stdin:
        wanted = json.loads(line)
        who, address = wanted["who"], wanted["address"].format(**known)
        try:
            browser = browsers.get(who) or browsers.setdefault(who, Browser(who))
            told = measure(browser, address, wanted["times"], wanted["explain"])
        except RuntimeError as fault:
            told = {"fault": str(fault)}
        print(json.dumps(told), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
