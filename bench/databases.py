"""The databases that product and reference work on: the embedded one, or PostgreSQL with its backends counted."""

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import psycopg
from sqlalchemy.engine import make_url

PRODUCT, REFERENCE = "p2k2_bench", "p2k2_bench_reference"


def nobody() -> tuple[int, ...]:
    """An embedded database has no processes of its own."""
    return ()


@dataclass(frozen=True)
class Database:
    """Where both keep their rows, and which processes work for each."""

    name: str
    environment: dict[str, str]
    reference: str
    backends_of_product: Callable[[], Iterable[int]] = nobody
    backends_of_reference: Callable[[], Iterable[int]] = nobody


def embedded(folder: Path) -> Database:
    """Two files in this folder."""
    return Database("SQLite", {}, f"sqlite:///{folder}/reference.db")


def postgres(stack: ExitStack) -> Database:
    """Two databases of a server that answers on this machine, else of one started for this run."""
    from tools.services import running

    base = make_url(stack.enter_context(running())["TEST_POSTGRES_URL"])
    server = base.set(drivername="postgresql", database="postgres").render_as_string(hide_password=False)
    connection = stack.enter_context(psycopg.connect(server, autocommit=True))

    def drop() -> None:
        for name in (PRODUCT, REFERENCE):
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())

    drop()
    for name in (PRODUCT, REFERENCE):
        connection.execute(f"CREATE DATABASE {name}".encode())
    stack.callback(drop)
    addresses = [base.set(database=name).render_as_string(hide_password=False) for name in (PRODUCT, REFERENCE)]
    return Database(
        "PostgreSQL",
        {"DATABASE_URL": addresses[0]},
        addresses[1],
        lambda: _backends(connection, PRODUCT),
        lambda: _backends(connection, REFERENCE),
    )


def _backends(connection: psycopg.Connection, name: str) -> list[int]:
    rows = connection.execute("SELECT pid FROM pg_stat_activity WHERE datname = %s", (name,)).fetchall()
    return [pid for (pid,) in rows]
