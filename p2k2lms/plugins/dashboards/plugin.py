"""What dashboards adds to the platform."""

from p2k2lms.core.i18n import lazy
from p2k2lms.core.plugin import MenuItem, Plugin
from p2k2lms.plugins.dashboards.permissions import ALL, LIST_PEOPLE, READ_HOME, READ_NOTICES
from p2k2lms.plugins.dashboards.routes import home_cards, pages

dashboards = Plugin(
    name="dashboards",
    requires=("identity", "catalogue", "enrolment", "progress"),
    blueprints=(pages,),
    permissions=ALL,
    panels={"home.cards": home_cards},
    menu=(
        MenuItem(lazy("Beranda"), "dashboards.home", READ_HOME, icon="home", tab=True, order=10),
        MenuItem(lazy("Binaan"), "dashboards.people", LIST_PEOPLE, icon="people", tab=True, order=15),
        MenuItem(lazy("Kabar"), "dashboards.notices", READ_NOTICES, icon="bell", order=20),
    ),
)
