"""A plugin links only to its own pages, to those of plugins that it requires, and to the shell's."""

import pytest
from flask import Blueprint

from p2k2lms.core.plugin import Plugin
from p2k2lms.installed import INSTALLED
from tests.architecture.source import PLUGINS, ROOT, links

BY_NAME = {p.name: p for p in INSTALLED}
SHELL = {"web", "static"}


def reachable(plugin: Plugin, known: dict[str, Plugin]) -> set[str]:
    """The blueprints of the plugin itself and of all that stands below it."""
    return {b.name for b in plugin.blueprints}.union(*(reachable(known[r], known) for r in plugin.requires))


@pytest.mark.parametrize("name", BY_NAME)
def test_links_lead_down(name):
    files = [*(PLUGINS / name).rglob("*.py"), *(ROOT / "templates" / name).rglob("*.html")]
    linked = set().union(*(links(f.read_text("utf-8")) for f in files))
    assert linked - SHELL - reachable(BY_NAME[name], BY_NAME) == set()


def test_a_link_upward_is_noticed():
    page = "{{ url_for('certificates.mine') }} {{ url_for( \"delivery.card\", x=1) }}"
    assert links(page) == {"certificates", "delivery"}
    lower = Plugin(name="lower", blueprints=(Blueprint("low", __name__),))
    upper = Plugin(name="upper", requires=("lower",), blueprints=(Blueprint("up", __name__),))
    known = {"lower": lower, "upper": upper}
    assert (reachable(upper, known), reachable(lower, known)) == ({"low", "up"}, {"low"})
