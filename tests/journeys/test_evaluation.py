"""An evaluator takes in the 1,142 alumni of 2019 and asks them; 718 answer through the intake; the report appears."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from p2k2lms.core import clock, jobs, workbook
from p2k2lms.plugins.evaluation.queries import waves as read
from p2k2lms.plugins.evaluation.service.cards import wave_card
from p2k2lms.web.login import SignedIn, manager
from tests.factories.alumni import FIRST, LAST, alumni_sheet, the_alumni, they_answer
from tests.factories.evaluation import the_instruments
from tests.factories.identity import as_actor, someone, the_units
from tests.stats.reference import GOLDEN

SAID = GOLDEN["survey"]
PATIENT = 120_000  # milliseconds; taking in 1,142 rows is two seconds of computing, on a busy machine ten times that


def told(number: float) -> str:
    """As the page writes it."""
    return f"{number:.1f}".replace(".", ",")


@pytest.fixture
def people(live, live_app) -> list[int]:
    """The alumni of the reference, with their field log of last month."""
    with live_app.app_context():
        the_units(), the_instruments()
        return the_alumni()


@pytest.fixture
def page(people, phone, live_app) -> Iterator[Page]:
    """The evaluator of the centre at a desk, signed in."""
    with live_app.app_context():
        actor = as_actor(someone("evaluator", "R4", name="Bu Evaluator"))
    context = phone(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(PATIENT)
    cookie = live_app.session_interface.get_signing_serializer(live_app).dumps({"_user_id": "e"})
    context.add_cookies([{"name": "session", "value": cookie, "domain": "127.0.0.1", "path": "/"}])
    loader = manager._user_callback
    manager.user_loader({"e": SignedIn("e", actor, "HP uji")}.get)
    yield context.new_page()
    manager._user_callback = loader


def take_in(page: Page) -> None:
    """The sheet of their certificates: two rows are named as wrong, the others are kept."""
    sheet = b"".join(workbook.as_csv(alumni_sheet()))
    file = {"name": "alumni.csv", "mimeType": "text/csv", "buffer": sheet}
    page.goto("/evaluasi/impor/alumni")
    page.get_by_label("Berkas XLSX atau CSV").set_input_files(file)
    page.get_by_label("Simpan baris yang baik").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Periksa berkas").click()
    expect(page.get_by_role("status")).to_contain_text("1142 baris disimpan.")
    expect(page.get_by_role("row", name="1144 ").first).to_contain_text("bukan nomor sertifikat")
    expect(page.get_by_role("row", name="1145 ")).to_contain_text("tidak ada pendamping dengan ID ini")


def open_wave(page: Page) -> int:
    """All who passed on those days are asked once, about themselves."""
    today = clock.today()
    page.goto("/evaluasi")
    page.get_by_role("link", name="Buat gelombang").click()
    page.get_by_label("Nama gelombang").fill("Alumni 2019")
    page.get_by_label("Instrumen").select_option(label="Evaluasi manfaat: pendamping v1")
    page.get_by_label("Gelombang", exact=True).select_option("W12")
    page.get_by_label("Kelas yang selesai sejak").fill(FIRST.isoformat())
    page.get_by_label("sampai", exact=True).fill(LAST.isoformat())
    page.get_by_label("Dibuka").fill(today.isoformat())
    page.get_by_label("Ditutup").fill(today.isoformat())
    page.get_by_role("button", name="Buat gelombang").click()
    page.wait_for_url(re.compile(r"/gelombang/\d+$"))
    expect(page.get_by_role("heading", name="Yang sudah menjawab: 0 dari 1142 orang")).to_be_visible()
    return int(page.url.rsplit("/", 1)[1])


def downloaded(page: Page, name: str) -> bytes:
    with page.expect_download() as got:
        page.get_by_role("link", name=name, exact=True).click()
    return Path(got.value.path()).read_bytes()


@pytest.mark.slow(reason="1,142 alumni are taken in, asked and counted, with a browser beside them")
def test_718_of_1142_alumni_answer_and_the_report_appears(page, people, live_app, accessible):
    take_in(page)
    wave = open_wave(page)
    accessible(page)
    page.get_by_role("link", name="Lihat hasil").click()
    page.wait_for_url("**/hasil")
    expect(page.get_by_text("Hasil belum ditampilkan.")).to_be_visible()
    with live_app.app_context():
        jobs.run_due()
        assert they_answer(people, wave_card(read.wave(wave))) == 718
    page.goto(f"/evaluasi/gelombang/{wave}")
    expect(page.get_by_role("heading", name="Yang sudah menjawab: 718 dari 1142 orang")).to_be_visible()
    expect(page.get_by_text("62,9%. Target 80%.")).to_be_visible()
    page.get_by_role("link", name="Lihat hasil").click()
    page.wait_for_url("**/hasil")
    shown = page.locator("section.sheet", has=page.get_by_role("heading", name="G1. Dari semua KPM")).first
    low, high = SAID["manski_this_sample"]
    weighed = SAID["raked_with_field_log"]
    for words in (
        f"{told(SAID['naive_mean'])}% (n = 718 dari 1.142)",
        f"{told(weighed['mean'])}% ({told(weighed['mean'] - 1.96 * weighed['se'])}",
        f"{told(low)} – {told(high)}%",
    ):
        expect(shown).to_contain_text(words)
    accessible(page)
    paper = PdfReader(io.BytesIO(downloaded(page, "PDF")))
    assert told(weighed["mean"]) in "".join(sheet.extract_text() for sheet in paper.pages)
    rows = downloaded(page, "CSV").decode("utf-8-sig").splitlines()
    assert len(rows) == 719
