"""Synthetic field work: five groups for each pendamping, their families, and some months of meetings."""

import contextlib
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from p2k2lms.core import bulk, clock
from p2k2lms.core.errors import Invalid
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.fieldwork.models import Custody, Meeting, MeetingGroup, RosterChange
from p2k2lms.plugins.fieldwork.queries import groups as read
from p2k2lms.plugins.fieldwork.queries import verification as checks
from p2k2lms.plugins.fieldwork.rules import months
from p2k2lms.plugins.fieldwork.rules import places as places_of
from p2k2lms.plugins.fieldwork.service import covered, demo_meetings, facts, monthly, needs, obstacles, verification
from p2k2lms.plugins.fieldwork.service.course import FieldCourse, field_course
from p2k2lms.plugins.fieldwork.values.words import NOT_REACHED, SAID_MET, TRULY_MET, TRULY_NOT
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.identity.values import UnitCard

NAMES = ("Mawar", "Melati", "Anggrek", "Kenanga", "Teratai")
AT_ONCE = 400  # pendamping in one transaction
MONTHS = {"small": 9, "regional": 0, "national": 1}
"""Above the smallest the months follow from when people were trained: whoever knows that writes them (`demo_year`)."""
MOST_DESA = 5_000
HONEST, OUT_OF_REACH, STILL_OPEN = 0.9, 0.1, 0.25


@dataclass(frozen=True)
class Places:
    """The desa of each kabupaten, and whose groups bear a name without a number."""

    desa: dict[str, list[UnitCard]]
    plain: set[int]


def load(scale: str, seed: int) -> None:
    """Groups for every pendamping who has never held one; called again, it adds only what is missing."""
    course, people = field_course(), identity.demo_people("pendamping")
    plain = {card.id for card in identity.find_people(["pendamping"]).values()}
    desa: dict[str, list[UnitCard]] = {}
    for unit in identity.units_below(["/ID/"], "desa", MOST_DESA):
        desa.setdefault(places_of.kabupaten_of(unit.path), []).append(unit)
    for start in range(0, len(people), AT_ONCE):
        part = people[start : start + AT_ONCE]
        known = read.with_groups(part)
        homes = identity.home_units(part, clock.today())
        with unit_of_work("fieldwork.load_demo", subject=f"{scale}:{start}"):
            new = [(person, homes[person]) for person in part if person not in known and person in homes]
            _fill(new, Places(desa, plain), course, MONTHS[scale], seed)
    _count(MONTHS[scale])
    _count_obstacles(desa, MONTHS[scale])
    covered.count_coverage()
    needs.count_cards()
    _sign(plain & set(people))
    if scale == "small":
        month = months.earlier(months.month_of(clock.today()))
        for path in desa:
            verification.draw_kabupaten(path, month, f"{seed:032d}")
        _check(seed)


def _check(seed: int) -> None:
    """Most of what was drawn is looked at; one in ten is not reached, and of the others one in ten is otherwise."""
    with unit_of_work("fieldwork.check_demo"):
        for task in checks.unchecked():
            lot = random.Random(f"{seed}:periksa:{task.group_id}")  # noqa: S311
            if lot.random() < STILL_OPEN:
                continue
            met = (task.reported == SAID_MET) == (lot.random() < HONEST)
            task.result = NOT_REACHED if lot.random() < OUT_OF_REACH else TRULY_MET if met else TRULY_NOT
            task.method, task.at = "telepon", clock.now()


def _count(number: int) -> None:
    """The facts of these months at once, so that the first page has figures."""
    month = months.month_of(clock.today())
    for _back in range(number):
        facts.rebuild_month(month, identity.parents())
        month = months.earlier(month)


def _sign(people: Iterable[int]) -> None:
    """The people with a name of their own have signed the month that is over."""
    month = months.earlier(months.month_of(clock.today()))
    for person in sorted(people):
        if monthly.has_signed(person, month):
            continue
        with contextlib.suppress(Invalid):
            monthly.write(person, month)


def _count_obstacles(kabupaten: Iterable[str], number: int) -> None:
    """The obstacles of the last months, as the job would have counted them."""
    day = clock.today()
    for _back in range(number):
        for path in kabupaten:
            obstacles.count_job(path, f"{day:%Y-%m}-01")
        day = day.replace(day=1) - timedelta(days=1)


def _fill(
    people: Sequence[tuple[int, UnitCard]],
    places: Places,
    course: FieldCourse | None,
    number: int,
    seed: int,
) -> None:
    rows = [row for person, home in people for row in _groups(person, home, places, seed)]
    ids = read.insert_groups([group for _person, group in rows])
    held = [(person, group_id, group["valid_from"]) for group_id, (person, group) in zip(ids, rows, strict=True)]
    since = [{"group_id": g, "pendamping_id": p, "valid_from": day} for p, g, day in held]
    bulk.write(Custody, since)
    sizes = {g: demo_meetings.size_of(g, seed) for _p, g, _day in held}
    bulk.write(RosterChange, (row for one in held for row in _ledger(one, sizes[one[1]], seed)))
    if course is not None:
        meetings = [one for p, g, _day in held for one in demo_meetings.recent(p, g, course, number, seed)]
        bulk.write(Meeting, (meeting for meeting, _present in meetings))
        bulk.write(MeetingGroup, (present for _meeting, present in meetings))


def _groups(person: int, home: UnitCard, places: Places, seed: int) -> Iterator[tuple[int, dict[str, Any]]]:
    """Five groups in the desa of the kabupaten; where none is known, in the kabupaten itself."""
    lot = random.Random(f"{seed}:kelompok:{person}")  # noqa: S311 - data, not secrets
    near = places.desa.get(places_of.kabupaten_of(home.path)) or [home]
    for name in NAMES:
        unit = lot.choice(near)
        place = f"Balai Desa {unit.name.removesuffix(' (contoh)')}" if unit.level == "desa" else ""
        where = {"unit_id": unit.id, "unit_path": unit.path, "zone": unit.zone, "place": place}
        yield (
            person,
            {
                **where,
                "name": name if person in places.plain else f"{name} {person}",
                "valid_from": date(clock.today().year - 1, 1, 1),
            },
        )


def _ledger(held: tuple[int, int, date], size: int, seed: int) -> Iterator[dict[str, Any]]:
    person, group_id, since = held
    lot = random.Random(f"{seed}:anggota:{group_id}")  # noqa: S311
    same = {"group_id": group_id, "person_id": person, "numbers": "", "received_at": clock.now()}
    yield {**same, "id": demo_meetings.an_id(lot), "on_day": since, "delta": size, "reason": "masuk"}
    if lot.random() < 0.4:
        left = clock.today() - timedelta(days=lot.randrange(20, 200))
        reason = lot.choice(("graduasi_mandiri", "graduasi_alamiah", "pindah"))
        yield {**same, "id": demo_meetings.an_id(lot), "on_day": left, "delta": -lot.randrange(1, 3), "reason": reason}
