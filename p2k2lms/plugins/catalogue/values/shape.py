"""What every content model shares: frozen, without unknown keys, with permanent ids of a fixed form."""

from typing import Annotated

from markupsafe import Markup
from pydantic import BaseModel, ConfigDict, Field, GetPydanticSchema
from pydantic_core import core_schema


class Shape(BaseModel):
    """A piece of content: cannot be changed, refuses keys that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


_SESI = r"[a-z][a-z0-9]{0,19}-s\d{2}"

CourseId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)]
ModulId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]{0,19}$")]
SesiId = Annotated[str, Field(pattern=f"^{_SESI}$")]
SceneId = Annotated[str, Field(pattern=rf"^{_SESI}-a\d{{2}}$")]
StepId = Annotated[str, Field(pattern=rf"^{_SESI}-l\d{{2}}$")]
ObjectiveId = Annotated[str, Field(pattern=rf"^{_SESI}-t\d{{1,2}}$")]
ItemId = Annotated[str, Field(pattern=rf"^q-{_SESI}-\d{{2,3}}$")]
Text = Annotated[str, Field(min_length=1)]
Minutes = Annotated[int, Field(ge=1, le=1200)]

SafeHtml = Annotated[
    Markup,
    GetPydanticSchema(
        lambda _type, _handler: core_schema.no_info_after_validator_function(Markup, core_schema.str_schema())
    ),
]


def paragraphs(text: str) -> tuple[str, ...]:
    """A plain text as its paragraphs: an empty line stands between two."""
    return tuple(" ".join(part.split()) for part in text.split("\n\n") if part.strip())
