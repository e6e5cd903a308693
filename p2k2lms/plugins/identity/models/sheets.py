"""The table of sheets of people that were uploaded and wait to be looked at."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from p2k2lms.core import clock
from p2k2lms.core.db import Model
from p2k2lms.core.sealing import Sealed


class PeopleSheet(Model):
    """An uploaded sheet, its rows sealed as JSON; seen by its officer alone, and gone after a day."""

    __tablename__ = "identity_people_sheet"

    id: Mapped[int] = mapped_column(primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"), index=True)
    file_name: Mapped[str] = mapped_column(String(120))
    rows: Mapped[str] = mapped_column(Sealed("identity.people_sheet.rows"))
    made_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    applied_at: Mapped[datetime | None]
    created: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
