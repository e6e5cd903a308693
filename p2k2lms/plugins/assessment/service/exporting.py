"""The items of a course as a question file, and what the format cannot say."""

from dataclasses import dataclass, replace

from p2k2lms.core.access import SYSTEM, Actor, require
from p2k2lms.core.errors import NotFound
from p2k2lms.core.i18n import _
from p2k2lms.plugins.assessment.formats import WRITERS, Found, Remark, Writer
from p2k2lms.plugins.assessment.formats.course import question_of
from p2k2lms.plugins.assessment.permissions import LIST_ITEMS
from p2k2lms.plugins.catalogue import service as catalogue


@dataclass(frozen=True)
class Export:
    """A file that was made; `found` holds its questions, and what was left out of them."""

    writer: Writer
    content: bytes
    found: Found


def export_items(actor: Actor, course_id: str, format: str, sesi: str = "") -> Export:
    """The items of a course or of one sesi in one of the formats of `WRITERS`."""
    if actor is not SYSTEM:
        require(actor, LIST_ITEMS, course_id)
    if format not in WRITERS:
        raise NotFound(f"format {format}")
    writer = WRITERS[format]
    items = [item for item in catalogue.bank(course_id, sesi).items if not sesi or item.sesi == sesi]
    named = [(item.id or item.mark, replace(question_of(item.data), name=item.id)) for item in items]
    remarks = tuple(
        Remark(name, _("Sebagian isi tidak dapat ditulis dalam format ini."))
        for name, one in named
        if writer.loses(one)
    )
    content = writer.write([question for _name, question in named])
    return Export(writer, content, Found(format, tuple(named), remarks))
