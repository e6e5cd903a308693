"""A sesi and its langkah as authors write them: the front matter of `_sesi.md` and of each card."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from p2k2lms.core.i18n import _
from p2k2lms.plugins.catalogue.values.shape import Minutes, ObjectiveId, SesiId, Shape, StepId, Text

UNWRITTEN = "(belum ditulis)"  # what stands in a new card where its author has written nothing yet


class ObjectiveDef(Shape):
    """What somebody can do after a sesi; items are tied to it."""

    id: ObjectiveId
    text: Text


class SesiDef(Shape):
    """A sesi; while `written` is false it is shown as being written and asks for nothing more."""

    id: SesiId
    title: Text
    number: Annotated[int, Field(ge=1, le=99)] | None = None
    aim: str = ""
    objectives: tuple[ObjectiveDef, ...] = ()
    minutes: Minutes | None = None
    written: bool = True
    materials: tuple[Text, ...] = ()
    key_messages: tuple[Text, ...] = ()
    homework: str = ""
    handraise: tuple[Text, ...] = ()
    adaptations: tuple[Text, ...] = ()
    safeguarding: str = ""


class TeachDef(Shape):
    """The card in the hand at the meeting: what to do, say and ask."""

    purpose: Text
    do: Annotated[tuple[Text, ...], Field(min_length=1)]
    say: Annotated[tuple[Text, ...], Field(min_length=1)]
    ask: Text
    props: tuple[Text, ...] = ()
    adaptation: Text


class StepDef(Shape):
    """One langkah in its three lives: learned (the body), taught (`teach`) and proved (`prove`)."""

    id: StepId
    title: Text
    minutes: Minutes
    required: bool = True
    archived: bool = False
    objectives: Annotated[tuple[ObjectiveId, ...], Field(min_length=1)]
    key: Text
    picture: str = ""
    picture_alt: str = ""
    try_today: Annotated[str, Field(alias="try")] = ""
    sources: tuple[Text, ...] = ()
    review: Literal["perlu-verifikasi"] | None = None
    review_question: str = ""
    teach: TeachDef
    prove: Text

    @model_validator(mode="after")
    def _what_belongs_together(self) -> "StepDef":
        if self.picture and not self.picture_alt:
            raise ValueError(_("gambar memerlukan picture_alt"))
        if self.review and not self.review_question:
            raise ValueError(_("review memerlukan review_question"))
        return self
