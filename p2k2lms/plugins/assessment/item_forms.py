"""The fields of an item, kind by kind: from the item to the page and from the page back, nothing lost on the way."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from p2k2lms.plugins.assessment.formats import plain
from p2k2lms.plugins.assessment.formats import question as q

ROWS, OPEN, SPARES = 8, 4, 4
Fields = Mapping[str, str]
Data = dict[str, Any]
TEXTS = ("objective", "form", "reread", "stem", "why")


def fields_of(data: Mapping[str, Any]) -> dict[str, str]:
    """What the page shows of an item, whole or not."""
    shown = {name: str(data.get(name, "")).strip() for name in ("kind", *TEXTS)}
    shown["situation"] = "1" if data.get("situation") else ""
    shown["exact_case"] = "1" if data.get("exact_case") else ""
    for n, row in enumerate(_rows(data), 1):
        shown |= {f"{name}-{n}": _shown(value) for name, value in row.items()}
    for n, text in enumerate(data.get("distractors", ()), 1):
        shown[f"spare-{n}"] = str(text)
    return shown


def _rows(data: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    rows = data.get("options") or data.get("pairs") or data.get("accepted") or ()
    return [row if isinstance(row, dict) else {"text": row} for row in rows]


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "1" if value else ""
    return plain.shown(value) if isinstance(value, int | float) else str(value)


def rows_of(fields: Fields) -> int:
    """How many rows the page has: eight, or as many as came in from elsewhere."""
    return _most(fields, ROWS, "text", "left", "right", "value")


def filled(fields: Fields) -> int:
    """How many rows stand open: four, or as far as something is written."""
    return _most({name: text for name, text in fields.items() if text.strip()}, OPEN, "text", "left", "right", "value")


def spares_of(fields: Fields) -> int:
    """The same for right sides without a partner."""
    return _most(fields, SPARES, "spare")


def _most(fields: Fields, least: int, *names: str) -> int:
    cells = (field.rpartition("-") for field in fields)
    there = [int(n) for name, _dash, n in cells if name in names and n.isascii() and n.isdigit() and len(n) < 4]
    return max([least, *there])


def data_of(fields: Fields) -> Data:
    """The item that the fields say; rows that are empty are left out."""
    kind = fields.get("kind", "")
    stem = plain.tidy(fields.get("stem", ""))
    data: Data = {"kind": kind} | {name: fields[name] for name in ("objective", "form", "reread") if fields.get(name)}
    if fields.get("situation"):
        data["situation"] = True
    data["stem"] = stem + "\n" if "\n" in stem else stem
    data |= _PARTS[kind](fields) if kind in _PARTS else {}
    if kind in (q.ORDERING, q.MATCHING, q.SHORT, q.NUMERIC):
        data["why"] = plain.tidy(fields.get("why", ""))
    return data


def _cell(fields: Fields, name: str, n: int) -> str:
    return plain.line(fields.get(f"{name}-{n}", ""))


def _choice(fields: Fields) -> Data:
    fixed = {1: q.TRUE, 2: q.FALSE} if fields.get("kind") == q.TRUE_FALSE else {}
    options = []
    for n in range(1, (len(fixed) or rows_of(fields)) + 1):
        text = fixed.get(n) or _cell(fields, "text", n)
        right = fields.get("right") == str(n) or bool(fields.get(f"correct-{n}"))
        if text:
            options.append({"text": text, "correct": right, "why": _cell(fields, "why", n)})
    return {"options": options}


def _ordering(fields: Fields) -> Data:
    return {"options": [text for n in range(1, rows_of(fields) + 1) if (text := _cell(fields, "text", n))]}


def _matching(fields: Fields) -> Data:
    pairs = []
    for n in range(1, rows_of(fields) + 1):
        left, right, why = (_cell(fields, name, n) for name in ("left", "right", "why"))
        if left or right:
            pairs.append({"left": left, "right": right} | ({"why": why} if why else {}))
    spare = [text for n in range(1, spares_of(fields) + 1) if (text := _cell(fields, "spare", n))]
    return {"pairs": pairs} | ({"distractors": spare} if spare else {})


def _short(fields: Fields) -> Data:
    accepted = [
        _shared({"text": text}, fields, n) for n in range(1, rows_of(fields) + 1) if (text := _cell(fields, "text", n))
    ]
    return {"accepted": accepted} | ({"exact_case": True} if fields.get("exact_case") else {})


def _numeric(fields: Fields) -> Data:
    accepted = []
    for n in range(1, rows_of(fields) + 1):
        if said := _cell(fields, "value", n):
            wide = _cell(fields, "tolerance", n) or "0"
            amount = {"value": _number(said), "tolerance": _number(wide)}
            accepted.append(_shared(amount, fields, n))
    return {"accepted": accepted}


def _number(said: str) -> float | str:
    """The number; what is none stays as it was typed, so that its fault is told beside it."""
    value = plain.number(said)
    return said if value is None else value


def _shared(data: Data, fields: Fields, n: int) -> Data:
    share, why = _cell(fields, "share", n), _cell(fields, "why", n)
    return data | ({"share": _number(share)} if share not in ("", "1") else {}) | ({"why": why} if why else {})


_PARTS: Mapping[str, Callable[[Fields], Data]] = {
    q.SINGLE: _choice,
    q.MULTIPLE: _choice,
    q.TRUE_FALSE: _choice,
    q.ORDERING: _ordering,
    q.MATCHING: _matching,
    q.SHORT: _short,
    q.NUMERIC: _numeric,
}
