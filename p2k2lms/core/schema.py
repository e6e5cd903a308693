"""The schema of the database: its migrations, and whether they have all been run; only file that knows Alembic."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy.exc import OperationalError

from p2k2lms.core.db import db, is_sqlite, writing


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(current_app.config["MIGRATIONS_DIR"]))
    config.set_main_option("path_separator", "os")
    return config


def upgrade() -> None:
    """Run every migration that this database has not seen, each in one transaction."""
    db.session.rollback()
    pen = writing.set(True)
    try:
        command.upgrade(_config(), "head")
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


def current() -> str | None:
    """The newest migration that this database has seen; None before birth."""
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()
