"""Reads open sessions and tries at sign-in; `touch` and `count_try` write outside use-cases, each for itself."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, Row, bindparam, delete, exists, insert, select, text, update

from p2k2lms.core.db import db, glance, is_sqlite, pen
from p2k2lms.core.spans import holding_on
from p2k2lms.plugins.identity.models import LoginSession, Person, Posting, SignInAttempt, Unit
from p2k2lms.plugins.identity.queries.people import HOME_ORDER

DAY: Any = bindparam("day", type_=Date)
S: Any = LoginSession.__table__.c
P: Any = Person.__table__.c
H: Any = Posting.__table__.c
U: Any = Unit.__table__.c
_WHO = (  # asked by every request, so it is built once, and on the tables themselves
    select(
        *(S.id, P.id.label("person_id"), S.device_key, S.last_seen, S.second, S.shared, P.name),
        *(H.role, H.unit_id, U.path, U.zone),
    )
    .select_from(
        LoginSession.__table__.join(Person.__table__, P.id == S.person_id)
        .outerjoin(Posting.__table__, (H.person_id == P.id) & holding_on(H, DAY))
        .outerjoin(Unit.__table__, U.id == H.unit_id)
    )
    .where(
        S.token_hash == bindparam("token_hash"),
        S.revoked_at.is_(None),
        S.expires_at > bindparam("now"),
        P.status == "active",
    )
    .order_by(HOME_ORDER, H.id)
)


def who(token_hash: str, now: datetime, day: date) -> Sequence[Row[*tuple[Any, ...]]]:
    """One row for each posting of the day of whoever this open session belongs to, where home is first; one with empty
    ends for none."""
    return glance(_WHO, {"token_hash": token_hash, "now": now, "day": day})


def of_closed(token_hash: str, now: datetime) -> tuple[LoginSession, Person] | None:
    """The session of this token, were its account not closed, with its person."""
    wanted = select(LoginSession, Person).join(Person, Person.id == LoginSession.person_id)
    open_still = (LoginSession.revoked_at.is_(None), LoginSession.expires_at > now, Person.status == "closed")
    found = db.session.execute(wanted.where(LoginSession.token_hash == token_hash, *open_still)).one_or_none()
    return (found[0], found[1]) if found else None


def by_token(token_hash: str) -> LoginSession | None:
    return db.session.scalar(select(LoginSession).where(LoginSession.token_hash == token_hash))


def session(session_id: int) -> LoginSession | None:
    return db.session.get(LoginSession, session_id)


def open_sessions(person_id: int, now: datetime, limit: int = 50) -> list[LoginSession]:
    """The devices on which an account is open, the newest first."""
    wanted = select(LoginSession).where(
        LoginSession.person_id == person_id, LoginSession.revoked_at.is_(None), LoginSession.expires_at > now
    )
    return list(db.session.scalars(wanted.order_by(LoginSession.last_seen.desc(), LoginSession.id.desc()).limit(limit)))


def revoke_sessions(person_id: int, now: datetime, but_token_hash: str = "") -> None:
    """End every open session of a person, or all but one; inside the caller's transaction."""
    db.session.execute(
        update(LoginSession)
        .where(
            LoginSession.person_id == person_id,
            LoginSession.revoked_at.is_(None),
            LoginSession.token_hash != but_token_hash,
        )
        .values(revoked_at=now)
    )


def knows_device(person_id: int, device_key: str) -> bool:
    """True if this person has signed in on this device before."""
    row = exists().where(LoginSession.person_id == person_id, LoginSession.device_key == device_key)
    return bool(db.session.scalar(select(row)))


def touch(session_id: int, now: datetime) -> None:
    """Note that a device is in use; no use-case, so no audit."""
    with pen(), db.engine.begin() as connection:
        connection.execute(update(LoginSession).where(LoginSession.id == session_id).values(last_seen=now))


def count_try(
    keys: Sequence[str], since: datetime, now: datetime, may_go: Callable[[dict[str, list[datetime]]], bool]
) -> None:
    """Note a try under each key, if `may_go` says so of the tries before it, given by key.

    The try is counted before the password is looked at, and tries of one key come one after the other,
    so that many at the same moment cannot slip through together.
    """
    with pen(), db.engine.begin() as connection:
        if not is_sqlite():
            for key in sorted(keys):
                connection.execute(text("SELECT pg_advisory_xact_lock(hashtext(:key))"), {"key": key})
        earlier: dict[str, list[datetime]] = {key: [] for key in keys}
        for key, at in connection.execute(
            select(SignInAttempt.key, SignInAttempt.at).where(SignInAttempt.key.in_(keys), SignInAttempt.at > since)
        ):
            earlier[key].append(at)
        if may_go(earlier):
            connection.execute(insert(SignInAttempt), [{"key": key, "at": now} for key in keys])


def forget_tries(account_key: str, address_key: str, at: datetime, before: datetime) -> None:
    """After a success: no try counts against the account on this device, nor this one against the address."""
    table = SignInAttempt
    this_one = (table.key == address_key) & (table.at == at)
    db.session.execute(delete(table).where((table.key == account_key) | this_one | (table.at < before)))
