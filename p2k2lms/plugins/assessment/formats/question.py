"""One question as every format can say it, whether or not it already fits a course."""

from collections.abc import Mapping
from dataclasses import dataclass

SINGLE, MULTIPLE, TRUE_FALSE, ORDERING, MATCHING, SHORT, NUMERIC = KINDS = (
    *("single", "multiple", "truefalse", "ordering", "matching", "short", "numeric"),
)
TRUE, FALSE = "Benar", "Salah"


@dataclass(frozen=True)
class Option:
    """An option of a choice."""

    text: str
    right: bool = False
    why: str = ""


@dataclass(frozen=True)
class Pair:
    """A left and a right side that belong together; without a left side it is a distractor."""

    left: str
    right: str
    why: str = ""


@dataclass(frozen=True)
class Variant:
    """A text that is accepted as an answer, and the share of the item that it earns."""

    text: str
    share: float = 1.0
    why: str = ""


@dataclass(frozen=True)
class Amount:
    """A number that is accepted, from `value - tolerance` to `value + tolerance`."""

    value: float
    tolerance: float = 0.0
    share: float = 1.0
    why: str = ""


@dataclass(frozen=True)
class Question:
    """The neutral form. Texts are plain; paragraphs of the stem are parted by an empty line."""

    kind: str
    stem: str
    options: tuple[Option, ...] = ()
    pairs: tuple[Pair, ...] = ()
    order: tuple[str, ...] = ()
    variants: tuple[Variant, ...] = ()
    amounts: tuple[Amount, ...] = ()
    exact_case: bool = False
    why: str = ""
    points: float = 1.0
    name: str = ""
    tags: tuple[tuple[str, str], ...] = ()
    """What a course knows of its own item: id, objective, form, reread, situation."""

    @property
    def told(self) -> Mapping[str, str]:
        """The tags by name."""
        return dict(self.tags)


TAGS = ("id", "objective", "form", "reread", "situation")


def tags_of(told: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The tags that mean something here, in their order."""
    return tuple((name, told[name].strip()) for name in TAGS if told.get(name, "").strip())
