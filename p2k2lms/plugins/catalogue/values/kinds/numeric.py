"""Numeric: a number, typed; accepted within its tolerance, both ends included."""

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import Field, model_validator

from p2k2lms.core.i18n import _
from p2k2lms.plugins.catalogue.values.item import ItemDef
from p2k2lms.plugins.catalogue.values.kinds.short import Share, worth
from p2k2lms.plugins.catalogue.values.shape import Shape, Text

Finite = Annotated[float, Field(allow_inf_nan=False, ge=-1e15, le=1e15)]


class AmountDef(Shape):
    """A number that is accepted, from `value - tolerance` to `value + tolerance`, and the share that it earns."""

    value: Finite
    tolerance: Annotated[Finite, Field(ge=0)] = 0.0
    share: Share = 1.0
    why: str = ""


class NumericDef(ItemDef):
    """Type a number."""

    kind: Literal["numeric"] = "numeric"
    accepted: Annotated[tuple[AmountDef, ...], Field(min_length=1, max_length=8)]
    why: Text

    @model_validator(mode="after")
    def _one_is_whole(self) -> "NumericDef":
        if not any(one.share == 1 for one in self.accepted):
            raise ValueError(_("paling sedikit satu jawaban bernilai penuh"))
        return self

    def secrets(self) -> Iterable[str]:
        return [self.why, *(one.why for one in self.accepted if one.why)]

    def texts(self) -> Iterable[str]:
        yield from (self.stem, self.why)
        yield from (one.why for one in self.accepted if one.why)

    def told(self) -> Iterable[tuple[str, str]]:
        for one in self.accepted:
            width = f" ± {one.tolerance:.12g}" if one.tolerance else ""
            yield ("accepted", f"{one.value:.12g}{width}".replace(".", ",") + worth(one.share))
            yield ("why", one.why)
        yield ("why", self.why)
