"""What a published version holds: the open part that may travel, and the sealed part that stays on the server."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from markupsafe import Markup
from pydantic import Field

from p2k2lms.plugins.catalogue.values.course import BlueprintDef, CompletionRules
from p2k2lms.plugins.catalogue.values.kinds import AnyItem
from p2k2lms.plugins.catalogue.values.media import MediaDef
from p2k2lms.plugins.catalogue.values.rubric import RubricDef
from p2k2lms.plugins.catalogue.values.scene import SceneDef
from p2k2lms.plugins.catalogue.values.sesi import TeachDef
from p2k2lms.plugins.catalogue.values.shape import SafeHtml, Shape


@dataclass(frozen=True)
class VersionCard:
    """A published version of a course, as others name it; `jp` are its hours of lessons."""

    id: int
    course: str
    number: int
    title: str
    hash: str
    published_at: datetime
    jp: int


class OutlineStep(Shape):
    """A langkah as the outline shows it."""

    id: str
    title: str
    minutes: int
    kb: int
    required: bool


class OutlineScene(Shape):
    """A role-play scene as the outline shows it: practice that completion never asks for."""

    id: str
    title: str
    minutes: int


class OutlineSesi(Shape):
    """A sesi as the outline shows it; without steps while it is not written."""

    id: str
    modul_id: str
    title: str
    number: int | None
    minutes: int | None
    kb: int
    written: bool
    aim: str
    steps: tuple[OutlineStep, ...]
    scenes: tuple[OutlineScene, ...] = ()


class OutlineModul(Shape):
    """A modul as the outline shows it."""

    id: str
    title: str
    group: str
    jp: int
    sesi: tuple[OutlineSesi, ...]


class Outline(Shape):
    """The whole course at a glance, in order."""

    course: str
    title: str
    subtitle: str
    notice: str
    jp: int
    modul: tuple[OutlineModul, ...]

    @cached_property
    def sesi(self) -> Mapping[str, OutlineSesi]:
        """Every sesi by its id, in order."""
        return {sesi.id: sesi for modul in self.modul for sesi in modul.sesi}

    @cached_property
    def steps(self) -> tuple[str, ...]:
        """The ids of all langkah, in order."""
        return tuple(step.id for sesi in self.sesi.values() for step in sesi.steps)

    @cached_property
    def places(self) -> Mapping[str, tuple[str, int]]:
        """For each langkah the id of its sesi and its place in `steps`, from 0."""
        ids = ((sesi.id, step.id) for sesi in self.sesi.values() for step in sesi.steps)
        return {step: (sesi, place) for place, (sesi, step) in enumerate(ids)}


class Card(Shape):
    """One langkah ready to be shown: learned (`html`, `key`), taught (`teach`), proved (`prove`)."""

    id: str
    sesi_id: str
    number: int
    title: str
    minutes: int
    required: bool
    kb: int
    objectives: tuple[str, ...]
    key: str
    html: SafeHtml
    picture: SafeHtml = Markup("")
    picture_alt: str = ""
    try_today: str = ""
    sources: tuple[str, ...] = ()
    review_question: str = ""
    teach: TeachDef
    prove: str


class SesiSheet(Shape):
    """What is known of a written sesi besides its cards."""

    id: str
    modul_id: str
    title: str
    number: int | None
    minutes: int
    aim: str
    intro: SafeHtml
    objectives: tuple[str, ...]
    materials: tuple[str, ...]
    key_messages: tuple[str, ...]
    homework: str
    handraise: tuple[str, ...]
    adaptations: tuple[str, ...]
    safeguarding: str
    examples: dict[str, str] = Field(default_factory=dict)  # of the behaviours of the rubric, by their id


class OpenPack(Shape):
    """The part that a phone may hold: everything but the items of the tests."""

    outline: Outline
    completion: CompletionRules
    objectives: dict[str, str]
    sesi: dict[str, SesiSheet]
    cards: dict[str, Card]
    items: tuple[AnyItem, ...]
    rubric: RubricDef | None = None
    scenes: dict[str, SceneDef] = Field(default_factory=dict)
    media: dict[str, MediaDef] = Field(default_factory=dict)  # the photos that its cards show, by their address

    @cached_property
    def required_steps(self) -> tuple[str, ...]:
        """The langkah that completion asks for, in order."""
        return tuple(step for step in self.outline.steps if self.cards[step].required)


class Taught(Shape):
    """The langkah that a course has had up to one of its versions."""

    steps: frozenset[str]


class SealedPack(Shape):
    """The part that stays on the server: blueprint, items with their keys, the share of each objective."""

    blueprint: BlueprintDef | None
    groups: dict[str, str]
    items: tuple[AnyItem, ...]
