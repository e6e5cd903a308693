"""What every page can ask for: its menu, its panels, and who is looking."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import Flask
from markupsafe import Markup

from p2k2lms.core.access import has_role
from p2k2lms.core.plugin import MenuItem, Plugin
from p2k2lms.web.login import current_actor


def install(app: Flask, plugins: Sequence[Plugin]) -> None:
    """Give the templates `menu()`, `panels(place, ...)` and `actor`."""
    items = sorted((item for p in plugins for item in p.menu), key=lambda item: item.order)
    fillers: dict[str, list[Callable[..., Any]]] = {}
    for plugin in plugins:
        for place, filler in plugin.panels.items():
            fillers.setdefault(place, []).append(filler)

    def menu(tabs: bool) -> list[MenuItem]:
        return [item for item in items if item.tab is tabs and has_role(current_actor(), item.permission)]

    def panels(place: str, **about: Any) -> Markup:
        return Markup("").join(Markup(filler(**about)) for filler in fillers.get(place, ()))

    app.extensions["panels"] = fillers
    app.jinja_env.globals.update(menu=menu, panels=panels)
    app.context_processor(lambda: {"actor": current_actor()})
