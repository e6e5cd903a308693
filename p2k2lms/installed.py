"""The plugins of this platform, from the ground up: each may use those named before it."""

from p2k2lms.core.plugin import Plugin
from p2k2lms.plugins.catalogue.plugin import catalogue

INSTALLED: tuple[Plugin, ...] = (catalogue,)
