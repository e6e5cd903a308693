"""Tables of the second factor: the sealed secret of a code app, and codes for when the phone is lost."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from p2k2lms.core.db import Model
from p2k2lms.core.sealing import Sealed


class SecondFactor(Model):
    """The secret of a person's code app; it counts once a first code of it was shown. `last_counter` is the time
    step of the newest code that was used: it and older ones are refused."""

    __tablename__ = "identity_second_factor"

    person_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"), primary_key=True, autoincrement=False)
    secret: Mapped[str] = mapped_column(Sealed("identity.second_factor.secret"))
    confirmed_at: Mapped[datetime | None]
    last_counter: Mapped[int] = mapped_column(default=0)


class RecoveryCode(Model):
    """One of ten codes that each open the second door once, kept as a blind hash."""

    __tablename__ = "identity_recovery_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("identity_person.id"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    used_at: Mapped[datetime | None]
