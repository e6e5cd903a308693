"""Runs a plan: the cube is built in the database, hashed, and every figure of the report computed from it."""

from datetime import date
from functools import partial
from typing import Any

from p2k2lms.core import turns
from p2k2lms.core.errors import NotFound
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.outcomes.models import AnalysisPlan, AnalysisRun
from p2k2lms.plugins.outcomes.queries import cubes as cells
from p2k2lms.plugins.outcomes.queries import plans as read
from p2k2lms.plugins.outcomes.rules import analysis, cube
from p2k2lms.plugins.outcomes.rules import plan as rules
from p2k2lms.plugins.outcomes.rules.plan import Plan
from p2k2lms.plugins.outcomes.service.plans import this_month

VERSION = "3"
"""Of the computation: raised when the same cube would come to other figures."""
NIGHTLY = "outcomes.nightly_plans"


def run(plan_id: int) -> None:
    """The job of one plan: its cube as of now, and a run if that cube was not computed yet.

    The cube is counted before the transaction: what is counted is over, what comes meanwhile is for the next run, and
    whoever writes does not wait for it. The plan is as it was registered, whenever it is read.
    """
    row = read.plan(plan_id)
    if row is None:
        return
    plan = frozen(row)
    counted = cells.counted(window(row, plan))
    with unit_of_work("outcomes.run_plan", subject=f"plan:{plan_id}") as uow:
        cells.replace(plan_id, counted)
        text = cube.spelled(cells.cells(plan_id))
        sha = cube.sha_of(text)
        if read.run_on(plan_id, sha, VERSION) is None:
            told = analysis.result(plan, cube.read(text))
            uow.add(AnalysisRun(plan_id=plan_id, cube_sha=sha, code_version=VERSION, result=told))


def nightly() -> None:
    """The job of the night: every plan, each in a transaction of its own; one that fails keeps no other waiting."""
    turns.each("a plan could not be run", [(f"plan:{row.id}", partial(run, row.id)) for row in read.every()])


def frozen(row: AnalysisPlan) -> Plan:
    """The plan as it was registered; refuses one whose content no longer has its hash."""
    if rules.sha_of(row.body) != row.sha:
        raise RuntimeError(f"plan {row.id} is not what was registered")
    return Plan.of(row.body)


def columns_of(plan_id: int) -> tuple[str, Any]:
    """The cube of a plan as it stands, spelled and as columns; NotFound where it was never built."""
    text = cube.spelled(cells.cells(plan_id))
    if text.count("\n") < 2:
        raise NotFound("cube")
    return text, cube.read(text)


def window(row: AnalysisPlan, plan: Plan) -> cells.Window:
    """The months and places that the cube of a plan takes in."""
    inside = [unit.id for unit in identity.units_of_levels(row.unit_path, ("kabupaten",))]
    last = plan.last or this_month() - 1
    return cells.Window(_first(plan.first), _first(last), inside, plan.kind, plan.strata)


def _first(count: int) -> date:
    return date(*rules.year_and_month(count), 1)
