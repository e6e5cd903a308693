"""Rules of weight: what a phone on a weak signal must fetch."""

import zlib
from collections.abc import Iterator

from p2k2lms.core.i18n import _
from p2k2lms.plugins.catalogue.values.draft import ContentFault, CourseDraft, SesiDraft

PICTURE = 12_000  # bytes
LESSON = 30_000  # bytes of a sesi's texts, compressed


def pictures_are_light(draft: CourseDraft) -> Iterator[ContentFault]:
    """A picture has at most 12 kB."""
    for sesi in draft.ready:
        for name, text in sesi.pictures.items():
            if (size := len(text.encode())) > PICTURE:
                file = f"{draft.folder}{sesi.id}/{name}"
                said = _("%(size)s bita, paling banyak %(most)s", size=size, most=PICTURE)
                yield ContentFault(file, 1, "-", said)


def lessons_are_light(draft: CourseDraft) -> Iterator[ContentFault]:
    """The texts of a sesi have at most 30 kB when compressed."""
    for sesi in draft.ready:
        if sesi.sesi and (size := lesson_bytes(sesi)) > LESSON:
            said = _("teks sesi %(size)s bita termampat, paling banyak %(most)s", size=size, most=LESSON)
            yield sesi.sesi.source.fault(said, "id")


def lesson_bytes(sesi: SesiDraft) -> int:
    """The texts of a sesi's cards, compressed."""
    texts = "\n".join(step.body + step.value.model_dump_json() for step in sesi.steps)
    return len(zlib.compress(texts.encode(), 6))


RULES = (pictures_are_light, lessons_are_light)
