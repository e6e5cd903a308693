"""Numbers of the roster as they are told of, read aloud and kept: "1-12, 15" and one bit a family."""

import re
from collections.abc import Collection, Iterable
from itertools import groupby
from typing import Any

from p2k2lms.core.i18n import _

LARGEST, LONGEST = 999, 2_000
RANGE = re.compile(r"(\d{1,3})(?:\s*-\s*(\d{1,3}))?")


def numbers(said: Any) -> tuple[int, ...]:
    """The numbers of a text such as "1-12, 15", each once and in order; ValueError for what is no such text."""
    if not isinstance(said, str) or len(said) > LONGEST:
        raise ValueError(_wrong())
    found: set[int] = set()
    for part in filter(None, (one.strip() for one in re.split(r"[,;.\n]", said))):
        read = RANGE.fullmatch(part)
        first, last = (int(read[1]), int(read[2] or read[1])) if read else (0, 0)
        if not 1 <= first <= last:
            raise ValueError(_wrong())
        found.update(range(first, last + 1))
    return tuple(sorted(found))


def _wrong() -> str:
    return _("Tulis nomor dengan koma atau tanda hubung, misalnya 1-12, 15.")


def spelled(ticked: Iterable[int]) -> str:
    """The same numbers as a text, neighbours as a range."""
    runs = (
        [number for _place, number in run]
        for _gap, run in groupby(enumerate(sorted(ticked)), key=lambda pair: pair[1] - pair[0])
    )
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def packed(ticked: Collection[int]) -> bytes | None:
    """One bit a family, number 1 the lowest of the first byte; None where nobody was ticked."""
    bits = sum(1 << (number - 1) for number in set(ticked))
    return bits.to_bytes((bits.bit_length() + 7) // 8, "little") if bits else None


def unpacked(kept: bytes | None) -> frozenset[int]:
    """The numbers that were ticked."""
    bits = int.from_bytes(kept or b"", "little")
    return frozenset(number for number in range(1, bits.bit_length() + 1) if bits >> (number - 1) & 1)
