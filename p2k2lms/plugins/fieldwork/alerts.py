"""The alert rules of the field: long silence of a person or a group, and more families than one can carry."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from p2k2lms.core.alerts import AlertRule, Finding
from p2k2lms.core.i18n import lazy
from p2k2lms.plugins.fieldwork.queries import alerts as read
from p2k2lms.plugins.identity import service as identity

PERSON_SILENT, GROUP_SILENT = 45, 60
MOST_FAMILIES, LARGEST_GROUP = 400, 60


def silent_people(today: date) -> Iterator[Finding]:
    """A-01: nearly always real, for a pendamping has several groups."""
    rows = read.silent_people(today.replace(day=1), PERSON_SILENT)
    yield from _about_people((person, unit, {"days": days}) for person, unit, days in rows)


def silent_groups(today: date) -> Iterator[Finding]:
    """A-02: two months missed; a single month is no alarm."""
    rows = read.silent_groups(today.replace(day=1), GROUP_SILENT)
    yield from _about_groups([(*row[:4], {"group": row[1], "days": row[4]}) for row in rows])


def heavy_loads(today: date) -> Iterator[Finding]:
    """A-11: a group too large to talk in, or a pendamping with too many families."""
    month = today.replace(day=1)
    people = read.heavy_people(month, MOST_FAMILIES)
    yield from _about_people((person, unit, {"what": "", "n": n}) for person, unit, n in people)
    groups = read.large_groups(month, LARGEST_GROUP)
    yield from _about_groups([(*row[:4], {"what": row[1], "n": row[4]}) for row in groups])


def _about_people(rows: Any) -> Iterator[Finding]:
    found = list(rows)
    units = identity.units(unit for _person, unit, _params in found)
    for person, unit, params in found:
        place = units[unit]
        yield Finding(f"person:{person}", place.id, place.path, f"/orang/{person}", person, params)


def _about_groups(rows: Sequence[tuple[Any, ...]]) -> Iterator[Finding]:
    units = identity.units(unit for _group, _name, unit, _person, _params in rows)
    for group, _name, unit, person, params in rows:
        place = units[unit]
        yield Finding(f"group:{group}", place.id, place.path, f"/lapangan/{group}", person, params)


ALERTS = (
    AlertRule(
        "A-01",
        lazy("Belum ada P2K2 di kelompok mana pun selama {days} hari"),
        lazy("Telepon dahulu: mungkin sakit, cuti, atau laporannya belum terkirim."),
        silent_people,
    ),
    AlertRule(
        "A-02",
        lazy("Kelompok {group} belum bertemu {days} hari"),
        lazy("Tanyakan apa yang menghambat, lalu sepakati tanggal."),
        silent_groups,
    ),
    AlertRule(
        "A-11",
        lazy("Terlalu banyak keluarga: {n} {what}"),
        lazy("Bagi kelompok, atau pindahkan sebagian ke pendamping lain."),
        heavy_loads,
    ),
)
