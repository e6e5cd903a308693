"""What certificates holds of people: papers that stay true when their owner wishes to be nameless."""

from sqlalchemy import ColumnElement, delete, select

from p2k2lms.core.db import db
from p2k2lms.core.i18n import lazy
from p2k2lms.core.personal import Holding, Mention
from p2k2lms.plugins.certificates.models import Certificate, Drawing

ISSUED = lazy("Surat resmi yang dapat diperiksa siapa pun dengan kodenya")
NAMELESS = "(nama dihapus atas permintaan pemiliknya)"


def _drawings(person_id: int) -> ColumnElement[bool]:
    return Drawing.certificate_id.in_(select(Certificate.id).where(Certificate.person_id == person_id))


def _unname(person_id: int) -> None:
    """The code still says that the paper is genuine; name, birth and rank are gone, and so are the drawn pages."""
    db.session.execute(delete(Drawing).where(_drawings(person_id)))
    for row in db.session.scalars(select(Certificate).where(Certificate.person_id == person_id)):
        row.name = NAMELESS
        row.printed = row.printed | {"birth": "", "rank": ""}
    db.session.flush()


PERSONAL = (
    Holding(
        Certificate,
        lazy("Sertifikat dan surat keterangan"),
        ISSUED,
        names=("person_id",),
        erase={"reason": ""},
        also=_unname,
    ),
    Mention(Certificate, ("revoked_by",)),
)
