"""What a paper sheet says, row by row: who came, as one sign a family."""

from collections.abc import Sequence

WOMAN, MAN, ABSENT = "1", "2", ""
SIGNS = (WOMAN, MAN, ABSENT, "0", "-")
MOST_ROWS = 120


def counts(rows: Sequence[str]) -> tuple[int, int]:
    """How many women and men came, of the signs of all rows."""
    said = [row.strip() for row in rows]
    return said.count(WOMAN), said.count(MAN)


def ticked(rows: Sequence[str]) -> list[int]:
    """The numbers of those who came."""
    return [number for number, row in enumerate(rows, 1) if row.strip() in (WOMAN, MAN)]


def odd_rows(rows: Sequence[str]) -> list[int]:
    """The numbers of rows whose sign is no sign."""
    return [number for number, row in enumerate(rows, 1) if row.strip() not in SIGNS]
