"""Ordering: put steps in their right order; the author writes them in that order."""

from collections.abc import Iterable
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from p2k2lms.plugins.catalogue.values.item import ItemDef, opaque_id, refuse_twins
from p2k2lms.plugins.catalogue.values.shape import Shape, Text


class PlaceDef(Shape):
    """One thing to be put in order; its id says nothing about its place."""

    text: Text

    @model_validator(mode="before")
    @classmethod
    def _a_text_alone(cls, data: Any) -> Any:
        return {"text": data} if isinstance(data, str) else data

    @property
    def id(self) -> str:
        """Names the thing within its item."""
        return opaque_id(self.text)


class OrderingDef(ItemDef):
    """Put these in order."""

    kind: Literal["ordering"] = "ordering"
    options: Annotated[tuple[PlaceDef, ...], Field(min_length=3, max_length=8)]
    why: Text

    @model_validator(mode="after")
    def _no_twins(self) -> "OrderingDef":
        refuse_twins(option.text for option in self.options)
        return self

    @property
    def order(self) -> tuple[str, ...]:
        """The ids in their right order: the key."""
        return tuple(option.id for option in self.options)

    def secrets(self) -> Iterable[str]:
        return [self.why]

    def texts(self) -> Iterable[str]:
        return [self.stem, self.why, *(option.text for option in self.options)]

    def told(self) -> Iterable[tuple[str, str]]:
        yield from (("place", f"{place}. {option.text}") for place, option in enumerate(self.options, 1))
        yield ("why", self.why)
