"""What the table of routes needs of enrolment: a class at the centre with staff and the pendamping in it."""

from datetime import date, timedelta

from p2k2lms.core import clock
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.enrolment import service
from p2k2lms.plugins.enrolment.models import CallRound, ClassSession
from tests.access.world import NOON, World
from tests.factories.enrolment import a_member, an_angkatan
from tests.factories.identity import someone

KEY = "k" * 43
MEETING = {"starts": 480, "minutes": 90, "title": "Materi", "jp": 2}

ROUND = {"seats": 1, "waiting": 0, "source": "Angka hari itu", "known_on": date(2026, 12, 4), "list_hash": "0" * 64}


def things(world: World) -> dict[str, object]:
    """A class, and the pendamping's place in it."""
    angkatan = an_angkatan(
        centre="62.03",
        trainer=world.person("widyaiswara"),
        panitia=world.person("panitia"),
        open_door=True,
        calendar_key=KEY,
    )
    member = a_member(angkatan, world.person("pendamping"))
    with unit_of_work("test.a_meeting") as uow:
        meeting = uow.add(ClassSession(angkatan_id=angkatan.id, on_day=angkatan.starts, **MEETING)).id
        other = an_angkatan(centre="62.03")
        drawn = uow.add(
            CallRound(
                angkatan_id=other.id,
                course=other.course,
                made_by=world.person("panitia"),
                frozen_at=clock.now(),
                **ROUND,
            )
        ).id
    seat = {"angkatan_id": angkatan.id, "enrolment_id": member.id, "version_id": member.version_id}
    more = {"enrolment.calendar:key": KEY, "round_id": drawn}
    more |= _rounds(world)
    return {**seat, **more, "session_id": meeting, "token": "9-1-aaaaaaaaaaaaaaaaaaaa"}


def _rounds(world: World) -> dict[str, object]:
    """A class whose list is still open, and one that was drawn."""
    staff = {"trainer": world.person("widyaiswara"), "panitia": world.person("panitia")}
    open_one, drawn = (an_angkatan(centre="62.03", mode="luring", starts=date(2027, 1, 4), **staff) for _n in range(2))
    for _n in range(3):
        someone("pendamping", "62.03")
    first, second = world.actor("widyaiswara"), world.actor("panitia")
    plan = service.RoundPlan(seats=1, waiting=1, source=ROUND["source"], known_on=NOON.date() - timedelta(days=3))
    with clock.stopped(NOON - timedelta(days=9)):
        service.make_round(first, drawn.id, plan)
        service.freeze(first, drawn.id)
    with clock.stopped(NOON - timedelta(days=2)):
        service.type_number(first, drawn.id, "17")
        service.type_number(second, drawn.id, "17")
    service.make_round(first, open_one.id, service.RoundPlan(1, 1, ROUND["source"], date(2026, 12, 4)))
    waits = {f"enrolment.{name}:angkatan_id": open_one.id for name in ("exempt", "put_back", "freeze")}
    return waits | {"enrolment.draw_file:angkatan_id": drawn.id}
