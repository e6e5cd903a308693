"""The difference of two texts in sentences: what went and what came, without markup."""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

_TAG = re.compile(r"<[^>]+>")
_BLOCK = re.compile(r"</(?:p|li|h\d|td|th|tr|dd|dt|blockquote)>|<br ?/?>")
_ENTITY = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&nbsp;": " "}


@dataclass(frozen=True)
class Change:
    """Sentences that went, and those that came in their place; either may be empty."""

    went: tuple[str, ...]
    came: tuple[str, ...]


def sentences(html: str) -> list[str]:
    """The sentences of a rendered text."""
    plain = _TAG.sub("", _BLOCK.sub("\n", html))
    for entity, sign in _ENTITY.items():
        plain = plain.replace(entity, sign)
    parts = re.split(r"\n+|(?<=[.!?])\s+", plain)
    return [said for part in parts if (said := " ".join(part.split()))]


def changes(before: Sequence[str], after: Sequence[str]) -> list[Change]:
    """What differs, in the order of the newer text."""
    blocks = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return [Change(tuple(before[a:b]), tuple(after[c:d])) for kind, a, b, c, d in blocks if kind != "equal"]
