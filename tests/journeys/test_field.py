"""A day in the field without signal: taught card by card, reported by thumb, mended, and received once and in order."""

import io
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import select

from p2k2lms.core import clock
from p2k2lms.core.db import db
from p2k2lms.core.models import Photo, Submission
from p2k2lms.plugins.fieldwork import service
from p2k2lms.plugins.fieldwork.models import Meeting
from p2k2lms.plugins.fieldwork.queries import groups as read_groups
from p2k2lms.web.login import SignedIn, manager
from tests import databases
from tests.factories.enrolment import KAPUAS, the_course
from tests.factories.fieldwork import a_group, a_pendamping
from tests.factories.identity import as_actor, someone, supervised
from tests.factories.photos import a_noisy_picture

SESI = "m1-s01"


@pytest.fixture(scope="module")
def live_app(tmp_path_factory) -> Iterator[Flask]:
    """The platform on its own database."""
    folder = tmp_path_factory.mktemp("field")
    app = databases.migrated_app(folder, f"sqlite:///{folder}/field.db")
    yield app
    databases.close(app)


@pytest.fixture
def groups(live, live_app) -> Iterator[tuple[list[int], Callable[[BrowserContext], None]]]:
    """Five groups of one pendamping; the second thing signs that person in on a phone."""
    with live_app.app_context():
        the_course()
        actor = as_actor(a_pendamping())
        ids = [a_group(actor.id, members=20, name=f"Melati {n}", place="Balai desa").id for n in range(1, 6)]
    loader = manager._user_callback
    manager.user_loader({"f": SignedIn("f", actor, "HP uji")}.get)

    def enter(context: BrowserContext) -> None:
        cookie = live_app.session_interface.get_signing_serializer(live_app).dumps({"_user_id": "f"})
        context.add_cookies([{"name": "session", "value": cookie, "domain": "127.0.0.1", "path": "/"}])

    yield ids, enter
    manager._user_callback = loader


@pytest.fixture
def stored(live_app) -> Callable[[], list[tuple[str, str, dict[str, Any]]]]:
    """`stored()`: status, kind and payload of what stands in the journal, in the order of its coming."""

    def rows() -> list[tuple[str, str, dict[str, Any]]]:
        with live_app.app_context():
            found = db.session.scalars(select(Submission).order_by(Submission.key))
            return [(row.status, row.kind, json.loads(row.raw)["payload"]) for row in found]

    return rows


@pytest.fixture
def handset(phone, groups) -> Page:
    """A phone with the Buku Langkah of the next sesi on it, and no signal any more."""
    context = phone(timezone_id="Asia/Pontianak")
    groups[1](context)
    page = context.new_page()
    take(page)
    context.set_offline(True)
    return page


def take(page: Page) -> None:
    """Fetch the next sesi of all groups, while there is signal."""
    page.goto("/lapangan")
    page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
    page.wait_for_function("navigator.serviceWorker.controller")
    page.locator("[data-takes] summary").click()
    page.get_by_role("button", name="Unduh Sesi berikut").click()
    expect(page.locator("[data-paket=berikut]")).to_contain_text("Sudah ada di HP")


def luring(page: Page, path: str) -> Page:
    page.goto(path)
    expect(page.locator("body")).to_have_attribute("data-luring", "ready")
    return page


def chip(page: Page):
    return page.locator("[data-sync]")


def arrived(page: Page) -> None:
    """Everything has its receipt; a machine that is busy may take its time."""
    expect(chip(page)).to_contain_text("Terkirim", timeout=30_000)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def report(page: Page, women: int = 17) -> None:
    page.get_by_label("1. Berapa ibu yang hadir?").fill(str(women))
    press(page, "Kirim laporan")
    page.wait_for_url("**/lapangan")


def test_a_meeting_is_taught_and_reported_without_signal_and_lands_once(handset, groups, stored, accessible):
    page, first = handset, groups[0][0]
    luring(page, "/lapangan")
    expect(page.get_by_role("heading", level=1)).to_have_text("0 dari 5 kelompok sudah dilaporkan bulan ini")
    accessible(page)
    page.get_by_role("link", name="Melati 1").first.click()
    page.get_by_role("link", name="Buka Buku Langkah").click()
    expect(page.locator("[data-at]")).to_have_text("Langkah 1 dari 3")
    accessible(page)
    press(page, "Sudah dilakukan")
    expect(page.locator("[data-at]")).to_have_text("Langkah 2 dari 3")
    page.reload()
    expect(page.locator("[data-at]")).to_have_text("Langkah 2 dari 3")
    page.get_by_text("Lewati, beri alasan").click()
    press(page, "Sebagian saja")
    page.go_back()
    expect(page.locator("[data-at]")).to_have_text("Langkah 2 dari 3")
    page.go_forward()
    press(page, "Sudah dilakukan")
    expect(page.get_by_role("heading", level=1)).to_have_text("Menutup pertemuan")
    page.locator(".pick label").first.click()
    accessible(page)
    press(page, "Isi laporan")
    page.wait_for_url("**/lapor/**")
    expect(page.locator("[data-summary]")).to_contain_text("2 dari 3 langkah dilakukan")
    accessible(page)
    report(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("1 dari 5 kelompok sudah dilaporkan bulan ini")
    expect(chip(page)).to_have_text("1 menunggu")
    assert stored() == []
    page.context.set_offline(False)
    arrived(page)
    [(status, kind, payload)] = stored()
    assert (status, kind, payload["steps"], payload["women"][0]) == (
        "accepted",
        "fieldwork.meeting",
        ["y", "p", "y"],
        "17",
    )
    assert payload["groups"][0] == str(first)
    assert payload["handraise"].startswith("0")


def test_a_waiting_report_is_mended_and_cancelled_and_a_month_without_one_is_said(handset, groups, stored, accessible):
    page, ids = handset, groups[0]
    luring(page, f"/lapangan/{ids[0]}/lapor/{SESI}")
    press(page, "Kirim laporan")
    expect(page.get_by_text("Isi jumlah ibu yang hadir")).to_be_visible()
    page.get_by_text("Pertemuan gabungan").click()
    page.get_by_label("Kelompok kedua").select_option(str(ids[1]))
    page.locator("#women-2").fill("11")
    page.get_by_label("Catatan, bila perlu").fill("NIK 6203 0112 3456 7890")
    page.get_by_label("1. Berapa ibu yang hadir?").fill("17")
    press(page, "Kirim laporan")
    expect(page.locator("[data-warn]")).to_contain_text("SAPA 129")
    page.get_by_label("Catatan, bila perlu").fill("jalan licin")
    report(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("2 dari 5 kelompok sudah dilaporkan bulan ini")
    page.get_by_role("link", name="Melati 1").first.click()
    page.get_by_role("link", name="hadir 17").click()
    expect(page.get_by_role("link", name="Perbaiki laporan")).to_be_visible()
    accessible(page)
    page.get_by_role("link", name="Perbaiki laporan").click()
    expect(page.locator("#women-2")).to_have_value("11")
    page.get_by_label("1. Berapa ibu yang hadir?").fill("18")
    press(page, "Kirim perbaikan")
    page.wait_for_url("**/lapangan")
    page.get_by_role("link", name="Melati 2").first.click()
    page.get_by_role("link", name="hadir 11").click()
    page.get_by_text("Batalkan laporan ini").click()
    page.get_by_label("Mengapa dibatalkan?").fill("salah kelompok")
    press(page, "Batalkan laporan")
    page.wait_for_url("**/lapangan")
    luring(page, f"/lapangan/{ids[2]}/tidak-bertemu")
    accessible(page)
    page.get_by_label("Cuaca atau jalan").check()
    press(page, "Kirim laporan")
    page.wait_for_url("**/lapangan")
    expect(page.get_by_role("heading", level=1)).to_have_text("1 dari 5 kelompok sudah dilaporkan bulan ini")
    page.context.set_offline(False)
    arrived(page)
    kinds = [(status, kind.partition(".")[2]) for status, kind, _ in stored()]
    assert kinds == [("accepted", kind) for kind in ("meeting", "correction", "cancel", "no_meeting")]


def test_with_signal_a_tick_asks_no_server_and_a_lost_signal_is_not_felt(phone, groups, stored):
    context = phone(timezone_id="Asia/Pontianak")
    groups[1](context)
    page = context.new_page()
    take(page)
    page.goto(f"/lapangan/{groups[0][0]}/ajar/{SESI}")
    expect(page.locator("body")).to_have_attribute("data-store", "ready")
    page.wait_for_function("document.querySelector('[data-teach]')")
    asked: list[str] = []
    press(page, "Sudah dilakukan")
    expect(page.locator("[data-at]")).to_have_text("Langkah 2 dari 3")
    page.on("request", lambda request: asked.append(request.url))
    press(page, "Sudah dilakukan")
    expect(page.locator("[data-at]")).to_have_text("Langkah 3 dari 3")
    context.set_offline(True)
    press(page, "Sudah dilakukan")
    press(page, "Isi laporan")
    page.wait_for_url("**/lapor/**")
    assert [url for url in asked if "/ajar/" in url] == []
    report(page)
    context.set_offline(False)
    arrived(page)
    assert [(status, payload["steps"]) for status, _, payload in stored()] == [("accepted", ["y"] * 3)]


def test_more_people_than_members_are_asked_about_and_the_report_is_named_where_it_waits(
    handset, groups, stored, accessible
):
    page, group = handset, groups[0][0]
    luring(page, f"/lapangan/{group}/lapor/{SESI}")
    women, asked = page.get_by_label("1. Berapa ibu yang hadir?"), page.locator("[data-more]")
    expect(asked).to_be_hidden()
    women.fill("19")
    page.get_by_label("Bapak, bila ada").fill("2")
    expect(asked).to_have_text("21 lebih besar dari anggota kelompok, 20. Benar? Bila benar, tetap kirim.")
    accessible(page)
    women.fill("18")
    expect(asked).to_be_hidden()
    women.fill("31")
    note, warning = page.get_by_label("Catatan, bila perlu"), page.locator("[data-warn]")
    note.fill("Bu Rusmini dipukul")
    press(page, "Kirim laporan")
    expect(warning).to_be_visible()
    note.fill("Hujan")
    expect(warning).to_be_hidden()
    press(page, "Kirim laporan")
    page.wait_for_url("**/lapangan")
    luring(page, "/kiriman")
    expect(page.locator("[data-state=wait] [data-line]")).to_contain_text("Kelompok Melati 1 · Sesi 1 · ")
    page.context.set_offline(False)
    arrived(page)
    [(status, _kind, payload)] = stored()
    assert (status, payload["women"][0], payload["men"][0], payload["note"]) == ("accepted", "31", "2", "Hujan")
    assert "Melati" not in json.dumps(payload)


def test_five_families_are_checked_on_an_open_page_without_signal_and_land_once(phone, groups, stored, accessible):
    context = phone(timezone_id="Asia/Pontianak")
    groups[1](context)
    page, group = context.new_page(), groups[0][0]
    take(page)
    page.goto(f"/lapangan/{group}/cek-lima")
    accessible(page)
    context.set_offline(True)
    for seen in page.locator("select[name=first]").all():
        seen.select_option("y")
    press(page, "Simpan hasil cek")
    expect(page.locator("[data-saved]")).to_contain_text("HP")
    luring(page, "/kiriman")
    expect(page.locator("[data-state=wait] [data-line]")).to_contain_text("Kelompok Melati 1")
    context.set_offline(False)
    arrived(page)
    page.reload()
    [(status, kind, payload)] = stored()
    assert (status, kind, payload["group"], payload["first"]) == ("accepted", "fieldwork.spot_check", group, ["y"] * 5)
    page.goto("/lapangan/cek-lima")
    expect(page.locator("main")).to_contain_text("terlihat 5 dari 5")


COUNT_TAPS = """for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, ({ isTrusted }) => {
  if (isTrusted) localStorage.setItem("taps", Number(localStorage.getItem("taps") || 0) + 1); }, true)"""
A_TAP, A_LOOK = 1.1, 1.35  # seconds, of the keystroke model: point and press with a thumb, and make up one's mind


def test_five_groups_are_reported_in_under_forty_taps_and_five_minutes(handset, groups, stored):
    """A tap is what the phone felt: a finger on the glass or a key of the number pad. Before each, a look."""
    page = handset
    page.context.add_init_script(COUNT_TAPS)
    luring(page, "/lapangan")
    for n in range(1, 6):
        for link in (f"Melati {n}", "Isi laporan saja"):
            page.get_by_role("link", name=link).first.click()
        page.get_by_label("1. Berapa ibu yang hadir?").click()
        page.keyboard.type("17")
        press(page, "Kirim laporan")
        page.wait_for_url("**/lapangan")
    expect(page.get_by_role("heading", level=1)).to_have_text("5 dari 5 kelompok sudah dilaporkan bulan ini")
    taps = int(page.evaluate("localStorage.getItem('taps')"))
    assert 5 * 5 <= taps < 40
    assert taps * (A_TAP + A_LOOK) < 5 * 60
    page.context.set_offline(False)
    arrived(page)
    sent = [(status, payload["groups"][0], payload["women"][0]) for status, _, payload in stored()]
    assert sent == [("accepted", str(group), "17") for group in groups[0]]


def test_a_group_handed_over_while_the_phone_was_away_keeps_the_report_and_says_so(handset, groups, stored, live_app):
    page, group = handset, groups[0][0]
    luring(page, f"/lapangan/{group}/lapor/{SESI}")
    report(page)
    with live_app.app_context():
        taker, day = a_pendamping(), clock.today() - timedelta(days=1)  # the phone may have yesterday's date
        supervisor = someone("supervisor", KAPUAS)
        for person in (taker, read_groups.card(group, day).holder_id):
            supervised(supervisor, person)
        service.hand_over(as_actor(supervisor), group, taker, day)
    page.context.set_offline(False)
    arrived(page)
    assert [(status, kind) for status, kind, _ in stored()] == [("accepted", "fieldwork.meeting")]
    with live_app.app_context():
        told = db.session.scalars(select(Meeting)).one()
        assert (told.flags, read_groups.card(group, day).holder_id) == (["serah_terima"], taker)
        assert told.leader_id != taker
    page.goto("/lapangan")
    expect(page.get_by_role("heading", level=1)).to_contain_text("dari 4 kelompok")


OLDER = """async () => {
  const form = document.querySelector("form[data-draft]"), key = "isi/" + form.dataset.draft;
  let known;
  while (!(known = await outbox.draft(key))) await new Promise((yes) => setTimeout(yes, 50));
  await outbox.draft(key, { ...known, fields: known.fields.filter(([name]) => name !== "numbers") }); }"""


def test_a_draft_of_a_form_that_had_fewer_fields_fills_every_one_that_it_knows(handset, groups):
    page, address = handset, f"/lapangan/{groups[0][0]}/lapor/{SESI}"
    luring(page, address)
    page.get_by_label("2. Berapa yang membawa tugas rumah?").fill("9")
    page.get_by_label("Catatan, bila perlu").fill("Hujan deras.")
    page.evaluate(OLDER)
    luring(page, address)
    expect(page.get_by_label("2. Berapa yang membawa tugas rumah?")).to_have_value("9")
    expect(page.get_by_label("Catatan, bila perlu")).to_have_value("Hujan deras.")


FULL = """IDBObjectStore.prototype.before = IDBObjectStore.prototype.put;
IDBObjectStore.prototype.put = () => { throw new DOMException("", "QuotaExceededError"); }; null"""


def test_a_full_phone_keeps_what_was_written_on_the_screen_and_says_so(handset, groups, stored):
    page = handset
    luring(page, f"/lapangan/{groups[0][0]}/lapor/{SESI}")
    page.evaluate(FULL)
    page.get_by_label("1. Berapa ibu yang hadir?").fill("17")
    press(page, "Kirim laporan")
    expect(page.locator("[data-saved]").first).to_contain_text("Penyimpanan HP penuh")
    expect(page.get_by_label("1. Berapa ibu yang hadir?")).to_have_value("17")
    page.evaluate("IDBObjectStore.prototype.put = IDBObjectStore.prototype.before; null")
    report(page)
    page.context.set_offline(False)
    arrived(page)
    assert [status for status, *_ in stored()] == ["accepted"]


@pytest.fixture
def new_release(live_app) -> Iterator[Callable[[Page], None]]:
    """`new_release(page)`: a new version of the worker comes out, and takes over the phone that asks."""
    worker, out = live_app.view_functions["offline.worker"], []

    def released() -> Any:
        answer = worker()
        answer.set_data(answer.get_data(as_text=True).replace('"shell-', '"shell-baru-' if out else '"shell-'))
        answer.headers.pop("ETag", None)
        answer.headers["Cache-Control"] = "no-cache"
        return answer

    def bring(page: Page) -> None:
        out.append(True)
        assert page.evaluate(TAKE_OVER)

    released.access = "public"
    live_app.view_functions["offline.worker"] = released
    yield bring
    live_app.view_functions["offline.worker"] = worker


TAKE_OVER = """async () => {
  const worker = await navigator.serviceWorker.ready, pause = () => new Promise((yes) => setTimeout(yes, 300));
  let done = false;
  navigator.serviceWorker.addEventListener('controllerchange', () => { done = true; });
  for (let n = 0; n < 30 && !done; n++) { await worker.update().catch(() => {}); await pause(); }
  return done; }"""
SPOIL = """new Promise((yes) => { indexedDB.open('p2k2-packs').onsuccess = ({target}) => {
  const tx = target.result.transaction('files', 'readwrite'), files = tx.objectStore('files');
  files.getAll().onsuccess = (all) => all.target.result.forEach((file) => files.put({...file, text: file.text + ' '}));
  tx.oncomplete = () => { target.result.close(); yes(); }; }; })"""


def test_a_new_release_in_the_middle_of_a_meeting_changes_nothing_and_a_spoiled_card_is_not_taught(
    phone, groups, stored, new_release
):
    context, first = phone(timezone_id="Asia/Pontianak"), groups[0][0]
    groups[1](context)
    page = context.new_page()
    take(page)
    page.goto(f"/lapangan/{first}/ajar/{SESI}")
    page.wait_for_function("document.querySelector('[data-teach]')")
    press(page, "Sudah dilakukan")
    expect(page.locator("[data-at]")).to_have_text("Langkah 2 dari 3")
    new_release(page)
    context.set_offline(True)
    expect(page.locator("[data-at]")).to_have_text("Langkah 2 dari 3")
    press(page, "Sudah dilakukan")
    luring(page, f"/lapangan/{first}/ajar/{SESI}")
    expect(page.locator("[data-at]")).to_have_text("Langkah 3 dari 3")
    names = page.evaluate("caches.keys()")
    assert any(name.startswith("shell-baru-") for name in names), names
    page.evaluate(SPOIL)
    luring(page, f"/lapangan/{first}/ajar/{SESI}")
    expect(page.get_by_role("heading", name="Sesi ini belum ada di HP")).to_be_visible()
    page.get_by_role("link", name="Isi laporan saja").click()
    page.wait_for_url("**/lapor/**")
    report(page)
    page.context.set_offline(False)
    arrived(page)
    assert [(status, payload["steps"][:2]) for status, _, payload in stored()] == [("accepted", ["y", "y"])]


def test_three_reports_with_photos_weigh_less_than_400_kb_and_the_reports_go_first(
    handset, groups, stored, tmp_path, live_app
):
    page, sent = handset, []
    camera = tmp_path / "kamera.jpg"
    for n, group in enumerate(groups[0][:3]):
        camera.write_bytes(a_noisy_picture(1600 + n, 1200))
        luring(page, f"/lapangan/{group}/lapor/{SESI}")
        page.get_by_label("Tidak ada wajah anak tanpa izin").check()
        page.locator("[name=foto]").set_input_files(camera)
        expect(page.locator("[data-photo-line]")).to_contain_text("Foto siap")
        if n == 0:
            page.wait_for_timeout(400)
            luring(page, f"/lapangan/{group}/lapor/{SESI}")
            expect(page.locator("[data-photo-line]")).to_contain_text("Foto siap")
        report(page)
    expect(chip(page)).to_have_text("6 menunggu")
    answers = live_app.wsgi_app

    def weighing(environ, start):
        sent.append((environ["REQUEST_METHOD"], int(environ.get("CONTENT_LENGTH") or 0)))
        return answers(environ, start)

    live_app.wsgi_app = weighing
    page.context.set_offline(False)
    arrived(page)
    assert [kind for _, kind, _ in stored()] == ["fieldwork.meeting"] * 3 + ["fieldwork.photo"] * 3
    assert {status for status, *_ in stored()} == {"accepted"}
    live_app.wsgi_app = answers
    assert [method for method, size in sent if size][:2] == ["POST", "PUT"]
    assert 100_000 < sum(size for _, size in sent) <= 400_000
    with live_app.app_context():
        for body in db.session.scalars(select(Photo.body)):
            with Image.open(io.BytesIO(body)) as kept:
                assert (kept.format, dict(kept.getexif())) == ("JPEG", {})


NO_PHOTO = {
    "IMG_0001.HEIC": (b"\0\0\0\x18ftypheic" + b"\0" * 40, "bukan HEIC"),
    "surat.jpg": (b"%PDF-1.7", "bukan HEIC"),
    "besar.jpg": (b"\xff\xd8" + b"\0" * 20_000_001, "terlalu besar"),
}


@pytest.mark.parametrize("name", NO_PHOTO)
def test_what_is_no_photo_is_said_on_the_phone_and_the_report_goes_without(handset, groups, stored, tmp_path, name):
    page, file = handset, tmp_path / name
    file.write_bytes(NO_PHOTO[name][0])
    luring(page, f"/lapangan/{groups[0][0]}/lapor/{SESI}")
    expect(page.locator("[name=foto]")).to_be_disabled()
    page.get_by_label("Tidak ada wajah anak tanpa izin").check()
    page.locator("[name=foto]").set_input_files(file)
    expect(page.locator("[data-photo-line]")).to_contain_text(NO_PHOTO[name][1])
    report(page)
    page.context.set_offline(False)
    arrived(page)
    assert [(status, kind) for status, kind, _ in stored()] == [("accepted", "fieldwork.meeting")]
