"""A question file between the look at it and the taking in: kept here, so that no form carries it to and fro."""

from p2k2lms.core.access import Actor, require
from p2k2lms.core.errors import Invalid
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.assessment.models import SentFile
from p2k2lms.plugins.assessment.permissions import CHANGE_ITEM
from p2k2lms.plugins.assessment.queries import sent


def keep_file(actor: Actor, course: str, data: bytes) -> int:
    """Keep a file for a day; one for each person, so a later one takes its place. Returns its number."""
    require(actor, CHANGE_ITEM, course)
    with unit_of_work("assessment.keep_file", actor, f"course:{course}") as uow:
        person = actor.id or 0
        sent.forget(person)
        return uow.add(SentFile(person_id=person, course=course, body=data)).id


def kept_file(actor: Actor, course: str, number: str) -> bytes:
    """The bytes of one's own file; Invalid if it is not here any more."""
    require(actor, CHANGE_ITEM, course)
    known = number.isascii() and number.isdigit() and len(number) < 10
    body = sent.body(actor.id or 0, course, int(number)) if known else None
    if body is None:
        raise Invalid(_("Pilih berkasnya sekali lagi."), "file")
    return body
