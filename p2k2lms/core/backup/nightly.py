"""The backup of every night: one copy in the folder of the settings, checked, and old copies taken away."""

import fcntl
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from flask import current_app

from p2k2lms.core import clock
from p2k2lms.core.backup import archive, work
from p2k2lms.core.backup.rules import Keep, superfluous
from p2k2lms.core.errors import Conflict

log = logging.getLogger(__name__)
JOB = "core.make_backup"
STAMP = "p2k2-%Y%m%d-%H%M%S.zip"


def folder() -> Path | None:
    """Where copies are kept; None where no backups are made by themselves."""
    said = str(current_app.config["BACKUP_DIR"])
    return Path(said) if said else None


def new_file(where: Path) -> Path:
    """The name of a copy made now."""
    return where / clock.now().astimezone(UTC).strftime(STAMP)


def copies(where: Path) -> dict[datetime, Path]:
    """The copies in a folder by the time of their making; files of other names are not ours."""
    found = {}
    for path in where.glob("p2k2-*.zip"):
        try:
            found[datetime.strptime(path.name, STAMP).replace(tzinfo=UTC)] = path
        except ValueError:
            continue
    return found


def make_backup() -> None:
    """The job `core.make_backup`: once a day a copy that was read back from end to end; then old ones go."""
    where = folder()
    if where is None:
        return
    where.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _alone(where):
        today = clock.now().astimezone(UTC).date()
        if not any(at.date() == today for at in copies(where)):
            path = new_file(where)
            about = work.create(path)
            try:
                archive.check(path)
            except Conflict:
                path.unlink()  # a damaged copy is none: the next try makes another, and old ones stay
                raise
            log.info("backup made: %s tables, %s rows, %s bytes", len(about.tables), about.rows, path.stat().st_size)
        held = copies(where)
        for old in superfluous(held, Keep.read(current_app.config["BACKUP_KEEP"])):
            held[old].unlink()
            log.info("backup removed: %s", held[old].name)


@contextmanager
def _alone(where: Path) -> Iterator[None]:
    """Two workers do not write at once: the second fails, and looks again later."""
    door = os.open(where / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(door, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(door)
        raise Conflict("another worker makes the backup") from None
    try:
        yield
    finally:
        os.close(door)


JOBS = {JOB: make_backup}
