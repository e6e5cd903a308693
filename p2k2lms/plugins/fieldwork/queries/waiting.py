"""Counts what waits for one person, all in one query: the home page asks for it."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, case, func, select

from p2k2lms.core.questions import Asking, Question, below, paths
from p2k2lms.plugins.fieldwork.models import MeetingRemark, MonthlyReport, Verification
from p2k2lms.plugins.fieldwork.queries.meetings import asking
from p2k2lms.plugins.fieldwork.values import Asked


@cache
def _numbers(korkab: int, dinsos: int) -> Select[Any]:
    where = MonthlyReport.unit_path
    received = case((below(where, "received", korkab), MonthlyReport.ack_korkab), else_=MonthlyReport.ack_dinsos)
    here = MonthlyReport.month == bindparam("month"), below(where, "received", korkab + dinsos)
    reports = select(func.count()).select_from(MonthlyReport).where(*here, received.is_(None))
    mine = (Verification.checker_id == bindparam("checker"), Verification.result.is_(None))
    checks = select(func.count()).select_from(Verification).where(*mine)
    return select(reports.scalar_subquery(), checks.scalar_subquery(), *_asked(bindparam("leader")))


def _waiting(korkab: Sequence[str], dinsos: Sequence[str], month: date, checker_id: int, leader_id: int) -> Asking:
    who = {"month": month, "checker": checker_id, "leader": leader_id}
    return _numbers(len(korkab), len(dinsos)), who | paths("received", [*korkab, *dinsos])


def _told(rows: Any) -> tuple[int, int, Asked]:
    reports, checks, *asked = rows.one()
    return reports, checks, Asked(*asked)


waiting = Question(_waiting, _told)
"""Signed reports of a month that nobody has received as koordinator below the first paths, nor as Dinas Sosial below
the others; groups this checker has yet to check; what this leader was asked."""


def _asked(leader_id: Any) -> tuple[Any, Any]:
    oldest = asking([MeetingRemark.meeting_id], leader_id).order_by(MeetingRemark.id).limit(1)
    return asking([func.count()], leader_id).scalar_subquery(), oldest.scalar_subquery()
