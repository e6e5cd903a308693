"""The drawing itself: long names stay on one page, nothing is fetched, no more time and memory than it must take."""

import gc
import io
import resource
import time
from dataclasses import replace

import pytest
import weasyprint
from pypdf import PdfReader
from weasyprint.text.fonts import FontConfiguration

from p2k2lms.plugins.certificates import pdf
from p2k2lms.plugins.certificates.values import Sheet, Signer, Subject

ADDRESS = "https://p2k2.contoh.go.id/cek/4H7Q-2MKD-9V0T-XA3B"
SHEET = Sheet(
    code="4H7Q2MKD9V0TXA3B",
    number="0417/BBPPKS-BJM/P2K2/XI/2026",
    ministry="KEMENTERIAN SOSIAL REPUBLIK INDONESIA",
    issuer="Balai Besar Pendidikan dan Pelatihan Kesejahteraan Sosial Banjarmasin",
    legal_basis="Peraturan Menteri Sosial Nomor 9 Tahun 2019",
    name="Norhayati",
    birth="Kuala Kapuas, 14 Maret 1994",
    rank="tidak berlaku (bukan ASN)",
    post="Pendamping Sosial PKH",
    agency="Dinas Sosial Kabupaten Kapuas",
    course="Diklat Pertemuan Peningkatan Kemampuan Keluarga (P2K2)",
    angkatan="Angkatan XII",
    held="secara daring dan tatap muka pada 2 sampai 13 November 2026 di Banjarbaru",
    jp=100,
    issued="13 November 2026",
    signer=Signer("Banjarbaru", "Kepala Balai Besar", "Nama Kepala Balai, M.Si.", "19700101 199503 1 001"),
    subjects=tuple(Subject(f"Mata diklat nomor {n}", 8) for n in range(1, 13)),
    marks=(("Pre-test", "55"), ("Post-test", "80")),
)


def pages(made: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(made)).pages]


@pytest.mark.parametrize(
    "sheet",
    [
        SHEET,
        replace(SHEET, name="Hj. Siti Nurhaliza Rahmawati binti Abdurrahman Wahid Siregar, S.Sos., M.A.P." + " X" * 15),
        replace(SHEET, subjects=tuple(Subject(f"Mata diklat dengan nama yang panjang {n}", 2) for n in range(30))),
        replace(SHEET, subjects=tuple(Subject(f"Mata diklat ke-{n}", 2) for n in range(55))),
        replace(SHEET, issuer="Balai " * 20, agency="Dinas Sosial " * 8, course="Diklat " * 25, held="secara " * 25),
        replace(SHEET, subjects=(), marks=(), signer=Signer()),
    ],
    ids=["plain", "long name", "many subjects", "a crowd of subjects", "long words", "nothing"],
)
def test_whatever_is_printed_there_is_one_front_and_one_back(app, sheet):
    front, back = pages(pdf.render(sheet, ADDRESS))
    assert "Nomor 0417/BBPPKS-BJM/P2K2/XI/2026" in front
    assert "4H7Q-2MKD-9V0T-XA3B" in front
    assert "Keaslian diperiksa" in back
    assert all(name in back for name, _ in sheet.marks)


def test_what_people_typed_is_printed_and_not_obeyed(app):
    front, _ = pages(pdf.render(replace(SHEET, name="<b>Siti</b> & <img src=file:///etc/passwd>"), ADDRESS))
    assert "<b>Siti</b> &" in front


def test_a_document_that_asks_for_a_file_or_an_address_gets_nothing(app):
    asking = pdf.document(SHEET, ADDRESS).replace(
        "<body>", '<body><img src="file:///etc/hostname"><img src="http://127.0.0.1:9/x.png">'
    )
    assert len(pages(pdf.draw(asking))) == 2


def test_the_document_says_what_it_is_to_a_screen_reader(app):
    made = PdfReader(io.BytesIO(pdf.render(SHEET, ADDRESS)))
    assert made.metadata.title == "STTPP 0417/BBPPKS-BJM/P2K2/XI/2026"
    assert made.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert made.trailer["/Root"]["/Lang"] == "id"


def per_document(draw, times: int) -> float:
    began = time.process_time()
    for _ in range(times):
        draw()
    return (time.process_time() - began) / times


@pytest.mark.slow(reason="draws some twenty documents to compare their time")
def test_a_certificate_takes_hardly_longer_than_the_library_on_the_same_page(app):
    html = pdf.document(SHEET, ADDRESS)
    style = (pdf.Path(str(app.template_folder)) / "certificates/sttpp.css").read_text("utf-8")

    def plain() -> None:
        fonts = FontConfiguration()
        weasyprint.HTML(string=html).write_pdf(
            stylesheets=[weasyprint.CSS(string=style, font_config=fonts)], font_config=fonts
        )

    pdf.render(SHEET, ADDRESS), plain()
    rounds = [(per_document(plain, 3), per_document(lambda: pdf.render(SHEET, ADDRESS), 3)) for _ in range(3)]
    assert max(theirs / ours for theirs, ours in rounds) >= 0.7, rounds


@pytest.mark.slow(reason="draws thirty documents to see that the memory stays flat")
def test_memory_stays_flat_over_many_documents(app):
    def draw(number: int) -> None:
        pdf.render(replace(SHEET, name=f"Orang {number}"), f"{ADDRESS[:-4]}{number:04d}")

    for n in range(10):
        draw(n)
    gc.collect()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for n in range(20):
        draw(n)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert after - before <= 0.05 * before, (before, after)
