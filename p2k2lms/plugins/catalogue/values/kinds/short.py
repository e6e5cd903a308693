"""Short text: a word or a few, typed; each accepted variant earns all or a part."""

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import Field, model_validator

from p2k2lms.core.i18n import _
from p2k2lms.plugins.catalogue.values.item import ItemDef, refuse_twins
from p2k2lms.plugins.catalogue.values.shape import Shape, Text

LONGEST = 200
Share = Annotated[float, Field(ge=0, le=1)]


class AcceptedDef(Shape):
    """A text that is accepted, and the share of the item that it earns."""

    text: Annotated[str, Field(min_length=1, max_length=LONGEST)]
    share: Share = 1.0
    why: str = ""


class ShortDef(ItemDef):
    """Type a word or a few; case counts only where `exact_case` says so, spaces never."""

    kind: Literal["short"] = "short"
    accepted: Annotated[tuple[AcceptedDef, ...], Field(min_length=1, max_length=8)]
    exact_case: bool = False
    why: Text

    @model_validator(mode="after")
    def _one_is_whole(self) -> "ShortDef":
        refuse_twins(one.text if self.exact_case else one.text.casefold() for one in self.accepted)
        if not any(one.share == 1 for one in self.accepted):
            raise ValueError(_("paling sedikit satu jawaban bernilai penuh"))
        return self

    def secrets(self) -> Iterable[str]:
        return [self.why, *(one.why for one in self.accepted if one.why)]

    def texts(self) -> Iterable[str]:
        yield from (self.stem, self.why)
        for one in self.accepted:
            yield from (one.text, *([one.why] if one.why else []))

    def told(self) -> Iterable[tuple[str, str]]:
        for one in self.accepted:
            yield ("accepted", one.text + worth(one.share))
            yield ("why", one.why)
        yield ("exact", "Aa" if self.exact_case else "")
        yield ("why", self.why)


def worth(share: float) -> str:
    """What an accepted answer earns, said only where it is not all."""
    return "" if share == 1 else f" ({share:.0%})"
