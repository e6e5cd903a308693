"""What the table of routes needs of identity: a sheet of people that the admin uploaded."""

from p2k2lms.plugins.identity import service
from tests.access.world import World

SHEET = "Nama;ID PKH;Peran;Kode wilayah\nOrang Baru;baru001;Pendamping;62.03\n"
OF_A_SHEET = ("people_sheet", "apply_people_sheet", "people_sheet_back")


def things(world: World) -> dict[str, object]:
    """One with somebody new in it."""
    kept = service.keep_sheet(world.actor("admin"), SHEET.encode(), "orang.csv")
    return {f"identity.{endpoint}:sheet_id": kept for endpoint in OF_A_SHEET}
