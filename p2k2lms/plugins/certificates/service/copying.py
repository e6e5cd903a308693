"""What every certificate copies from settings and people, whatever it comes from."""

from datetime import date

from p2k2lms.plugins.identity import service as identity

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


def agency_of(person_id: int, day: date) -> str:
    """The Dinas Sosial of the kabupaten in which the person works; else the unit itself."""
    home = identity.home_unit(person_id, day)
    if home is None:
        return "tidak tercatat"
    above = identity.units(home.lineage)
    kabupaten = next((above[u] for u in home.lineage if u in above and above[u].level == "kabupaten"), None)
    return f"Dinas Sosial {kabupaten.name}" if kabupaten else home.name
