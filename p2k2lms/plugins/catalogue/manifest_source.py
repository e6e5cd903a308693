"""The manifest of a course as its authors change it: modul and sesi by their permanent ids. Leading comments stay."""

from typing import Any

from p2k2lms.core.errors import Conflict, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.plugins.catalogue import yaml_source

Entry = dict[str, Any]


class Manifest:
    """The data of a manifest, to be changed and written again. Raises Unreadable for what is no YAML."""

    def __init__(self, text: str) -> None:
        self._head = yaml_source.comments(text)
        data, _lines = yaml_source.read(text)
        self.data: Entry = data if isinstance(data, dict) else {}
        self.modul: list[Entry] = [one for one in self.data.get("modul") or () if isinstance(one, dict)]
        for modul in self.modul:
            modul["sesi"] = [p if isinstance(p, dict) else {"id": p} for p in modul.get("sesi") or ()]
        self.data["modul"] = self.modul

    @property
    def text(self) -> str:
        """The whole manifest."""
        return self._head + yaml_source.write(self.data)

    def find(self, name: str) -> tuple[list[Entry], int]:
        """The list in which a modul or sesi stands, and its place there."""
        for row in (self.modul, *(modul["sesi"] for modul in self.modul)):
            for place, entry in enumerate(row):
                if entry.get("id") == name:
                    return row, place
        raise NotFound(f"modul or sesi {name}")

    def entry(self, name: str) -> Entry:
        """A modul or sesi."""
        row, place = self.find(name)
        return row[place]

    def modul_of(self, sesi: str) -> Entry:
        """The modul in which a sesi stands."""
        return next(modul for modul in self.modul if any(plan.get("id") == sesi for plan in modul["sesi"]))

    def ids(self) -> set[str]:
        """Every id of a modul or sesi, archived ones too."""
        return {str(e.get("id")) for m in self.modul for e in (m, *m["sesi"])}

    def move(self, name: str, up: bool) -> None:
        """Let an entry change places with its neighbour; archived ones are passed over."""
        row, place = self.find(name)
        step = -1 if up else 1
        other = place + step
        while 0 <= other < len(row) and row[other].get("archived"):
            other += step
        if not 0 <= other < len(row):
            raise Conflict(_("Sudah di ujung."))
        row.insert(other, row.pop(place))

    def order(self, names: list[str]) -> None:
        """Put entries of one list in this order; those that are not named follow."""
        row, _place = self.find(names[0])
        rank = {name: place for place, name in enumerate(names)}
        row.sort(key=lambda entry: rank.get(str(entry.get("id")), len(rank)))
