"""A course as it stands in its documents, with the place of every key: what rules judge and what publishing renders."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from p2k2lms.plugins.catalogue.values.course import CourseDef
from p2k2lms.plugins.catalogue.values.item import ItemDef
from p2k2lms.plugins.catalogue.values.media import MediaDef
from p2k2lms.plugins.catalogue.values.register import SourceDef
from p2k2lms.plugins.catalogue.values.rubric import RubricDef, SesiRubricDef
from p2k2lms.plugins.catalogue.values.scene import SceneDef
from p2k2lms.plugins.catalogue.values.sesi import SesiDef, StepDef

T = TypeVar("T")
Path = tuple[Any, ...]
BODY = "isi"  # stands for the key where a fault is in the Markdown below a front matter


@dataclass(frozen=True, order=True)
class ContentFault:
    """Something in a document that its author must mend."""

    file: str
    line: int
    key: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.key}: {self.message}"


@dataclass(frozen=True)
class Source:
    """Where the keys of one document, or of one entry of it, stand; an entry is called by its `name`."""

    file: str
    lines: Mapping[Path, int]
    prefix: Path = ()
    name: str = ""

    def line(self, path: Path) -> int:
        """The line of a key, or of the nearest thing around it."""
        whole = self.prefix + path
        while whole and whole not in self.lines:
            whole = whole[:-1]
        return self.lines.get(whole, 1)

    def fault(self, message: str, *path: Any) -> ContentFault:
        """A fault at a key."""
        named = (self.name, *path) if self.name else path
        return ContentFault(self.file, self.line(path), ".".join(map(str, named)) or "-", message)


@dataclass(frozen=True)
class Written(Generic[T]):
    """A piece of content and where it was written; `body` is the Markdown below a front matter."""

    value: T
    source: Source
    body: str = ""
    body_line: int = 1


@dataclass(frozen=True)
class SesiDraft:
    """A sesi with its cards, items, drawings, photos and scenes; `plan_path` is its place in the manifest.

    An archived card is kept here with its permanent id, and is nowhere in what is published.
    """

    id: str
    modul_id: str
    plan_path: Path
    sesi: Written[SesiDef] | None = None
    steps: tuple[Written[StepDef], ...] = ()
    items: tuple[Written[ItemDef], ...] = ()
    pictures: Mapping[str, str] = field(default_factory=dict)
    rubric: Written[SesiRubricDef] | None = None
    scenes: tuple[Written[SceneDef], ...] = ()
    archived: tuple[Written[StepDef], ...] = ()
    photos: Mapping[str, MediaDef] = field(default_factory=dict)

    @property
    def written(self) -> bool:
        """True if the sesi is ready to be learned."""
        return self.sesi is not None and self.sesi.value.written


@dataclass(frozen=True)
class CourseDraft:
    """A whole course; faults of its documents are kept beside it, and the register of sources where there is one."""

    course: Written[CourseDef]
    sesi: tuple[SesiDraft, ...]
    folder: str
    rubric: Written[RubricDef] | None = None
    register: Mapping[str, SourceDef] | None = None

    @property
    def ready(self) -> tuple[SesiDraft, ...]:
        """The sesi that are written."""
        return tuple(sesi for sesi in self.sesi if sesi.written)

    def steps(self) -> Iterator[Written[StepDef]]:
        """Every card of a written sesi."""
        return (step for sesi in self.ready for step in sesi.steps)

    def items(self) -> Iterator[Written[ItemDef]]:
        """Every item of a written sesi."""
        return (item for sesi in self.ready for item in sesi.items)

    def scenes(self) -> Iterator[Written[SceneDef]]:
        """Every role-play scene of a written sesi."""
        return (scene for sesi in self.ready for scene in sesi.scenes)
