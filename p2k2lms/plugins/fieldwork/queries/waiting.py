"""Counts what waits for one person, all in one query: the home page asks for it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select

from p2k2lms.core.db import db
from p2k2lms.plugins.fieldwork.models import MeetingRemark, MonthlyReport, Verification
from p2k2lms.plugins.fieldwork.queries.meetings import asking
from p2k2lms.plugins.fieldwork.queries.monthly import of_month
from p2k2lms.plugins.fieldwork.values import Asked


def waiting(paths: Sequence[str], month: date, dinsos: bool, checker_id: int, leader_id: int) -> tuple[int, int, Asked]:
    """Signed reports of a month below the paths that this recipient has not received; groups this checker has yet
    to check; what this leader was asked."""
    received = MonthlyReport.ack_dinsos if dinsos else MonthlyReport.ack_korkab
    reports = select(func.count()).select_from(MonthlyReport).where(of_month(paths, month), received.is_(None))
    mine = (Verification.checker_id == checker_id, Verification.result.is_(None))
    checks = select(func.count()).select_from(Verification).where(*mine)
    row = db.session.execute(select(reports.scalar_subquery(), checks.scalar_subquery(), *_asked(leader_id))).one()
    return row[0], row[1], Asked(*row[2:])


def _asked(leader_id: int) -> tuple[Any, Any]:
    oldest = asking([MeetingRemark.meeting_id], leader_id).order_by(MeetingRemark.id).limit(1)
    return asking([func.count()], leader_id).scalar_subquery(), oldest.scalar_subquery()
