"""Runs migrations on the engine that asks, unsaid the application's."""

from typing import Any

from alembic import context

from p2k2lms.core.db import db


def foreign_keys(connection: Any, switch: str) -> None:
    """SQLite changes a table by making it anew: while that goes on, nobody may mind that it is away."""
    if connection.dialect.name == "sqlite":
        connection.connection.dbapi_connection.execute(f"PRAGMA foreign_keys={switch}")


def must_point_somewhere(connection: Any) -> None:
    """What was left unchecked meanwhile is checked before the migrations are believed."""
    if connection.dialect.name == "sqlite":
        lost = connection.connection.dbapi_connection.execute("PRAGMA foreign_key_check").fetchall()
        if lost:
            raise RuntimeError(f"a migration left rows that point nowhere: {lost[:5]}")


engine = context.config.attributes.get("engine", db.engine)
with engine.connect() as connection:
    foreign_keys(connection, "OFF")
    try:
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=True,
            transaction_per_migration=True,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        must_point_somewhere(connection)
    finally:
        connection.rollback()
        foreign_keys(connection, "ON")
