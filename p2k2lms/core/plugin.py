"""What a plugin is: one declaration of all that it adds to the platform."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import entry_points
from typing import Any

import click
from flask import Blueprint, Flask

from p2k2lms.core.access import Permission
from p2k2lms.core.alerts import AlertRule
from p2k2lms.core.events import Event, Reaction
from p2k2lms.core.indicators import Indicator
from p2k2lms.core.jobs import Handler
from p2k2lms.core.personal import Holding, Mention
from p2k2lms.core.retention import RecordClass
from p2k2lms.core.settings import Setting
from p2k2lms.core.submissions import SubmissionKind

ENTRY_POINTS = "p2k2lms.plugins"
DemoLoader = Callable[[str, int], None]  # scale and seed; adds what is missing, so it may be called again


@dataclass(frozen=True)
class MenuItem:
    """A place in the navigation: `tab` items stand in the bar below, the others in the list of Saya.

    The bar holds four: a `spare` one makes room for the others and stands in the list then.
    """

    label: Any
    endpoint: str
    permission: Permission
    icon: str = "list"
    tab: bool = False
    spare: bool = False
    order: int = 50


@dataclass(frozen=True)
class Plugin:
    """All that one plugin adds; nothing happens when it is imported.

    `title` is the part of the platform as the audit offers it, `acts` what it calls each use-case, lazy both.
    `birth` puts in what even a real database begins with; `demo` puts in invented people and records.
    `marks` names the job that counts again after a change of a fact; `nightly` names jobs that run once a day.
    `personal` says what it holds of people, `retention` how long it keeps what.
    """

    name: str
    title: Any = ""
    requires: tuple[str, ...] = ()
    blueprints: tuple[Blueprint, ...] = ()
    permissions: tuple[Permission, ...] = ()
    menu: tuple[MenuItem, ...] = ()
    panels: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    reactions: Mapping[type[Event], Reaction] = field(default_factory=dict)
    submissions: tuple[SubmissionKind, ...] = ()
    settings: tuple[Setting, ...] = ()
    jobs: Mapping[str, Handler] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)
    nightly: tuple[str, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    alerts: tuple[AlertRule, ...] = ()
    notices: Mapping[str, Any] = field(default_factory=dict)
    acts: Mapping[str, Any] = field(default_factory=dict)
    personal: tuple[Holding | Mention, ...] = ()
    retention: tuple[RecordClass, ...] = ()
    birth: Callable[[], None] | None = None
    demo: DemoLoader | None = None
    commands: tuple[click.Command, ...] = ()
    setup: Callable[[Flask], None] | None = None


class PluginError(Exception):
    """The set of plugins cannot work together."""


def choose(installed: Sequence[Plugin], names: Sequence[str] | None) -> tuple[Plugin, ...]:
    """Return the wanted plugins in installed order; each must find what it requires before it."""
    wanted = tuple(p for p in installed if names is None or p.name in names)
    ready: set[str] = set()
    for plugin in wanted:
        if missing := set(plugin.requires) - ready:
            raise PluginError(f"{plugin.name} requires {', '.join(sorted(missing))}")
        if plugin.name in ready:
            raise PluginError(f"two plugins are called {plugin.name}")
        ready.add(plugin.name)
    return wanted


def from_outside() -> tuple[Plugin, ...]:
    """Plugins that other packages offer through the entry-point group `p2k2lms.plugins`."""
    found = []
    for entry in sorted(entry_points(group=ENTRY_POINTS), key=lambda e: e.name):
        plugin = entry.load()
        if not isinstance(plugin, Plugin):
            raise PluginError(f"the entry point {entry.name} is no Plugin")
        found.append(plugin)
    return tuple(found)
