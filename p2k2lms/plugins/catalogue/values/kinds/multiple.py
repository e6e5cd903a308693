"""Several choices: two or more options are right, at least one is wrong."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from p2k2lms.core.i18n import _
from p2k2lms.plugins.catalogue.values.item import ChoiceDef, OptionDef, refuse_twins


class MultipleDef(ChoiceDef):
    """Choose all that are right."""

    kind: Literal["multiple"] = "multiple"
    options: Annotated[tuple[OptionDef, ...], Field(min_length=3, max_length=8)]

    @model_validator(mode="after")
    def _some_are_right(self) -> "MultipleDef":
        refuse_twins(option.text for option in self.options)
        if not 2 <= len(self.right) < len(self.options):
            raise ValueError(_("paling sedikit dua pilihan benar dan satu salah"))
        return self
