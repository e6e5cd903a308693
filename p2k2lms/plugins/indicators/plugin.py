"""What the indicators add to the platform."""

from flask import Flask

from p2k2lms.core.plugin import Plugin
from p2k2lms.plugins.indicators import service
from p2k2lms.plugins.indicators.acts import ACTS
from p2k2lms.plugins.indicators.service.counting import NIGHTLY, ROLL_UP


def listen(app: Flask) -> None:
    """Whatever an indicator is counted from, its marks call the roll-up; its target is a setting of a unit."""
    every = app.extensions["indicators"].values()
    app.extensions["settings"].update(service.as_settings(every))
    app.extensions["mark_jobs"].update({fact: ROLL_UP for one in every for fact in one.facts})


indicators = Plugin(
    name="indicators",
    requires=("identity",),
    jobs={ROLL_UP: service.roll_up, NIGHTLY: service.nightly},
    nightly=(NIGHTLY,),
    acts=ACTS,
    setup=listen,
)
