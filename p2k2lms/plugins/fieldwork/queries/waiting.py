"""Counts what waits for one person, all in one query: the home page asks for it."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select

from p2k2lms.core.db import db
from p2k2lms.plugins.fieldwork.models import MonthlyReport, Verification
from p2k2lms.plugins.fieldwork.queries.monthly import of_month


def waiting(paths: Sequence[str], month: date, dinsos: bool, checker_id: int) -> tuple[int, int]:
    """Signed reports of a month below the paths that this recipient has not received; groups this checker has yet
    to check."""
    received = MonthlyReport.ack_dinsos if dinsos else MonthlyReport.ack_korkab
    reports = select(func.count()).select_from(MonthlyReport).where(of_month(paths, month), received.is_(None))
    mine = (Verification.checker_id == checker_id, Verification.result.is_(None))
    checks = select(func.count()).select_from(Verification).where(*mine)
    counted = db.session.execute(select(reports.scalar_subquery(), checks.scalar_subquery())).one()
    return counted[0], counted[1]
