"""What salam adds to the platform."""

from p2k2_salam.permissions import READ_GREETING
from p2k2_salam.routes import home_cards, pages
from p2k2lms.core.plugin import Plugin

salam = Plugin(
    name="salam",
    blueprints=(pages,),
    permissions=(READ_GREETING,),
    panels={"home.cards": home_cards},
)
