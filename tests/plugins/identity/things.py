"""What the table of routes needs of identity: a sheet that the admin uploaded, and a wish of the pendamping."""

from dataclasses import replace

from p2k2lms.plugins.identity import service
from tests.access.world import World

SHEET = "Nama;ID PKH;Peran;Kode wilayah\nOrang Baru;baru001;Pendamping;62.03\n"
OF_A_SHEET = ("people_sheet", "apply_people_sheet", "people_sheet_back")


def things(world: World) -> dict[str, object]:
    """A sheet with somebody new in it, and another name that is asked for."""
    known, _waiting = service.own_data(world.actor("pendamping"))
    service.ask_correction(world.actor("pendamping"), replace(known, name="Nama Baru"))
    wish = service.open_corrections(world.actor("admin"))[0].id
    kept = service.keep_sheet(world.actor("admin"), SHEET.encode(), "orang.csv")
    return {f"identity.{endpoint}:sheet_id": kept for endpoint in OF_A_SHEET} | {"correction_id": wish}
