"""What evaluation shows on pages that are not its own."""

from p2k2lms.core.access import ANYONE, Actor
from p2k2lms.core.i18n import _
from p2k2lms.core.panels import HomeCard
from p2k2lms.plugins.evaluation import service

URGENCY = 40
MOST_ROLES = 2
"""Whoever has more roles than this has a full home page, and finds the sheets at /evaluasi."""


def home_cards(actor: Actor) -> list[HomeCard]:
    """The first sheet that waits for an answer."""
    if len(actor.roles - {ANYONE}) > MOST_ROLES:
        return []
    waiting = [task for task in service.tasks(actor) if not task.answered]
    if not waiting:
        return []
    first = waiting[0]
    line = _(
        "Sekitar %(n)s menit, sampai %(day)s.", n=first.version.instrument.minutes, day=f"{first.wave.closes:%d-%m-%Y}"
    )
    url = f"/evaluasi/isi/{first.assignment.id}"
    return [HomeCard(URGENCY, first.version.instrument.title, line, url, _("Isi angket"), icon="list")]
