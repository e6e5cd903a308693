"""The plain things that delivery takes in and hands out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from p2k2lms.plugins.catalogue.values import (
    Card,
    Moment,
    Outline,
    OutlineModul,
    OutlineSesi,
    OutlineStep,
    SceneChoice,
    SceneDef,
    SesiSheet,
)
from p2k2lms.plugins.enrolment.values import AngkatanCard, EnrolmentCard

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


NOBODYS = 0  # the enrolment of staff who look at a course as its learners see it


class StepPayload(BaseModel):
    """What `delivery.step` carries: this card has been read, or this scene was played on this way."""

    model_config = ConfigDict(extra="forbid")

    course: str = Field(min_length=1, max_length=80)
    version_id: int
    step: str = Field(min_length=1, max_length=60)
    way: str = Field(default="", max_length=40, pattern=r"^(\d(\.\d)*)?$")  # of a scene: the choices made, from 0


class PositionIn(BaseModel):
    """Where somebody is reading, as his phone tells it; `scroll` is the share of the card that went by."""

    model_config = ConfigDict(extra="forbid")

    course: str = Field(min_length=1, max_length=80)
    step: str = Field(min_length=1, max_length=60)
    scroll: float = Field(default=0, ge=0, le=1)
    device: str = Field(min_length=1, max_length=80, pattern=r"^[^\x00-\x1f]*$")
    at: AwareDatetime = Field(ge=LONG_AGO)


@dataclass(frozen=True)
class PositionCard:
    """Where somebody read last, and on which phone."""

    step: str
    scroll: float
    device: str
    at: datetime


@dataclass(frozen=True)
class Share:
    """How many of the required cards have been read."""

    done: int
    required: int

    @property
    def percent(self) -> int:
        """0 to 100, rounded down: 100 only when nothing is missing."""
        return 100 * self.done // self.required if self.required else 0

    @property
    def full(self) -> bool:
        """True when there was something to read and all of it has been read."""
        return self.required > 0 and self.done == self.required


@dataclass(frozen=True)
class Place:
    """A card within its course: enough for a link and its words."""

    course: str
    sesi: OutlineSesi
    step: OutlineStep
    number: int
    scroll: float = 0.0


@dataclass(frozen=True)
class SesiState:
    """How far somebody is with a sesi; `waits_for` is the place that opens it when it is locked."""

    sesi: OutlineSesi
    state: str  # done, half, open, lock, later
    share: Share
    minutes_left: int
    read: frozenset[str]
    waits_for: Place | None = None
    missing: int = 0


@dataclass(frozen=True)
class ModulState:
    """How far somebody is with a modul."""

    modul: OutlineModul
    state: str  # done, half, open, later
    share: Share
    sesi: tuple[SesiState, ...]


@dataclass(frozen=True)
class CourseView:
    """A course as its learner sees it: the outline with every mark, and where to go on."""

    enrolment: EnrolmentCard
    outline: Outline
    share: Share
    modul: tuple[ModulState, ...]
    next: Place | None
    elsewhere: PositionCard | None
    played: frozenset[str] = frozenset()  # the scenes that were played to an end

    @property
    def preview(self) -> bool:
        """True for staff who only look: nothing is kept."""
        return self.enrolment.id == NOBODYS


@dataclass(frozen=True)
class CardView:
    """One card as its learner sees it, locked when `lock` is set.

    `beside` is the next card if it is open now, `following` if it is open once this one is read.
    """

    enrolment: EnrolmentCard
    outline: Outline
    card: Card
    place: Place
    read: frozenset[str]
    previous: Place | None
    beside: Place | None
    following: Place | None
    lock: SesiState | None

    @property
    def preview(self) -> bool:
        """True for staff who only look: nothing is kept."""
        return self.enrolment.id == NOBODYS

    @property
    def finished(self) -> OutlineSesi | None:
        """The sesi that ended just before this card, to say so to who arrives: it is read, this card is not.

        The last card of a sesi leads straight on, so it is here that one learns of it.
        """
        if self.previous is None or self.place.number > 1 or self.card.id in self.read:
            return None
        steps = self.previous.sesi.steps
        needed = {step.id for step in steps if step.required} or {step.id for step in steps}
        return self.previous.sesi if needed <= self.read else None


@dataclass(frozen=True)
class Desk:
    """All that somebody learns, and the doors that stand open to him."""

    courses: tuple[CourseView, ...]
    doors: tuple[tuple[AngkatanCard, str], ...]


@dataclass(frozen=True)
class TakenAlong:
    """A course as its learner takes it along on a phone."""

    enrolment: EnrolmentCard
    outline: Outline
    read: frozenset[str]
    played: frozenset[str] = frozenset()

    @property
    def preview(self) -> bool:
        """True for staff who only look: nothing is kept."""
        return self.enrolment.id == NOBODYS


@dataclass(frozen=True)
class Taken:
    """A choice that was made, and the moment in which it was made."""

    moment: Moment
    choice: SceneChoice


@dataclass(frozen=True)
class Walk:
    """A way through a scene: what was chosen, and what happens now."""

    way: str
    taken: tuple[Taken, ...]
    now: Moment

    @property
    def ended(self) -> bool:
        """True when nothing more is to be chosen."""
        return self.now.end is not None

    def on(self, number: int) -> str:
        """The way on which this choice is made next."""
        return f"{self.way}.{number}" if self.way else str(number)


@dataclass(frozen=True)
class SceneResult:
    """What a way showed, as ids of behaviours: every time, at times, or not."""

    shown: tuple[str, ...]
    at_times: tuple[str, ...]
    missed: tuple[str, ...]

    @property
    def touched(self) -> int:
        """How many behaviours the way put to the test."""
        return len(self.shown) + len(self.at_times) + len(self.missed)


@dataclass(frozen=True)
class SceneView:
    """A scene as its learner sees it, locked with its sesi when `lock` is set; `last` is the result kept before."""

    enrolment: EnrolmentCard
    sesi: OutlineSesi
    scene: SceneDef
    walk: Walk
    result: SceneResult
    last: SceneResult | None
    behaviours: Mapping[str, str]
    lock: SesiState | None

    @property
    def preview(self) -> bool:
        """True for staff who only look: nothing is kept."""
        return self.enrolment.id == NOBODYS


@dataclass(frozen=True)
class Leaf:
    """One leaf of a printed flip chart: the card whose picture is shown, and the langkah that are spoken over it."""

    picture: Card
    spoken: tuple[Card, ...]


@dataclass(frozen=True)
class PrintedSesi:
    """What is printed of a sesi."""

    version_id: int
    course: str
    sesi: OutlineSesi
    sheet: SesiSheet
    cards: tuple[Card, ...]
