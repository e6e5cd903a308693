"""Page: the greeting; and the card that leads to it from the home page."""

from flask import Blueprint, render_template, url_for

from p2k2_salam.permissions import READ_GREETING
from p2k2lms.core.access import Actor
from p2k2lms.core.i18n import _
from p2k2lms.core.panels import HomeCard
from p2k2lms.web.access import requires

pages = Blueprint("salam", __name__, url_prefix="/salam", template_folder="templates")


@pages.get("")
@requires(READ_GREETING)
def greeting() -> str:
    """The greeting, to whoever is signed in."""
    return render_template("p2k2_salam/greeting.html")


def home_cards(actor: Actor) -> list[HomeCard]:
    """A quiet card: it never becomes the next action."""
    return [HomeCard(5, _("Salam"), _("Sapaan dari plugin contoh"), url_for("salam.greeting"), _("Buka salam"))]
