"""What progress shows on pages that are not its own."""

from flask import render_template
from markupsafe import Markup

from p2k2lms.core import clock
from p2k2lms.core.access import Actor, allowed
from p2k2lms.core.i18n import _, counted
from p2k2lms.core.panels import HomeCard
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import AngkatanCard, EnrolmentCard
from p2k2lms.plugins.progress import service, words
from p2k2lms.plugins.progress.permissions import DECIDE_COMPLETION, READ_MARKS
from p2k2lms.web.login import current_actor

CLOSE_URGENCY = 70


def class_tabs(angkatan: AngkatanCard) -> Markup:
    """Marks and closing, beside the roster of a class."""
    actor = current_actor()
    return Markup(
        render_template(
            "progress/tabs.html",
            angkatan=angkatan,
            may_read=allowed(actor, READ_MARKS, angkatan),
            may_decide=allowed(actor, DECIDE_COMPLETION, angkatan),
        )
    )


def outline_bottom(enrolment: EnrolmentCard) -> Markup:
    """At the foot of an outline: completed, or what is still missing, in words."""
    return Markup(render_template("progress/state.html", state=service.state_in(enrolment)))


def person_page(person_id: int) -> Markup:
    """On a person's page: every decision about them."""
    found = service.completions_of(person_id)
    return Markup(render_template("progress/person.html", completions=found, decided=words.decided))


def home_cards(actor: Actor) -> list[HomeCard]:
    """A widyaiswara is reminded of classes that are over and not closed."""
    if not actor.roles & DECIDE_COMPLETION.roles:
        return []
    today = clock.today()
    over = [
        c
        for c in enrolment.trains(actor)
        if c.closed_at is None and c.ends is not None and c.ends < today and allowed(actor, DECIDE_COMPLETION, c)
    ]
    return [
        HomeCard(
            CLOSE_URGENCY,
            _("Putuskan kelulusan %(name)s", name=c.name),
            counted("Angkatan selesai, %(n)s peserta menunggu.", c.taken),
            f"/angkatan/{c.id}/tutup",
            _("Buka putusan"),
            icon="tick",
        )
        for c in over[:2]
    ]
