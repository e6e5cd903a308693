"""Every event is published by someone and answered by someone, and every panel has a place and a filler."""

import ast
import re
from collections.abc import Iterable

from p2k2lms.core.events import Event
from p2k2lms.installed import INSTALLED
from tests.architecture.source import FILES, ROOT, tree


def published(modules: Iterable[ast.Module]) -> set[str]:
    """The events that somebody hands to `publish`."""
    return {
        call.args[0].func.id
        for module in modules
        for call in ast.walk(module)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "publish"
        and call.args
        and isinstance(call.args[0], ast.Call)
        and isinstance(call.args[0].func, ast.Name)
    }


def ours() -> list[type[Event]]:
    return [e for e in Event.__subclasses__() if e.__module__.startswith("p2k2lms.")]


def test_an_event_has_a_publisher():
    assert {e.__name__ for e in ours()} - published(map(tree, FILES)) == set()


def test_an_event_has_a_listener():
    heard = {event for plugin in INSTALLED for event in plugin.reactions}
    assert {e.__name__ for e in ours() if e not in heard} == set()


def test_a_panel_has_a_place_and_a_filler():
    filled = {place for plugin in INSTALLED for place in plugin.panels}
    shown = set()
    for file in [*FILES, *(ROOT / "templates").rglob("*.html")]:
        shown |= set(re.findall(r"\b(?:panels|offers|questions_of)\(\s*['\"]([a-z._]+)['\"]", file.read_text("utf-8")))
    assert (filled - shown, shown - filled) == (set(), set())


def test_a_publisher_is_found_wherever_it_stands():
    assert published([ast.parse("uow.publish(\n    Done(x=1)\n)"), ast.parse("publish(Other())")]) == {"Done"}
