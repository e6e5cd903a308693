"""Which words no list of Indonesian words knows: typing errors hide among them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

HUNSPELL = Path("/usr/share/hunspell/id_ID.dic")  # Debian's package hunspell-id
_ENDINGS = ("nya", "lah", "kah", "pun", "ku", "mu")
_SUFFIXES = ("kan", "an", "i")
_PREFIXES = (
    ("meny", "s"), ("peny", "s"), ("meng", ""), ("meng", "k"), ("peng", ""), ("peng", "k"), ("penge", ""),
    ("menge", ""), ("mem", ""), ("mem", "p"), ("pem", ""), ("pem", "p"), ("men", ""), ("men", "t"), ("pen", ""),
    ("pen", "t"), ("me", ""), ("pe", ""), ("per", ""), ("ber", ""), ("be", ""), ("ter", ""), ("te", ""), ("di", ""),
    ("ketidak", ""), ("tidak", ""), ("salah", ""), ("ke", ""), ("se", ""), ("ku", ""), ("kau", ""), ("pra", ""),
    ("antar", ""),
)  # fmt: skip
_LETTERS = re.compile(r"[^\W\d_]+")
_SHORTEST = 3  # letters of a root


def read(*files: Path) -> frozenset[str]:
    """The roots in word lists, one a line, with or without the flags of Hunspell."""
    lines = (line for file in files for line in file.read_text("utf-8").splitlines())
    return frozenset(line.partition("/")[0].strip().lower() for line in lines if not line.startswith("#"))


def unknown(texts: Iterable[str], known: frozenset[str]) -> Counter[str]:
    """Words in small letters that are neither known nor made of a known root; names are left out."""
    counts: Counter[str] = Counter(word for text in texts for word in _LETTERS.findall(text))
    names = {word.lower() for word in counts if word[0].isupper()}

    @cache
    def fine(word: str) -> bool:
        return word in known or any(root in known for root in _roots(word))

    small = {word: n for word, n in counts.items() if word.islower() and len(word) > _SHORTEST}
    return Counter({word: n for word, n in small.items() if word not in names and not fine(word)})


def _roots(word: str) -> Iterator[str]:
    """What remains of a word when endings, suffixes and up to three prefixes are taken off."""
    for bare in _without(word, _ENDINGS):
        for stem in _without(bare, _SUFFIXES):
            yield from _unprefixed(stem, 3)


def _without(word: str, ends: tuple[str, ...]) -> Iterator[str]:
    yield word
    for end in ends:
        if word.endswith(end) and len(word) - len(end) >= _SHORTEST:
            yield word[: -len(end)]


def _unprefixed(word: str, depth: int) -> Iterator[str]:
    yield word
    for prefix, first in _PREFIXES if depth else ():
        rest = first + word[len(prefix) :]
        if word.startswith(prefix) and len(rest) >= _SHORTEST:
            yield from _unprefixed(rest, depth - 1)
