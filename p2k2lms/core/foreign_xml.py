"""Reads XML that strangers wrote: no entities, nothing from outside, no bombs."""

import codecs
import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from p2k2lms.core.errors import Invalid
from p2k2lms.core.i18n import _

DEEPEST, MOST_ELEMENTS = 60, 400_000
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


@dataclass(frozen=True)
class Tree:
    """What could be read; `broken_at` is the line where it stops being XML, 0 if it never does."""

    root: Element
    broken_at: int = 0


def read(data: bytes) -> Tree:
    """The tree, its names without namespaces; of a broken file what stands before the break.

    Raises Invalid for what is no XML at all, for any declared entity, and for what is beyond all measure.
    A document type is passed over: nothing that it names is fetched.
    """
    tree = _Reader().read(data)
    if (tree is None or tree.broken_at) and _is_no_utf8(data):
        again = _Reader().read(_as_utf8(data))
        tree = again if again is not None and not again.broken_at else tree
    if tree is None:
        raise Invalid(_("Berkas ini bukan XML yang dapat dibaca."), "file")
    return tree


class _Reader:
    """One expat parser whose every door to entities is shut."""

    def __init__(self) -> None:
        self._builder = TreeBuilder()
        self._open: list[str] = []
        self._root: Element | None = None
        self._count = 0
        parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._builder.data
        parser.EntityDeclHandler = parser.UnparsedEntityDeclHandler = _refuse
        parser.ExternalEntityRefHandler = parser.SkippedEntityHandler = _refuse
        self._parser = parser

    def read(self, data: bytes) -> Tree | None:
        """The tree; None where not even a first element is found."""
        try:
            self._parser.Parse(data, True)
        except expat.ExpatError as problem:
            while self._open:
                self._end(self._open[-1])
            return None if self._root is None else Tree(self._root, problem.lineno)
        except (LookupError, ValueError):
            return None
        return None if self._root is None else Tree(self._root)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition("}")[2]
        self._open.append(tag)
        self._count += 1
        if len(self._open) > DEEPEST or self._count > MOST_ELEMENTS:
            raise Invalid(_("XML ini terlalu besar atau terlalu dalam."), "file")
        element = self._builder.start(tag, attributes)
        self._root = element if self._root is None else self._root

    def _end(self, name: str) -> None:
        self._builder.end(self._open.pop())


def _refuse(*_told: object) -> int:
    raise Invalid(_("XML ini memakai entitas; berkas seperti itu tidak diterima."), "file")


def _is_no_utf8(data: bytes) -> bool:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False


def _as_utf8(data: bytes) -> bytes:
    """Bytes of Windows that call themselves UTF-8."""
    return _DECLARATION.sub("", data.decode("cp1252", "replace")).encode()
