"""What dashboards adds to the platform."""

from p2k2lms.core.i18n import lazy
from p2k2lms.core.plugin import MenuItem, Plugin
from p2k2lms.plugins.dashboards import watching
from p2k2lms.plugins.dashboards.acts import ACTS
from p2k2lms.plugins.dashboards.permissions import ALL, LIST_ALERTS, LIST_PEOPLE, READ_HOME, READ_NOTICES, READ_UNIT
from p2k2lms.plugins.dashboards.personal import PERSONAL
from p2k2lms.plugins.dashboards.routes import home_cards, pages

dashboards = Plugin(
    name="dashboards",
    title=lazy("Peringatan"),
    requires=("identity", "catalogue", "enrolment", "progress"),
    blueprints=(pages,),
    permissions=ALL,
    jobs={watching.WATCH: watching.watch, watching.NIGHTLY: watching.nightly},
    nightly=(watching.NIGHTLY,),
    demo=lambda _scale, _seed: watching.watch(),
    panels={"home.cards": home_cards},
    menu=(
        MenuItem(lazy("Beranda"), "dashboards.home", READ_HOME, icon="home", tab=True, order=10),
        MenuItem(lazy("Binaan"), "dashboards.people", LIST_PEOPLE, icon="people", tab=True, order=15),
        MenuItem(lazy("Wilayah saya"), "dashboards.own_unit", READ_UNIT, icon="pin", order=16),
        MenuItem(lazy("Siapa butuh saya"), "dashboards.queue", LIST_ALERTS, icon="flag", order=18),
        MenuItem(lazy("Kabar"), "dashboards.notices", READ_NOTICES, icon="bell", order=20),
    ),
    acts=ACTS,
    personal=PERSONAL,
)
