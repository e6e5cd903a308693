"""What outcomes adds to the platform."""

from p2k2lms.core.plugin import Plugin
from p2k2lms.plugins.outcomes.commands import stats
from p2k2lms.plugins.outcomes.demo import load

outcomes = Plugin(name="outcomes", requires=("identity", "indicators"), commands=(stats,), demo=load)
