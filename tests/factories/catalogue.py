"""Courses for tests: a tiny one that has every part, loaded and published through the real use-cases."""

from collections.abc import Mapping
from pathlib import Path

from p2k2lms.plugins.catalogue import service
from p2k2lms.plugins.catalogue.files import read
from p2k2lms.plugins.catalogue.models import Document
from p2k2lms.plugins.catalogue.packs import shelf
from p2k2lms.plugins.catalogue.values import VersionCard
from tests import ground

DATA = Path(__file__).parents[1] / "data" / "courses"
TINY = "kursus-kecil"  # 2 written sesi (tf-s01, m1-s01) of 3 langkah, 5 of them required; tf-s02 is not written


def course_texts(course: str = TINY) -> dict[str, str]:
    """The documents of the tiny course, under another id if one is given."""
    texts = read(TINY, DATA / "courses", DATA / "modules_content", keep=service.put_media)
    renamed = {path.replace(TINY, course): text for path, text in texts.items()}
    manifest = f"courses/{course}.yaml"
    renamed[manifest] = renamed[manifest].replace(f"id: {TINY}", f"id: {course}", 1)
    return renamed


def a_course(course: str = TINY, changes: Mapping[str, str | None] | None = None) -> VersionCard:
    """A published course; `changes` maps a path, or its end, to a new text, or to None to leave the document out."""
    texts = course_texts(course)
    for end, text in (changes or {}).items():
        path = next((p for p in texts if p.endswith(end)), end)
        texts.pop(path, None)
        if text is not None:
            texts[path] = text

    def published() -> None:
        service.load(course, texts)
        service.publish(course, drop=True)

    ground.stand(repr(sorted(texts.items())), published, Document)
    card = service.latest(course)
    shelf().forget(card.id)  # its number may have been another course's before
    return card
