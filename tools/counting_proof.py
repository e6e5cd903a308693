"""How long counting takes at this scale: `python tools/counting_proof.py` on a demo, writes docs/proofs/counting.json.

Run it on a demo of national scale (`flask --app app demo load --scale national`), named by P2K2_INSTANCE or
P2K2_DATABASE_URL; better on a copy, for it writes. It counts the newest months again, whole and for one
kabupaten alone, builds the cube of the widest plan, and opens the pages of figures.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from flask.testing import FlaskClient  # noqa: E402
from sqlalchemy import Engine, event, func, select, text  # noqa: E402

from app import app  # noqa: E402
from bench import proofs  # noqa: E402
from p2k2lms.core import clock  # noqa: E402
from p2k2lms.core.commands import SEED  # noqa: E402
from p2k2lms.core.db import db  # noqa: E402
from p2k2lms.core.unit_of_work import unit_of_work  # noqa: E402
from p2k2lms.plugins.fieldwork.models import GroupMonth, LeaderMonth, MeetingGroup  # noqa: E402
from p2k2lms.plugins.fieldwork.rules import months  # noqa: E402
from p2k2lms.plugins.fieldwork.service import facts  # noqa: E402
from p2k2lms.plugins.identity import service as identity  # noqa: E402
from p2k2lms.plugins.indicators import service as indicators  # noqa: E402
from p2k2lms.plugins.indicators.models import IndicatorMonth  # noqa: E402
from p2k2lms.plugins.outcomes.models import AnalysisPlan, CubeOutcome  # noqa: E402
from p2k2lms.plugins.outcomes.queries import cubes  # noqa: E402
from p2k2lms.plugins.outcomes.rules import analysis, cube  # noqa: E402
from p2k2lms.plugins.outcomes.service import running  # noqa: E402

ROUNDS = 15
LARGE = ("indicators_indicator_month", "fieldwork_group_month", "fieldwork_leader_month", "fieldwork_meeting")
PAGES = {
    "kementerian": ("/dampak/wilayah/ID", "/dampak/wilayah/ID/angka/L3-01", "/dampak/wilayah/ID/angka/L4-07"),
    "evaluator": ("/dampak/wilayah/R4", "/dampak/wilayah/R4/angka/L3-01"),
    "koordinator": ("/dampak/wilayah/62.03", "/dampak/wilayah/62.03/angka/L3-01"),
}


def seconds(what: Callable[[], Any]) -> float:
    """How long it takes."""
    began = time.monotonic()
    what()
    return round(time.monotonic() - began, 2)


def one_kabupaten(month: months.Month) -> None:
    """What follows a report there: the mark, the facts, the sums up to the nation."""
    with unit_of_work("proof.touch") as uow:
        uow.touch(identity.unit_by_code("62.03").id, month.first, facts.RAW)
    facts.rebuild()
    indicators.roll_up()


def widest_plan() -> dict[str, Any]:
    """Cube, spelling and study of the plan whose unit stands highest."""
    row = db.session.scalars(select(AnalysisPlan).order_by(func.length(AnalysisPlan.unit_path))).first()
    if row is None:
        return {}
    plan, plan_id = running.frozen(row), row.id
    window = running.window(row, plan)

    def build() -> None:
        with unit_of_work("proof.cube"):
            cubes.rebuild(plan_id, window)

    told: dict[str, Any] = {"cube_from_the_database_s": seconds(build)}
    cells = cube.spelled(cubes.cells(plan_id))
    told["study_s"] = seconds(lambda: analysis.result(plan, cube.read(cells)))
    count = select(func.count()).select_from(CubeOutcome).where(CubeOutcome.plan_id == plan_id)
    return told | {"cells": db.session.scalar(count)}


def signed_in(name: str) -> FlaskClient:
    """A browser of one of the demo accounts."""
    client = app.test_client()
    form = client.get("/masuk").text
    token = form.split('name="csrf_token" value="')[1].split('"')[0]
    said = {"csrf_token": token, "username": name, "password": "demo-p2k2"}
    client.post("/masuk", data=said, headers={"Referer": "http://localhost/masuk"})
    return client


def opened(client: FlaskClient, path: str, engine: Engine) -> dict[str, Any]:
    """Median time, queries, and every plan that reads a large table from end to end."""
    seen: list[tuple[str, Any]] = []
    event.listen(engine, "before_cursor_execute", lambda _c, _k, sql, values, *_: seen.append((sql, values)))
    assert client.get(path).status_code == 200, path
    asked = [one for one in seen if one[0].startswith("SELECT")]
    took = [seconds(lambda: client.get(path)) for _ in range(ROUNDS)]
    return {
        "path": path,
        "median_ms": round(statistics.median(took) * 1000),
        "queries": len(asked),
        "scans": scans(asked, engine),
    }


def scans(asked: list[tuple[str, Any]], engine: Engine) -> list[str]:
    """Large tables that a statement scans, on SQLite."""
    if engine.dialect.name != "sqlite":
        return []
    with engine.connect() as connection:
        plans = [
            str(row[3])
            for sql, values in asked
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)
        ]
    return [plan for plan in plans if plan.startswith("SCAN") and any(table in plan for table in LARGE)]


def main() -> None:
    """Measure, print, keep."""
    with app.app_context():
        month = months.month_of(clock.today())
        whole = {
            "facts_of_all_groups_s": seconds(lambda: facts.rebuild_month(month, identity.parents())),
            "sums_of_all_units_s": seconds(lambda: indicators.count_months([month.first])),
            "sums_of_the_month_before_s": seconds(lambda: indicators.count_months([months.earlier(month).first])),
            "one_kabupaten_s": seconds(lambda: one_kabupaten(month)),
        } | widest_plan()
        rows = {
            table.__tablename__: db.session.scalar(select(func.count()).select_from(table))
            for table in (MeetingGroup, GroupMonth, LeaderMonth, IndicatorMonth)
        }
        engine, named = (
            db.engine,
            (
                f"{db.engine.dialect.name} {db.session.scalar(text('select sqlite_version()'))}"
                if db.engine.dialect.name == "sqlite"
                else db.engine.dialect.name
            ),
        )
        db.session.remove()
    pages = [
        opened(client, path, engine) for name, paths in PAGES.items() for client in [signed_in(name)] for path in paths
    ]
    about = proofs.about("python tools/counting_proof.py", SEED)
    told = {**about, "engine": named, "units": len(identity_units()), "rows": rows, **whole, "pages": pages}
    (proofs.FOLDER / "counting.json").write_text(json.dumps(told, indent=1) + "\n", "utf-8")
    print(json.dumps(told, indent=1))


def identity_units() -> dict[int, int | None]:
    """The tree, for its size."""
    with app.app_context():
        return identity.parents()


if __name__ == "__main__":
    main()
