"""Invented worlds for tests of the outcomes: as a cube that is already counted, and as rows of the field."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
from sqlalchemy import insert

from p2k2lms.core import clock
from p2k2lms.core.db import db
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.enrolment.models import ExposureSpell
from p2k2lms.plugins.fieldwork.models import Draw, Group, GroupMonth, LeaderMonth, Verification
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.identity.models import Person, Posting
from p2k2lms.plugins.outcomes.rules.cube import Columns
from p2k2lms.plugins.outcomes.rules.plan import MET, Plan, number, year_and_month
from p2k2lms.stats.world import Made, World, make

SMALL = World(people=300, kabupaten=12, months=14, rounds=3, order="lot", checked=0.1)
AT = datetime(2026, 11, 20, 1, tzinfo=UTC)
FAMILIES = 40
SUMS = ("reported", "set_aside", "exits_own", "exits_natural", "exits_other", "person_days", "sesi_done")
MORE = ("steps_done", "steps_due", "led", "on_time", "unprepared")


def this_month() -> int:
    """The month that runs, counted from year 0."""
    return number(clock.today().year, clock.today().month)


def a_plan(one: World = SMALL, **traits: Any) -> Plan:
    """A plan over all months of a world that ended last month."""
    last = this_month() - 1
    ordinary = {"title": "Kelas di Regional IV", "unit": "R4", "kind": "kelas", "outcome": MET, "last": last}
    numbers = {"first": last - one.months + 1, "anticipation": 2, "reach": 12, "sesoi": 3.0}
    return Plan(**ordinary | numbers | {"why": "Kelas melatih memimpin pertemuan."} | traits)


def cube_columns(made: Made, groups: int = 5, last: int | None = None) -> Columns:
    """The cube of a world, as the database would count it; checks with it."""
    shift = (last or this_month() - 1) - made.met.shape[1]
    cells: dict[tuple[Any, ...], np.ndarray] = {}
    since = made.since
    for person, month in np.ndindex(made.said.shape):
        if since[person, month] == -1:
            continue  # the month of the class
        trained = int(made.trained[person])
        key = (f"K{made.kabupaten[person]:03d}", trained + shift if trained else 0, "", month + 1 + shift)
        y = 100.0 * made.said[person, month] / groups
        start, end = month == 0, month == 0
        checks = [int(part[person, month]) for part in made.checks]
        left = 4.0 * (person % 7 == month % 7)
        seen = [1, y, y * y, 1, y, y * y, 1, 200, 40_000, 1, left, left * left]
        row = [start, start, end, *seen, *[0] * 6, checks[0], *checks]
        cells[key] = cells.get(key, 0) + np.array(row, dtype=float)
    order = sorted(cells)
    keys = list(zip(*order, strict=True))
    sums = np.array([cells[key] for key in order]).T
    texts = (np.array(keys[0]), np.array(keys[1]), np.array(keys[2], dtype=str), np.array(keys[3]))
    return Columns(*texts, *(part.astype(np.int64) for part in sums[:3]), *sums[3:21], *sums[21:].astype(np.int64))


def a_field(one: World = SMALL, seed: int = 1) -> Made:
    """The same as rows: people, their months, their classes, and what was checked of them."""
    made, last = make(one, seed), this_month() - 1
    identity.ship_units()
    units = [u for u in identity.units_of_levels(identity.unit_by_code("R4").path, ("kabupaten",))][: one.kabupaten]
    months = [date(*year_and_month(last - one.months + n + 1), 1) for n in range(one.months)]
    with unit_of_work("test.a_field"):
        people = [{"name": f"Dunia {n}", "pkh_id": f"dunia{n}"} for n in range(one.people)]
        ids = list(db.session.scalars(insert(Person).returning(Person.id, sort_by_parameter_order=True), people))
        homes = [units[k].id for k in made.kabupaten]
        db.session.execute(insert(LeaderMonth), list(_leaders(made, one, ids, homes, months)))
        db.session.execute(insert(ExposureSpell), list(_classes(made, ids, months)))
        _checks(made, one, (ids, homes), months)
    return made


def _leaders(made: Made, one: World, ids: Any, homes: Any, months: Any) -> Any:
    for (person, month), said in np.ndenumerate(made.said):
        numbers = dict.fromkeys((*SUMS, *MORE), 0) | {"duty_days": 30, "on_duty_end": 1, "caseload_end": 200}
        told = {"due": one.groups, "met": int(said), "present": int(said) * FAMILIES, "invited": one.groups * FAMILIES}
        yield {
            **numbers,
            **told,
            "person_id": ids[person],
            "unit_id": homes[person],
            "month": months[month],
            "as_of": AT,
        }


def a_leader_month(homes: Mapping[int, int], month: date) -> None:
    """Nothing happened in this month to people who work in these units, by person; but it is counted."""
    none = dict.fromkeys((*SUMS, *MORE, "due", "met", "present", "invited"), 0)
    none |= {"duty_days": 30, "on_duty_end": 1, "caseload_end": 200, "month": month, "as_of": AT}
    with unit_of_work("test.a_leader_month"):
        rows = [{**none, "person_id": person, "unit_id": unit} for person, unit in homes.items()]
        db.session.execute(insert(LeaderMonth), rows)


def _classes(made: Made, ids: Any, months: Any) -> Any:
    for person in np.flatnonzero(made.trained):
        began = months[made.trained[person] - 2].replace(day=5)
        span = {"valid_from": began, "valid_to": began.replace(day=15)}
        about = {"kind": "kelas", "mode": "luring", "object_ref": "angkatan:1", "call_rule": "", "status": "lulus"}
        yield {**about, **span, "person_id": ids[person], "source": "uji"}


def _checks(made: Made, one: World, who: Any, months: Any) -> None:
    """A group for each person; of those that the world checked, one verification each."""
    ids, homes = who
    unit = identity.unit(homes[0])
    names = [
        {"name": f"K{n}", "unit_id": unit.id, "unit_path": unit.path, "zone": "", "place": "", "valid_from": months[0]}
        for n in range(one.people)
    ]
    groups = list(db.session.scalars(insert(Group).returning(Group.id, sort_by_parameter_order=True), names))
    draws = [
        {"unit_path": "/ID/", "month": m, "listed": [], "list_hash": "", "frozen_at": AT, "drawn_at": AT}
        for m in months
    ]
    drawn = list(db.session.scalars(insert(Draw).returning(Draw.id, sort_by_parameter_order=True), draws))
    zeros = dict.fromkeys((*SUMS, "due", "met", "present", "invited", "caseload_end", "steps_done", "steps_due"), 0)
    facts, found = [], []
    for person, month in zip(*np.nonzero(made.checks[0]), strict=True):
        place = {"group_id": groups[person], "month": months[month], "unit_id": homes[person]}
        facts.append({**zeros, **place, "responsible_id": ids[person], "as_of": AT})
        said, truly = made.checks[1][person, month] > 0, made.checks[2][person, month] > 0
        task = {"draw_id": drawn[month], "group_id": groups[person], "stratum": ""}
        result = "bertemu" if truly else "tidak_bertemu"
        found.append({**task, "reported": "bertemu" if said else "diam", "result": result})
    db.session.execute(insert(GroupMonth), facts)
    db.session.execute(insert(Verification), found)


def a_crowd(people: int, kabupaten: int, rounds: int = 4) -> list[int]:
    """Pendamping with a posting, two in three of whom were in a class, a round each month up to the last but two."""
    identity.ship_units()
    units = [u for u in identity.units_of_levels(identity.unit_by_code("R4").path, ("kabupaten",))][:kabupaten]
    with unit_of_work("test.a_crowd"):
        rows = [{"name": f"Dunia {n}", "pkh_id": f"dunia{n}"} for n in range(people)]
        ids = list(db.session.scalars(insert(Person).returning(Person.id, sort_by_parameter_order=True), rows))
        since = {"role": "pendamping", "valid_from": date(2020, 1, 1)}
        homes = [{"person_id": p, "unit_id": units[n % kabupaten].id, **since} for n, p in enumerate(ids)]
        db.session.execute(insert(Posting), homes)
        about = {"kind": "kelas", "mode": "luring", "object_ref": "angkatan:1", "call_rule": "", "status": "lulus"}
        trained = [(p, n // kabupaten) for n, p in enumerate(ids) if (n // kabupaten) % 3]
        began = {p: date(*year_and_month(this_month() - 3 - n % rounds), 5) for p, n in trained}
        spans = [{"person_id": p, "valid_from": day, "valid_to": day.replace(day=15)} for p, day in began.items()]
        db.session.execute(insert(ExposureSpell), [about | {"source": "uji"} | span for span in spans])
    return ids
