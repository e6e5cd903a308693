"""True or false: a statement, and the options Benar and Salah."""

from typing import Literal

from pydantic import model_validator

from p2k2lms.core.i18n import _
from p2k2lms.plugins.catalogue.values.item import ChoiceDef


class TrueFalseDef(ChoiceDef):
    """Say whether the statement holds."""

    kind: Literal["truefalse"] = "truefalse"

    @model_validator(mode="after")
    def _true_and_false(self) -> "TrueFalseDef":
        if [option.text for option in self.options] != ["Benar", "Salah"]:
            raise ValueError(_("pilihan harus Benar lalu Salah"))
        if len(self.right) != 1:
            raise ValueError(_("tepat satu dari Benar dan Salah harus benar"))
        return self
