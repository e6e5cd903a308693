"""The plain things of talk among peers: where it stands, what is sent, what pages show."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from p2k2lms.core.i18n import _, lazy
from p2k2lms.plugins.catalogue.values import NO_OBSTACLE, OBSTACLES, OTHER_OBSTACLE
from p2k2lms.plugins.enrolment.values import AngkatanCard

LANGKAH, OBSTACLE, CLASS, ALUMNI = "langkah", "obstacle", "angkatan", "alumni"
KINDS: dict[str, Any] = {
    LANGKAH: lazy("Langkah"),
    OBSTACLE: lazy("Kendala"),
    CLASS: lazy("Angkatan"),
    ALUMNI: lazy("Alumni"),
}
IN_ADDRESS = {LANGKAH: "langkah", OBSTACLE: "kendala", CLASS: "angkatan", ALUMNI: "alumni"}
NOT_ASKED = (NO_OBSTACLE, OTHER_OBSTACLE)
ABOUT: dict[str, Any] = {key: label for key, (_kind, label) in OBSTACLES.items() if key not in NOT_ASKED}
OF_COURSE, OF_OBSTACLES, OF_CLASS, OF_ALUMNI = "kursus:", "kendala", "angkatan:", "alumni:"
OPEN, ANSWERED, SHUT = "terbuka", "terjawab", "ditutup"
STATES: dict[str, Any] = {OPEN: lazy("Belum terjawab"), ANSWERED: lazy("Terjawab"), SHUT: lazy("Ditutup")}
SEEN, HELD, COVERED = "tampak", "ditahan", "ditutup"
LOOKS = (SEEN, HELD, COVERED)
NAMES_SOMEBODY, HARM = "identitas", "kekerasan"
AT_ONCE = (NAMES_SOMEBODY, HARM)  # one report is enough to hold such a text until somebody has looked
ENOUGH = 3
BY_RULE = "aturan"
OWN = "saya"
FILTERS: dict[str, Any] = {"": lazy("Semua"), OPEN: lazy("Belum terjawab"), OWN: lazy("Pertanyaan saya")}
REASONS: dict[str, Any] = {
    NAMES_SOMEBODY: lazy("Menyebut nama, NIK, atau alamat orang"),
    HARM: lazy("Menceritakan kasus kekerasan"),
    "keliru": lazy("Isinya keliru atau berbahaya bila ditiru"),
    "kasar": lazy("Kasar atau bukan tentang pekerjaan"),
}
SHORTEST, LONGEST, LONGEST_TIP, LONGEST_PLACE = 3, 1000, 300, 120


def _empty_is_none(said: Any) -> Any:
    return None if said == "" else said


class PostPayload(BaseModel):
    """What `forum.post` carries: a question at a place, or an answer in a thread."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    place: Annotated[str, Field(max_length=LONGEST_PLACE, pattern=r"^([a-z]+:[\w./-]+)?$")] = ""
    thread: Annotated[uuid.UUID | None, BeforeValidator(_empty_is_none)] = None
    text: Annotated[str, Field(min_length=SHORTEST, max_length=LONGEST)]

    @model_validator(mode="after")
    def _one_of_both(self) -> "PostPayload":
        if bool(self.place) == bool(self.thread):
            raise ValueError(_("Sebut tempat bertanya atau pertanyaan yang dijawab, salah satu."))
        return self


@dataclass(frozen=True)
class Reach:
    """All that somebody takes part in; staff look into every course."""

    courses: frozenset[str]
    every_course: bool
    obstacles: bool
    classes: tuple[AngkatanCard, ...]
    centres: frozenset[int]

    @property
    def realms(self) -> frozenset[str]:
        """What threads of these are marked with; of the courses only those that are learnt."""
        found = {f"{OF_COURSE}{course}" for course in self.courses} | {f"{OF_CLASS}{card.id}" for card in self.classes}
        found |= {f"{OF_ALUMNI}{unit}" for unit in self.centres}
        return frozenset(found | ({OF_OBSTACLES} if self.obstacles else set()))

    def holds(self, realm: str) -> bool:
        """True if threads of this realm are for this person."""
        return realm in self.realms or (self.every_course and realm.startswith(OF_COURSE))


@dataclass(frozen=True)
class Place:
    """Where talk is attached; `realm` is what decides who may see it."""

    kind: str
    key: str
    realm: str
    title: str
    line: str = ""

    @property
    def name(self) -> str:
        """How a submission names it."""
        return f"{self.kind}:{self.key}"

    @property
    def url(self) -> str:
        """The address of its page."""
        return place_url(self.kind, self.key)


def place_url(kind: str, key: str) -> str:
    """The address of the talk at a place."""
    return f"/tanya/{IN_ADDRESS[kind]}/{key}"


@dataclass(frozen=True)
class ThreadCard:
    """A question as a list shows it; the text is empty while it is held or covered."""

    id: uuid.UUID
    kind: str
    key: str
    realm: str
    title: str
    state: str
    person_id: int
    text: str
    look: str
    answers: int
    asked_at: datetime
    last_at: datetime

    @property
    def where(self) -> Any:
        """What the place is called."""
        return ABOUT.get(self.key, self.title) if self.kind == OBSTACLE else self.title


@dataclass(frozen=True)
class PostCard:
    """One question or answer."""

    id: uuid.UUID
    thread_id: uuid.UUID
    person_id: int
    text: str
    look: str
    helpful: int
    confirmed_by: int | None
    tip: str
    at: datetime
    mine: bool = False  # the one who looks found it helpful


@dataclass(frozen=True)
class Best:
    """What stays beside a card: a tip, or the beginning of an answer that helped."""

    thread: str
    post: str
    text: str
    tip: bool
    confirmed: bool
    helpful: int


@dataclass(frozen=True)
class Shelf:
    """What a place shows on pages of others: how many questions there are, and the best of the answers."""

    questions: int = 0
    best: tuple[Best, ...] = ()


@dataclass(frozen=True)
class ReportCard:
    """A text that somebody wants looked at, with every reason that was given."""

    post: PostCard
    thread: ThreadCard
    reasons: tuple[str, ...]
    since: datetime
