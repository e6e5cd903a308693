"""What outcomes adds to the platform."""

from p2k2lms.core.plugin import Plugin
from p2k2lms.plugins.outcomes.commands import stats

outcomes = Plugin(name="outcomes", commands=(stats,))
