"""Flask without what it does again at every request for the sake of apps that are not ours."""

from collections.abc import Callable, MutableMapping
from typing import Any

from flask import Flask
from flask.templating import Environment
from werkzeug.routing import Rule


class Templates(Environment):
    """Each template knows its globals as one plain dict: they are all there before the first page is drawn."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **(d or {})}


class Address(Rule):
    """A rule that learns to write its addresses when somebody asks for one: most late, many in no process."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        made: list[Callable[..., tuple[str, str]]] = []

        def build(rule: Rule, **values: Any) -> tuple[str, str]:
            if not made:
                made.append(super(Address, self)._compile_builder(append_unknown))
            return made[0](rule, **values)

        return build


class Platform(Flask):
    """The application object."""

    jinja_environment = Templates
    url_rule_class = Address

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """No view of ours is a coroutine, so none is asked whether it is."""
        return func
