"""Passwords that whoever guesses tries first: the 3,000 commonest of eight signs or more, by their hashes."""

import hashlib
from pathlib import Path

FILE = Path(__file__).parents[1] / "data" / "known_passwords.txt"  # from the list of zxcvbn (MIT), in small letters
DIGITS = 12  # of the SHA-256 as hex; enough that no other word is refused by chance
COMMON = frozenset(FILE.read_text("ascii").split())


def is_common(bare: str) -> bool:
    """True for one of them, whatever the size of its letters."""
    return hashlib.sha256(bare.casefold().encode("utf-8", "replace")).hexdigest()[:DIGITS] in COMMON
