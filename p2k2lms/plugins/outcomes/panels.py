"""What outcomes shows on pages that are not its own."""

from datetime import date

from flask import render_template
from markupsafe import Markup

from p2k2lms.core.access import Actor, allowed
from p2k2lms.core.questions import Ahead
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import AngkatanCard
from p2k2lms.plugins.identity.values import UnitCard
from p2k2lms.plugins.outcomes import service, words
from p2k2lms.plugins.outcomes.permissions import READ_CHAIN, READ_CLASS, READ_INDICATOR
from p2k2lms.web.login import current_actor


def public_home() -> Markup:
    """For a visitor: where the published months are read."""
    return Markup(render_template("outcomes/public_home.html"))


def unit_page(unit: UnitCard, month: date) -> Markup:
    """On the page of a unit: its first figures, and the way to all of them."""
    actor = current_actor()
    if not allowed(actor, READ_INDICATOR, unit):
        return Markup()
    found = service.lead(actor, unit, month)
    return Markup(render_template("outcomes/unit_lead.html", found=found, unit=unit, month=month, words=words))


def class_tab(angkatan: AngkatanCard) -> Markup:
    """The four levels of a class, for those who may read them."""
    may_read = allowed(current_actor(), READ_CLASS, angkatan)
    return Markup(render_template("outcomes/class_tab.html", angkatan=angkatan, may_read=may_read))


def person_page(person_id: int) -> Markup:
    """The way to the chain of a person who has been trained, for those who may read it."""
    if not allowed(current_actor(), READ_CHAIN, person_id) or not enrolment.trained(person_id):
        return Markup()
    return Markup(render_template("outcomes/person_link.html", person_id=person_id))


def ahead_of_person(actor: Actor, person_id: int, part: str) -> list[Ahead]:
    """What the way to the chain will ask."""
    return enrolment.ahead_of_trained(person_id) if part == "person.results" else []
