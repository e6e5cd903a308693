"""Photos of courses: taken in redrawn and small, named by their hash, never changed, given out to who reads."""

import hashlib

from p2k2lms.core import pictures
from p2k2lms.core.access import SYSTEM, Actor
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.catalogue import queries
from p2k2lms.plugins.catalogue.models import Media
from p2k2lms.plugins.catalogue.values.media import EDGE, MOST, MediaDef


def described(data: bytes) -> MediaDef:
    """What would be kept of a JPEG, PNG or WebP: no place, no camera, at most 60 kB. Invalid for what is none."""
    return redrawn(data)[0]


def redrawn(data: bytes) -> tuple[MediaDef, bytes]:
    """What would be kept, and its bytes. Slow: done before a transaction, not in one."""
    kept = pictures.fitted(data, EDGE, MOST)
    sha = hashlib.sha256(kept.body).hexdigest()
    about = {"kind": kept.kind, "width": kept.width, "height": kept.height, "size": len(kept.body)}
    return MediaDef.model_validate({"sha": sha, **about}), kept.body


def put_media(data: bytes, actor: Actor = SYSTEM) -> MediaDef:
    """Keep a photo, whose `text` its document holds; the same again changes nothing.

    Whoever calls has decided that this person may write. Invalid for what is no photo.
    """
    media, body = redrawn(data)
    keep_media(media, body, actor)
    return media


def keep_media(media: MediaDef, body: bytes, actor: Actor = SYSTEM) -> None:
    """Keep a photo that was redrawn, together with what else its caller writes."""
    with unit_of_work("catalogue.put_media", actor, f"media:{media.sha[:16]}") as uow:
        if queries.media(media.sha) is None:
            uow.add(Media(sha=media.sha, kind=media.kind, body=body))


def media(sha: str) -> bytes | None:
    """The bytes of a photo. It belongs to the open part: whoever knows its hash has seen a card that shows it."""
    return queries.media(sha)
