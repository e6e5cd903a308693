"""Single choice: exactly one option is right."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from p2k2lms.core.i18n import _
from p2k2lms.plugins.catalogue.values.item import ChoiceDef, OptionDef, refuse_twins


class SingleDef(ChoiceDef):
    """Choose the one best answer."""

    kind: Literal["single"] = "single"
    options: Annotated[tuple[OptionDef, ...], Field(min_length=3, max_length=6)]

    @model_validator(mode="after")
    def _one_is_right(self) -> "SingleDef":
        refuse_twins(option.text for option in self.options)
        if len(self.right) != 1:
            raise ValueError(_("tepat satu pilihan harus benar, di sini %(n)s", n=len(self.right)))
        return self
