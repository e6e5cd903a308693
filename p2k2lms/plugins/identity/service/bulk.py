"""Many people at once, for the demo: rows without objects, in transactions short enough for both databases."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from p2k2lms.core import nature
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.identity import passwords
from p2k2lms.plugins.identity.models import Person, Posting, Supervision
from p2k2lms.plugins.identity.queries import people as read
from p2k2lms.plugins.identity.queries import units as read_units
from p2k2lms.plugins.identity.service.cards import unit_card
from p2k2lms.plugins.identity.values import UnitCard

AT_ONCE = 2_000  # each row takes a lock on PostgreSQL until the commit
SINCE = date(2024, 1, 1)
EVERYWHERE, HERE = ("/ID/",), ("/ID/R4/",)


@dataclass
class Crowd:
    """People to make, the role and unit of each, and who supervises whom: all by PKH id."""

    people: list[dict[str, Any]] = field(default_factory=list)
    postings: list[tuple[str, str, int]] = field(default_factory=list)
    supervisions: list[tuple[str, str]] = field(default_factory=list)


def write(crowd: Crowd) -> None:
    """Add a crowd to a demo database; a real one refuses."""
    nature.must_be_demo()
    _insert(Person, crowd.people)
    ids = read_units.ids_by_pkh([person["pkh_id"] for person in crowd.people])
    _insert(
        Posting,
        [
            {"person_id": ids[word], "role": role, "unit_id": unit_id, "valid_from": SINCE, "end_reason": ""}
            for word, role, unit_id in crowd.postings
        ],
    )
    ids |= read_units.ids_by_pkh({supervisor for supervisor, _ in crowd.supervisions} - ids.keys())
    _insert(
        Supervision,
        [
            {"supervisor_id": ids[supervisor], "pendamping_id": ids[pendamping], "valid_from": SINCE}
            for supervisor, pendamping in crowd.supervisions
        ],
    )


def _insert(table: Any, rows: Sequence[dict[str, Any]]) -> None:
    for start in range(0, len(rows), AT_ONCE):
        with unit_of_work("identity.load_demo", subject=f"{table.__tablename__}:{start}"):
            read_units.insert_rows(table, rows[start : start + AT_ONCE])


def shared_hash(password: str) -> str:
    """One hash for all shared accounts."""
    return passwords.hashed(password)


def count_people() -> int:
    """How many people there are, so that new numbers follow on."""
    return read.last_id()


def kabupaten(scale: str) -> list[UnitCard]:
    """Where pendamping work at this scale."""
    return [unit_card(row) for row in read_units.of_level("kabupaten", EVERYWHERE if scale == "national" else HERE)]


def centres(scale: str) -> list[UnitCard]:
    """The training centres of this scale."""
    return [unit_card(row) for row in read_units.of_level("regional", EVERYWHERE if scale == "national" else HERE)]
