"""Where talk may stand: a langkah, an obstacle, a class, the alumni of a centre; and what a place shows elsewhere."""

from dataclasses import asdict

from p2k2lms.core.access import Actor, require
from p2k2lms.core.errors import NotFound
from p2k2lms.core.i18n import _
from p2k2lms.core.once import once_per_page
from p2k2lms.core.unit_of_work import UnitOfWork
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.catalogue.values import OutlineSesi
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.forum import models, rules
from p2k2lms.plugins.forum import queries as read
from p2k2lms.plugins.forum.permissions import READ_THREAD, reach
from p2k2lms.plugins.forum.values import (
    ABOUT,
    ALUMNI,
    CLASS,
    LANGKAH,
    OBSTACLE,
    OF_ALUMNI,
    OF_CLASS,
    OF_COURSE,
    OF_OBSTACLES,
    Place,
    Shelf,
)
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.identity.values import UnitCard

LARGEST_ID, MOST_WAYS = 2**31 - 1, 6
MOST_ALONG = 400  # places whose answers a phone takes along


def place(actor: Actor, kind: str, key: str) -> Place:
    """The place, for who may see it; NotFound for others, and where there is none."""
    found = _FINDERS[kind](actor, key) if kind in _FINDERS else None
    if found is None:
        raise NotFound("place")
    require(actor, READ_THREAD, found.realm)
    return found


def _langkah(actor: Actor, key: str) -> Place | None:
    course, _slash, step = key.partition("/")
    if not key.isprintable():
        return None
    card = enrolment.enrolment_in(actor.id or 0, course)
    whole = catalogue.outline(card.version_id if card else catalogue.latest(course).id)
    if step not in whole.places:
        return None
    sesi = whole.sesi[whole.places[step][0]]
    title = next(one.title for one in sesi.steps if one.id == step)
    return Place(LANGKAH, key, f"{OF_COURSE}{course}", title, _name(sesi))


def _name(sesi: OutlineSesi) -> str:
    return _("Sesi %(n)s. %(title)s", n=sesi.number, title=sesi.title) if sesi.number else sesi.title


def _obstacle(actor: Actor, key: str) -> Place | None:
    return Place(OBSTACLE, key, OF_OBSTACLES, str(ABOUT[key])) if key in ABOUT else None


def _class(actor: Actor, key: str) -> Place | None:
    number = _number(key)
    card = enrolment.angkatan_by_ids([number]).get(number)
    return Place(CLASS, str(number), f"{OF_CLASS}{number}", card.name) if card else None


def _alumni(actor: Actor, key: str) -> Place | None:
    number = _number(key)
    unit = identity.units([number]).get(number)
    return _alumni_of(unit) if unit else None


def _alumni_of(unit: UnitCard) -> Place:
    return Place(ALUMNI, str(unit.id), f"{OF_ALUMNI}{unit.id}", _("Alumni %(centre)s", centre=unit.name))


_FINDERS = {LANGKAH: _langkah, OBSTACLE: _obstacle, CLASS: _class, ALUMNI: _alumni}


def _number(key: str) -> int:
    if not (key.isascii() and key.isdigit() and 0 < int(key) <= LARGEST_ID):
        raise NotFound("place")
    return int(key)


def own_places(actor: Actor) -> list[Place]:
    """The classes and the alumni that the actor belongs to, as ways in: the newest classes first."""
    mine = reach(actor)
    classes = sorted(mine.classes, key=lambda card: (card.closed_at is not None, -card.id))[:MOST_WAYS]
    found = [Place(CLASS, str(card.id), f"{OF_CLASS}{card.id}", card.name) for card in classes]
    return [*found, *map(_alumni_of, (identity.units(mine.centres) if mine.centres else {}).values())]


@once_per_page
def shelf(kind: str, key: str) -> Shelf:
    """What a place shows on the pages of others: for who may see the place already."""
    return read.shelf(kind, key)


def along(actor: Actor) -> list[tuple[str, Shelf]]:
    """What helped peers beside the cards of the courses that the actor learns, to be kept on a phone."""
    beginnings = [f"{course}/" for course in sorted(reach(actor).courses)]
    found = read.shelves(LANGKAH, beginnings, MOST_ALONG) if beginnings else []
    return [(key, one) for key, one in found if one.best]


def put_on_shelf(uow: UnitOfWork, kind: str, key: str) -> None:
    """Rebuild what a place shows, in the transaction that changed something there."""
    row = read.shelf_row(kind, key)
    best = [asdict(one) for one in rules.best(read.good_answers(kind, key))]
    if row is None:
        row = uow.add(models.Shelf(place_kind=kind, place_id=key, questions=0, best=[]))
    row.questions, row.best = read.questions(kind, key), best
