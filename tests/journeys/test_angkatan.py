"""An angkatan from a sheet of forty people to forty certificates in one archive, with what it costs its trainer."""

import io
import uuid
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Error, Page, expect
from pypdf import PdfReader

from p2k2lms.core import clock, intake, jobs, sheets, workbook
from p2k2lms.core.access import Actor
from p2k2lms.plugins.assessment.values import PRE
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.identity import service as identity
from p2k2lms.web.login import SignedIn, manager
from tests import databases
from tests.factories.coaching import watches
from tests.factories.enrolment import BANJAR, a_member, an_angkatan, the_course, the_unit
from tests.factories.identity import as_actor, someone
from tests.factories.progress import a_score, read_all

PEOPLE = 40
THINK, POINT, PRESS, KEY = 1.35, 1.1, 0.2, 0.28  # seconds of the keystroke-level model (Card, Moran and Newell, 1980)
FIVE_MINUTES = 300
MOST_ACTIONS = 25


class Hand:
    """A person at a page: does what people do, and counts what it costs them."""

    def __init__(self, page: Page) -> None:
        self.page, self.actions, self.seconds = page, 0, 0.0

    def cost(self, pressed: int = 1, keys: int = 0) -> None:
        self.actions += 1
        self.seconds += THINK + pressed * (POINT + PRESS) + keys * KEY

    def go(self, name: str) -> None:
        self.cost()
        self.page.get_by_role("link", name=name, exact=True).first.click()

    def press(self, name: str) -> None:
        self.cost()
        self.page.get_by_role("button", name=name).click()

    def write(self, label: str, text: str) -> None:
        self.cost(keys=len(text))
        self.page.get_by_label(label, exact=True).fill(text)

    def choose(self, label: str, value: str) -> None:
        self.cost(pressed=2)
        self.page.get_by_label(label, exact=True).select_option(value)

    def upload(self, data: bytes) -> None:
        self.cost(pressed=3)
        file = {"name": "peserta.xlsx", "mimeType": "application/octet-stream", "buffer": data}
        self.page.get_by_label("Berkas XLSX atau CSV").set_input_files(file)


@pytest.fixture(scope="module")
def live_app(tmp_path_factory) -> Iterator[Flask]:
    """The platform with the public address that stands in the QR of a certificate."""
    folder = tmp_path_factory.mktemp("angkatan")
    app = databases.migrated_app(folder, f"sqlite:///{folder}/angkatan.db", PUBLIC_URL="https://belajar.contoh.go.id")
    yield app
    databases.close(app)


@pytest.fixture
def trainer(live, live_app) -> Iterator[Actor]:
    """A widyaiswara of the centre, at whose name the door opens."""
    with live_app.app_context():
        the_unit("R4")
        the_course()
        actor = as_actor(someone("widyaiswara", "R4", name="Rahma Widya"))
    loader = manager._user_callback
    manager.user_loader({"w": SignedIn("w", actor, "HP uji")}.get)
    yield actor
    manager._user_callback = loader


@pytest.fixture
def hand(phone, trainer, live_app) -> Hand:
    """The trainer at a desk."""
    context = phone(viewport={"width": 1280, "height": 800})
    cookie = live_app.session_interface.get_signing_serializer(live_app).dumps({"_user_id": "w"})
    context.add_cookies([{"name": "session", "value": cookie, "domain": "127.0.0.1", "path": "/"}])
    return Hand(context.new_page())


def roster() -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Forty people of Banjar as rows of a sheet, and four rows that are wrong in ways that happen."""
    people = [identity.person(someone("pendamping", BANJAR, name=f"Peserta Nomor {n:02}")) for n in range(PEOPLE)]
    busy = identity.person(a_member(an_angkatan(centre="63", name="Angkatan lain")).person_id)
    good = [(p.name, p.pkh_id or "", p.phone or "") for p in people]
    wrong = [
        (good[3][0], "", "081200009999"),
        ("Nomor Sama", "", good[5][2]),
        (busy.name, busy.pkh_id or "", ""),
        ("Tak Dikenal", "pkh-tidak-ada", ""),
    ]
    return good, wrong


def as_file(rows: list[tuple[str, ...]]) -> bytes:
    return b"".join(workbook.as_xlsx([("Nama", "ID PKH", "Nomor HP"), *rows]))


def mark_present(trainer: Actor, angkatan_id: int, session_id: int, people: list[int]) -> None:
    """Everybody was there, as a trainer's phone sends it."""
    payload = {"session": session_id, "people": people, "statuses": ["hadir"] * len(people)}
    answer = intake.receive_one(trainer, "enrolment.attendance", payload, sent_id=str(uuid.uuid4()), device="hp")
    assert answer.status == "accepted", answer
    enrolment.close_list(trainer, angkatan_id, session_id, len(people), "")


def download(page: Page, name: str) -> bytes:
    with page.expect_download() as got:
        page.get_by_role("link", name=name).click()
    return Path(got.value.path()).read_bytes()


def prepare(hand: Hand, good: list[tuple[str, ...]], wrong: list[tuple[str, ...]]) -> int:
    """From the list of classes to one that stands: its plan, its people, its trainers, its timetable."""
    page, today = hand.page, clock.today().isoformat()
    page.goto("/angkatan")
    hand.go("Buat angkatan")
    hand.write("Nama angkatan", "Angkatan 12, Banjarmasin")
    hand.choose("Cara belajar", "luring")
    hand.write("Hari pertama", today)
    hand.write("Hari terakhir", today)
    hand.write("Tempat", "Balai Besar, Banjarbaru")
    hand.write("Jumlah tempat", str(PEOPLE))
    hand.press("Simpan angkatan")
    hand.go("Unggah daftar peserta")
    hand.upload(as_file([*good, *wrong]))
    hand.press("Periksa berkas")
    expect(page.get_by_role("heading", name="4 baris perlu diperbaiki")).to_be_visible()
    for row, said in ((42, "Nama ini sudah ada di baris 5"), (43, "Nomor HP ini sudah ada di baris 7")):
        expect(page.get_by_role("row", name=f"{row} ")).to_contain_text(said)
    expect(page.get_by_role("row", name="44 ")).to_contain_text("Sedang belajar kursus ini di Angkatan lain")
    hand.upload(as_file(good))
    hand.press("Periksa berkas lain")
    hand.press(f"Masukkan {PEOPLE} orang")
    expect(page.get_by_role("heading", name=f"Peserta: {PEOPLE} dari {PEOPLE} tempat")).to_be_visible()
    hand.go("Jadwal")
    hand.press("Buat dari kurikulum")
    for label in page.locator("select[name^='utama.']").all():
        hand.choose(label.get_attribute("aria-label") or "", "Rahma Widya")
    hand.press("Simpan pelatih")
    return int(page.url.split("/angkatan/")[1].split("/")[0])


@pytest.mark.slow(reason="forty people, forty certificates drawn, and a browser all the way")
def test_an_angkatan_goes_from_a_sheet_to_forty_certificates(hand, trainer, live_app, accessible):
    page = hand.page
    with live_app.app_context():
        good, wrong = roster()
    here = prepare(hand, good, wrong)
    print(f"{hand.actions} actions, {hand.seconds:.0f} s of a person's time")
    assert hand.actions <= MOST_ACTIONS
    assert hand.seconds < FIVE_MINUTES
    accessible(page)

    hand.go("Kembali")
    hand.go("Kehadiran")
    page.locator("main .list a").first.click()
    hand.go("Anggap yang belum dicatat hadir")
    saves_without_signal(hand)
    expect(page.get_by_text(f"Hadir {PEOPLE} dari {PEOPLE}")).to_be_visible()
    hand.write("Orang di ruang", str(PEOPLE))
    hand.press("Tutup daftar")
    expect(page.get_by_text(f"{PEOPLE} orang dihitung di ruang")).to_be_visible()

    with live_app.app_context():
        learn(trainer, here)
    page.goto(f"/angkatan/{here}/tutup")
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{PEOPLE} orang menunggu putusan")
    hand.press("Terima usul aturan")
    hand.press("Tutup angkatan ini")
    expect(page.get_by_text("Angkatan ini sudah ditutup.")).to_be_visible()

    page.goto(f"/angkatan/{here}/tutup/laporan")
    expect(page.get_by_text(f"{PEOPLE} lulus, 0 tidak lulus")).to_be_visible()
    expect(page.get_by_text("Naik 40,0 poin")).to_be_visible()
    accessible(page)
    paper = PdfReader(io.BytesIO(download(page, "PDF")))
    assert "Peserta Nomor 39" in "".join(sheet.extract_text() for sheet in paper.pages)
    assert dict(row[:2] for row in sheets.read(download(page, "XLSX")))["Lulus"] == str(PEOPLE)

    page.goto(f"/angkatan/{here}/sertifikat")
    expect(page.get_by_role("status")).to_contain_text(f"0 dari {PEOPLE} sertifikat siap")
    with live_app.app_context():
        jobs.run_due()
    page.reload()
    pack = zipfile.ZipFile(io.BytesIO(download(page, f"Unduh {PEOPLE} sertifikat")))
    assert pack.testzip() is None
    assert len({name for name in pack.namelist() if name.endswith(".pdf")}) == PEOPLE
    accessible(page)


def saves_without_signal(hand: Hand) -> None:
    """The list of a meeting is filled where there is no signal, kept on the phone, and lands with the signal."""
    page, here = hand.page, hand.page.url.partition("?")[0]
    page.context.set_offline(True)
    hand.press("Simpan daftar")
    expect(page.locator("[data-saved]")).to_contain_text("Tersimpan di HP")
    page.context.set_offline(False)
    expect(page.locator("[data-sync]")).to_contain_text("Terkirim")
    with suppress(Error):  # what was sent leads on by itself, perhaps at this very moment
        page.goto(here)
    page.goto(here)


def learn(trainer: Actor, here: int) -> None:
    """What forty people do at their own phones: attend, read, sit both tests, and lead before their trainer."""
    members = enrolment.members(here)
    people = [card.person_id for card in members]
    _angkatan, rows = enrolment.lists(trainer, here)
    for meeting in (row[0] for row in rows if row[0].closed_at is None):
        mark_present(trainer, here, meeting.id, people)
    for card in members:
        a_score(card, 8, PRE)
        read_all(as_actor(card.person_id), card)
        a_score(card, 16)
        seen = watches(trainer, card.person_id, card.version_id, context="micro_teaching", subject=f"angkatan:{here}")
        assert seen.status == "accepted", seen
