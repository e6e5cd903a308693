"""Whose field work one looks after: the pendamping supervised, or those of the own units, a page at a time."""

from dataclasses import dataclass

from p2k2lms.core import clock
from p2k2lms.core.access import Actor, require
from p2k2lms.plugins.fieldwork.permissions import LIST_REPORTS
from p2k2lms.plugins.identity import service as identity

PAGE = 25


@dataclass(frozen=True)
class InCare:
    """The people of one page by id, and behind whom the next page begins; None on the last."""

    ids: tuple[int, ...]
    after: int | None


def people_in_care(actor: Actor, after_id: int = 0) -> InCare:
    """The pendamping in the actor's care today, by id, from behind one of them."""
    require(actor, LIST_REPORTS)
    today = clock.today()
    paths = actor.paths("koordinator", "admin")
    if paths:
        found = identity.ids_of_units(paths, ["pendamping"], today, after_id, PAGE + 1)
    else:
        found = [person for person in identity.supervised_by(actor.id or 0, today) if person > after_id][: PAGE + 1]
    return InCare(tuple(found[:PAGE]), found[PAGE - 1] if len(found) > PAGE else None)
