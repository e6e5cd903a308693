"""Reads plans, and the runs and releases that followed from them."""

from collections.abc import Collection, Sequence

from sqlalchemy import func, literal, or_, select
from sqlalchemy.orm import undefer

from p2k2lms.core.db import db
from p2k2lms.plugins.outcomes.models import AnalysisPlan, AnalysisRun, Release

MOST = 100


def plan(plan_id: int) -> AnalysisPlan | None:
    """One plan."""
    return db.session.get(AnalysisPlan, plan_id)


def with_sha(sha: str) -> AnalysisPlan | None:
    """The plan with this very content."""
    return db.session.scalar(select(AnalysisPlan).where(AnalysisPlan.sha == sha))


def every() -> list[AnalysisPlan]:
    """All plans, for the job of the night."""
    return list(db.session.scalars(select(AnalysisPlan).order_by(AnalysisPlan.id)))


def near(paths: Sequence[str]) -> list[AnalysisPlan]:
    """The plans of these units, of those above and of those below, the newest first."""
    touching = [
        or_(AnalysisPlan.unit_path.startswith(path, autoescape=True), literal(path).startswith(AnalysisPlan.unit_path))
        for path in paths
    ]
    wanted = select(AnalysisPlan).where(or_(*touching)).order_by(AnalysisPlan.registered_at.desc(), AnalysisPlan.id)
    return list(db.session.scalars(wanted.limit(MOST))) if touching else []


def latest(plan_ids: Collection[int]) -> dict[int, AnalysisRun]:
    """The last run of each of these plans."""
    last = select(func.max(AnalysisRun.id)).where(AnalysisRun.plan_id.in_(plan_ids)).group_by(AnalysisRun.plan_id)
    rows = db.session.scalars(select(AnalysisRun).where(AnalysisRun.id.in_(last)))
    return {row.plan_id: row for row in rows} if plan_ids else {}


def run_on(plan_id: int, cube_sha: str, code_version: str) -> AnalysisRun | None:
    """The run of a plan on this state of the cube by this version of the code."""
    wanted = select(AnalysisRun).where(AnalysisRun.plan_id == plan_id, AnalysisRun.cube_sha == cube_sha)
    return db.session.scalar(wanted.where(AnalysisRun.code_version == code_version))


def releases(plan_id: int) -> list[Release]:
    """What was released of a plan, the newest month first."""
    return list(db.session.scalars(select(Release).where(Release.plan_id == plan_id).order_by(Release.month.desc())))


def release(plan_id: int, release_id: int, lock: bool = False) -> Release | None:
    """One release of this plan, with its file; with `lock` nobody else changes it until the transaction ends."""
    wanted = select(Release).where(Release.plan_id == plan_id, Release.id == release_id)
    wanted = wanted.options(undefer(Release.content))
    return db.session.scalar(wanted.with_for_update().execution_options(populate_existing=True) if lock else wanted)


def published(release_id: int | None = None) -> list[tuple[AnalysisPlan, Release]]:
    """What anybody may read, with its plan, the newest month first; or one of them."""
    wanted = select(AnalysisPlan, Release).join(Release, Release.plan_id == AnalysisPlan.id)
    wanted = wanted.where(Release.published_at.is_not(None)).options(undefer(Release.published))
    if release_id is not None:
        wanted = wanted.where(Release.id == release_id)
    rows = db.session.execute(wanted.order_by(Release.month.desc(), Release.id.desc()).limit(MOST))
    return [(plan, row) for plan, row in rows]
