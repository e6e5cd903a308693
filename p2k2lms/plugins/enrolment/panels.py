"""What enrolment shows on pages that are not its own."""

from flask import url_for

from p2k2lms.core.access import Actor
from p2k2lms.core.i18n import _, counted
from p2k2lms.core.panels import HomeCard
from p2k2lms.plugins.enrolment import service

MOST = 3


def home_cards(actor: Actor) -> list[HomeCard]:
    """The running classes in which the actor works."""
    if not actor.roles & {"widyaiswara", "panitia"}:
        return []
    running = [c for c in service.trains(actor) if c.closed_at is None][:MOST]
    return [
        HomeCard(
            35,
            card.name,
            counted("%(n)s peserta, sedang berjalan.", card.taken),
            url_for("enrolment.show", angkatan_id=card.id),
            _("Buka angkatan"),
            icon="people",
        )
        for card in running
    ]
