"""The shell around every page; knows no plugin."""

from collections.abc import Sequence

from flask import Flask

from p2k2lms.core import i18n
from p2k2lms.core.plugin import Plugin
from p2k2lms.web import (
    api,
    assets,
    csrf,
    errors,
    gallery,
    headers,
    health,
    language,
    login,
    offline,
    page,
    request,
    routes,
    uploads,
    watching,
)


def install(app: Flask, plugins: Sequence[Plugin]) -> None:
    """Put the shell around the app."""
    request.install(app)
    watching.install(app)
    i18n.install(app, language.chosen)
    errors.install(app)
    uploads.install(app)
    csrf.install(app)
    login.install(app)
    page.install(app, plugins)
    assets.install(app)
    headers.install(app)
    for blueprint in (routes.web, api.api, health.health, gallery.gallery, offline.offline, uploads.uploads):
        app.register_blueprint(blueprint)


def finish(app: Flask) -> None:
    """What the shell adds when every plugin is there."""
    routes.install_door(app)
