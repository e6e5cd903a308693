"""Authors give a card a picture: a drawing or a photo, on top of it or in its text, with words that stand for it."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from p2k2lms.core import pictures
from p2k2lms.core.access import Actor
from p2k2lms.core.errors import Conflict, Invalid
from p2k2lms.core.i18n import _
from p2k2lms.plugins.catalogue import card_source, drawing, paths, queries
from p2k2lms.plugins.catalogue.models import Document
from p2k2lms.plugins.catalogue.service.drafting import changing, write
from p2k2lms.plugins.catalogue.service.editing import document_of
from p2k2lms.plugins.catalogue.service.media import keep_media, redrawn
from p2k2lms.plugins.catalogue.values.media import MediaDef

LONGEST_ALT = 300
MOST_PICTURES = 200
_NUMBER = re.compile(r"(?:gambar|foto)-(\d+)\.\w+")


@dataclass(frozen=True)
class NewPicture:
    """What somebody sent: bytes, the words that stand for it, and the place in the text; None is on top of the card."""

    data: bytes
    alt: str
    at: int | None = None


def set_picture(actor: Actor, course: str, step: str, sent: NewPicture) -> int:
    """Show a picture on a card; returns its weight in kB. Invalid for what is none, hides more, or has no words."""
    said = " ".join(sent.alt.split())[:LONGEST_ALT]
    if not said.strip("\\ "):
        raise Invalid(_("Tulis apa yang terlihat pada gambar, untuk yang tidak bisa melihatnya."), "alt")
    photo = _photo(sent.data) if pictures.is_photo(sent.data) else None
    text, kind = (photo[0].text, photo[0].kind) if photo else (_drawing(sent.data), "svg")
    with changing("catalogue.set_picture", actor, course, f"card:{step}") as uow:
        kept = {one.path: one for one in queries.documents(course)}
        card, revision = document_of(course, step, kept), queries.last_revision() + 1
        path = _path(kept, card.path.rpartition("/")[0], text, kind)
        if photo:
            keep_media(*photo, actor)
        if path not in kept:
            write(uow, None, Document(path=path, course=course), text, revision)
        write(uow, card, card, card_source.with_picture(card.text, path.rpartition("/")[2], said, sent.at), revision)
    return math.ceil((photo[0].size if photo else len(text)) / 1000)


def _photo(data: bytes) -> tuple[MediaDef, bytes]:
    try:
        return redrawn(data)
    except Invalid as refusal:
        raise Invalid(str(refusal), "file") from refusal


def _path(kept: Mapping[str, Document], folder: str, text: str, kind: str) -> str:
    """Where the picture stands: where it stands already, else under the next number."""
    inside = {path: one for path, one in kept.items() if path.startswith(folder + "/") and path.endswith(kind)}
    for path, one in inside.items():
        if one.text == text:
            return path
    numbers = [int(n[1]) for path in kept if path.startswith(folder + "/") and (n := _NUMBER.search(path))]
    if max(numbers, default=0) >= MOST_PICTURES:
        raise Conflict(_("Sesi ini sudah penuh gambar."))
    path = f"{folder}/{'gambar' if kind == 'svg' else 'foto'}-{max(numbers, default=0) + 1}.{kind}"
    assert paths.is_known(path.rpartition("/")[2])
    return path


def _drawing(data: bytes) -> str:
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise Invalid(_("Berkas ini bukan foto JPEG, PNG, atau WebP, dan bukan gambar SVG."), "file")
    try:
        text = data.decode("utf-8")
        drawing.safe(text, "", "x")
        foreign = drawing.foreign(text)
    except (UnicodeDecodeError, drawing.BadDrawing) as problem:
        why = str(problem) if isinstance(problem, drawing.BadDrawing) else _("bukan teks UTF-8")
        said = _("Pilih foto JPEG, PNG, atau WebP, atau gambar SVG yang utuh: %(why)s.", why=why)
        raise Invalid(said, "file") from problem
    if foreign:
        names = ", ".join(foreign[:5])
        raise Invalid(_("Gambar ini memuat bagian yang tidak diterima: %(names)s.", names=names), "file")
    return text
