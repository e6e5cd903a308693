"""Photos: sent as bytes, kept redrawn, claimed by the thing that they show, gone when their time is over.

A phone sends the bytes first, named by their hash; the submission that follows says to what they belong. Bytes that
nobody claims are gone after a week, or when the submission that names them is held no more and was not taken; if
its own person is told to mend it, a week after that.
"""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import CursorResult, Select, and_, delete, exists, func, or_, select, text, update

from p2k2lms.core import clock, pictures
from p2k2lms.core.access import Actor
from p2k2lms.core.db import db
from p2k2lms.core.errors import Conflict, Invalid
from p2k2lms.core.i18n import _
from p2k2lms.core.models import HELD, Photo, Submission
from p2k2lms.core.unit_of_work import unit_of_work

UNCLAIMED = timedelta(days=7)
KEPT = timedelta(days=365)
MOST_UNCLAIMED = 60


@dataclass(frozen=True)
class PhotoCard:
    """A photo without its bytes."""

    id: int
    owner_id: str
    size: int
    delete_on: date


@dataclass(frozen=True)
class Twin:
    """A photo whose very bytes more than one person sent, and the thing that each of them showed with it."""

    sha: str
    person_id: int
    owner_id: str
    received_at: datetime


def receive(actor: Actor, data: bytes) -> str:
    """Keep a photo until something claims it; the same bytes again change nothing. Returns their hash."""
    sha = hashlib.sha256(data).hexdigest()
    person = actor.id or 0
    if _known(person, sha) is not None:
        return sha
    body = pictures.redrawn(data)
    with unit_of_work("core.keep_photo", actor, f"photo:{sha[:16]}") as uow:
        if _known(person, sha) is None:
            if _unclaimed(person) >= MOST_UNCLAIMED:
                raise Conflict(_("Terlalu banyak foto menunggu laporannya. Kirim laporannya dulu."))
            until = clock.today() + UNCLAIMED
            uow.add(Photo(sha=sha, person_id=person, size=len(body), body=body, delete_on=until))
    return sha


def claim(person_id: int, sha: str, owner_kind: str, owner_id: str) -> None:
    """Say to what a photo belongs, inside an open unit of work; Invalid if its bytes are not here."""
    photo = db.session.scalar(_of(person_id, sha).with_for_update())
    if photo is None:
        raise Invalid(_("Fotonya belum sampai. Ambil lagi dari laporan."), "payload.photo")
    if photo.owner_kind and (photo.owner_kind, photo.owner_id) != (owner_kind, owner_id):
        raise Invalid(_("Foto ini sudah dipakai laporan lain."), "payload.photo")
    photo.owner_kind, photo.owner_id, photo.delete_on = owner_kind, owner_id, clock.today() + KEPT


def of(owner_kind: str, owner_ids: Collection[str]) -> list[PhotoCard]:
    """The photos of some things, the earliest first, without their bytes."""
    columns = (Photo.id, Photo.owner_id, Photo.size, Photo.delete_on)
    wanted = select(*columns).where(Photo.owner_kind == owner_kind, Photo.owner_id.in_(owner_ids)).order_by(Photo.id)
    return [PhotoCard(*row) for row in db.session.execute(wanted)] if owner_ids else []


def body(photo_id: int) -> bytes | None:
    """The bytes of one photo; whoever asks has decided who may see it."""
    return db.session.scalar(select(Photo.body).where(Photo.id == photo_id))


def shared(owner_kind: str, since: datetime) -> list[Twin]:
    """The photos of such things whose very bytes somebody else sent too, the last of them since then."""
    ours = Photo.owner_kind == owner_kind
    twice = select(Photo.sha).where(ours).group_by(Photo.sha)
    twice = twice.having(func.count() > 1, func.max(Photo.received_at) >= since)
    wanted = select(Photo.sha, Photo.person_id, Photo.owner_id, Photo.received_at).where(ours, Photo.sha.in_(twice))
    return [Twin(*row) for row in db.session.execute(wanted.order_by(Photo.id))]


_NAMED = exists().where(text(HELD), Submission.person_id == Photo.person_id, Submission.raw.contains(Photo.sha))
_FREE = and_(Photo.owner_kind == "", ~_NAMED)
"""Nothing claims it, and nothing that is held could."""


def let_go(person_id: int, sha: str) -> None:
    """What named this photo was refused: it goes, unless something else has claimed or still names it."""
    db.session.execute(delete(Photo).where(Photo.person_id == person_id, Photo.sha == sha, _FREE))


def wait_anew(person_id: int, sha: str) -> None:
    """What named this photo was refused and its person will mend it: it waits for that as if it had just come."""
    unclaimed = (Photo.person_id == person_id, Photo.sha == sha, Photo.owner_kind == "")
    db.session.execute(update(Photo).where(*unclaimed).values(delete_on=clock.today() + UNCLAIMED))


def remove_due(day: date) -> int:
    """Take away what is over on this day, bytes and all, inside an open unit of work; returns how many."""
    due = delete(Photo).where(Photo.delete_on <= day, or_(Photo.owner_kind != "", _FREE))
    done: CursorResult[Any] = db.session.execute(due)  # type: ignore[assignment]
    return done.rowcount


def _of(person_id: int, sha: str) -> Select[Photo]:
    return select(Photo).where(Photo.person_id == person_id, Photo.sha == sha)


def _known(person_id: int, sha: str) -> int | None:
    return db.session.scalar(select(Photo.id).where(Photo.person_id == person_id, Photo.sha == sha))


def _unclaimed(person_id: int) -> int:
    wanted = select(func.count()).select_from(Photo).where(Photo.person_id == person_id, Photo.owner_kind == "")
    return db.session.scalar(wanted) or 0
