"""What all items of a test or practice share, whatever their kind."""

import hashlib
from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import Field

from p2k2lms.core.i18n import _
from p2k2lms.plugins.catalogue.values.shape import ItemId, ObjectiveId, Shape, StepId, Text

Form = Literal["A", "B", "anchor", "cek", "latihan"]
SEALED_FORMS = frozenset({"A", "B", "anchor"})


PARTS = ("key", "option", "place", "pair", "distractor", "accepted", "exact", "why")


def opaque_id(*parts: str) -> str:
    """A short id of a text that tells nothing about its place or whether it is right."""
    return hashlib.blake2s("\x1f".join(parts).encode(), digest_size=4).hexdigest()


class ItemDef(Shape):
    """One item; its kind adds the options or pairs, and with them the key."""

    id: ItemId
    kind: str
    objective: ObjectiveId
    form: Form
    reread: StepId
    stem: Text
    situation: bool = False

    @property
    def sealed(self) -> bool:
        """True if the item belongs to the pre-test and post-test and must stay on the server."""
        return self.form in SEALED_FORMS

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The stem as paragraphs of plain text."""
        return tuple(part.strip() for part in self.stem.split("\n\n") if part.strip())

    def secrets(self) -> Iterable[str]:
        """The texts that nobody may see before the review: explanations."""
        raise NotImplementedError

    def texts(self) -> Iterable[str]:
        """Every text that a person may read, for checks of language."""
        raise NotImplementedError

    def told(self) -> Iterable[tuple[str, str]]:
        """All that a kind adds to the stem, in order: each text with its part, one of `PARTS`. The key is told too."""
        raise NotImplementedError


class OptionDef(Shape):
    """An option of a choice, with the reason why it is right or wrong."""

    text: Text
    correct: bool
    why: Text

    @property
    def id(self) -> str:
        """Names the option within its item; the same wherever it stands in the list."""
        return opaque_id(self.text)


class ChoiceDef(ItemDef):
    """An item with options of which one or several are right."""

    options: Annotated[tuple[OptionDef, ...], Field(min_length=2, max_length=8)]

    @property
    def right(self) -> frozenset[str]:
        """The ids of the right options: the key."""
        return frozenset(option.id for option in self.options if option.correct)

    def secrets(self) -> Iterable[str]:
        return [option.why for option in self.options]

    def texts(self) -> Iterable[str]:
        yield self.stem
        for option in self.options:
            yield option.text
            yield option.why

    def told(self) -> Iterable[tuple[str, str]]:
        for option in self.options:
            yield ("key" if option.correct else "option", option.text)
            yield ("why", option.why)


def refuse_twins(texts: Iterable[str]) -> None:
    """Raise ValueError if two texts are the same: a person could not tell them apart."""
    seen: set[str] = set()
    for text in texts:
        if text in seen:
            raise ValueError(_("dua pilihan sama: %(said)s", said=text))
        seen.add(text)
