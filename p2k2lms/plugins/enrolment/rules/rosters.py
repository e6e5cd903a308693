"""A list of people as an office sends it: which columns mean what, and what is wrong in which cell."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

HEADS = {
    "name": ("nama", "nama lengkap", "nama peserta", "name"),
    "number": ("id pkh", "id sdm", "id sdm pkh", "nomor sdm", "nomor sdm pkh", "no sdm", "pkh id", "id"),
    "phone": ("hp", "no hp", "nomor hp", "telepon", "no telepon", "wa", "no wa", "nomor wa", "whatsapp", "phone"),
}
MOST_LINES = 500


@dataclass(frozen=True)
class Line:
    """One row of the file: its place in it, and what stands in the columns that mean something."""

    row: int
    name: str = ""
    number: str = ""
    phone: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """What may find the person, the surest first."""
        return tuple(word for word in (self.number, self.phone) if word)


class CellFault(NamedTuple):
    """What is wrong, and in which cell; column "" is the whole row."""

    row: int
    column: str
    message: str


def columns_of(head: Sequence[str]) -> dict[str, int]:
    """Which column holds the name, the PKH id and the phone, as far as the head says."""
    said = [re.sub(r"[^a-z]+", " ", cell.lower()).strip() for cell in head]
    return {key: said.index(name) for key, names in HEADS.items() for name in names if name in said}


def lines_of(table: Sequence[Sequence[str]], columns: dict[str, int]) -> list[Line]:
    """The rows under the head that say anything; row 2 of the file is the first."""

    def cell(row: Sequence[str], key: str) -> str:
        at = columns.get(key)
        return row[at] if at is not None and at < len(row) else ""

    lines = [Line(n, *(cell(row, key) for key in ("name", "number", "phone"))) for n, row in enumerate(table, 1)]
    return [line for line in lines[1:] if line.name or line.words]


def doubles(lines: Sequence[Line], key: str) -> dict[int, int]:
    """For each row whose value of this column stood in an earlier one: that earlier row."""
    seen: dict[str, int] = {}
    found = {}
    for line in lines:
        value = plain(getattr(line, key))
        if value and value in seen:
            found[line.row] = seen[value]
        seen.setdefault(value, line.row)
    return found


def plain(text: str) -> str:
    """A name or number as two spellings of it agree: a phone by its digits without 0 or 62 in front."""
    digits = re.sub(r"\D", "", text)
    if len(digits) >= 9 and not re.search(r"[a-z]", text.lower()):
        return re.sub(r"^(62|0)", "", digits)
    return " ".join(re.findall(r"\w+", text.lower()))


def is_other_name(written: str, known: str) -> bool:
    """True if a name has no word in common with the account's: perhaps the number belongs to somebody else."""
    words, mine = (set(re.findall(r"\w{3,}", name.lower())) for name in (written, known))
    return bool(words and mine and not words & mine)
