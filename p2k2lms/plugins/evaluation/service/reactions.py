"""What the members of one class said at its end, for the report of the class: no words, and nothing below five."""

from dataclasses import dataclass

from p2k2lms.core import clock
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import AngkatanCard
from p2k2lms.plugins.evaluation.queries import replies as read
from p2k2lms.plugins.evaluation.rules.items import ItemResult, K, results
from p2k2lms.plugins.evaluation.service.instruments import version_card


@dataclass(frozen=True)
class Reactions:
    """How many of a class were asked and answered, and each question; no question where fewer than five answered."""

    asked: int
    answered: int
    items: tuple[ItemResult, ...]


def class_reactions(angkatan: AngkatanCard) -> Reactions | None:
    """The reactions of a class; None while nobody of it has been asked. The caller has decided who may see them.

    Each member's sheet is that of the first wave of reactions since the class began.
    """
    until = clock.on_day(angkatan.closed_at, clock.HOME) if angkatan.closed_at else clock.today()
    asked = read.reactions(enrolment.people_in(angkatan.id), angkatan.starts.replace(day=1), until)
    if not asked:
        return None
    sheets = [one.sheet for one in asked if one.sheet]
    newest = max(one.version_id for one in asked)
    alike = [one.sheet for one in asked if one.sheet and one.version_id == newest]
    items = results(version_card(newest).instrument, alike) if len(alike) >= K else []
    return Reactions(len(asked), len(sheets), tuple(items))
