"""What enrolment shows on pages that are not its own."""

from datetime import date

from flask import render_template, url_for
from markupsafe import Markup

from p2k2lms.core import clock
from p2k2lms.core.access import Actor
from p2k2lms.core.i18n import _, counted, long_date
from p2k2lms.core.panels import HomeCard
from p2k2lms.plugins.enrolment import service
from p2k2lms.plugins.enrolment.values import CLASS, MODES, STATES, AngkatanCard
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.identity.values import CLOSE, UnitCard
from p2k2lms.web.login import current_actor

MOST = 3


def home_cards(actor: Actor) -> list[HomeCard]:
    """The classes that are not closed in which the actor works."""
    if not actor.roles & {"widyaiswara", "panitia"}:
        return []
    running = service.still_runs(actor)[:MOST]
    return [
        HomeCard(
            35,
            card.name,
            _standing(card),
            url_for("enrolment.show", angkatan_id=card.id),
            _("Buka angkatan"),
            icon="people",
        )
        for card in running
    ]


def person_page(person_id: int) -> Markup:
    """On a person's page: the classes in which they learn or have learned."""
    found = [card for card in service.enrolments_of(person_id) if card.angkatan_id]
    return Markup(render_template("enrolment/person.html", classes=found, modes=MODES, states=STATES))


def unit_page(unit: UnitCard, month: date) -> Markup:
    """On the page of a unit: who finished a class or a path in the month, for who may open each of them."""
    if unit.level not in CLOSE or not identity.may_see_people_in(current_actor(), unit.path):
        return Markup("")
    found = service.trained_in(unit.path, month)
    return Markup(render_template("enrolment/unit.html", found=found, by_class=CLASS))


def _standing(card: AngkatanCard) -> str:
    """How many people, and what the class is at today."""
    today = clock.today(service.ZONE)
    if card.starts > today:
        return counted("%(n)s peserta, mulai %(day)s.", card.taken, day=long_date(card.starts))
    if card.ends is not None and card.ends < today:
        return counted("%(n)s peserta, selesai %(day)s, belum ditutup.", card.taken, day=long_date(card.ends))
    return counted("%(n)s peserta, sedang berjalan.", card.taken)
