"""What evaluation shows on pages that are not its own."""

from p2k2lms.core.access import Actor
from p2k2lms.core.i18n import _
from p2k2lms.core.panels import HomeCard
from p2k2lms.plugins.evaluation import service

URGENCY = 40


def home_cards(actor: Actor) -> list[HomeCard]:
    """The first sheet that waits for an answer."""
    waiting = [task for task in service.tasks(actor) if not task.answered]
    if not waiting:
        return []
    first = waiting[0]
    line = _(
        "Sekitar %(n)s menit, sampai %(day)s.", n=first.version.instrument.minutes, day=f"{first.wave.closes:%d-%m-%Y}"
    )
    url = f"/evaluasi/isi/{first.assignment.id}"
    return [HomeCard(URGENCY, first.version.instrument.title, line, url, _("Isi angket"), icon="list")]
