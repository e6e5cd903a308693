"""Every view says who may open it."""

from flask import Flask

from p2k2lms.core.access import Permission
from p2k2lms.web.access import public


def silent(app: Flask) -> list[str]:
    """The views that do not say who may open them."""
    return [
        name
        for name, view in app.view_functions.items()
        if not (getattr(view, "access", None) == "public" or isinstance(getattr(view, "access", None), Permission))
    ]


def test_every_view_declares_its_access(app):
    assert silent(app) == []


def test_every_permission_of_a_view_is_declared_by_its_plugin(app):
    declared = {p for plugin in app.extensions["plugins"] for p in plugin.permissions}
    used = {v.access for v in app.view_functions.values() if isinstance(v.access, Permission)}
    assert {p.name for p in used - declared if not p.name.startswith(("web.", "core."))} == set()


def test_a_view_that_says_nothing_is_noticed():
    other = Flask("other", static_folder=None)
    other.add_url_rule("/silent", "silent", lambda: "")
    other.add_url_rule("/said", "said", public(lambda: ""))
    assert silent(other) == ["silent"]
