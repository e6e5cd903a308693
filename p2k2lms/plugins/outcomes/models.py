"""Tables of the link between training and field: a registered plan, its cube, what came of it, releases, levels."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from p2k2lms.core import clock
from p2k2lms.core.db import Model

SUMMED = ("met", "came", "load", "left", "seen", "does")
PATH = String(120).with_variant(String(120, collation="C"), "postgresql")


class AnalysisPlan(Model):
    """What will be compared, laid down before anything is computed; `body` never changes, `sha` is the hash of it."""

    __tablename__ = "outcomes_analysis_plan"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("identity_unit.id"), index=True)
    unit_path: Mapped[str] = mapped_column(PATH)
    title: Mapped[str] = mapped_column(String(120))
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    sha: Mapped[str] = mapped_column(String(64), unique=True)
    registered_at: Mapped[datetime] = mapped_column(default=clock.now)
    registered_by: Mapped[int] = mapped_column(ForeignKey("identity_person.id"))


class AnalysisRun(Model):
    """What a plan came to on one state of the cube; a new state or a new version of the code makes a new run."""

    __tablename__ = "outcomes_analysis_run"
    __table_args__ = (UniqueConstraint("plan_id", "cube_sha", "code_version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("outcomes_analysis_plan.id"))
    ran_at: Mapped[datetime] = mapped_column(default=clock.now)
    cube_sha: Mapped[str] = mapped_column(String(64))
    code_version: Mapped[str] = mapped_column(String(20))
    result: Mapped[dict[str, Any]] = mapped_column(JSON)


class CubeOutcome(Model):
    """Sums of one kabupaten (of each person's first month), training month, way of being called, and month.

    Months count from year 0: 12 x year + month; a training month of 0 is not yet. Of each outcome the number of
    people, the sum and the sum of squares, in percent (met, came), families (load), families a year who left on
    their own, of a thousand (left), percent of the points at a random visit (seen; people are sheets), and percent of
    the families asked who do what they were taught (does). A plan with strata adds their thirds to the way of being
    called: `undi/12`.
    """

    __tablename__ = "outcomes_cube_outcome"
    __table_args__ = (
        CheckConstraint("0 <= first AND 0 <= stayed AND stayed <= there", name="people"),
        CheckConstraint(" AND ".join(f"0 <= n_{name} AND 0 <= sq_{name}" for name in SUMMED), name="sums"),
        CheckConstraint("0 <= said AND said <= checked AND 0 <= truly AND truly <= checked", name="truth"),
        CheckConstraint("checked <= drawn", name="drawn"),
    )

    plan_id: Mapped[int] = mapped_column(ForeignKey("outcomes_analysis_plan.id"), primary_key=True, autoincrement=False)
    kabupaten_id: Mapped[int] = mapped_column(ForeignKey("identity_unit.id"), primary_key=True, autoincrement=False)
    cohort: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    stratum: Mapped[str] = mapped_column(String(12), primary_key=True)
    month: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    first: Mapped[int]
    there: Mapped[int]
    stayed: Mapped[int]
    n_met: Mapped[int]
    sum_met: Mapped[float]
    sq_met: Mapped[float]
    n_came: Mapped[int]
    sum_came: Mapped[float]
    sq_came: Mapped[float]
    n_load: Mapped[int]
    sum_load: Mapped[float]
    sq_load: Mapped[float]
    n_left: Mapped[int] = mapped_column(server_default="0")
    sum_left: Mapped[float] = mapped_column(server_default="0")
    sq_left: Mapped[float] = mapped_column(server_default="0")
    n_seen: Mapped[int] = mapped_column(server_default="0")
    sum_seen: Mapped[float] = mapped_column(server_default="0")
    sq_seen: Mapped[float] = mapped_column(server_default="0")
    n_does: Mapped[int] = mapped_column(server_default="0")
    sum_does: Mapped[float] = mapped_column(server_default="0")
    sq_does: Mapped[float] = mapped_column(server_default="0")
    drawn: Mapped[int]
    checked: Mapped[int]
    said: Mapped[int]
    truly: Mapped[int]


class Release(Model):
    """A month as it was frozen: the file and its hash never change, nor what was published of it, once it was."""

    __tablename__ = "outcomes_release"
    __table_args__ = (UniqueConstraint("plan_id", "month"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("outcomes_analysis_plan.id"))
    month: Mapped[date]
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("identity_person.id"))
    sha: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime | None]
    published: Mapped[dict[str, Any] | None] = mapped_column(JSON, deferred=True)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class CentreReport(Model):
    """What the classes of a centre that ended within a year came to, counted each night; `rungs` tells of no person."""

    __tablename__ = "outcomes_centre_report"
    __table_args__ = (CheckConstraint("0 <= classes AND classes <= people", name="counts"),)

    unit_id: Mapped[int] = mapped_column(ForeignKey("identity_unit.id"), primary_key=True, autoincrement=False)
    people: Mapped[int]
    classes: Mapped[int]
    first: Mapped[date]
    last: Mapped[date]
    rungs: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    counted_at: Mapped[datetime] = mapped_column(default=clock.now)
