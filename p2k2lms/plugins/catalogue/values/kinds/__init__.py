"""The kinds of items, one file each; a new kind is a new file and a line here."""

from typing import Annotated

from pydantic import Field

from p2k2lms.plugins.catalogue.values.item import ItemDef
from p2k2lms.plugins.catalogue.values.kinds.matching import MatchingDef
from p2k2lms.plugins.catalogue.values.kinds.multiple import MultipleDef
from p2k2lms.plugins.catalogue.values.kinds.numeric import NumericDef
from p2k2lms.plugins.catalogue.values.kinds.ordering import OrderingDef
from p2k2lms.plugins.catalogue.values.kinds.short import ShortDef
from p2k2lms.plugins.catalogue.values.kinds.single import SingleDef
from p2k2lms.plugins.catalogue.values.kinds.truefalse import TrueFalseDef

KINDS: dict[str, type[ItemDef]] = {
    "single": SingleDef,
    "multiple": MultipleDef,
    "truefalse": TrueFalseDef,
    "ordering": OrderingDef,
    "matching": MatchingDef,
    "short": ShortDef,
    "numeric": NumericDef,
}
AnyItem = Annotated[
    SingleDef | MultipleDef | TrueFalseDef | OrderingDef | MatchingDef | ShortDef | NumericDef,
    Field(discriminator="kind"),
]

__all__ = [
    "KINDS",
    "AnyItem",
    "MatchingDef",
    "MultipleDef",
    "NumericDef",
    "OrderingDef",
    "ShortDef",
    "SingleDef",
    "TrueFalseDef",
]
