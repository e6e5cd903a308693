"""From the field back to the author: how one card of a course fares at the meetings of the last year."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from p2k2lms.core import clock
from p2k2lms.core.access import Actor, require
from p2k2lms.core.errors import NotFound
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.fieldwork.permissions import READ_LOOP
from p2k2lms.plugins.fieldwork.queries import loop as read
from p2k2lms.plugins.fieldwork.rules import loop
from p2k2lms.plugins.fieldwork.values.words import DONE

A_YEAR = timedelta(days=365)


def card_loop(actor: Actor, course: str, step: str) -> loop.CardLoop:
    """What the newest meetings of the card's sesi say about it; sums alone, of no person and no place."""
    require(actor, READ_LOOP, course)
    sesi = step.rpartition("-")[0]
    told = told_of(read.told(sesi, clock.today() - A_YEAR), course, sesi, step)
    return replace(loop.card_loop(told), planned=_planned(course, sesi))


def told_of(rows: Sequence[read.Row], course: str, sesi: str, step: str) -> list[loop.Told]:
    """What meetings of a sesi say about one of its cards, wherever it stood in the version that was taught."""
    places = {version: _place(version, course, sesi, step) for version in {row[0] for row in rows}}
    return [
        loop.Told(_sign(steps, places[version]), minutes, hands, obstacle)
        for version, steps, minutes, hands, obstacle in rows
    ]


def _planned(course: str, sesi: str) -> int:
    """The minutes that the newest version gives to a sesi."""
    try:
        found = catalogue.outline(catalogue.latest(course).id).sesi.get(sesi)
    except NotFound:
        return 0
    return found.minutes or 0 if found else 0


def _place(version_id: int, course: str, sesi: str, step: str) -> int | None:
    """Where the card stood in its sesi in this version, from 0."""
    outline = catalogue.outline(version_id)
    found = outline.sesi.get(sesi) if outline.course == course else None
    names = [one.id for one in found.steps] if found else []
    return names.index(step) if step in names else None


def _sign(steps: str, place: int | None) -> str:
    """The sign of the card; a report without signs says that all of it was given."""
    if place is None:
        return ""
    return steps[place : place + 1] if steps else DONE
