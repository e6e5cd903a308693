"""The file of a backup: a zip with one text of rows for each table, and a list of what must be in it."""

import json
import os
import zipfile
import zlib
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from p2k2lms.core.backup.tables import Shape, Tally
from p2k2lms.core.errors import Conflict
from p2k2lms.core.i18n import _

FORMAT = 1
LIST = "manifest.json"


@dataclass(frozen=True)
class Content:
    """One table in a backup: how many rows it must have, and their SHA-256."""

    shape: Shape
    rows: int
    sha256: str


@dataclass(frozen=True)
class About:
    """What a backup says of itself; `keys` names the seal keys by a print that does not tell them."""

    made_at: str
    revision: str
    demo: bool
    engine: str
    keys: dict[str, str]
    tables: tuple[Content, ...]

    @property
    def rows(self) -> int:
        """All rows of all tables."""
        return sum(table.rows for table in self.tables)


def write(path: Path, about: About, tables: Iterable[tuple[Shape, Iterable[bytes]]]) -> About:
    """Write the file whole or not at all, readable by its owner alone; Conflict if there is one already."""
    if path.exists():
        raise Conflict(_("%(path)s sudah ada.", path=path))
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as packed:
                whole = replace(about, tables=tuple(_put(packed, shape, lines) for shape, lines in tables))
                packed.writestr(LIST, json.dumps({"format": FORMAT, **asdict(whole)}, indent=1))
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)
    return whole


def _put(packed: zipfile.ZipFile, shape: Shape, lines: Iterable[bytes]) -> Content:
    tally = Tally()
    with packed.open(_member(shape), "w", force_zip64=True) as member:
        for line in tally.over(lines):
            member.write(line)
    return Content(shape, *tally.said)


def read(path: Path) -> About:
    """What the file says of itself; Conflict if it is no backup that this release can read."""
    try:
        with zipfile.ZipFile(path) as packed:
            said: dict[str, Any] = json.loads(packed.read(LIST))
        if said.pop("format") != FORMAT:
            raise Conflict(_("Cadangan ini dibuat oleh rilis yang lain."))
        tables = tuple(_content(one) for one in said.pop("tables"))
        return About(**said, tables=tables)
    except (OSError, zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError):
        raise Conflict(_("%(path)s bukan cadangan yang utuh.", path=path)) from None


def _content(one: dict[str, Any]) -> Content:
    shape = one["shape"]
    columns = tuple((str(name), str(kind)) for name, kind in shape["columns"])
    return Content(Shape(shape["name"], columns, tuple(shape["key"])), int(one["rows"]), one["sha256"])


def lines(path: Path, content: Content) -> Iterator[bytes]:
    """The lines of one table; after the last, Conflict if they are not those that were written."""
    tally = Tally()
    try:
        with zipfile.ZipFile(path) as packed, packed.open(_member(content.shape)) as member:
            yield from tally.over(member)
    except (OSError, zipfile.BadZipFile, zlib.error, KeyError, EOFError):
        raise Conflict(_("Cadangan rusak di tabel %(name)s.", name=content.shape.name)) from None
    if tally.said != (content.rows, content.sha256):
        raise Conflict(_("Cadangan rusak di tabel %(name)s.", name=content.shape.name))


def check(path: Path) -> About:
    """Read the file from end to end; Conflict at the first table that is not as it was written."""
    about = read(path)
    for content in about.tables:
        deque(lines(path, content), maxlen=0)
    return about


def _member(shape: Shape) -> str:
    return f"tables/{shape.name}.jsonl"
