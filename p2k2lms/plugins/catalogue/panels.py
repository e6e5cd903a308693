"""What the catalogue shows on pages that are not its own: on the home page of authors what waits for their approval."""

from flask import url_for

from p2k2lms.core.access import Actor, has_role
from p2k2lms.core.i18n import _, counted
from p2k2lms.core.panels import HomeCard
from p2k2lms.plugins.catalogue import service
from p2k2lms.plugins.catalogue.permissions import APPROVE_DOCUMENT

APPROVE = 45


def home_cards(actor: Actor) -> list[HomeCard]:
    """For each course what others have handed in and nobody has approved yet."""
    if not has_role(actor, APPROVE_DOCUMENT):
        return []
    return [
        HomeCard(
            APPROVE,
            counted("%(n)s naskah menunggu persetujuan", waiting),
            _("Ditulis orang lain, jadi Anda boleh menyetujuinya."),
            url_for("catalogue.outline", course=course),
            _("Buka naskah"),
            title,
            icon="edit",
        )
        for course, title, waiting in service.waiting_for(actor)
    ]
