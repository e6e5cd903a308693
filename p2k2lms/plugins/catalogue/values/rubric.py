"""How a meeting is observed: behaviours that hold for every sesi, each with four described levels."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from p2k2lms.core.i18n import _
from p2k2lms.plugins.catalogue.values.shape import Shape, Text

LEVELS = 4  # 0 to 3
BehaviourId = Annotated[str, Field(pattern=r"^b\d{2}$")]


class BehaviourDef(Shape):
    """One observed behaviour; `levels` describes what is seen at 0, 1, 2 and 3 points.

    `kind` says what it counts for: `kesetiaan` (the modul is followed) or `mutu` (it is done well). An
    adaptation with a reason takes a behaviour that is `adaptable` out of the count.
    """

    id: BehaviourId
    title: Text
    kind: Literal["kesetiaan", "mutu"]
    adaptable: bool = False
    levels: Annotated[tuple[Text, ...], Field(min_length=LEVELS, max_length=LEVELS)]


class RubricDef(Shape):
    """The behaviours of one course, in the order of the sheet."""

    behaviours: Annotated[tuple[BehaviourDef, ...], Field(min_length=1, max_length=40)]

    @model_validator(mode="after")
    def _each_behaviour_once(self) -> "RubricDef":
        ids = [behaviour.id for behaviour in self.behaviours]
        if len(set(ids)) != len(ids):
            raise ValueError(_("ada id perilaku yang tertulis dua kali"))
        return self

    @property
    def max_points(self) -> int:
        """The points of a sheet on which everything is at the highest level."""
        return (LEVELS - 1) * len(self.behaviours)


class SesiRubricDef(Shape):
    """What the behaviours look like in one sesi: an example for each behaviour that the sesi makes clearer."""

    examples: dict[BehaviourId, Text]
