"""The certificates of a class in one archive: when all are drawn, for the staff alone, and without piling up."""

import io
import tracemalloc
import zipfile

from p2k2lms.core import jobs
from p2k2lms.core.db import db
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.certificates import queries, service
from p2k2lms.plugins.certificates.models import Drawing
from tests.factories.certificates import a_certificate
from tests.factories.enrolment import an_angkatan
from tests.factories.identity import as_actor, someone, the_units


def test_an_archive_is_ready_when_the_worker_has_drawn_everything(app, sign_in):
    the_units()
    trainer = as_actor(someone("widyaiswara", "R4"))
    here = an_angkatan(trainer=trainer.id, open_door=True)
    for n in range(2):
        a_certificate(here, name=f"Siti / Aminah {n}")
    page, url = sign_in(trainer), f"/angkatan/{here.id}/sertifikat"
    assert "0 dari 2 sertifikat siap" in page.get(url).text
    assert page.get(f"{url}.zip").status_code == 409
    assert page.post(f"{url}/gambar").status_code == 303
    draw_by_hand(here.id)
    jobs.run_due()
    assert "Unduh 2 sertifikat" in page.get(url).text
    packed = zipfile.ZipFile(io.BytesIO(page.get(f"{url}.zip").data))
    assert packed.testzip() is None
    assert all(name.startswith("Siti-Aminah-") and name.endswith(".pdf") for name in packed.namelist())
    assert len(packed.namelist()) == 2
    stranger = sign_in(as_actor(someone("widyaiswara", "R4")))
    assert (stranger.get(f"{url}.zip").status_code, stranger.post(f"{url}/gambar").status_code) == (404, 404)


def draw_by_hand(angkatan_id: int, size: int = 1000) -> None:
    """Documents without the printing, which other tests look at."""
    with unit_of_work("test.draw") as uow:
        for certificate_id in queries.undrawn_of_class(angkatan_id):
            uow.add(Drawing(certificate_id=certificate_id, sha="0" * 64, pdf=b"%PDF-" + bytes(size)))


def test_an_archive_takes_no_more_memory_than_its_largest_document(app):
    the_units()
    trainer = as_actor(someone("widyaiswara", "R4"))
    here = an_angkatan(trainer=trainer.id, open_door=True)
    for _ in range(8):
        a_certificate(here)
    draw_by_hand(here.id, 1_000_000)
    pieces = service.archive(trainer, here.id)
    db.session.expire_all()
    tracemalloc.start()
    size = sum(len(piece) for piece in pieces)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size > 8_000_000
    assert most < 5_000_000
