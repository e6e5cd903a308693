"""From the field to the studio: the cards of the course for the families that need their author most."""

from dataclasses import dataclass, replace
from datetime import date

from p2k2lms.core import clock
from p2k2lms.core.access import Actor, require
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.fieldwork.models import CardReport
from p2k2lms.plugins.fieldwork.permissions import READ_LOOP
from p2k2lms.plugins.fieldwork.queries import loop as read
from p2k2lms.plugins.fieldwork.rules import loop, needs
from p2k2lms.plugins.fieldwork.service.course import field_course
from p2k2lms.plugins.fieldwork.service.loop import A_YEAR, told_of

COUNT_CARDS = "fieldwork.count_cards"
FIGURES = ("meetings", "skipped", "minutes", "planned", "few", "asked")


@dataclass(frozen=True)
class CardsInNeed:
    """The cards most in need, the first the most, with their titles; over which days they were counted."""

    cards: tuple[tuple[needs.Need, str], ...]
    since: date
    as_of: date


def count_cards() -> None:
    """The job of the night: every card of what is taught now, over a year; done twice it says the same."""
    course, day = field_course(), clock.today()
    if course is None:
        return
    with unit_of_work(COUNT_CARDS, subject=f"course:{course.course}") as uow:
        read.forget_cards()
        span = {"course": course.course, "since": day - A_YEAR, "as_of": day}
        for sesi in course.sesi:
            rows = read.told(sesi.id, day - A_YEAR)
            for step in sesi.steps:
                told = loop.card_loop(told_of(rows, course.course, sesi.id, step.id))
                card = needs.need(step.id, replace(told, planned=sesi.minutes or 0))
                figures = {name: getattr(card, name) for name in FIGURES}
                uow.add(CardReport(step=card.step, **figures, **span))


def cards_in_need(actor: Actor, course: str) -> CardsInNeed | None:
    """The cards of a course most in need by the last count; None before there is one, or where nothing is amiss."""
    require(actor, READ_LOOP, course)
    rows = read.card_reports(course)
    ranked = needs.most(needs.Need(row.step, *(getattr(row, name) for name in FIGURES)) for row in rows)
    if not ranked:
        return None
    sesi = catalogue.outline(catalogue.latest(course).id).sesi.values()
    titles = {step.id: step.title for one in sesi for step in one.steps}
    cards = tuple((card, titles[card.step]) for card in ranked if card.step in titles)
    return CardsInNeed(cards, rows[0].since, rows[0].as_of)
