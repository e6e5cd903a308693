"""Puts the platform together; the one place that sees every part."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from flask import Flask

from p2k2lms import web
from p2k2lms.core import acts, commands, db, mail, own_data, retention
from p2k2lms.core.backup import nightly
from p2k2lms.core.backup.commands import COMMANDS as BACKUP
from p2k2lms.core.events import EventBus
from p2k2lms.core.personal import Holding
from p2k2lms.core.plugin import Plugin, choose, from_outside
from p2k2lms.installed import INSTALLED
from p2k2lms.web.platform import Platform


def create_app(settings: Any) -> Flask:
    """The platform with the wanted plugins; raises PluginError when they cannot work together."""
    app = Platform("p2k2lms", root_path=str(settings.MIGRATIONS_DIR.parent / "p2k2lms"), static_folder=None)
    app.template_folder = str(settings.TEMPLATES_DIR)
    app.config.from_mapping(asdict(settings))
    plugins = choose(INSTALLED + from_outside(), settings.PLUGINS)
    app.extensions["plugins"] = plugins
    _register(app, plugins)
    db.install(app)
    web.install(app, plugins)
    for group in commands.COMMANDS + BACKUP:
        app.cli.add_command(commands.guard(group))
    for plugin in plugins:
        for blueprint in plugin.blueprints:
            app.register_blueprint(blueprint)
        for command in plugin.commands:
            app.cli.add_command(commands.guard(command))
        if plugin.setup:
            plugin.setup(app)
    web.finish(app)
    return app


def _register(app: Flask, plugins: Sequence[Plugin]) -> None:
    bus = app.extensions["event_bus"] = EventBus()
    for plugin in plugins:
        for event_type, reaction in plugin.reactions.items():
            bus.subscribe(event_type, reaction)
    of_core = mail.JOBS | nightly.JOBS | retention.JOBS
    app.extensions["job_handlers"] = of_core | {n: h for p in plugins for n, h in p.jobs.items()}
    app.extensions["submission_kinds"] = {k.name: k for p in plugins for k in p.submissions}
    app.extensions["settings"] = {s.key: s for p in plugins for s in p.settings}
    app.extensions["mark_jobs"] = {fact: job for p in plugins for fact, job in p.marks.items()}
    app.extensions["nightly_jobs"] = (*nightly.JOBS, *retention.JOBS, *(job for p in plugins for job in p.nightly))
    app.extensions["alerts"] = {rule.id: rule for p in plugins for rule in p.alerts}
    app.extensions["indicators"] = {i.id: i for p in plugins for i in p.indicators}
    declared = own_data.PERSONAL + tuple(h for p in plugins for h in p.personal)
    app.extensions["personal"] = tuple(h for h in declared if isinstance(h, Holding))
    app.extensions["retention"] = retention.OF_CORE + tuple(c for p in plugins for c in p.retention)
    app.extensions["notice_texts"] = {n: t for p in plugins for n, t in p.notices.items()}
    app.extensions["areas"] = {p.name: p.title for p in plugins if p.title} | {"core": acts.TITLE}
    app.extensions["acts"] = acts.OF_CORE | {name: words for p in plugins for name, words in p.acts.items()}
