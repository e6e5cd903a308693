"""Rebuilds the month facts of whatever was marked: first the groups, then everybody who held or led them."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from p2k2lms.core import clock, marks, turns
from p2k2lms.core.marks import Mark
from p2k2lms.core.unit_of_work import UnitOfWork, unit_of_work
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.fieldwork.queries import facts as read
from p2k2lms.plugins.fieldwork.queries import groups as read_groups
from p2k2lms.plugins.fieldwork.rules import facts, months, reach
from p2k2lms.plugins.fieldwork.rules.months import Month
from p2k2lms.plugins.fieldwork.values import Given, GroupCard, Present
from p2k2lms.plugins.identity import service as identity

REBUILD, NIGHTLY = "fieldwork.rebuild_months", "fieldwork.nightly"
FAILING = "months could not be rebuilt"
RAW, GROUPS, LEADERS = "fieldwork.month", "fieldwork.group_month", "fieldwork.leader_month"
MARKS_AT_ONCE, GROUPS_AT_ONCE = 20_000, 3_000
MOST_MONTHS = 24
"""A change of long ago is counted again for the last two years."""
SETTLED_DAY = 10
"""Up to this day the month before is rebuilt each night too: reports still come in."""


def mark_months(uow: UnitOfWork, unit_id: int, since: date) -> None:
    """What holds from a day on has changed in this unit: every month up to the present one is counted again."""
    today = clock.today()
    month = months.month_of(today)
    for _back in range(MOST_MONTHS):
        if month.after <= since:
            break
        uow.touch(unit_id, month.first, RAW)
        month = months.earlier(month)


def mark_meeting(uow: UnitOfWork, meeting_id: Any) -> None:
    """A meeting came, or does not count any more: in its month, and in those after it that look back on it."""
    for unit_id, day in read.places_of_meeting(meeting_id):
        for one in (day, *reach.later_months(day, clock.today())):
            uow.touch(unit_id, one, RAW)


def mark_without(uow: UnitOfWork, unit_id: int, month: Month) -> None:
    """A month was said to be without a meeting: the same months as of a meeting on its last day."""
    for one in (month.first, *reach.later_months(month.last, clock.today())):
        uow.touch(unit_id, one, RAW)


def mark_unit(unit_id: int, since: date) -> None:
    """What holds of a pendamping from a day on has changed: where he works, his months are counted again."""
    with unit_of_work("fieldwork.mark_unit", subject=f"unit:{unit_id}") as uow:
        mark_months(uow, unit_id, since)


def nightly() -> None:
    """The job of the night: days have passed for every group and everybody on duty."""
    today = clock.today()
    here = [months.month_of(today)]
    if today.day <= SETTLED_DAY:
        here.append(months.earlier(here[0]))
    with unit_of_work("fieldwork.mark_night") as uow:
        for month in here:
            duty = identity.duties(month.first, month.after, unit_ids=identity.parents())
            for unit_id in {*read.units_with_groups(), *(one.unit_id for one in duty)}:
                uow.touch(unit_id, month.first, RAW)


def rebuild() -> None:
    """The job: rebuild every unit and month that has a mark, until none is left; what fails keeps no other waiting."""
    while found := marks.waiting([RAW], MARKS_AT_ONCE):
        by_month = marks.by_month(found)
        turns.each(FAILING, [(f"month:{first:%Y-%m}", partial(_see_to, first, by_month[first])) for first in by_month])


def _see_to(first: date, marked: Mapping[int, Mark]) -> None:
    """Rebuild one month; a month of which something failed keeps its marks."""
    rebuild_month(months.month_of(first), {mark.unit_id for mark in marked.values()})
    with unit_of_work("fieldwork.clear_marks"):
        marks.remove(marked)


def rebuild_month(month: Month, units: Collection[int]) -> None:
    """These units in this month, in transactions short enough for others to write in between."""
    stands = _standing_for(month)
    parts = [(f"month:{month.first:%Y-%m} units:{min(part)}-{max(part)}", part) for part in _portions(units)]
    turns.each(FAILING, [(about, partial(_rebuild_part, month, part, stands)) for about, part in parts])


def _rebuild_part(month: Month, part: set[int], stands: Mapping[int, int]) -> None:
    with unit_of_work("fieldwork.rebuild_month", subject=f"month:{month.first:%Y-%m}") as uow:
        _rebuild(uow, month, part, stands)


def _standing_for(month: Month) -> dict[int, int]:
    """Which unit stands for one that had come to an end by the last day of the month, however often it was split."""
    next_of = identity.successors(month.last)

    def last(unit: int) -> int:
        return last(next_of[unit]) if unit in next_of else unit

    return {unit: last(unit) for unit in next_of}


def _portions(units: Collection[int]) -> Iterator[set[int]]:
    sizes, part, load = read.sizes_of(units), set[int](), 0
    for unit in sorted(units):
        part.add(unit)
        load += 1 + sizes.get(unit, 0)
        if load >= GROUPS_AT_ONCE:
            yield part
            part, load = set(), 0
    if part:
        yield part


@dataclass
class Pass:
    """One pass over some units of a month: what was written before, and who is to be counted anew."""

    month: Month
    today: date
    units: set[int]
    before: Mapping[int, Any]
    people: set[int] = field(default_factory=set)
    shifted: set[int] = field(default_factory=set)


def _rebuild(uow: UnitOfWork, month: Month, units: set[int], stands: Mapping[int, int]) -> None:
    here = units | {old for old, new in stands.items() if new in units}
    cards = read.groups_in(here, month)
    before = read.group_rows(month, here, [card.id for card in cards])
    done = Pass(month, clock.today(), here, before)
    rows = _group_rows(done, cards, stands)
    read.write_groups(month, {*before, *(card.id for card in cards)}, rows)
    for unit in {stands.get(unit, unit) for unit in here} | {row.unit_id for row in before.values()}:
        uow.touch(unit, month.first, GROUPS)
    _cascade(uow, done, rows)
    _leaders(uow, done, stands)


def _group_rows(done: Pass, cards: Sequence[GroupCard], stands: Mapping[int, int]) -> list[dict[str, Any]]:
    """The rows of the groups; whoever held or led there, before or now, is to be counted anew."""
    ids = [card.id for card in cards]
    met, leaders = read.meetings_of(ids, done.month)
    came: dict[int, list[tuple[Given, Present]]] = defaultdict(list)
    for given in months.counted(met):
        for present in given.present:
            came[present.group_id].append((given, present))
    custody, changes = _by_group(read_groups.custody_of, ids), _by_group(read_groups.changes_of, ids)
    last = read.met_before(ids, done.month, months.earlier(done.month).first)
    upto = facts.so_far(done.month, done.today).last
    ticks, said = read.ticks_of(ids, upto), read.said_without(ids, reach.since(upto), done.month)
    there = read.met_there(ids, done.month)
    same = {"as_of": clock.now()}
    rows = []
    for card in cards:
        key = card.id
        held, days = (card, custody[key], changes[key]), (last.get(key), ticks[key], there.get(key))
        book = facts.Book(*held, came[key], said[key], *days)
        unit = {"unit_id": stands.get(card.unit_id, card.unit_id)}
        rows.append(facts.group_row(book, done.month, done.today) | unit | same)
    held_before = {row.responsible_id for row in done.before.values()}
    done.people |= leaders | {row["responsible_id"] for row in rows} | held_before
    done.people -= {None}
    done.shifted = _shifted(done.before, rows)
    return rows


def _by_group(ask: Any, ids: Sequence[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for part in read.in_parts(ids):
        for one in ask(part):
            found[one.group_id].append(one)
    return found


def _shifted(before: Mapping[int, Any], rows: Sequence[Mapping[str, Any]]) -> set[int]:
    """Everybody who answers for other groups than before: where one is counted as a person may have moved."""
    old = {(key, row.responsible_id) for key, row in before.items()}
    new = {(row["group_id"], row["responsible_id"]) for row in rows}
    return {person for _group, person in old ^ new if person is not None}


def _cascade(uow: UnitOfWork, done: Pass, rows: Sequence[Mapping[str, Any]]) -> None:
    """The next month counts its silent days from the last meeting of this one."""
    if done.month.after > done.today:
        return
    for row in rows:
        before = done.before.get(row["group_id"])
        if before is not None and before.last_met != row["last_met"]:
            uow.touch(row["unit_id"], done.month.after, RAW)


@dataclass
class Led:
    """What people led in the month, each meeting once; the day and the unit of each report by the meeting's id."""

    by_leader: dict[int, list[Given]]
    received: dict[Any, date]
    units: dict[int, set[int]]


def _led(month: Month, people: Collection[int]) -> Led:
    every, places = read.led_in(people, month)
    led = Led(defaultdict(list), {one.id: clock.on_day(one.received_at, places[one.id].zone) for one in every}, {})
    for one in months.counted(every):
        led.by_leader[one.leader_id].append(one)
        led.units.setdefault(one.leader_id, set()).add(places[one.id].unit_id)
    return led


def _services(month: Month, people: Collection[int], stands: Mapping[int, int]) -> dict[int, facts.Service]:
    duties: dict[int, list[tuple[int, date, date | None]]] = defaultdict(list)
    for one in identity.duties(month.first, month.after, person_ids=people):
        duties[one.person_id].append((stands.get(one.unit_id, one.unit_id), one.valid_from, one.valid_to))
    ready = enrolment.prepared_since(sorted(people), month.last)
    return {person: facts.Service(duties[person], ready.get(person)) for person in people}


def _leaders(uow: UnitOfWork, done: Pass, stands: Mapping[int, int]) -> None:
    month = done.month
    on_duty = {one.person_id for one in identity.duties(month.first, month.after, unit_ids=done.units)}
    people = done.people | on_duty | read.people_written(month, done.units)
    groups, homes = read.groups_of(month, people), read.homes(month, people)
    rows = _leader_rows(done, groups, _led(month, people), _services(month, people, stands))
    read.write_leaders(month, people, rows)
    for unit in {*homes.values(), *(row["unit_id"] for row in rows)}:
        uow.touch(unit, month.first, LEADERS)
    for unit in {row.unit_id for person in done.shifted for row in groups[person]}:
        uow.touch(unit, month.first, GROUPS)


def _leader_rows(
    done: Pass, groups: Mapping[int, Sequence[Any]], led: Led, services: Mapping[int, facts.Service]
) -> list[dict[str, Any]]:
    rows = []
    for person, served in sorted(services.items()):
        own = groups.get(person, ())
        home = facts.home_of(served, [*(row.unit_id for row in own), *led.units.get(person, ())])
        if home is None:
            continue  # neither on duty nor answering for a group nor leading
        sums = {name: sum(getattr(row, name) for row in own) for name in read.SUMS}
        lead = facts.leader_row(led.by_leader.get(person, ()), led.received, served, done.month, done.today)
        rows.append({"person_id": person, "unit_id": home, "as_of": clock.now(), **sums, **lead})
    return rows
