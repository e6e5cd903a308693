"""The items of a course as their authors see them: drafts, with what they may point to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class BankSesi:
    """A sesi that may hold items: its objectives and cards by id."""

    id: str
    title: str
    objectives: Mapping[str, str] = field(default_factory=dict)
    steps: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class BankItem:
    """An item as written, whole or not; `mark` names this very text, `sesi` is "" for one that has just arrived."""

    sesi: str
    mark: str
    data: Mapping[str, Any]

    @property
    def id(self) -> str:
        """The permanent id, "" where it has none."""
        return str(self.data.get("id", ""))


@dataclass(frozen=True)
class Bank:
    """All items of a course."""

    course: str
    title: str
    sesi: Mapping[str, BankSesi]
    items: tuple[BankItem, ...]

    @property
    def arrived(self) -> tuple[BankItem, ...]:
        """Those that came from elsewhere and have no sesi yet."""
        return tuple(item for item in self.items if not item.sesi)

    def sesi_of(self, objective: str) -> BankSesi | None:
        """The sesi that an objective belongs to."""
        return next((sesi for sesi in self.sesi.values() if objective in sesi.objectives), None)


@dataclass(frozen=True)
class ItemChange:
    """One change: `data` takes the place of what has the mark `old`, or is added; None takes that out."""

    sesi: str
    data: Mapping[str, Any] | None
    old: str = ""
