"""What the phones send from the field; lists run side by side, so that a plain form can carry them."""

import uuid
from datetime import date, time
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from p2k2lms.core.i18n import _
from p2k2lms.plugins.catalogue.values import OBSTACLES
from p2k2lms.plugins.fieldwork.values import roster
from p2k2lms.plugins.fieldwork.values.words import CHANGES, FOUND, METHODS, NOT_MET, STEP_SIGNS

LARGEST_ID = 2**31 - 1
MOST_GROUPS, MOST_PEOPLE, MOST_STEPS, LONGEST_MINUTES = 6, 999, 60, 600
FIRST_DAY = date(2007, 1, 1)
LISTS = ("groups", "women", "men", "children", "homework")
TICKS = "numbers"
"""A list beside the others that may be absent: which families came, by their number."""


def _empty_is_none(said: Any) -> Any:
    return None if said == "" else said


def _empty_is_zero(said: Any) -> Any:
    return [0 if one == "" else one for one in said] if isinstance(said, list) else said


def _joined(said: Any) -> Any:
    """The signs of several fields, one for each langkah, as one text."""
    return "".join(map(str, said)) if isinstance(said, list) else said


Id = Annotated[int, Field(ge=1, le=LARGEST_ID)]
Day = Annotated[date, Field(ge=FIRST_DAY)]
Count = Annotated[int, Field(ge=0, le=MOST_PEOPLE)]
Counts = Annotated[list[Count], BeforeValidator(_empty_is_zero), Field(max_length=MOST_GROUPS)]
Ticks = Annotated[tuple[int, ...], BeforeValidator(roster.numbers)]
Signs = Annotated[str, BeforeValidator(_joined), Field(max_length=MOST_STEPS, pattern=f"^[{STEP_SIGNS}]*$")]
Seen = Annotated[str, BeforeValidator(_joined), Field(pattern=r"^[yn-]{1,5}$")]
Line = Annotated[str, Field(max_length=120)]
Note = Annotated[str, Field(max_length=500)]


class Payload(BaseModel):
    """Every kind of the field: unknown names are refused, edges of texts are trimmed."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class RosterPayload(Payload):
    """Families came or went; `back` takes an entry back that was a mistake."""

    group: Id
    on_day: Day
    change: Literal[tuple(CHANGES)]  # type: ignore[valid-type]
    count: Annotated[int, Field(ge=1, le=500)]
    back: bool = False
    numbers: Annotated[str, Field(max_length=400, pattern=r"^[0-9, -]*$")] = ""


class MeetingPayload(Payload):
    """One meeting of one group, or of several together; the lists hold one entry for each group.

    Who ticks the numbers of the roster need not count: women are then those ticked who are no men.
    """

    groups: Annotated[list[Id], Field(min_length=1, max_length=MOST_GROUPS)]
    women: Counts
    men: Counts
    children: Counts
    homework: Counts
    numbers: Annotated[list[Ticks], Field(max_length=MOST_GROUPS)] = []
    on_day: Day
    start: Annotated[time | None, BeforeValidator(_empty_is_none)] = None
    minutes: Annotated[Annotated[int, Field(ge=1, le=LONGEST_MINUTES)] | None, BeforeValidator(_empty_is_none)] = None
    version_id: Id
    sesi: Annotated[str, Field(min_length=1, max_length=60)]
    steps: Signs = ""
    handraise: Annotated[str, BeforeValidator(_joined), Field(pattern=r"^[012-]{0,5}$")] = ""
    obstacle: Literal["", *OBSTACLES] = ""  # type: ignore[valid-type]
    note: Note = ""
    place: Line = ""

    @model_validator(mode="before")
    @classmethod
    def _rows_without_a_group_are_left_out(cls, said: Any) -> Any:
        """A form offers a second group; who does not choose one leaves its counts empty."""
        if not isinstance(said, dict) or not all(isinstance(said.get(name), list) for name in LISTS):
            return said
        names = (*LISTS, TICKS) if said.get(TICKS) and isinstance(said[TICKS], list) else LISTS
        rows = list(zip(*(said[name] for name in names), strict=False))
        if any(len(said[name]) != len(rows) for name in names):
            raise ValueError(_("Isi jumlah hadir untuk setiap kelompok."))
        kept = [row for row in rows if row[0] != ""]
        if any(row[1] == "" and not any(row[len(LISTS) :]) for row in kept):
            raise ValueError(_("Isi jumlah ibu yang hadir. Tulis 0 bila tidak ada."))
        return {**said, **{name: [row[n] for row in kept] for n, name in enumerate(names)}}

    @model_validator(mode="after")
    def _each_group_once(self) -> "MeetingPayload":
        if len(set(self.groups)) != len(self.groups):
            raise ValueError(_("Kelompok yang sama tertulis dua kali."))
        if any(len(getattr(self, name)) != len(self.groups) for name in LISTS):
            raise ValueError(_("Isi jumlah hadir untuk setiap kelompok."))
        return self

    @model_validator(mode="after")
    def _ticks_count_for_who_did_not(self) -> "MeetingPayload":
        self.numbers = self.numbers or [()] * len(self.groups)
        for row, ticked in enumerate(self.numbers):
            if ticked and not self.women[row]:
                self.women[row] = max(0, len(ticked) - self.men[row])
        return self


class CorrectionPayload(MeetingPayload):
    """The same meeting told anew; the version before it is kept."""

    corrects: uuid.UUID


class CancelPayload(Payload):
    """The meeting did not count; it stays in the book."""

    meeting: uuid.UUID
    reason: Annotated[str, Field(min_length=3, max_length=200)]


class PhotoPayload(Payload):
    """A photo of a meeting; its bytes went before, `photo` is their hash."""

    meeting: uuid.UUID
    photo: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class NoMeetingPayload(Payload):
    """The group did not meet in this month, written 2026-11."""

    group: Id
    month: Annotated[str, Field(pattern=r"^20\d\d-(0[1-9]|1[0-2])$")]
    reason: Literal[tuple(NOT_MET)]  # type: ignore[valid-type]
    note: Note = ""


class VerificationPayload(Payload):
    """What a drawn checker found out about one group and month."""

    task: Id
    method: Literal[tuple(METHODS)]  # type: ignore[valid-type]
    result: Literal[tuple(FOUND)]  # type: ignore[valid-type]


class SpotCheckPayload(Payload):
    """Five families of the roster by number; for each behaviour one sign a family: seen, not seen, does not apply."""

    group: Id
    quarter: Annotated[str, Field(pattern=r"^20\d\d-[1-4]$")]
    modul: Annotated[str, Field(min_length=1, max_length=20)]
    numbers: Annotated[list[Annotated[int, Field(ge=1, le=999)]], Field(min_length=1, max_length=5)]
    first: Seen
    second: Seen
    third: Seen

    @model_validator(mode="after")
    def _a_sign_for_each_family(self) -> "SpotCheckPayload":
        if len(set(self.numbers)) != len(self.numbers):
            raise ValueError(_("Nomor yang sama tertulis dua kali."))
        if any(len(signs) != len(self.numbers) for signs in (self.first, self.second, self.third)):
            raise ValueError(_("Isi setiap perilaku untuk setiap keluarga."))
        return self
