"""What makes an item easier or harder than it should be by the way it is written: hints for its author."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

LENGTH, NEGATIVE, CATCH_ALL, POSITION, REASONS, ABSOLUTE = HINTS = (
    *("length", "negative", "catch_all", "position", "reasons", "absolute"),
)
ENOUGH_KEYS = 8
_NOT = re.compile(r"\b(?:tidak|bukan|kecuali|tanpa|jangan|belum)\b", re.IGNORECASE)
_CATCH_ALL = re.compile(
    r"\b(?:semua|seluruh|tidak ada)\b.{0,20}\b(?:benar|salah|tepat|di atas)\b|\b[a-d] dan [a-d]\b", re.IGNORECASE
)
_ALWAYS = re.compile(r"\b(?:selalu|tidak pernah|pasti|hanya satu-satunya)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Choice:
    """An option as far as its wording matters."""

    text: str
    right: bool
    why: str = ""


@dataclass(frozen=True)
class Hint:
    """One thing to look at again; `about` names the option, "" for the stem."""

    rule: str
    about: str = ""


def hints(stem: str, choices: Sequence[Choice], keys: Sequence[int] = ()) -> list[Hint]:
    """All that strikes; `keys` are the places (from 0) of the right option in the other single choices of the sesi."""
    return [*_stem(stem), *_length(choices), *_words(choices), *_position(choices, keys)]


def _stem(stem: str) -> Iterator[Hint]:
    """Two negations in one sentence are read wrongly."""
    for sentence in re.split(r"[.?!]\s", stem):
        if len(_NOT.findall(sentence)) > 1:
            yield Hint(NEGATIVE)


def _length(choices: Sequence[Choice]) -> Iterator[Hint]:
    """The right option is no third longer than the longest wrong one, and two words."""
    words = [(len(choice.text.split()), choice) for choice in choices]
    wrong = max((number for number, choice in words if not choice.right), default=0)
    for number, choice in words:
        if choice.right and wrong and number > 4 / 3 * wrong + 2:
            yield Hint(LENGTH, choice.text)


def _words(choices: Sequence[Choice]) -> Iterator[Hint]:
    for choice in choices:
        if _CATCH_ALL.search(choice.text):
            yield Hint(CATCH_ALL, choice.text)
        if _ALWAYS.search(choice.text) and not choice.right:
            yield Hint(ABSOLUTE, choice.text)
        if not choice.why.strip():
            yield Hint(REASONS, choice.text)


def _position(choices: Sequence[Choice], keys: Sequence[int]) -> Iterator[Hint]:
    """More than half of the keys of a sesi in one place give it away."""
    place = next((n for n, choice in enumerate(choices) if choice.right), None)
    if place is not None and len(keys) >= ENOUGH_KEYS and sum(key == place for key in keys) * 2 > len(keys):
        yield Hint(POSITION, choices[place].text)
