"""What learning shows on pages that are not its own: the home page and the page of a class."""

from flask import render_template, url_for
from markupsafe import Markup

from p2k2lms.core.access import Actor
from p2k2lms.core.i18n import _
from p2k2lms.core.panels import HomeCard
from p2k2lms.plugins.delivery import service
from p2k2lms.plugins.delivery.routes import card_url
from p2k2lms.plugins.delivery.values import CourseView, Place
from p2k2lms.plugins.delivery.words import sesi_name
from p2k2lms.plugins.enrolment.values import AngkatanCard
from p2k2lms.web.login import current_device

LEARN, BEGIN, JOIN = 50, 55, 30


def cards(actor: Actor) -> list[HomeCard]:
    """The next card of each course that is being learned; without a course, the first open door."""
    found = [_go_on(view, view.next) for view in service.running(actor, current_device()) if view.next]
    doors = service.doors(actor) if not found and "pendamping" in actor.roles else ()
    if not doors:
        return found
    door, title = doors[0]
    line = _("%(name)s menerima peserta baru. Belajar di HP, kapan saja.", name=door.name)
    return [HomeCard(JOIN, title, line, url_for("delivery.index"), _("Lihat dan gabung"), _("Pintu terbuka"))]


def _go_on(view: CourseView, place: Place) -> HomeCard:
    left = sum(step.minutes for step in place.sesi.steps[place.number - 1 :])
    line = _(
        "Langkah %(n)s dari %(total)s, sisa %(left)s menit.", n=place.number, total=len(place.sesi.steps), left=left
    )
    begun = view.share.done > 0
    return HomeCard(
        urgency=LEARN if begun else BEGIN,
        eyebrow=view.outline.title,
        title=sesi_name(place.sesi),
        line=line,
        url=card_url(place),
        button=_("Lanjut belajar") if begun else _("Mulai belajar"),
        icon="book",
    )


def class_tab(angkatan: AngkatanCard) -> Markup:
    """The way into the course of a class as its learners see it."""
    return Markup(render_template("delivery/class_tab.html", angkatan=angkatan))
