"""The table of coverage upward: how many groups of a kabupaten have had each sesi."""

from datetime import date

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from p2k2lms.core.db import Model
from p2k2lms.plugins.fieldwork.models.conditions import PATH


class CoverageReport(Model):
    """Groups of one kabupaten that have had a sesi, and those that had every langkah of it; counted each night."""

    __tablename__ = "fieldwork_coverage_report"
    __table_args__ = (CheckConstraint("0 <= whole AND whole <= had AND had <= groups", name="counts"),)

    unit_path: Mapped[str] = mapped_column(PATH, primary_key=True)
    sesi: Mapped[str] = mapped_column(String(80), primary_key=True)
    groups: Mapped[int]
    had: Mapped[int]
    whole: Mapped[int]
    as_of: Mapped[date]
