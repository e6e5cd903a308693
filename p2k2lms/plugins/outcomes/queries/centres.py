"""Reads and clears what the classes of each centre came to."""

from collections.abc import Collection

from sqlalchemy import delete

from p2k2lms.core.db import db
from p2k2lms.plugins.outcomes.models import CentreReport


def report(unit_id: int) -> CentreReport | None:
    """What was counted of a centre."""
    return db.session.get(CentreReport, unit_id)


def forget(unit_id: int) -> None:
    """Take away what was counted of one centre."""
    db.session.execute(delete(CentreReport).where(CentreReport.unit_id == unit_id))


def forget_others(unit_ids: Collection[int]) -> None:
    """Take away what was counted of units that are not among these."""
    db.session.execute(delete(CentreReport).where(CentreReport.unit_id.not_in(unit_ids)))
