"""Reads second factors and recovery codes."""

from sqlalchemy import delete, func, select

from p2k2lms.core.db import db
from p2k2lms.plugins.identity.models import RecoveryCode, SecondFactor


def factor(person_id: int) -> SecondFactor | None:
    return db.session.get(SecondFactor, person_id)


def factor_to_use(person_id: int) -> SecondFactor | None:
    """The same, locked until the transaction ends, so that one code is not used twice at once."""
    wanted = select(SecondFactor).where(SecondFactor.person_id == person_id)
    return db.session.scalar(wanted.with_for_update().execution_options(populate_existing=True))


def recovery(person_id: int, code_hash: str) -> RecoveryCode | None:
    """A recovery code of this person that was not used yet, locked."""
    wanted = select(RecoveryCode).where(RecoveryCode.person_id == person_id, RecoveryCode.code_hash == code_hash)
    return db.session.scalar(wanted.where(RecoveryCode.used_at.is_(None)).with_for_update())


def recovery_left(person_id: int) -> int:
    """How many recovery codes can still be used."""
    mine = select(func.count()).where(RecoveryCode.person_id == person_id, RecoveryCode.used_at.is_(None))
    return db.session.scalar(mine) or 0


def forget_recovery(person_id: int) -> None:
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))


def forget_factor(person_id: int) -> None:
    forget_recovery(person_id)
    db.session.execute(delete(SecondFactor).where(SecondFactor.person_id == person_id))
