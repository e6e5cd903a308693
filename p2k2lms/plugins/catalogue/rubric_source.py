"""A rubric as fields that a person fills in, and back: the behaviours of a course, and their examples in one sesi."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from p2k2lms.plugins.catalogue import yaml_source
from p2k2lms.plugins.catalogue.card_source import listed
from p2k2lms.plugins.catalogue.values.rubric import LEVELS

NEW = "new"
KINDS = ("kesetiaan", "mutu")
_ID = re.compile(r"\bb(\d\d)\b")


def behaviours(text: str) -> list[dict[str, Any]]:
    """The behaviours of a rubric in their order. Raises Unreadable."""
    data, _lines = yaml_source.read(text)
    rows = listed(data.get("behaviours")) if isinstance(data, dict) else []
    return [row for row in rows if isinstance(row, dict)]


def fields_of(text: str) -> dict[str, str]:
    """What the page shows of a rubric: `b01.title`, `b01.kind`, `b01.adaptable`, `b01.place`, `b01.0` to `b01.3`."""
    shown: dict[str, str] = {}
    for place, row in enumerate(behaviours(text), 1):
        name, levels = str(row.get("id", "")), listed(row.get("levels"))
        shown |= {f"{name}.title": str(row.get("title", "")), f"{name}.kind": str(row.get("kind", ""))}
        shown |= {f"{name}.adaptable": "1" if row.get("adaptable") else "", f"{name}.place": str(place)}
        shown |= {f"{name}.{n}": str(levels[n]) if n < len(levels) else "" for n in range(LEVELS)}
    return shown


def with_fields(text: str, fields: Mapping[str, str], texts: Iterable[str]) -> str:
    """The rubric with what was typed. A behaviour of which nothing is left goes; a new one comes last, or where asked.

    Its id is one that stands in none of these `texts`: an id is never given again.
    """
    kept = [str(row.get("id", "")) for row in behaviours(text)]
    made = _placed([told for name in kept if (told := _behaviour(name, name, fields))], kept, fields)
    taken = (int(number) for one in (text, *texts) for number in _ID.findall(one))
    if fresh := _behaviour(f"b{max(taken, default=0) + 1:02}", NEW, fields):
        made.append(fresh)
    return yaml_source.comments(text) + yaml_source.write({"behaviours": made})


def _placed(rows: Sequence[dict[str, Any]], kept: Sequence[str], fields: Mapping[str, str]) -> list[dict[str, Any]]:
    """The rows in their order, but each that was given another place stands there."""
    wanted = [(n, name, fields.get(f"{name}.place", "")) for n, name in enumerate(kept, 1)]
    moved = {name: int(place) for n, name, place in wanted if place.isdecimal() and int(place) != n}
    placed = [row for row in rows if row["id"] not in moved]
    for row in sorted((row for row in rows if row["id"] in moved), key=lambda row: moved[row["id"]]):
        placed.insert(max(0, moved[row["id"]] - 1), row)
    return placed


def _behaviour(name: str, field: str, fields: Mapping[str, str]) -> dict[str, Any] | None:
    title, *levels = (_line(fields.get(f"{field}.{part}", "")) for part in ("title", *range(LEVELS)))
    if not title and not any(levels):
        return None
    told = {"id": name, "title": title, "kind": fields.get(f"{field}.kind", "")}
    return told | ({"adaptable": True} if fields.get(f"{field}.adaptable") else {}) | {"levels": levels}


def field_of(key: str, text: str) -> str:
    """The field of the page to which a fault of `read_course` belongs: `behaviours.2.levels.0` is `b03.0`."""
    first, *rest = key.split(".")
    rows = behaviours(text)
    if first != "behaviours" or not rest or not rest[0].isdigit() or int(rest[0]) >= len(rows):
        return ""
    name = str(rows[int(rest[0])].get("id", ""))
    return ".".join([name, *(part for part in rest[1:] if part != "levels")])


def examples(text: str) -> dict[str, str]:
    """What the behaviours look like in one sesi, by their id. Raises Unreadable."""
    data, _lines = yaml_source.read(text) if text.strip() else ({}, {})
    told = data.get("examples") if isinstance(data, dict) else None
    return {str(name): str(said) for name, said in told.items()} if isinstance(told, dict) else {}


def with_examples(text: str, fields: Mapping[str, str], names: Iterable[str]) -> str:
    """The examples of a sesi with what was typed; those of behaviours that are not on the page stay."""
    offered = list(names)
    typed = {name: said for name in offered if (said := _line(fields.get(name, "")))}
    others = {name: said for name, said in examples(text).items() if name not in offered}
    return yaml_source.comments(text) + yaml_source.write({"examples": typed | others})


def _line(text: str) -> str:
    return " ".join(text.split())
