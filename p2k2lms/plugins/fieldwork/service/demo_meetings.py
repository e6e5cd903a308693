"""Synthetic meetings of one group: when it met, what was taught, who came; the same for the same seed."""

import random
import uuid
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import cycle
from typing import Any

from p2k2lms.core import clock
from p2k2lms.plugins.fieldwork.rules import months
from p2k2lms.plugins.fieldwork.rules.months import Month
from p2k2lms.plugins.fieldwork.service.course import FieldCourse
from p2k2lms.plugins.fieldwork.values import roster

Told = tuple[dict[str, Any], dict[str, Any]]
HURRIED, LEFT_OUT, LONGER, SHY = 3, (0.35, 0.25, 0.15), 50, 5
"""One sesi in three runs out of time before its last card but one, in this share of meetings; others take longer.

So the studio has cards that need their author, and who looks for them can see whether it finds these.
"""
MET, LATE, LAST_MONTH_MET, WHOLE, TICKS, RARE = 0.88, 0.1, 0.6, 0.85, 0.6, 12


def size_of(group_id: int, seed: int) -> int:
    """With how many families a group began."""
    return random.Random(f"{seed}:besar:{group_id}").randrange(20, 46)  # noqa: S311 - data, not secrets


def an_id(lot: random.Random) -> uuid.UUID:
    """An id as a phone makes it, by lot."""
    return uuid.UUID(int=lot.getrandbits(128), version=4)


def recent(person: int, group_id: int, course: FieldCourse, number: int, seed: int) -> Iterator[Told]:
    """A meeting in most of the last months; in the present one only some have met."""
    lot = random.Random(f"{seed}:pertemuan:{group_id}")  # noqa: S311
    month, wanted = months.month_of(clock.today()), []
    for back in range(number):
        if lot.random() < (LAST_MONTH_MET if back == 0 else MET):
            wanted.append(a_day(month, lot))
        month = months.earlier(month)
    yield from on_days(person, group_id, wanted, course, seed, lot)


def a_day(month: Month, lot: random.Random) -> date:
    """Some day of the month, up to today."""
    last = min(month.last, clock.today())
    return month.first + timedelta(days=lot.randrange((last - month.first).days + 1))


def on_days(
    person: int, group_id: int, days: Iterable[date], course: FieldCourse, seed: int, lot: random.Random
) -> Iterator[Told]:
    """A meeting on each of these days, the sesi in their order and then anew, and what the group brought to it."""
    size, who = size_of(group_id, seed), random.Random(f"{seed}:centang:{group_id}")  # noqa: S311 - data, not secrets
    ticks, felt = who.random() < TICKS, random.Random(f"{seed}:terasa:{group_id}")  # noqa: S311
    for day, sesi in zip(sorted(days), cycle(course.sesi), strict=False):
        whole = lot.random() < WHOLE
        steps = "".join(lot.choices("ypws", (1, 0, 0, 0) if whole else (80, 10, 7, 3), k=len(sesi.steps)))
        due, here = size - 2, lot.randrange(size * 6 // 10, size - 2)
        at = datetime.combine(day, time(9 + lot.randrange(6), lot.choice((0, 15, 30))), clock.now().tzinfo)
        arrived = at + timedelta(days=10 if lot.random() < LATE else 0, hours=9)
        meeting = {
            "id": an_id(lot),
            "leader_id": person,
            "on_day": day,
            "start": at.time(),
            "minutes": lot.randrange(80, 140),
            "version_id": course.version_id,
            "sesi": sesi.id,
            "steps": steps,
            "handraise": "".join(lot.choices("012", k=3)),
            "obstacle": lot.choice(("tidak_ada", "waktu_sempit", "banyak_absen", "lambat_paham")),
            "occurred_at": at,
            "received_at": min(arrived, clock.now()),
        }
        counts = {"women": here, "men": 0, "children": lot.randrange(8), "homework_back": lot.randrange(here + 1)}
        came = roster.packed(_who_came(who, due, here)) if ticks else None
        same = {"meeting_id": meeting["id"], "group_id": group_id, "on_day": day, "due": due, "numbers": came}
        yield meeting | _felt(meeting, sesi.number or 0, felt), {**same, **counts}


def _felt(meeting: dict[str, Any], number: int, lot: random.Random) -> dict[str, Any]:
    """What is otherwise at a sesi that fits its meeting badly."""
    share, hands = lot.random(), "".join(lot.choices("012", (6, 2, 2), k=3))
    steps, told = meeting["steps"], dict[str, Any]()
    if number % HURRIED == 0 and share < LEFT_OUT[number // HURRIED % len(LEFT_OUT)]:
        told |= {"steps": f"{steps[:-2]}w{steps[-1:]}", "obstacle": "waktu_sempit"}
    if number % HURRIED == 1:
        told["minutes"] = meeting["minutes"] + LONGER
    return told | ({"handraise": hands} if number % SHY == 1 else {})


def _who_came(lot: random.Random, due: int, here: int) -> list[int]:
    """So many numbers of the roster; the last of it rarely come."""
    return lot.sample(range(1, max(here, due - due // RARE) + 1), here)
