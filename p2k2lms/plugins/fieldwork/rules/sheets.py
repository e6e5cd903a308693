"""A pendamping's own groups in an office file: which column is which, and what each row says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

NAME, DESA, MEMBERS, PLACE, SINCE = "name", "desa", "members", "place", "since"
HEADS: dict[str, tuple[str, ...]] = {
    NAME: ("kelompok", "nama kelompok", "nama", "group"),
    DESA: ("desa", "desa/kelurahan", "kelurahan", "village"),
    MEMBERS: ("keluarga", "jumlah keluarga", "anggota", "jumlah anggota", "kpm", "jumlah kpm", "families"),
    PLACE: ("tempat", "tempat pertemuan", "place"),
    SINCE: ("didampingi sejak", "sejak", "tanggal", "since"),
}
NEEDED = (NAME, DESA, MEMBERS)
MOST_ROWS = 60
DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")


@dataclass(frozen=True, order=True)
class CellFault:
    """What is wrong in one cell, by the row of the file and the column that it means."""

    row: int
    column: str
    message: str


def columns_of(head: Sequence[str]) -> dict[str, int]:
    """Where each column stands, whatever its letters; the first of two that mean the same."""
    found: dict[str, int] = {}
    for place, text in enumerate(head):
        for column, names in HEADS.items():
            if " ".join(text.lower().split()) in names:
                found.setdefault(column, place)
    return found


def cells(row: Sequence[str], columns: Mapping[str, int]) -> dict[str, str]:
    """The row by the names of its columns; a cell that is not there is empty."""
    return {column: row[at] if at < len(row) else "" for column, at in columns.items()}


def day_of(text: str) -> date | None:
    """A day as people write it in a sheet."""
    for form in DAYS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day, in no zone
        except ValueError:
            continue
    return None
