"""What every certificate copies from settings and people, whatever it comes from."""

from collections.abc import Mapping, Sequence
from datetime import date

from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.identity.values import UnitCard

DRAW = "certificates.draw"
PAGE = "/sertifikat"
SIGNER = ("place", "signer_title", "signer_name", "signer_nip")
CHOSEN = (
    "certificates.number",
    "certificates.unit",
    "certificates.ministry",
    "certificates.issuer",
    "certificates.legal_basis",
    "certificates.post",
    "certificates.place",
    "certificates.signer_title",
    "certificates.signer_name",
    "certificates.signer_nip",
)


def agencies_of(people: Sequence[tuple[int, date]]) -> dict[tuple[int, date], str]:
    """By person and day the Dinas Sosial of the kabupaten in which the person worked; else the unit itself."""
    days = {day for _person, day in people}
    homes = {day: identity.home_units([person for person, on in people if on == day], day) for day in days}
    lineages = {unit_id for found in homes.values() for home in found.values() for unit_id in home.lineage}
    above = identity.units(lineages)
    return {(person, day): _agency(homes[day].get(person), above) for person, day in people}


def _agency(home: UnitCard | None, above: Mapping[int, UnitCard]) -> str:
    if home is None:
        return "tidak tercatat"
    kabupaten = next((above[u] for u in home.lineage if u in above and above[u].level == "kabupaten"), None)
    return f"Dinas Sosial {kabupaten.name}" if kabupaten else home.name
