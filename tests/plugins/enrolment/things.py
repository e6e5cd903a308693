"""What the table of routes needs of enrolment: a class at the centre with staff and the pendamping in it."""

from datetime import date

from p2k2lms.core import clock
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.enrolment.models import CallRound, ClassSession
from tests.access.world import World
from tests.factories.enrolment import a_member, an_angkatan

KEY = "k" * 43
MEETING = {"starts": 480, "minutes": 90, "title": "Materi", "jp": 2}

ROUND = {"seats": 1, "waiting": 0, "source": "Angka umum", "known_on": date(2026, 12, 4), "list_hash": "0" * 64}


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
    return {**seat, **more, "session_id": meeting, "token": "9-1-aaaaaaaaaaaaaaaaaaaa"}
