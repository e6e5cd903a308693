"""What a certificate costs against plain WeasyPrint on the same finished HTML; prints both as JSON."""

import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import weasyprint

from app import app
from p2k2lms.plugins.certificates import pdf
from p2k2lms.plugins.certificates.values import Sheet, Signer, Subject

ROUNDS = 5
SHEET = Sheet(
    code="ABCDEFGH23456789",
    number="0001/BBPPKS-BJM/STTPP/XI/2026",
    ministry="Kementerian Sosial Republik Indonesia",
    issuer="Balai Besar Pendidikan dan Pelatihan Kesejahteraan Sosial",
    legal_basis="Peraturan tentang pendidikan dan pelatihan",
    name="Orang Ukur",
    birth="Banjarbaru, 1 Januari 1990",
    rank="-",
    post="Pendamping PKH",
    agency="Kabupaten Kapuas",
    course="Diklat P2K2",
    angkatan="Kelas ukur",
    held="1 sampai 10 November 2026",
    jp=100,
    issued="21 November 2026",
    signer=Signer("Banjarbaru", "Kepala Balai", "Nama Kepala", "-"),
    subjects=tuple(Subject(f"Mata latih {n}", n) for n in range(1, 13)),
    marks=(("Pre-test", "55"), ("Post-test", "85")),
    replaces="",
)


def measure() -> dict[str, float]:
    """Median processor seconds of one document each, in turn."""
    html = pdf.document(SHEET, "https://contoh.invalid/cek/ABCD")
    style = weasyprint.CSS(Path(app.template_folder or "") / "certificates" / "sttpp.css")
    ours: list[float] = []
    plain: list[float] = []
    for _ in range(ROUNDS + 1):
        ours.append(_cost(lambda: pdf.draw(html)))
        plain.append(_cost(lambda: weasyprint.HTML(string=html).write_pdf(stylesheets=[style])))
    return {"ours": statistics.median(ours[1:]), "plain": statistics.median(plain[1:])}


def _cost(draw: Callable[[], object]) -> float:
    begun = time.process_time()
    draw()
    return time.process_time() - begun


if __name__ == "__main__":
    with app.app_context():
        json.dump(measure(), sys.stdout)
