"""The alert rules of the field: silence, falling attendance, odd reports, teaching unprepared or not at all, loads."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from p2k2lms.core import photos
from p2k2lms.core.alerts import TOGETHER, VISIT, AlertRule, Finding
from p2k2lms.core.i18n import lazy
from p2k2lms.plugins.fieldwork.queries import alerts as read
from p2k2lms.plugins.fieldwork.rules.attendance import below_own_limit
from p2k2lms.plugins.fieldwork.service.picturing import OWNER
from p2k2lms.plugins.identity import service as identity

PERSON_SILENT, GROUP_SILENT = 45, 60
MOST_FAMILIES, LARGEST_GROUP = 400, 60
FIRST_WITHIN = timedelta(days=30)
DOUBTFUL, MONTHS_BACK = timedelta(days=31), 14


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


def low_attendance(today: date) -> Iterator[Finding]:
    """A-06: two months in a row below what is usual for this very pendamping; nobody is compared with others."""
    last = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    series = read.attendance_of(read.fallen_attendance(last, MONTHS_BACK), last, MONTHS_BACK)
    low = [(person, unit, counts) for (person, unit), counts in series.items() if below_own_limit(counts)]
    for finding in _about_people((p, unit, {"n": round(100 * c[-1][0] / c[-1][1])}) for p, unit, c in low):
        yield replace(finding, unit_path="", subject=f"attendance:{finding.person_id}")


def doubtful_reports(today: date) -> Iterator[Finding]:
    """A-07: more present than members, a day ahead, perhaps twice, a month late, or with the photo of somebody else."""
    odd = {*read.doubtful_reports(today, DOUBTFUL), *_same_photos(datetime.combine(today - DOUBTFUL, time(), UTC))}
    numbers = Counter(person for person, _report in odd)
    homes = identity.home_units(numbers, today)
    told = [(person, homes[person].id, {"n": n}) for person, n in sorted(numbers.items()) if person in homes]
    for finding in _about_people(told):
        yield replace(finding, subject=f"reports:{finding.person_id}")


def _same_photos(since: datetime) -> Iterator[tuple[int, str]]:
    """Sender and first version of each standing report with a photo that another standing report has, since then."""
    twins = photos.shared(OWNER, since)
    standing = read.standing({one.owner_id for one in twins})
    told = [one for one in twins if one.owner_id in standing]
    number = Counter(one.sha for one in told)
    return ((one.person_id, one.owner_id) for one in told if number[one.sha] > 1 and one.received_at >= since)


def _about_people(rows: Any) -> Iterator[Finding]:
    found = list(rows)
    units = identity.units(unit for _person, unit, _params in found)
    for person, unit, params in found:
        place = units[unit]
        yield Finding(f"person:{person}", place.id, place.path, f"/orang/{person}/hasil", person, params)


def _about_groups(rows: Sequence[tuple[Any, ...]]) -> Iterator[Finding]:
    units = identity.units(unit for _group, _name, unit, _person, _params in rows)
    for group, _name, unit, person, params in rows:
        place = units[unit]
        yield Finding(f"group:{group}", place.id, place.path, f"/lapangan/{group}", person, params)


ALERTS = (
    AlertRule(
        "A-06",
        lazy("Kehadiran dua bulan berturut-turut di bawah kebiasaannya sendiri: bulan lalu {n}%"),
        lazy("Tanyakan apa yang berubah: jadwal, tempat, atau musim. Dibandingkan dengan dirinya sendiri saja."),
        low_attendance,
        name=lazy("Kehadiran menurun"),
        message="Halo {name}, ini {me}. Bulan lalu keluarga yang hadir {n}%, biasanya lebih banyak. Apa yang berubah?",
    ),
    AlertRule(
        "A-07",
        lazy(
            "{n} laporan janggal: hadir melebihi anggota, tanggal di depan, mungkin ganda, foto sama, "
            "atau lewat sebulan"
        ),
        lazy("Buka bersama laporannya; sering hanya salah ketik dan bisa diperbaiki sendiri."),
        doubtful_reports,
        name=lazy("Laporan yang janggal"),
        act=TOGETHER,
    ),
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
        message=("Halo {name}, ini {me}. Terima kasih sudah memimpin P2K2. Silakan mulai jalur Bimbingan, saya bantu."),
    ),
    AlertRule(
        "A-05",
        lazy("Sudah dibekali {days} hari, belum memimpin P2K2"),
        lazy("Dampingi P2K2 pertamanya: sepakati kelompok dan tanggal, lalu hadir bersamanya."),
        idle_alumni,
        name=lazy("Dibekali, belum memimpin"),
        act=VISIT,
        message=("Halo {name}, ini {me}. Kapan dan di mana P2K2 pertama Anda? Saya ingin hadir mendampingi."),
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
