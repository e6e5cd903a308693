"""The cards of a sesi as its authors arrange them: added, copied, archived, put in order; an id is given once."""

import re
import unicodedata
import zlib
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from p2k2lms.core.access import Actor
from p2k2lms.core.errors import Conflict, Invalid, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import UnitOfWork
from p2k2lms.plugins.catalogue import card_source, paths, queries, yaml_source
from p2k2lms.plugins.catalogue.models import Document
from p2k2lms.plugins.catalogue.service.drafting import changing, rename, write
from p2k2lms.plugins.catalogue.service.editing import document_of

MOST_CARDS = 99
LONGEST_TITLE = 160
Kept = Mapping[str, Document]


class Place(NamedTuple):
    """The sesi that changes, and the revision that the change makes."""

    course: str
    sesi: str
    revision: int


def titled(text: str) -> str:
    """A title that somebody typed; Invalid for none."""
    title = " ".join(text.split())[:LONGEST_TITLE]
    if not title:
        raise Invalid(_("Tulis judulnya."), "title")
    return title


def sesi_of(step: str) -> str:
    """The sesi to which a card belongs."""
    return step.rpartition("-")[0]


def add_card(actor: Actor, course: str, sesi: str, title: str) -> str:
    """A new card at the end of a sesi, with blanks to fill in; returns its permanent id."""
    with changing("catalogue.add_card", actor, course, f"sesi:{sesi}") as uow:
        kept = {one.path: one for one in queries.documents(course)}
        head = kept.get(f"{paths.folder(course)}{sesi}/{paths.SESI}")
        if head is None:
            raise NotFound(f"sesi {sesi}")
        goals = card_source.split(head.text)[0].get("objectives") or ()
        goal = next((str(one["id"]) for one in goals if isinstance(one, dict) and one.get("id")), f"{sesi}-t1")
        return _put(uow, kept, card_source.blank(titled(title), goal), _place(course, sesi))


def duplicate_card(actor: Actor, course: str, step: str) -> str:
    """A copy of a card right below it, under an id of its own."""
    with changing("catalogue.duplicate_card", actor, course, f"card:{step}") as uow:
        kept = {one.path: one for one in queries.documents(course)}
        head, body = card_source.split(document_of(course, step, kept).text)
        title = titled(_("%(title)s (salinan)", title=head.get("title", "")))
        head = {key: value for key, value in head.items() if key != "archived"}
        place = _place(course, sesi_of(step))
        made = _put(uow, kept, card_source.joined(head | {"title": title}, body), place)
        names = [one for one in _order(course, sesi_of(step)) if one != made]
        names.insert(names.index(step) + 1 if step in names else len(names), made)
        _arrange(uow, names, place)
        return made


def _place(course: str, sesi: str) -> Place:
    return Place(course, sesi, queries.last_revision() + 1)


def _put(uow: UnitOfWork, kept: Kept, text: str, place: Place) -> str:
    """Write a card as the last of its sesi; returns the id it was given."""
    course, sesi, revision = place
    name = _free_id(course, sesi, (one.text for path, one in kept.items() if paths.is_step(path)))
    head, body = card_source.split(text)
    folder = f"{paths.folder(course)}{sesi}/"
    numbers = [int(path[len(folder) :][:2]) for path in kept if path.startswith(folder) and paths.is_step(path)]
    number = max(numbers, default=0) + 1
    if number > MOST_CARDS:
        raise Conflict(_("Sesi ini sudah penuh."))
    path = f"{folder}{number:02}-{slug(head['title'])}-{name.rpartition('-')[2]}.md"
    new = Document(path=path, course=course)
    write(uow, None, new, card_source.joined({**head, "id": name}, body), revision)
    return name


def _free_id(course: str, sesi: str, texts: Iterable[str]) -> str:
    """The next id of a sesi that no draft and no version ever had."""
    form = re.compile(rf"\b{re.escape(sesi)}-l(\d\d)\b")
    taken = {int(n) for text in (*texts, *published_texts(course)) for n in form.findall(text)}
    number = max(taken, default=0) + 1
    if number > MOST_CARDS:
        raise Conflict(_("Sesi ini sudah penuh."))
    return f"{sesi}-l{number:02}"


def published_texts(course: str) -> Iterable[str]:
    """What was ever published of a course, as it stands in its packs."""
    return (zlib.decompress(part).decode() for part in queries.open_parts(course))


def slug(title: str) -> str:
    """A title as part of a file name."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:40].strip("-") or "kartu"


def rename_card(actor: Actor, course: str, step: str, title: str, minutes: str) -> None:
    """Give a card another title and other minutes; everything else of it stays."""
    with changing("catalogue.rename_card", actor, course, f"card:{step}") as uow:
        document = document_of(course, step, {one.path: one for one in queries.documents(course)})
        head, body = card_source.split(document.text)
        head |= {"title": titled(title), "minutes": whole(minutes, "minutes", 1, 1200)}
        write(uow, document, document, card_source.joined(head, body), queries.last_revision() + 1)


def whole(text: str, field: str, least: int, most: int) -> int:
    """A whole number that somebody typed; Invalid for what is none."""
    plain = text.strip()
    if not (plain.isascii() and plain.isdigit() and len(plain) < 6 and least <= int(plain) <= most):
        raise Invalid(_("Tulis angka %(least)s sampai %(most)s.", least=least, most=most), field)
    return int(plain)


def archive_card(actor: Actor, course: str, step: str, back: bool = False) -> None:
    """Take a card out of use, or back into it; its id stays its own, and who has read it keeps that."""
    with changing("catalogue.archive_card", actor, course, f"card:{step}") as uow:
        document = document_of(course, step, {one.path: one for one in queries.documents(course)})
        head, body = card_source.split(document.text)
        head.pop("archived", None)
        head = head if back else head | {"archived": True}
        write(uow, document, document, card_source.joined(head, body), queries.last_revision() + 1)


def move_card(actor: Actor, course: str, step: str, up: bool) -> None:
    """Let a card change places with its neighbour in the sesi; its id, and with it everybody's progress, stays."""
    with changing("catalogue.move_card", actor, course, f"card:{step}") as uow:
        names = _order(course, sesi_of(step))
        if step not in names:
            raise NotFound(f"card {step}")
        here = names.index(step)
        other = here + (-1 if up else 1)
        if not 0 <= other < len(names):
            raise Conflict(_("Kartu ini sudah di ujung sesinya."))
        names.insert(other, names.pop(here))
        _arrange(uow, names, _place(course, sesi_of(step)))


def order_cards(actor: Actor, course: str, names: list[str]) -> None:
    """Put the cards of one sesi in this order; a card that is not named follows."""
    with changing("catalogue.move_card", actor, course, f"card:{names[0]}") as uow:
        sesi = sesi_of(names[0])
        known = _order(course, sesi)
        wanted = [name for name in dict.fromkeys(names) if name in known]
        if not wanted:
            raise NotFound(f"sesi {sesi}")
        rest = [name for name in known if name not in wanted]
        _arrange(uow, [*wanted, *rest], _place(course, sesi))


def _cards(course: str, sesi: str) -> list[tuple[Document, str, bool]]:
    """The documents of the cards of a sesi in their order, their ids, and whether they are archived."""
    folder = f"{paths.folder(course)}{sesi}/"
    found = []
    for document in queries.documents(course):
        if document.path.startswith(folder) and paths.is_step(document.path):
            try:
                head = card_source.split(document.text)[0]
            except yaml_source.Unreadable:
                head = {}
            found.append((document, str(head.get("id", "")), bool(head.get("archived"))))
    return found


def _order(course: str, sesi: str) -> list[str]:
    return [name for _document, name, archived in _cards(course, sesi) if not archived]


def _arrange(uow: UnitOfWork, names: list[str], place: Place) -> None:
    """Number the files of a sesi so that they stand in this order; only what changes its number is touched."""
    rank = {name: place for place, name in enumerate(names)}
    rows = sorted(_cards(place.course, place.sesi), key=lambda row: rank.get(row[1], len(rank)))
    moves = []
    for number, (document, _name, _archived) in enumerate(rows, 1):
        folder, _slash, file = document.path.rpartition("/")
        path = f"{folder}/{number:02}{file[2:]}"
        if path != document.path:
            moves.append((document, path))
    rename(uow, moves, place.revision)
