"""Which course is taught in the field: the one with the most sesi that bear a number."""

from dataclasses import dataclass

from p2k2lms.core.errors import Invalid, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.core.once import once_per_page
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.catalogue.values import Outline, OutlineModul, OutlineSesi
from p2k2lms.plugins.fieldwork.rules import meetings


@dataclass(frozen=True)
class FieldCourse:
    """The newest version of that course, and its sesi for the families in order."""

    course: str
    version_id: int
    outline: Outline
    sesi: tuple[OutlineSesi, ...]

    @property
    def modul(self) -> list[tuple[OutlineModul, list[OutlineSesi]]]:
        """The modul that have such sesi, with them."""
        both = [(modul, [s for s in self.sesi if s.modul_id == modul.id]) for modul in self.outline.modul]
        return [(modul, sesi) for modul, sesi in both if sesi]


@once_per_page
def field_course() -> FieldCourse | None:
    """What is taught now; None while nothing with numbered sesi is published."""
    found = []
    for version in catalogue.courses():
        outline = catalogue.outline(version.id)
        found.append(FieldCourse(version.course, version.id, outline, tuple(meetings.numbered(outline))))
    best = max(found, key=lambda course: len(course.sesi), default=None)
    return best if best is not None and best.sesi else None


def outline_of(version_id: int, sesi: str) -> Outline:
    """The course in the version that a report names, which must have the sesi; Invalid otherwise."""
    try:
        outline = catalogue.outline(version_id)
    except NotFound as absent:
        raise Invalid(_("Versi kursus ini tidak dikenal."), "payload.version_id") from absent
    if sesi not in outline.sesi:
        raise Invalid(_("Sesi ini tidak ada di kursus."), "payload.sesi")
    return outline
