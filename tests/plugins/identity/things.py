"""What the table of routes needs of identity: an uploaded sheet, a wish, a request to be made nameless, a breach."""

from dataclasses import replace
from datetime import timedelta

from p2k2lms.core import clock, intake, journal
from p2k2lms.plugins.identity import service
from p2k2lms.plugins.identity.service import BreachData
from tests.access.world import World

SHEET = "Nama;ID PKH;Peran;Kode wilayah\nOrang Baru;baru001;Pendamping;62.03\n"
OF_A_SHEET = ("people_sheet", "apply_people_sheet", "people_sheet_back")
OF_A_REQUEST = ("decide_erasure", "carry_out_erasure")


def things(world: World) -> dict[str, object]:
    """A sheet with somebody new in it, and another name that is asked for."""
    known, _waiting = service.own_data(world.actor("pendamping"))
    service.ask_correction(world.actor("pendamping"), replace(known, name="Nama Baru"))
    wish = service.open_corrections(world.actor("admin"))[0].id
    kept = service.keep_sheet(world.actor("admin"), SHEET.encode(), "orang.csv")
    sheets = {f"identity.{endpoint}:sheet_id": kept for endpoint in OF_A_SHEET}
    return sheets | {"correction_id": wish, "identity.decide_submission:key": held(world)} | rights(world)


def held(world: World) -> int:
    """Something that the supervisor sent in the name of the pendamping."""
    owner = world.person("pendamping")
    about = {"id": "6f1c2a3e-5b8d-4a10-9c3f-0d8e7b6a5c41", "kind": "delivery.step", "v": 1, "device": "HP", "seq": 1}
    sent = {**about, "person": owner, "occurred_at": clock.now().isoformat(), "payload": {}}
    intake.receive(world.actor("supervisor"), [sent])
    return journal.held_of([owner], 1)[0].key


def rights(world: World) -> dict[str, object]:
    """A request that waits, and a breach that nobody was told of."""
    service.ask_erasure(world.actor("pendamping"))
    [asked] = service.requests(world.actor("admin"))
    about = {"what": "HP hilang", "data": "nama", "people": 1, "steps": "sandi diganti"}
    data = BreachData(unit_code="62.03", found_at=clock.now() - timedelta(hours=1), **about)
    breach = service.log_breach(world.actor("admin"), data)
    asking = {f"identity.{endpoint}:request_id": asked.id for endpoint in OF_A_REQUEST}
    return {"identity.answer_consent:key": "survei", "whom": "lembaga", "breach_id": breach, **asking}
