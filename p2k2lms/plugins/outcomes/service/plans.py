"""Plans: registered once and for ever, read by whoever works above, in or below their unit."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from p2k2lms.core import clock
from p2k2lms.core.access import Actor, allowed, has_role, require
from p2k2lms.core.errors import Conflict, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.outcomes.models import AnalysisPlan, AnalysisRun
from p2k2lms.plugins.outcomes.permissions import READ_PLAN, RUN_PLAN
from p2k2lms.plugins.outcomes.queries import plans as read
from p2k2lms.plugins.outcomes.rules import plan as rules
from p2k2lms.plugins.outcomes.rules.plan import Plan

RUN = "outcomes.run_plan"


@dataclass(frozen=True)
class RunCard:
    """What a plan came to, when, and on which state of the cube."""

    ran_at: datetime
    cube_sha: str
    code_version: str
    result: dict[str, Any]


@dataclass(frozen=True)
class PlanCard:
    """A plan with its last run; None where it has not run yet."""

    id: int
    plan: Plan
    unit_name: str
    unit_path: str
    sha: str
    registered_at: datetime
    run: RunCard | None = None
    may_run: bool = False


def this_month() -> int:
    """The month that runs, counted from year 0."""
    today = clock.today()
    return rules.number(today.year, today.month)


def register(actor: Actor, plan: Plan, unit_id: int) -> int:
    """Freeze a plan before anything is computed from it; it is computed for the first time by the next job."""
    require(actor, RUN_PLAN)
    unit = identity.unit(unit_id)
    require(actor, RUN_PLAN, unit.path)
    rules.must_hold(plan, this_month())
    body = replace(plan, unit=unit.kemendagri_code).body()
    sha = rules.sha_of(body)
    with unit_of_work("outcomes.register_plan", actor, f"plan:{sha[:12]}") as uow:
        if read.with_sha(sha) is not None:
            raise Conflict(_("Rencana yang sama persis sudah terdaftar."))
        row = AnalysisPlan(unit_id=unit.id, unit_path=unit.path, title=plan.title.strip(), body=body, sha=sha)
        row.registered_by, row.registered_at = actor.id or 0, clock.now()
        made = uow.add(row).id
        uow.enqueue(RUN, plan_id=made)
        return made


def plans(actor: Actor) -> list[PlanCard]:
    """The plans that this reader may see, the newest first, each with its last verdict."""
    require(actor, READ_PLAN)
    rows = [row for row in read.near([p.unit_path for p in actor.postings]) if allowed(actor, READ_PLAN, row.unit_path)]
    runs, units = read.latest([row.id for row in rows]), identity.units({row.unit_id for row in rows})
    return [_card(row, units[row.unit_id].name, runs.get(row.id), actor) for row in rows]


def plan(actor: Actor, plan_id: int) -> PlanCard:
    """One plan with its last run; NotFound for one of elsewhere."""
    row = _row(actor, plan_id)
    return _card(row, identity.unit(row.unit_id).name, read.latest([row.id]).get(row.id), actor)


def ask_for_run(actor: Actor, plan_id: int) -> None:
    """Compute a plan again soon, on what is known now."""
    require(actor, RUN_PLAN)
    row = _row(actor, plan_id)
    require(actor, RUN_PLAN, row.unit_path)
    with unit_of_work("outcomes.ask_run", actor, f"plan:{plan_id}") as uow:
        uow.enqueue(RUN, plan_id=plan_id)


def may_register(actor: Actor) -> bool:
    """Whether this reader may lay down plans."""
    return has_role(actor, RUN_PLAN)


def _row(actor: Actor, plan_id: int) -> AnalysisPlan:
    require(actor, READ_PLAN)
    row = read.plan(plan_id)
    if row is None:
        raise NotFound("plan")
    require(actor, READ_PLAN, row.unit_path)
    return row


def _card(row: AnalysisPlan, unit_name: str, run: AnalysisRun | None, actor: Actor) -> PlanCard:
    told = RunCard(run.ran_at, run.cube_sha, run.code_version, run.result) if run else None
    may = allowed(actor, RUN_PLAN, row.unit_path)
    return PlanCard(row.id, Plan.of(row.body), unit_name, row.unit_path, row.sha, row.registered_at, told, may)
