"""What the catalogue adds to the platform."""

from p2k2lms.core.i18n import lazy
from p2k2lms.core.plugin import MenuItem, Plugin
from p2k2lms.plugins.catalogue import packs
from p2k2lms.plugins.catalogue.acts import ACTS
from p2k2lms.plugins.catalogue.commands import courses, demo
from p2k2lms.plugins.catalogue.permissions import LIST_DOCUMENTS, PERMISSIONS
from p2k2lms.plugins.catalogue.personal import PERSONAL, RETENTION
from p2k2lms.plugins.catalogue.routes import pages, studio

catalogue = Plugin(
    name="catalogue",
    title=lazy("Naskah kursus"),
    blueprints=(pages, studio),
    permissions=PERMISSIONS,
    menu=(MenuItem(lazy("Naskah kursus"), "catalogue.index", LIST_DOCUMENTS, icon="book", order=59),),
    setup=packs.install,
    commands=(courses,),
    demo=demo,
    acts=ACTS,
    personal=PERSONAL,
    retention=RETENTION,
)
