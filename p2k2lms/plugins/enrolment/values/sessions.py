"""Meetings of a class and who came, as plain things and as they are sent."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, NamedTuple

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from p2k2lms.core.i18n import lazy

MINUTES_OF_JP = 45
LATE_FREE = 15  # minutes that nobody counts
PRESENT, EXCUSED, ILL, ABSENT = "hadir", "izin", "sakit", "alpa"
STATUSES: dict[str, Any] = {PRESENT: lazy("Hadir"), EXCUSED: lazy("Izin"), ILL: lazy("Sakit"), ABSENT: lazy("Alpa")}
BY_QR, BY_OFFICER = "qr", "petugas"
AFTER_CLOSING, ONLINE_OPEN, ONE_PHONE = "setelah_ditutup", "tahap_daring_belum", "hp_sama"
ODD: dict[str, Any] = {
    AFTER_CLOSING: lazy("dicatat setelah daftar ditutup"),
    ONLINE_OPEN: lazy("tahap daring belum selesai"),
    ONE_PHONE: lazy("satu HP untuk dua orang"),
}
Person = Annotated[int, Field(ge=1, le=2**31 - 1)]
Status = Annotated[str, Field(pattern="^(|hadir|izin|sakit|alpa)$")]
Late = Annotated[int, BeforeValidator(lambda said: 0 if said == "" else said), Field(ge=0, le=720)]


@dataclass(frozen=True)
class SessionPlan:
    """What a meeting is to be: the fields of its form; `starts` and `minutes` in minutes."""

    on_day: date
    starts: int
    minutes: int
    title: str
    jp: int
    modul: str = ""
    live_url: str = ""


@dataclass(frozen=True, kw_only=True)
class SessionCard:
    """A meeting of a class."""

    id: int
    angkatan_id: int
    on_day: date
    starts: int
    minutes: int
    modul: str
    title: str
    jp: int
    live_url: str
    closed_at: datetime | None
    head_count: int | None
    count_note: str

    @property
    def time(self) -> str:
        """From when to when: 08.00-09.30."""
        ends = self.starts + self.minutes
        return f"{self.starts // 60:02d}.{self.starts % 60:02d}-{ends // 60:02d}.{ends % 60:02d}"


class SubjectTrainerCard(NamedTuple):
    """Who teaches a mata diklat, or stands in."""

    modul: str
    substitute: bool
    person_id: int


class WaitingCard(NamedTuple):
    """One who waits for a seat."""

    person_id: int
    place: int
    rule: str
    lottery_draw: int | None


class MarkCard(NamedTuple):
    """One person at one meeting, as it stands."""

    session_id: int
    person_id: int
    status: str
    late: int
    minutes: int
    how: str
    browser: str
    flags: tuple[str, ...]


class AttendanceShare(NamedTuple):
    """How much of the meetings so far one person was at."""

    earned: int  # minutes
    due: int
    came: int  # meetings
    held: int

    @property
    def percent(self) -> int:
        """Whole percent, rounded down: what is asked must be reached, not nearly."""
        return self.earned * 100 // self.due if self.due else 0

    @property
    def jp(self) -> float:
        """Hours of lesson earned, to a tenth."""
        return round(self.earned / MINUTES_OF_JP, 1)


class AttendancePayload(BaseModel):
    """A list, or part of one, in columns; `code` and `ticket` let a person mark himself by the code on the wall.

    An empty status says nothing about its person: on a paper list not every line is filled.
    """

    model_config = ConfigDict(extra="forbid")

    session: int = Field(ge=1, le=2**31 - 1)
    people: list[Person] = Field(min_length=1, max_length=500)
    statuses: list[Status] = Field(min_length=1, max_length=500)
    lates: list[Late] = Field(default_factory=list, max_length=500)
    code: str = Field(default="", max_length=100)
    ticket: str = Field(default="", max_length=200)
    browser: str = Field(default="", max_length=32, pattern="^[0-9a-f]*$")

    @model_validator(mode="after")
    def one_line_each(self) -> "AttendancePayload":
        """Every person has a status, and if anybody has minutes everybody has; nobody stands there twice."""
        if len(self.people) != len(self.statuses) or len(self.lates) not in (0, len(self.people)):
            raise ValueError("the columns differ in length")
        if len(set(self.people)) != len(self.people):
            raise ValueError("a person stands there twice")
        return self

    @property
    def marks(self) -> list[tuple[int, str, int]]:
        """Person, status and minutes late of each line that says something."""
        lates = self.lates or [0] * len(self.people)
        return [
            (person, status, late if status == PRESENT else 0)
            for person, status, late in zip(self.people, self.statuses, lates, strict=True)
            if status
        ]
