"""Reads YAML that strangers may have written, with the line of every key; the only file that knows PyYAML."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import yaml

from p2k2lms.core.i18n import _
from p2k2lms.plugins.catalogue.values.draft import Path

LARGEST = 400_000  # characters
DEEPEST = 12
_COMMENTS = re.compile(r"(?:#[^\n]*\n|[ \t]*\n)*")


class Unreadable(Exception):
    """The text is no YAML that we accept; says where and why."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line, self.message = line, message


def read(text: str, first_line: int = 1) -> tuple[Any, dict[Path, int]]:
    """The data of one document and the line of each key; `first_line` is where the text begins in its file."""
    try:
        _refuse_bombs(text, first_line)
        loader = yaml.CSafeLoader(text)
        try:
            node = loader.get_single_node()
            if node is None:
                return None, {}
            lines = dict(_places(node, (), first_line))
            return loader.construct_document(node), lines
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        raise Unreadable(line, _not_yaml(error.problem)) from error
    except (yaml.YAMLError, ValueError) as error:
        raise Unreadable(first_line, _not_yaml(error)) from error


def _not_yaml(why: object) -> str:
    return _("bukan YAML yang benar: %(why)s", why=why)


def _refuse_bombs(text: str, first_line: int) -> None:
    if len(text) > LARGEST:
        raise Unreadable(first_line, too_large(len(text), LARGEST))
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        line = first_line + (event.start_mark.line if event.start_mark else 0)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            said = _("jangkar (&) dan alias (*) tidak dipakai di sini; beri tanda kutip bila itu teks")
            raise Unreadable(line, said)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            raise Unreadable(line, _("terlalu dalam bersarang"))


def _places(node: yaml.Node, path: Path, first_line: int) -> Iterator[tuple[Path, int]]:
    yield path, first_line + node.start_mark.line
    if isinstance(node, yaml.SequenceNode):
        for number, entry in enumerate(node.value):
            yield from _places(entry, (*path, number), first_line)
    elif isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            line = first_line + key.start_mark.line
            if not isinstance(key, yaml.ScalarNode):
                raise Unreadable(line, _("kunci harus satu kata"))
            if key.value in seen:
                raise Unreadable(line, _("kunci %(key)s tertulis dua kali", key=key.value))
            seen.add(key.value)
            yield from _places(value, (*path, key.value), first_line)
            yield (*path, key.value), line


def too_large(size: int, most: int) -> str:
    """The complaint about a text with too many characters."""
    return _("terlalu besar: %(size)s huruf, paling banyak %(most)s", size=size, most=most)


class _Writer(yaml.SafeDumper):
    """Writes lists below their key, and texts of several lines as they are read."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _text(writer: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Writer.add_representer(str, _text)


def write(data: Any) -> str:
    """The data as YAML in our form; `read` gives it back."""
    return str(yaml.dump(data, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=110))


def comments(text: str) -> str:
    """The comments with which a document begins: they stay when its data is written again."""
    found = _COMMENTS.match(text)
    return found[0] if found else ""


def describe(value: Any) -> str:
    """What YAML took a value for, in words: helps an author who forgot the quotes."""
    if isinstance(value, bool):
        return _("ya/tidak")
    if isinstance(value, int | float):
        return _("bilangan")
    if isinstance(value, date):
        return _("tanggal")
    if value is None:
        return _("kosong")
    return _("daftar") if isinstance(value, list) else _("kelompok") if isinstance(value, dict) else _("teks")
