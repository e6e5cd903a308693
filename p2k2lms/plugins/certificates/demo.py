"""What the demo issuer prints on its certificates."""

from p2k2lms.core import settings
from p2k2lms.core.access import SYSTEM
from p2k2lms.core.errors import NotFound
from p2k2lms.plugins.identity import service as identity

CENTRE = "R4"
CHOSEN = {
    "certificates.unit": "BBPPKS-BJM",
    "certificates.issuer": "Balai Besar Pendidikan dan Pelatihan Kesejahteraan Sosial Banjarmasin",
    "certificates.place": "Banjarbaru",
    "certificates.signer_name": "Nama Kepala Balai (contoh)",
}


def load(scale: str, seed: int) -> None:
    """The settings of the centre; what somebody chose there already stays. The same at every scale and seed."""
    try:
        centre = identity.unit_by_code(CENTRE)
    except NotFound:
        return
    known = settings.of_unit(centre.id)
    for key, text in CHOSEN.items():
        if key not in known:
            settings.choose(SYSTEM, centre.id, key, text)
