"""Matching: find for each left side its right side."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Literal

from pydantic import Field, model_validator

from p2k2lms.plugins.catalogue.values.item import ItemDef, opaque_id, refuse_twins
from p2k2lms.plugins.catalogue.values.shape import Shape, Text


class PairDef(Shape):
    """A left and a right side that belong together; their ids do not tell so."""

    left: Text
    right: Text
    why: str = ""

    @property
    def left_id(self) -> str:
        """Names the left side within its item."""
        return opaque_id("left", self.left)

    @property
    def right_id(self) -> str:
        """Names the right side within its item."""
        return opaque_id("right", self.right)


class MatchingDef(ItemDef):
    """Match each left side with a right side; distractors are right sides that belong to none."""

    kind: Literal["matching"] = "matching"
    pairs: Annotated[tuple[PairDef, ...], Field(min_length=3, max_length=8)]
    distractors: Annotated[tuple[Text, ...], Field(max_length=4)] = ()
    why: Text

    @model_validator(mode="after")
    def _no_twins(self) -> "MatchingDef":
        refuse_twins(pair.left for pair in self.pairs)
        refuse_twins([*(pair.right for pair in self.pairs), *self.distractors])
        return self

    @property
    def targets(self) -> Mapping[str, str]:
        """Every right side that can be chosen, by its id."""
        paired = {pair.right_id: pair.right for pair in self.pairs}
        return paired | {opaque_id("right", text): text for text in self.distractors}

    @property
    def matches(self) -> Mapping[str, str]:
        """Left id to right id: the key."""
        return {pair.left_id: pair.right_id for pair in self.pairs}

    def secrets(self) -> Iterable[str]:
        return [self.why, *(pair.why for pair in self.pairs if pair.why)]

    def texts(self) -> Iterable[str]:
        yield from (self.stem, self.why)
        yield from self.distractors
        for pair in self.pairs:
            yield from (pair.left, pair.right, *([pair.why] if pair.why else []))

    def told(self) -> Iterable[tuple[str, str]]:
        for pair in self.pairs:
            yield ("pair", f"{pair.left} – {pair.right}")
            yield ("why", pair.why)
        yield from (("distractor", text) for text in self.distractors)
        yield ("why", self.why)
