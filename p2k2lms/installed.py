"""The plugins of this platform, from the ground up: each may use those named before it."""

from p2k2lms.core.plugin import Plugin

INSTALLED: tuple[Plugin, ...] = ()
