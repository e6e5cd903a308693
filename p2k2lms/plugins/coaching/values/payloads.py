"""What the phones send of coaching; lists run side by side, so that a plain form can carry them."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from p2k2lms.plugins.coaching.values.words import ADAPTED, CONTEXTS, MODES, SIDES

LARGEST_ID = 2**31 - 1
FIRST_DAY = date(2007, 1, 1)
MOST_PEOPLE = 100


def _joined(said: Any) -> Any:
    """The signs of several fields as one text."""
    return "".join(map(str, said)) if isinstance(said, list) else said


def _empty_is_none(said: Any) -> Any:
    return None if said == "" else said


Id = Annotated[int, Field(ge=1, le=LARGEST_ID)]
Day = Annotated[date, Field(ge=FIRST_DAY)]
Sesi = Annotated[str, Field(min_length=1, max_length=60)]
Note = Annotated[str, Field(max_length=500)]
Steps = Annotated[str, BeforeValidator(_joined), Field(max_length=60, pattern=r"^[yst]*$")]
Scores = Annotated[str, BeforeValidator(_joined), Field(min_length=1, max_length=40, pattern=r"^[0-3-]+$")]


class Payload(BaseModel):
    """Every kind of coaching: unknown names are refused, edges of texts are trimmed."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class ObservationPayload(Payload):
    """One sheet filled by one person: by who led (rating himself), or by who watched."""

    person: Id
    context: Literal[tuple(CONTEXTS)]  # type: ignore[valid-type]
    sesi: Sesi
    version_id: Id
    on_day: Day
    steps: Steps = ""
    scores: Scores
    adapted: Literal[tuple(ADAPTED)] = ""  # type: ignore[valid-type]
    evidence: Note = ""
    administrative: Note = ""
    educative: Note = ""
    supportive: Note = ""
    subject: Annotated[str, Field(max_length=60, pattern=r"^(angkatan:\d{1,10}|meeting:[0-9a-f-]{36})?$")] = ""
    photo: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")] = ""  # the hash of bytes that went before


class ContactPayload(Payload):
    """A talk of a coach with one person, or with a group, and what was agreed."""

    people: Annotated[list[Id], Field(min_length=1, max_length=MOST_PEOPLE)]
    on_day: Day
    minutes: Annotated[int, Field(ge=1, le=600)]
    mode: Literal[tuple(MODES)]  # type: ignore[valid-type]
    topic: Annotated[str, Field(min_length=2, max_length=200)]
    note: Note = ""
    action: Annotated[str, Field(max_length=200)] = ""
    due: Annotated[Day | None, BeforeValidator(_empty_is_none)] = None


class SignoffPayload(Payload):
    """One side says that a meeting of the path is done."""

    path: Id
    stage: Annotated[int, Field(ge=1, le=40)]
    side: Literal[tuple(SIDES)]  # type: ignore[valid-type]


class ReflectionPayload(Payload):
    """What the learner takes from a meeting of the path."""

    path: Id
    stage: Annotated[int, Field(ge=1, le=40)]
    text: Annotated[str, Field(min_length=3, max_length=1000)]


class StageDef(Payload):
    """One meeting of a path, as a template describes it."""

    title: Annotated[str, Field(min_length=3, max_length=120)]
    sesi: Annotated[tuple[Sesi, ...], Field(max_length=8)] = ()
    practice: bool = True  # the learner leads and rates himself
    observed: bool = False  # the coach watches and rates
    minutes: Annotated[int, Field(ge=15, le=600)] = 90
