"""The items of a course as a question file, and what the format cannot say."""

from dataclasses import dataclass, replace

from p2k2lms.core.access import SYSTEM, Actor, require
from p2k2lms.core.errors import NotFound
from p2k2lms.core.i18n import _
from p2k2lms.plugins.assessment.formats import WRITERS, Found, Remark, Writer
from p2k2lms.plugins.assessment.formats.course import question_of
from p2k2lms.plugins.assessment.permissions import LIST_ITEMS
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.catalogue.values import Bank


@dataclass(frozen=True)
class Export:
    """A file that was made; `found` holds its questions, and what was left out of them."""

    writer: Writer
    content: bytes
    found: Found


def losses(bank: Bank, sesi: str = "") -> dict[str, int]:
    """How many items of a course, or of one sesi, each format cannot write whole; none of formats that write all."""
    items = [question_of(item.data) for item in bank.items if not sesi or item.sesi == sesi]
    found = {name: sum(writer.loses(one) for one in items) for name, writer in WRITERS.items()}
    return {name: number for name, number in found.items() if number}


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
