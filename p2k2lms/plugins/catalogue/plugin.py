"""What the catalogue adds to the platform."""

from p2k2lms.core.plugin import Plugin
from p2k2lms.plugins.catalogue import packs
from p2k2lms.plugins.catalogue.commands import courses, demo

catalogue = Plugin(
    name="catalogue",
    setup=packs.install,
    commands=(courses,),
    demo=demo,
)
