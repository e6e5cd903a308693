"""Reads and writes data rights: answers to consent texts, requests to be made nameless, breaches."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import func, or_, select

from p2k2lms.core.db import db
from p2k2lms.plugins.identity.models import Breach, Consent, ErasureRequest, Person, Posting, Unit
from p2k2lms.plugins.identity.queries.people import in_parts

WAITING = "menunggu"


def answers(person_id: int) -> list[Consent]:
    """All answers of one person, the newest first."""
    mine = select(Consent).where(Consent.person_id == person_id)
    return list(db.session.scalars(mine.order_by(Consent.id.desc()).limit(100)))


def last_answers(text: str, people: Collection[int]) -> dict[int, bool]:
    """The answer that stands of each of these people who ever answered this text."""
    found: dict[int, bool] = {}
    for part in in_parts(people):
        newest = select(func.max(Consent.id)).where(Consent.person_id.in_(part), Consent.text == text)
        stand = select(Consent.person_id, Consent.agreed).where(Consent.id.in_(newest.group_by(Consent.person_id)))
        found |= {person: agreed for person, agreed in db.session.execute(stand)}
    return found


def waiting_of(person_id: int) -> ErasureRequest | None:
    """The request of this person that waits."""
    mine = select(ErasureRequest).where(ErasureRequest.person_id == person_id, ErasureRequest.state == WAITING)
    return db.session.scalar(mine)


def request(request_id: int) -> ErasureRequest | None:
    """The request, held until the transaction ends."""
    return db.session.get(ErasureRequest, request_id, with_for_update=True)


def requests(paths: Sequence[str], limit: int = 100) -> list[tuple[ErasureRequest, str]]:
    """Requests of these units with the name as it is now: those that wait first, then the newest."""
    if not paths:
        return []
    within = or_(*(ErasureRequest.unit_path.startswith(path, autoescape=True) for path in paths))
    wanted = select(ErasureRequest, Person.name).join(Person, Person.id == ErasureRequest.person_id).where(within)
    order = (ErasureRequest.ended_at.is_not(None), ErasureRequest.id.desc())
    return [(row, name) for row, name in db.session.execute(wanted.order_by(*order).limit(limit))]


def last_unit_path(person_id: int) -> str:
    """The path of the unit in which the person works or worked last; the top for who never did."""
    last = select(Unit.path).join(Posting, Posting.unit_id == Unit.id).where(Posting.person_id == person_id)
    open_first = (Posting.valid_to.is_not(None), Posting.valid_to.desc(), Posting.id.desc())
    top = select(Unit.path).where(Unit.parent_id.is_(None)).limit(1)
    return db.session.scalar(last.order_by(*open_first).limit(1)) or db.session.scalar(top) or "/"


def has_duty(person_id: int, day: date) -> bool:
    """True if a posting of this person runs or is still to begin."""
    ends_later = or_(Posting.valid_to.is_(None), Posting.valid_to > day)
    return db.session.scalar(select(Posting.id).where(Posting.person_id == person_id, ends_later).limit(1)) is not None


def breaches(paths: Sequence[str], limit: int = 100) -> list[tuple[Breach, str]]:
    """Breaches of these units with the name of the unit, the newest first."""
    if not paths:
        return []
    within = or_(*(Breach.unit_path.startswith(path, autoescape=True) for path in paths))
    wanted = select(Breach, Unit.name).join(Unit, Unit.id == Breach.unit_id).where(within)
    return [(row, name) for row, name in db.session.execute(wanted.order_by(Breach.id.desc()).limit(limit))]


def breach(breach_id: int) -> Breach | None:
    """One breach."""
    return db.session.get(Breach, breach_id)
