"""The alert rules of the field: long silence, leading unprepared, prepared but not leading, and too many families."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from p2k2lms.core.alerts import VISIT, AlertRule, Finding
from p2k2lms.core.i18n import lazy
from p2k2lms.plugins.fieldwork.queries import alerts as read
from p2k2lms.plugins.identity import service as identity

PERSON_SILENT, GROUP_SILENT = 45, 60
MOST_FAMILIES, LARGEST_GROUP = 400, 60
FIRST_WITHIN = timedelta(days=30)


def silent_people(today: date) -> Iterator[Finding]:
    """A-01: nearly always real, for a pendamping has several groups."""
    rows = read.silent_people(today.replace(day=1), PERSON_SILENT)
    yield from _about_people((person, unit, {"days": days}) for person, unit, days in rows)


def silent_groups(today: date) -> Iterator[Finding]:
    """A-02: two months missed; a single month is no alarm."""
    rows = read.silent_groups(today.replace(day=1), GROUP_SILENT)
    yield from _about_groups([(*row[:4], {"group": row[1], "days": row[4]}) for row in rows])


def unprepared_leaders(today: date) -> Iterator[Finding]:
    """A-03: leads P2K2 and is prepared by nothing, nor on the way; the duty stands, so this invites to a path."""
    rows = read.unprepared_leaders(today.replace(day=1))
    yield from _about_people((person, unit, {"n": int(number)}) for person, unit, number in rows)


def idle_alumni(today: date) -> Iterator[Finding]:
    """A-05: prepared for thirty days and has led nothing since, as the reports say."""
    rows = read.never_led(today.replace(day=1), today - FIRST_WITHIN + timedelta(days=1))
    yield from _about_people((person, unit, {"days": (today - since).days}) for person, unit, since in rows)


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
        name=lazy("Lama tidak memimpin"),
        message=(
            "Halo {name}, ini {me}. Sudah {days} hari belum ada laporan P2K2 Anda. Apa kabar? Ada yang bisa saya bantu?"
        ),
    ),
    AlertRule(
        "A-02",
        lazy("Kelompok {group} belum bertemu {days} hari"),
        lazy("Tanyakan apa yang menghambat, lalu sepakati tanggal."),
        silent_groups,
        name=lazy("Kelompok lama tidak bertemu"),
        message=(
            "Halo {name}, ini {me}. Kelompok {group} belum bertemu {days} hari. Apa hambatannya? Mari sepakati tanggal."
        ),
    ),
    AlertRule(
        "A-03",
        lazy("Memimpin {n} P2K2 tanpa bekal dalam dua bulan ini"),
        lazy("Ajak mulai jalur bimbingan hari ini. Tugas tetap berjalan, jangan hentikan pertemuannya."),
        unprepared_leaders,
        name=lazy("Memimpin tanpa bekal"),
        message=(
            "Halo {name}, ini {me}. Terima kasih sudah memimpin P2K2. Buka Bimbingan di HP, mulai jalurnya, saya bantu."
        ),
    ),
    AlertRule(
        "A-05",
        lazy("Sudah dibekali {days} hari, belum memimpin P2K2"),
        lazy("Dampingi P2K2 pertamanya: sepakati kelompok dan tanggal, lalu hadir bersamanya."),
        idle_alumni,
        name=lazy("Dibekali, belum memimpin"),
        act=VISIT,
        message=(
            "Halo {name}, ini {me}. Kapan P2K2 pertama Anda? Saya ingin hadir mendampingi. Kelompok dan tanggalnya?"
        ),
    ),
    AlertRule(
        "A-11",
        lazy("Terlalu banyak keluarga: {n} {what}"),
        lazy("Bagi kelompok, atau pindahkan sebagian ke pendamping lain."),
        heavy_loads,
        name=lazy("Terlalu banyak keluarga"),
        act=VISIT,
    ),
)
