"""The schema of the database: its migrations, and whether they have all been run; only file that knows Alembic."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from p2k2lms.core.db import db, is_sqlite, writing


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(current_app.config["MIGRATIONS_DIR"]))
    config.set_main_option("path_separator", "os")
    return config


def upgrade(engine: Engine | None = None, to: str = "head") -> None:
    """Run every migration up to `to` that this database (or that of `engine`) has not seen, each in one transaction."""
    db.session.rollback()
    pen = writing.set(True)
    config = _config()
    config.attributes["engine"] = engine or db.engine
    try:
        command.upgrade(config, to)
    finally:
        writing.reset(pen)


def is_there() -> bool:
    """True if the database can be reached and has been born; looking does not make it."""
    file = db.engine.url.database if is_sqlite() else None
    if file and not file.startswith(":") and not Path(file).exists():
        return False
    try:
        return current() is not None
    except OperationalError:
        return False


def head() -> str:
    """The newest migration in the code."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def knows(revision: str) -> bool:
    """True if this code has that migration."""
    return any(one.revision == revision for one in ScriptDirectory.from_config(_config()).walk_revisions())


def current() -> str | None:
    """The newest migration that this database has seen; None before birth."""
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()
