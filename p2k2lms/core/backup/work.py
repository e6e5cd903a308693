"""Makes a backup, proves it by bringing it back somewhere else, and brings it back for good."""

import hashlib
import hmac
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC
from pathlib import Path

from flask import current_app
from sqlalchemy import Engine

from p2k2lms.core import clock, nature, schema
from p2k2lms.core.backup import archive, filling, tables
from p2k2lms.core.backup.archive import About
from p2k2lms.core.db import db, is_sqlite, open_engine
from p2k2lms.core.errors import Conflict
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import unit_of_work


def create(path: Path) -> About:
    """Write everything that the database holds at this moment into one new file, while others go on working."""
    found = schema.current()
    if found != schema.head():
        raise Conflict(_("Skema basis data bukan milik kode ini; buat cadangan dengan kode yang lama."))
    engine = "sqlite" if is_sqlite() else "postgresql"
    about = About(
        made_at=clock.now().astimezone(UTC).isoformat(timespec="seconds"),
        revision=found,
        demo=bool(nature.is_demo()),
        engine=engine,
        keys=key_prints(),
        tables=(),
    )
    db.session.remove()
    with db.engine.connect() as plain:
        still = plain.execution_options(isolation_level="REPEATABLE READ") if engine == "postgresql" else plain
        with still.begin():
            rows = ((shape, tables.lines(still, shape)) for shape in tables.shapes(still))
            return archive.write(path, about, rows)


def verify(path: Path, into: str = "") -> About:
    """Bring the backup back into an empty place and compare; `into` is a database, unsaid: a passing SQLite file."""
    archive.check(path)
    with tempfile.TemporaryDirectory(prefix="p2k2-verify-") as folder:
        with _engine(into or f"sqlite:///{folder}/verify.db") as engine:
            if into and filling.rows_there(engine):
                raise Conflict(_("Tempat itu tidak kosong."))
            return filling.fill(engine, path)


def restore(path: Path, replace_all: bool = False) -> About:
    """Make the backup the database of this installation; Conflict if that one is not empty, unless told.

    On SQLite the new file takes the place of the old one only when it is whole, and the old one stays beside it.
    On PostgreSQL the old rows are gone; to keep a way back, restore into a new database.
    """
    archive.check(path)
    filling.must_know(archive.read(path))  # before anything is taken away
    held = schema.is_there() and filling.rows_there(db.engine)
    if held and not replace_all:
        raise Conflict(
            _("Basis data ini tidak kosong (%(rows)s baris). Pakai --replace untuk menggantinya.", rows=held)
        )
    db.session.remove()
    about = _into_new_file(path) if is_sqlite() else _into_postgres(path)
    with unit_of_work("core.restore_backup", subject=about.made_at):
        pass
    return about


def missing_keys(about: About) -> list[str]:
    """The keys that sealed what lies in this backup and that this installation does not hold."""
    held = key_prints()
    return sorted(name for name, told in about.keys.items() if held.get(name) != told)


def key_prints() -> dict[str, str]:
    """What tells this installation's keys apart, without telling any of them."""
    config = current_app.config
    named = dict(part.strip().split(":", 1) for part in str(config["SEAL_KEYS"]).split(",") if ":" in part)
    named["index"] = str(config["INDEX_KEY"])
    return {
        name: hmac.new(key.encode(), b"p2k2 backup", hashlib.sha256).hexdigest()[:16] for name, key in named.items()
    }


def _into_postgres(path: Path) -> About:
    filling.drop_everything(db.engine)
    return filling.fill(db.engine, path)


def _into_new_file(path: Path) -> About:
    target = Path(str(db.engine.url.database))
    fresh = target.with_name(f"{target.name}.restoring")
    _remove(fresh)
    try:
        with _engine(f"sqlite:///{fresh}") as engine:
            about = filling.fill(engine, path)
        if target.exists():
            _set_aside(target)
        os.replace(fresh, target)
    finally:
        _remove(fresh)
    return about


def _set_aside(target: Path) -> None:
    """Move the old database away, whole; Conflict while a server or worker still has it open."""
    try:
        with db.engine.connect() as connection:
            connection.connection.dbapi_connection.execute("PRAGMA busy_timeout=0")  # type: ignore[union-attr]
            connection.connection.dbapi_connection.execute("PRAGMA journal_mode=DELETE")  # type: ignore[union-attr]
    except Exception as fault:
        if "locked" not in str(fault):
            raise
        raise Conflict(_("Basis data sedang dipakai. Hentikan server dan pekerja dahulu.")) from None
    finally:
        db.engine.dispose()
    target.rename(target.with_name(f"{target.name}.before-{clock.now():%Y%m%d-%H%M%S}"))


def _remove(file: Path) -> None:
    for tail in ("", "-wal", "-shm"):
        file.with_name(file.name + tail).unlink(missing_ok=True)


@contextmanager
def _engine(uri: str) -> Iterator[Engine]:
    engine = open_engine(uri)
    try:
        yield engine
    finally:
        engine.dispose()
