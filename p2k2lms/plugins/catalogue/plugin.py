"""What the catalogue adds to the platform."""

from p2k2lms.core.plugin import Plugin
from p2k2lms.plugins.catalogue import packs
from p2k2lms.plugins.catalogue.commands import courses, demo
from p2k2lms.plugins.catalogue.permissions import PERMISSIONS

catalogue = Plugin(
    name="catalogue",
    permissions=PERMISSIONS,
    setup=packs.install,
    commands=(courses,),
    demo=demo,
)
