"""A synthetic year in the field whose truth is known: which groups met, which were told of, and what checks found.

Whoever made the world says for each pendamping and month how many groups met and of how many it was told. `write_year`
leaves meetings, counts them, and checks one report in ten; `write_sums` leaves only what a month comes to, for numbers
of people of whom no machine would count every meeting in time.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from p2k2lms.core import bulk, clock
from p2k2lms.core.unit_of_work import UnitOfWork, unit_of_work
from p2k2lms.plugins.fieldwork.models import Draw, LeaderMonth, Meeting, MeetingGroup, Verification
from p2k2lms.plugins.fieldwork.queries import invented as read
from p2k2lms.plugins.fieldwork.queries.facts import SUMS
from p2k2lms.plugins.fieldwork.rules import drawing, months, places
from p2k2lms.plugins.fieldwork.rules.months import Month
from p2k2lms.plugins.fieldwork.service import covered, demo_meetings, facts, needs, obstacles, verification
from p2k2lms.plugins.fieldwork.service.course import FieldCourse, field_course
from p2k2lms.plugins.fieldwork.values.words import NOT_REACHED, SAID_MET, TRULY_MET, TRULY_NOT
from p2k2lms.plugins.identity import service as identity

AT_ONCE, FAMILIES, CAME, OUT_OF_REACH = 400, 30, 0.8, 0.1  # so that a share of them is whole
TAUGHT = ("sesi_done", "steps_done", "steps_due")


@dataclass(frozen=True)
class Year:
    """Firsts of months in order, and by person for each of them: groups that met, and groups of which it was told."""

    months: Sequence[date]
    met: Mapping[int, Sequence[int]]
    said: Mapping[int, Sequence[int]]
    groups: int = 5


def months_known(firsts: Sequence[date]) -> set[tuple[int, date]]:
    """The person-months of these that are counted already."""
    return read.counted_months(firsts)


def write_year(year: Year, seed: int) -> None:
    """The meetings of the year, month by month, counted as those of phones are; and the checks of whole months."""
    course = field_course()
    if course is None:
        return
    untold = _meet(year, course, seed)
    for first in year.months:
        month = months.month_of(first)
        facts.rebuild_month(month, identity.parents())
        if month.after <= clock.today():
            _check(month, untold, seed)
    covered.count_coverage()
    needs.count_cards()
    _count_obstacles(year)


def _meet(year: Year, course: FieldCourse, seed: int) -> set[tuple[int, date]]:
    """Write the meetings that were told of; the groups and months that met without a word are given back."""
    known, people, untold = read.counted_months(year.months), sorted(year.said), set[tuple[int, date]]()
    for start in range(0, len(people), AT_ONCE):
        part = people[start : start + AT_ONCE]
        with unit_of_work("fieldwork.load_year", subject=f"{year.months[0]:%Y-%m}:{start}"):
            made: list[demo_meetings.Told] = []
            for person, groups in read.groups_held(part).items():
                days, silent = _days(year, person, groups, known, seed)
                untold |= silent
                for group, met in days.items():
                    lot = random.Random(f"{seed}:tahun:{group}")  # noqa: S311 - data, not secrets
                    made += demo_meetings.on_days(person, group, met, course, seed, lot)
            bulk.write(Meeting, (meeting for meeting, _present in made))
            bulk.write(MeetingGroup, (present for _meeting, present in made))
    return untold


def _days(
    year: Year, person: int, groups: Sequence[int], known: set[tuple[int, date]], seed: int
) -> tuple[dict[int, list[date]], set[tuple[int, date]]]:
    """On which days each group of a pendamping met and it was told; and who met without a word."""
    lot = random.Random(f"{seed}:bertemu:{person}")  # noqa: S311 - data, not secrets
    days: dict[int, list[date]] = {group: [] for group in groups}
    untold = set()
    for first, met, said in zip(year.months, year.met[person], year.said[person], strict=True):
        order = lot.sample(groups, len(groups))
        for place, group in enumerate(order[:met]):
            if (person, first) in known:
                continue
            if place < said:
                days[group].append(demo_meetings.a_day(months.month_of(first), lot))
            else:
                untold.add((group, first))
    return days, untold


def _check(month: Month, untold: set[tuple[int, date]], seed: int) -> None:
    """One report in ten of each kabupaten is drawn as ever, and found as it truly was; some are not reached."""
    every = {path for path in read.paths_of([g for held in _held().values() for g in held]).values()}
    with unit_of_work("fieldwork.check_year", subject=f"{month.first:%Y-%m}") as uow:
        for path in sorted({places.kabupaten_of(one) for one in every} - verification.drawn(month)):
            listed = verification.listed(path, month)
            if listed:
                _draw(uow, path, month, (listed, untold), f"{seed:032d}")


def _held() -> dict[int, list[int]]:
    return read.groups_held(identity.demo_people("pendamping"))


def _draw(uow: UnitOfWork, path: str, month: Month, what: Any, seed: str) -> None:
    listed, untold = what
    lot = random.Random(f"{seed}:{path}:{month.first}")  # noqa: S311 - data, not secrets
    kept = {"listed": [asdict(one) for one in listed], "list_hash": drawing.list_hash(listed), "seed": seed}
    about = {"unit_path": path, "month": month.first, "frozen_at": clock.now(), "drawn_at": clock.now()}
    draw_id = uow.add(Draw(**about, **kept)).id
    bulk.write(Verification, [_found(draw_id, one, month, lot, untold) for one in drawing.draw(listed, seed)])


def _found(
    draw_id: int, one: drawing.Listed, month: Month, lot: random.Random, untold: set[tuple[int, date]]
) -> dict[str, Any]:
    met = one.reported == SAID_MET or (one.group, month.first) in untold
    result = NOT_REACHED if lot.random() < OUT_OF_REACH else TRULY_MET if met else TRULY_NOT
    told = {"draw_id": draw_id, "group_id": one.group, "stratum": one.stratum, "reported": one.reported}
    return {**told, "method": "telepon", "result": result, "at": clock.now()}


def _count_obstacles(year: Year) -> None:
    every = read.paths_of([g for held in _held().values() for g in held]).values()
    for path in sorted({places.kabupaten_of(one) for one in every}):
        for first in year.months[-3:]:
            obstacles.count_job(path, f"{first:%Y-%m}-01")


def write_sums(year: Year) -> None:
    """What each month comes to, without a meeting beneath it; what waited to be counted again is forgotten.

    A later change of a unit or a custody counts its months anew, from no meeting: then its sums are gone.
    """
    known, homes = read.counted_months(year.months), identity.home_units(year.said, clock.today())
    with unit_of_work("fieldwork.load_sums", subject=f"{year.months[0]:%Y-%m}"):
        bulk.write(LeaderMonth, _sums(year, {p: unit.id for p, unit in homes.items()}, known))
        read.forget_marks(year.months, facts.RAW)


def _sums(year: Year, homes: Mapping[int, int], known: set[tuple[int, date]]) -> Iterator[dict[str, Any]]:
    none = dict.fromkeys((*SUMS, *TAUGHT, "unprepared"), 0) | {"duty_days": 30, "on_duty_end": 1, "as_of": clock.now()}
    size = year.groups * FAMILIES
    none |= {"due": year.groups, "caseload_end": size, "person_days": 30 * size}
    for person, home in homes.items():
        for first, said in zip(year.months, year.said[person], strict=True):
            if (person, first) not in known:
                invited = int(said) * FAMILIES
                counts = {"met": int(said), "reported": int(said), "led": int(said), "on_time": int(said)}
                came = {"present": round(invited * CAME), "invited": invited}
                yield {**none, **counts, **came, "person_id": person, "unit_id": home, "month": first}
