"""Chooses a SQLite without the WAL-reset fault and sets each connection up; the only file that knows the driver."""

import hashlib
import sqlite3
from types import ModuleType
from typing import Any

import sqlean

BUSY_TIMEOUT_MS = 10_000
WAL_PAGES = 4_000  # written back every 16 MB: a page that many answers touch is written back once for all of them


def _is_mended(version: tuple[int, ...]) -> bool:
    """True if this SQLite carries the fix of the WAL-reset fault (sqlite.org/wal.html, fixed in 3.51.3)."""
    if version >= (3, 51, 3):
        return True
    return (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)


def driver() -> ModuleType:
    """The standard module where its SQLite is mended, else the bundled newer one."""
    return sqlite3 if _is_mended(sqlite3.sqlite_version_info) else sqlean.dbapi2


def version() -> str:
    """The SQLite that this process really uses, for /siap and the log."""
    return str(driver().sqlite_version)


def prepare(connection: Any) -> None:
    """Durable, checked and patient: WAL with a full sync, foreign keys on, transactions begun by us alone."""
    connection.isolation_level = None
    connection.create_function("sha256_hex", 1, sha256_hex, deterministic=True)
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute(f"PRAGMA wal_autocheckpoint={WAL_PAGES}")
    cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    cursor.close()


def is_statements_own(fault: BaseException | None) -> bool:
    """True where a statement is wrong by itself: this driver tells it by the name of a database in trouble."""
    return getattr(fault, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR


def sha256_hex(text: str) -> str:
    """The hash of a text, also for statements: SQLite has none of its own."""
    return hashlib.sha256(text.encode()).hexdigest()
