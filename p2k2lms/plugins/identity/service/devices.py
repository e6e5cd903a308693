"""The devices on which an account is open: seen by their owner, ended by the owner or by an officer."""

from p2k2lms.core import clock
from p2k2lms.core.access import Actor, require
from p2k2lms.core.errors import Conflict, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.identity.models import LoginSession
from p2k2lms.plugins.identity.permissions import CHANGE_ACCOUNT
from p2k2lms.plugins.identity.queries import sessions
from p2k2lms.plugins.identity.service.officers import changeable
from p2k2lms.plugins.identity.service.opening import Door, hash_of
from p2k2lms.plugins.identity.service.password import shown_again
from p2k2lms.plugins.identity.values import SessionCard

ENDED = "identity.sessions_ended"


def open_sessions(actor: Actor, token: str = "") -> list[SessionCard]:
    """The devices on which one's own account is open; the one that holds this token is marked."""
    require(actor, CHANGE_ACCOUNT)
    rows = sessions.open_sessions(actor.id or 0, clock.now())
    return [_card(row, token) for row in rows]


def own_session(actor: Actor, session_id: int) -> SessionCard:
    """One of one's own devices; NotFound for another's."""
    require(actor, CHANGE_ACCOUNT)
    return _card(_own(actor, session_id), "")


def revoke_session(actor: Actor, session_id: int, password: str, door: Door) -> None:
    """Sign one of one's own devices out, for who shows the password again: the phone may be in other hands."""
    require(actor, CHANGE_ACCOUNT)
    _own(actor, session_id)
    shown = shown_again(actor, password, door)
    with unit_of_work("identity.revoke_session", actor, f"person:{actor.id}"):
        shown.forget_tries()
        found = _own(actor, session_id)
        found.revoked_at = found.revoked_at or clock.now()


def revoke_others(actor: Actor, password: str, door: Door, token: str) -> None:
    """Sign out every device but the one that holds this token, for who shows the password again."""
    require(actor, CHANGE_ACCOUNT)
    shown = shown_again(actor, password, door)
    with unit_of_work("identity.revoke_others", actor, f"person:{actor.id}"):
        shown.forget_tries()
        sessions.revoke_sessions(actor.id or 0, clock.now(), hash_of(token))


def end_sessions(actor: Actor, person_id: int) -> None:
    """End every session of somebody in one's units, who is told of it; the password stays what it is."""
    if actor.id == person_id:
        raise Conflict(_("Perangkat sendiri dikeluarkan di halaman Saya."))
    with unit_of_work("identity.end_sessions", actor, f"person:{person_id}") as uow:
        changeable(actor, person_id)
        sessions.revoke_sessions(person_id, clock.now())
        uow.notify(person_id, ENDED, "/akun", by=actor.name)


def _own(actor: Actor, session_id: int) -> LoginSession:
    found = sessions.session(session_id)
    if found is None or found.person_id != actor.id:
        raise NotFound("session")
    return found


def _card(row: LoginSession, token: str) -> SessionCard:
    here = bool(token) and row.token_hash == hash_of(token)
    return SessionCard(row.id, row.device_label, row.created_at, row.last_seen, row.shared, here)
