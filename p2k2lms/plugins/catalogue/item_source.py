"""The items of a document as blocks of its text: one is changed, added or removed, the others stay byte for byte."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from p2k2lms.plugins.catalogue import yaml_source


@dataclass(frozen=True)
class Block:
    """One item as it stands in its document; `mark` changes with every letter of it."""

    data: Mapping[str, Any]
    text: str

    @property
    def mark(self) -> str:
        """Names this very text."""
        return hashlib.blake2s(self.text.strip().encode(), digest_size=8).hexdigest()

    @property
    def id(self) -> str:
        """The permanent id, "" where it has none."""
        return str(self.data.get("id", ""))


def blocks(text: str) -> list[Block]:
    """The items of a document in their order; those that are no mapping are left out. Raises Unreadable."""
    data, lines = yaml_source.read(text)
    if not isinstance(data, list):
        return []
    rows = text.splitlines(keepends=True)
    starts = [lines[n,] - 1 for n in range(len(data))] + [len(rows)]
    cut = zip(data, starts, starts[1:], strict=False)
    return [Block(one, "".join(rows[begin:end])) for one, begin, end in cut if isinstance(one, dict)]


def replaced(text: str, old: Block, data: Mapping[str, Any] | None) -> str:
    """The document with this item in the place of the old block; without it for None."""
    if data is None:
        return text.replace(old.text, "", 1)
    gap = old.text[len(old.text.rstrip()) :] or "\n"
    return text.replace(old.text, yaml_source.write([dict(data)]).rstrip() + gap, 1)


def added(text: str, items: Sequence[Mapping[str, Any]]) -> str:
    """The document with these items at its end, an empty line before each."""
    parts = [text.rstrip()] if text.strip() else []
    parts += [yaml_source.write([dict(data)]).rstrip() for data in items]
    return "\n\n".join(parts) + "\n" if parts else "[]\n"
