"""What the table of routes needs of fieldwork: a group of the pendamping, a meeting and its photo, a hand-over."""

import uuid
from datetime import timedelta

from p2k2lms.core import clock, photos
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.fieldwork import service
from p2k2lms.plugins.fieldwork.models import Draw, Verification
from p2k2lms.plugins.fieldwork.routes.packs import parcels
from tests.access.world import World
from tests.factories.fieldwork import a_group, a_meeting, a_pendamping, sends
from tests.factories.photos import a_picture, sha_of

MONTHLY = ("monthly", "sign", "monthly_pdf", "monthly_xlsx")


def things(world: World) -> dict[str, object]:
    """The group and its meeting."""
    group, sent = a_group(world.person("pendamping")), str(uuid.uuid4())
    answer = sends(world.actor("pendamping"), "meeting", a_meeting([group.id]), id=sent)
    assert answer.status == "accepted", answer
    pendamping = world.actor("pendamping")
    payload = {"meeting": sent, "photo": photos.receive(pendamping, a_picture())}
    answer = sends(pendamping, "photo", payload)
    assert answer.status == "accepted", answer
    going, taker = a_group(world.person("pendamping")), a_pendamping()
    handed = service.hand_over(world.actor("koordinator"), going.id, taker, clock.today() + timedelta(days=7))
    service.sign(world.actor("pendamping"), clock.today())
    service.remark(world.actor("supervisor"), uuid.UUID(sent), "present", "ditanya", "Benar 12 orang?")
    asked = service.meeting(world.actor("pendamping"), uuid.UUID(sent)).remarks["present"][0]
    draw_id, task_id = _drawn(world, group.id)
    return {
        "draw_id": draw_id,
        "task_id": task_id,
        "fieldwork.obstacle:key": "alat",
        "fieldwork.withdraw_help:key": "alat",
        **{f"fieldwork.{one}:code": f"{clock.today():%Y-%m}" for one in MONTHLY},
        **{f"fieldwork.{one}:person_id": world.person("pendamping") for one in MONTHLY},
        "group_id": group.id,
        "meeting_id": sent,
        "remark_id": asked.id,
        "hand_over_id": handed,
        "photo_id": photos.of("fieldwork.meeting", [sent])[0].id,
        "uploads.photo:sha": sha_of(b""),
        "fieldwork_packs.sesi:name": _pack(world),
        "fieldwork.teach:sesi": "m1-s01",
        "fieldwork.report:sesi": "m1-s01",
    }


def _drawn(world: World, group_id: int) -> tuple[int, int]:
    """A draw of the kabupaten, in which the supervisor is to check the group."""
    path = "/ID/R4/62/62.03/"
    about = {"listed": [], "list_hash": "0" * 64, "frozen_at": clock.now(), "seed": "benih", "drawn_at": clock.now()}
    with unit_of_work("test.drawn") as uow:
        draw = uow.add(Draw(unit_path=path, month=clock.today().replace(day=1), **about)).id
        who = {"checker_id": world.person("supervisor"), "stratum": "tanpa", "reported": "diam"}
        return draw, uow.add(Verification(draw_id=draw, group_id=group_id, **who)).id


def _pack(world: World) -> str:
    """The name of a file of the Buku Langkah."""
    with world.app.test_request_context():
        return next(iter(parcels(service.take_book(world.actor("pendamping")).course).values())).name
