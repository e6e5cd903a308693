"""Draws that anybody can repeat: from a frozen list, its hash, and a seed that was made after the list."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

PERSON = "responsible"
SHARE = 10  # one in ten of each stratum, and at least one


@dataclass(frozen=True)
class Listed:
    """One due group-month of the list: its group, its stratum, what its report said, and who answered for it."""

    group: int
    stratum: str
    reported: str
    responsible: int


def list_hash(rows: Sequence[Listed]) -> str:
    """The hash of the list in its one order, whatever the order it comes in."""
    lines = sorted([row.group, row.stratum, row.reported, row.responsible] for row in rows)
    return hashlib.sha256(json.dumps(lines, separators=(",", ":")).encode()).hexdigest()


def rank(seed: str, thing: object) -> str:
    """Where a thing stands in the order that a seed makes."""
    return hashlib.sha256(f"{seed}:{thing}".encode()).hexdigest()


def draw(rows: Sequence[Listed], seed: str) -> list[Listed]:
    """One in ten of each stratum, rounded to the nearest and at least one, in the order of the seed."""
    drawn: list[Listed] = []
    for stratum in sorted({row.stratum for row in rows}):
        own = sorted((row for row in rows if row.stratum == stratum), key=lambda row: rank(seed, row.group))
        drawn += own[: max(1, (len(own) + SHARE // 2) // SHARE)]
    return drawn


def checker(row: Listed, checkers: Sequence[int], supervisor_of: Mapping[int, int], seed: str) -> int | None:
    """Who checks a group: anybody but the one who answers for it and that person's own supervisor."""
    barred = {row.responsible, supervisor_of.get(row.responsible)}
    able = sorted((one for one in checkers if one not in barred), key=lambda one: rank(seed, f"{row.group}:{one}"))
    return able[0] if able else None


def file_of(rows: Sequence[Listed], seed: str, drawn: Sequence[int], people: bool = True) -> dict[str, Any]:
    """What is published: enough to repeat the draw; without people its list cannot be held against the hash."""
    listed = [asdict(row) for row in rows]
    if not people:
        listed = [{name: value for name, value in row.items() if name != PERSON} for row in listed]
    return {"list": listed, "list_hash": list_hash(rows), "seed": seed, "drawn": sorted(drawn)}


def has_people(file: Mapping[str, Any]) -> bool:
    """True if the list says who answered for each group, so that its hash can be made again."""
    return all(PERSON in row for row in file["list"])


def faults_of(file: Mapping[str, Any]) -> list[str]:
    """What does not agree when the draw of a file is repeated; nothing when all does."""
    whole = has_people(file)
    rows = [Listed(**({PERSON: 0} | row)) for row in file["list"]]
    again = sorted(row.group for row in draw(rows, file["seed"]))
    return [
        *(["list_hash"] if whole and list_hash(rows) != file["list_hash"] else []),
        *(["drawn"] if again != sorted(file["drawn"]) else []),
    ]


def roster_numbers(seed: str, size: int, wanted: int = 5) -> list[int]:
    """Some numbers of a group's roster, in the order of the seed."""
    return sorted(range(1, size + 1), key=lambda number: rank(seed, number))[:wanted]
