"""What outcomes adds to the platform."""

from p2k2lms.core.i18n import lazy
from p2k2lms.core.indicators import Indicator
from p2k2lms.core.plugin import MenuItem, Plugin
from p2k2lms.plugins.outcomes import service
from p2k2lms.plugins.outcomes.acts import ACTS
from p2k2lms.plugins.outcomes.alerts import ALERTS
from p2k2lms.plugins.outcomes.commands import outcomes_group, stats
from p2k2lms.plugins.outcomes.demo import load
from p2k2lms.plugins.outcomes.panels import ahead_of_person, class_tab, person_page, public_home, unit_page
from p2k2lms.plugins.outcomes.permissions import PERMISSIONS, READ_INDICATOR
from p2k2lms.plugins.outcomes.personal import PERSONAL
from p2k2lms.plugins.outcomes.routes import pages
from p2k2lms.plugins.outcomes.routes.figures import home_cards

outcomes = Plugin(
    name="outcomes",
    title=lazy("Dampak"),
    requires=("identity", "enrolment", "assessment", "coaching", "fieldwork", "evaluation", "indicators"),
    blueprints=(pages,),
    permissions=PERMISSIONS,
    jobs={
        service.RUN: service.run,
        service.NIGHTLY: service.nightly,
        service.COUNT_CENTRES: service.count_centres,
    },
    nightly=(service.NIGHTLY, service.COUNT_CENTRES),
    menu=(MenuItem(lazy("Dampak"), "outcomes.index", READ_INDICATOR, icon="chart", order=45),),
    panels={
        "home.cards": home_cards,
        "class.tabs": class_tab,
        "unit.page": unit_page,
        "public.home": public_home,
        "person.results": person_page,
        "person.ahead": ahead_of_person,
    },
    indicators=(Indicator("V-01", lazy("Biaya per poin tambahan"), level="roi", direction="down"),),
    alerts=ALERTS,
    commands=(stats, outcomes_group),
    demo=load,
    acts=ACTS,
    personal=PERSONAL,
)
