"""What a phone takes along to meet without signal: the own groups, what each had, and what was told lately."""

from collections.abc import Sequence
from dataclasses import dataclass

from p2k2lms.core import clock
from p2k2lms.core.access import Actor, require
from p2k2lms.core.errors import NotFound
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.catalogue.values import Card, OutlineSesi, SesiSheet
from p2k2lms.plugins.fieldwork.permissions import LIST_GROUPS
from p2k2lms.plugins.fieldwork.queries import meetings as read_meetings
from p2k2lms.plugins.fieldwork.rules import months
from p2k2lms.plugins.fieldwork.service.course import FieldCourse, field_course
from p2k2lms.plugins.fieldwork.service.coverage import Line
from p2k2lms.plugins.fieldwork.service.reading import own_lines
from p2k2lms.plugins.fieldwork.values import MeetingCard


@dataclass(frozen=True)
class TakenBook:
    """The course that is taught, the own groups, and the reports that can still be mended."""

    course: FieldCourse
    lines: tuple[Line, ...]
    told: tuple[MeetingCard, ...]

    @property
    def next(self) -> list[OutlineSesi]:
        """What the groups are to be taught next, each sesi once, in order."""
        wanted = {line.next.id for line in self.lines if line.next}
        return [sesi for sesi in self.course.sesi if sesi.id in wanted]


def take_book(actor: Actor) -> TakenBook:
    """All that the actor needs to teach and to report without signal."""
    require(actor, LIST_GROUPS)
    course = field_course()
    if course is None:
        raise NotFound("course")
    lines = own_lines(actor)
    since = months.earlier(months.month_of(clock.today())).first
    return TakenBook(course, tuple(lines), tuple(read_meetings.told_by(actor.id or 0, since)))


@dataclass(frozen=True)
class BookSesi:
    """One sesi as it is taught: its sheet and its cards."""

    sheet: SesiSheet
    cards: Sequence[Card]


def book_sesi(version_id: int, sesi: OutlineSesi) -> BookSesi:
    """What is drawn of a sesi for the phones of everybody who teaches it."""
    cards = [catalogue.card(version_id, step.id) for step in sesi.steps]
    return BookSesi(catalogue.sesi(version_id, sesi.id), cards)
