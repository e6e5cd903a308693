"""The certificates of a whole class in one archive: drawn by the worker one by one, packed while they are sent."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from p2k2lms.core.access import Actor, require
from p2k2lms.core.errors import Conflict
from p2k2lms.core.i18n import counted
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.certificates import queries, rules
from p2k2lms.plugins.certificates.permissions import LIST
from p2k2lms.plugins.certificates.service.copying import DRAW
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import AngkatanCard


@dataclass(frozen=True)
class Bundle:
    """How many valid certificates a class has, and how many of them are drawn."""

    whole: int
    drawn: int

    @property
    def ready(self) -> bool:
        """All are drawn, and there is something to pack."""
        return 0 < self.whole == self.drawn


def bundle(angkatan_id: int) -> Bundle:
    """How far the archive of a class has come; the caller has decided who may see it."""
    return Bundle(*queries.drawn_of_class(angkatan_id))


def draw_rest(actor: Actor, angkatan_id: int) -> int:
    """Ask the worker for every certificate of a class that is not drawn; returns how many. Asked twice, drawn once."""
    with unit_of_work("certificates.draw_class", actor, f"angkatan:{angkatan_id}") as uow:
        _own_class(actor, angkatan_id)
        left = queries.undrawn_of_class(angkatan_id)
        for certificate_id in left:
            uow.enqueue(DRAW, certificate_id=certificate_id)
    return len(left)


def archive(actor: Actor, angkatan_id: int) -> Iterator[bytes]:
    """The drawn certificates of a class as a ZIP, one at a time: a thousand take no more memory than one."""
    card = _own_class(actor, angkatan_id)
    known = bundle(angkatan_id)
    if not known.ready:
        raise Conflict(counted("%(n)s sertifikat belum siap. Coba lagi sebentar.", known.whole - known.drawn))
    return _packed(card.id)


def _own_class(actor: Actor, angkatan_id: int) -> AngkatanCard:
    require(actor, LIST)
    card = enrolment.angkatan(angkatan_id)
    require(actor, LIST, card)
    return card


def _packed(angkatan_id: int) -> Iterator[bytes]:
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED) as pack:  # a PDF is compressed already
        for certificate_id, code, name in queries.valid_of_class(angkatan_id):
            document = queries.drawing(certificate_id)
            if document is not None:
                pack.writestr(f"{rules.file_name(name)}-{rules.grouped(code)}.pdf", document)
                yield pipe.take()
    yield pipe.take()


class _Pipe(io.RawIOBase):
    """What the archive writes, until it is taken; it cannot go back, so nothing has to be kept."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, piece: object) -> int:
        data = bytes(piece)  # type: ignore[call-overload]
        self._waiting += data
        return len(data)

    def take(self) -> bytes:
        """All that was written since the last time."""
        taken = bytes(self._waiting)
        self._waiting.clear()
        return taken
