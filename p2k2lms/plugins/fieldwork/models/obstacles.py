"""Tables of obstacles: how many groups met each in a month, and who got over one and may be asked."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from p2k2lms.core.db import Model
from p2k2lms.plugins.fieldwork.models.conditions import PATH


class ObstacleReport(Model):
    """Groups of one kabupaten that met an obstacle in a month; counted anew from the meetings when one changes."""

    __tablename__ = "fieldwork_obstacle_report"
    __table_args__ = (CheckConstraint("groups > 0", name="groups"),)

    unit_path: Mapped[str] = mapped_column(PATH, primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    obstacle: Mapped[str] = mapped_column(String(20), primary_key=True)
    groups: Mapped[int]


class ObstaclePeer(Model):
    """Somebody who got over an obstacle and agreed to be asked by the peers of the kabupaten."""

    __tablename__ = "fieldwork_obstacle_peer"
    __table_args__ = (CheckConstraint("how <> ''", name="how"),)

    obstacle: Mapped[str] = mapped_column(String(20), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"), primary_key=True)
    unit_path: Mapped[str] = mapped_column(PATH, index=True)
    how: Mapped[str] = mapped_column(String(300))
    agreed_on: Mapped[date]
