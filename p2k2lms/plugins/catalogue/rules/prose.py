"""Words and sentences of Indonesian prose, also of Markdown; plain text in, plain text out."""

import re
from collections.abc import Iterator
from typing import Any

from p2k2lms.plugins.catalogue.values.draft import CourseDraft, Path, Source, Written

WORD = re.compile(r"[^\W_]+(?:[-’'.,:/][^\W_]+)*")
_SENTENCE_END = re.compile(r"(?:(?<=[.!?…])|(?<=[.!?…][\"”’)]))\s+")
_NEW_BLOCK = re.compile(r"\s*(?:[-*+]\s|\d+[.)]\s|#{1,6}\s|\||>|!!!|:\s)")
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"[*_`#>|]+|^\s*(?:[-+]|\d+[.)])\s+", re.MULTILINE)
NOT_PROSE = frozenset(
    {"id", "kind", "form", "reread", "objective", "picture", "sources", "review", "group", "language"}
    | {"completion", "blueprint", "start", "to", "end", "shows", "misses"}
)


def plain(text: str) -> str:
    """Markdown without its marks."""
    return _MARKS.sub("", _LINK.sub(r"\1", _IMAGE.sub("", text)))


def words(text: str) -> list[str]:
    """The words of a text, in lower case."""
    return [word.lower() for word in WORD.findall(plain(text))]


def sentences(text: str) -> list[str]:
    """The sentences of a Markdown text; a list entry or heading is a sentence of its own."""
    found = (part.strip() for block in _blocks(text) for part in _SENTENCE_END.split(plain(block)))
    return [sentence for sentence in found if WORD.search(sentence)]


def _blocks(text: str) -> Iterator[str]:
    block: list[str] = []
    for line in text.splitlines():
        if block and (not line.strip() or _NEW_BLOCK.match(line)):
            yield " ".join(block)
            block = []
        if line.strip():
            block.append(line.strip())
    if block:
        yield " ".join(block)


def runs(text: str, length: int = 5) -> frozenset[tuple[str, ...]]:
    """Every run of so many words."""
    found = words(text)
    return frozenset(tuple(found[i : i + length]) for i in range(len(found) - length + 1))


def pieces(draft: CourseDraft) -> Iterator[Written[Any]]:
    """Everything that is written: manifest, rubrics, and each sesi, card, item and scene of the written sesi."""
    yield draft.course
    yield from filter(None, [draft.rubric])
    for sesi in draft.ready:
        yield from filter(None, (sesi.sesi, sesi.rubric))
    yield from draft.steps()
    yield from draft.items()
    yield from draft.scenes()


def passages(draft: CourseDraft) -> Iterator[tuple[Source, Path, str]]:
    """Every text in a key that a person will read, with its place; bodies are apart."""
    for piece in pieces(draft):
        for path, text in _leaves(piece.value.model_dump(by_alias=True), ()):
            yield piece.source, path, text


def everything(draft: CourseDraft) -> Iterator[str]:
    """Every text that a person will read, without the marks of Markdown."""
    for _, _, text in passages(draft):
        yield plain(text)
    for piece in pieces(draft):
        yield plain(piece.body)


def _leaves(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in NOT_PROSE:
                yield from _leaves(inner, (*path, key))
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value):
            yield from _leaves(inner, (*path, number))
    elif isinstance(value, str) and value and not (path[0] == "objectives" and len(path) == 2):
        yield path, value
