"""What identity adds to the platform."""

from p2k2lms.core.plugin import Plugin
from p2k2lms.plugins.identity import models  # noqa: F401

identity = Plugin(name="identity")
