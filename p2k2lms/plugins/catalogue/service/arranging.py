"""Authors give a card its picture, and carry a whole course as a file."""

import re
from collections.abc import Mapping

from p2k2lms.core import archives
from p2k2lms.core.access import Actor, require
from p2k2lms.core.errors import Invalid, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.catalogue import card_source, drawing, paths, queries
from p2k2lms.plugins.catalogue.models import Document
from p2k2lms.plugins.catalogue.permissions import CHANGE_DOCUMENT, LIST_DOCUMENTS
from p2k2lms.plugins.catalogue.service.authoring import as_files, load
from p2k2lms.plugins.catalogue.service.drafting import changing, write
from p2k2lms.plugins.catalogue.service.editing import document_of
from p2k2lms.plugins.catalogue.service.media import keep_media, redrawn
from p2k2lms.plugins.catalogue.values.media import MediaDef

REVISION = "REVISI.txt"
_NUMBER = re.compile(r"gambar-(\d+)\.svg")


def set_picture(actor: Actor, course: str, step: str, data: bytes, alt: str) -> None:
    """Give a card a drawing (SVG) with the words that stand for it. Invalid for what is no drawing, or hides more."""
    text, said = _drawing(data), " ".join(alt.split())
    if not said:
        raise Invalid(_("Tulis apa yang terlihat pada gambar, untuk yang tidak bisa melihatnya."), "alt")
    with changing("catalogue.set_picture", actor, course, f"card:{step}") as uow:
        kept = {one.path: one for one in queries.documents(course)}
        card = document_of(course, step, kept)
        folder = card.path.rpartition("/")[0]
        numbers = [int(n[1]) for path in kept if path.startswith(folder) and (n := _NUMBER.search(path))]
        name = f"gambar-{max(numbers, default=0) + 1}.svg"
        revision = queries.last_revision() + 1
        write(uow, None, Document(path=f"{folder}/{name}", course=course), text, revision)
        shown = card_source.with_picture(card.text, name, said)
        write(uow, card, card, shown, revision)


def _drawing(data: bytes) -> str:
    try:
        text = data.decode("utf-8")
        drawing.safe(text, "", "x")
        foreign = drawing.foreign(text)
    except (UnicodeDecodeError, drawing.BadDrawing) as problem:
        why = str(problem) if isinstance(problem, drawing.BadDrawing) else _("bukan teks UTF-8")
        raise Invalid(_("Gambar harus berkas SVG yang utuh: %(why)s.", why=why), "file") from problem
    if foreign:
        raise Invalid(
            _("Gambar ini memuat bagian yang tidak diterima: %(names)s.", names=", ".join(foreign[:5])), "file"
        )
    return text


def packed(actor: Actor, course: str) -> bytes:
    """The drafts of a course as a ZIP of the exchange form, keys of the tests included, with its revision."""
    require(actor, LIST_DOCUMENTS, course)
    texts = queries.texts(course)
    if not texts:
        raise NotFound(f"course {course}")
    revision = {REVISION: f"{queries.last_revision(course)}\n".encode()}
    return archives.write(as_files(texts) | revision)


def unpack(actor: Actor, course: str, data: bytes) -> int:
    """Make the drafts equal to such a ZIP; returns the revision afterwards.

    Conflict when the course has moved on since the ZIP was made: nothing of anybody is overwritten unseen.
    """
    require(actor, CHANGE_DOCUMENT, course)
    files = archives.read(data)
    said = files.pop(REVISION, b"").decode("ascii", "replace").strip()
    texts, photos = _texts(course, files)
    with unit_of_work("catalogue.load_documents", actor, f"course:{course}"):
        for media, body in photos:
            keep_media(media, body, actor)
        return load(course, texts, int(said) if said.isdigit() and len(said) < 10 else None, actor)


def _texts(course: str, files: Mapping[str, bytes]) -> tuple[dict[str, str], list[tuple[MediaDef, bytes]]]:
    """The documents in an archive, each of this course and a text or a photo; and the photos with their bytes."""
    found, photos = {}, []
    for path, content in files.items():
        if path != paths.manifest(course) and not path.startswith(paths.folder(course)):
            raise Invalid(_("Berkas ini bukan milik kursus ini: %(path)s", path=path[:80]), "file")
        try:
            if paths.is_photo(path):
                photos.append(redrawn(content))
            found[path] = photos[-1][0].text if paths.is_photo(path) else content.decode("utf-8")
        except UnicodeDecodeError as problem:
            raise Invalid(_("Bukan teks UTF-8: %(path)s", path=path[:80]), "file") from problem
    return found, photos
