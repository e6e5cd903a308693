"""A phone without signal: what was downloaded is read, what is finished waits and lands once, nobody's page is kept."""

import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Any

import brotli
import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import select

from p2k2lms.core.db import db
from p2k2lms.core.models import Submission
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.delivery.parcels import Parcel
from p2k2lms.plugins.enrolment.models import Enrolment
from p2k2lms.plugins.forum import service as forum
from p2k2lms.web.login import SignedIn, manager
from tests import databases
from tests.factories.catalogue import TINY, course_texts
from tests.factories.delivery import a_learner, a_longer_course
from tests.factories.enrolment import the_course, the_unit
from tests.factories.forum import a_question, an_answer
from tests.factories.photos import a_picture
from tests.journeys.conftest import CHROMIUM, FLAGS, PATIENCE, PHONE

COURSE = f"/belajar/{TINY}"
TF = f"{COURSE}/tf-s01/tf-s01"
FILES = "**/api/v1/paket/*/*.json"
KEPT = "Sudah ada di HP"
CARD = f"modules_content/{TINY}/tf-s01/01-sapaan.md"


@pytest.fixture(scope="module")
def release() -> dict[str, str]:
    """The release that phones are offered: a test may bring out another."""
    return {"name": ""}


@pytest.fixture(scope="module")
def live_app(tmp_path_factory, release) -> Iterator[Flask]:
    """The platform with a worker whose release a test may change, and which phones ask for each time."""
    folder = tmp_path_factory.mktemp("offline")
    app = databases.migrated_app(folder, f"sqlite:///{folder}/offline.db")
    worker = app.view_functions["offline.worker"]

    def released() -> Any:
        answer = worker()
        answer.set_data(answer.get_data(as_text=True).replace('"shell-', f'"shell-{release["name"]}'))
        answer.headers["Cache-Control"] = "no-cache"
        answer.headers.pop("ETag", None)
        return answer

    released.access = "public"
    app.view_functions["offline.worker"] = released
    yield app
    databases.close(app)


@pytest.fixture
def learners(live, live_app) -> Iterator[Callable[[BrowserContext, int], None]]:
    """Two learners of a course of three sesi; `learners(context, n)` signs the n-th in on a phone."""
    with live_app.app_context():
        the_unit("R4")
        the_course()
        a_longer_course()
        known = {f"t{n}": SignedIn(f"t{n}", a_learner()[0], "HP uji") for n in range(2)}
    loader = manager._user_callback
    manager.user_loader(known.get)

    def enter(context: BrowserContext, n: int = 0) -> None:
        cookie = live_app.session_interface.get_signing_serializer(live_app).dumps({"_user_id": f"t{n}"})
        context.add_cookies([{"name": "session", "value": cookie, "domain": "127.0.0.1", "path": "/"}])

    yield enter
    manager._user_callback = loader


@pytest.fixture
def stored(live_app) -> Callable[[], list[tuple[str, str]]]:
    """`stored()`: status and step of what stands in the journal, in the order of its coming."""

    def rows() -> list[tuple[str, str]]:
        with live_app.app_context():
            found = db.session.scalars(select(Submission).order_by(Submission.key))
            return [(row.status, json.loads(row.raw)["payload"].get("step", "")) for row in found]

    return rows


@pytest.fixture
def handset(phone, learners) -> Page:
    """A phone with signal whose worker is ready and on which the first learner is signed in."""
    context = phone()
    learners(context)
    page = context.new_page()
    ready(page)
    return page


def ready(page: Page) -> None:
    page.goto(COURSE)
    page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
    page.wait_for_function("navigator.serviceWorker.controller")


def take(page: Page, modul: str = "tf") -> None:
    """Download a modul from the outline."""
    place = page.locator(f"[data-paket={modul}]")
    open_modul(page, modul)
    place.get_by_role("button", name="Unduh").click()
    expect(place).to_contain_text(KEPT)


def open_modul(page: Page, modul: str) -> None:
    page.evaluate("(m) => document.querySelector(`[data-paket=${m}]`).closest('details').open = true", modul)


def finish(page: Page) -> None:
    page.get_by_role("button", name="Selesai, lanjut").click()


def luring(page: Page, path: str) -> Page:
    page.goto(path)
    expect(page.locator("body")).to_have_attribute("data-luring", "ready")
    return page


def settled(page: Page, condition: str) -> None:
    """Wait until something is so that no page shows; the policy of our pages forbids the browser to ask by itself."""
    for _ in range(PATIENCE // 100):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(100)
    raise AssertionError(condition)


def chip(page: Page):
    return page.locator("[data-sync]")


def kept_addresses(page: Page) -> list[str]:
    return page.evaluate(
        "(async () => (await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name))"
        ".keys()).map((one) => new URL(one.url).pathname)))).flat())()"
    )


def test_a_modul_is_downloaded_read_and_finished_without_signal_and_lands_once(handset, stored, accessible):
    page = handset
    button = page.locator("[data-paket=tf]").get_by_role("button")
    expect(button).to_contain_text("kB")
    take(page)
    page.context.set_offline(True)
    luring(page, COURSE)
    expect(page.get_by_role("heading", level=1)).to_contain_text("0 dari")
    expect(page.locator("#tf-s02")).to_contain_text("Terbuka setelah")
    accessible(page)
    page.get_by_role("link", name="Lanjut").click()
    for n in (1, 2, 3):
        page.wait_for_url(f"**{TF}-l0{n}")
        expect(page.locator(".bar small")).to_contain_text(f"Langkah {n} dari 3")
        expect(page.locator("body")).to_have_attribute("data-luring", "ready")
        accessible(page)
        finish(page)
    page.wait_for_url(f"**{COURSE}/tf-s02/**")
    expect(page.locator("main")).to_contain_text("Membuka pertemuan selesai.")
    expect(chip(page)).to_have_text("3 menunggu")
    assert stored() == []
    luring(page, f"{TF}-l01/ajar")
    expect(page.locator("main")).to_contain_text("Katakan")
    luring(page, f"{TF}-l01/bukti")
    expect(page.locator("main")).to_contain_text("Yang dilihat pengamat")
    page.context.set_offline(False)
    expect(chip(page)).to_contain_text("Terkirim")
    assert stored() == [("accepted", f"tf-s01-l0{n}") for n in (1, 2, 3)]
    page.goto(COURSE)
    expect(page.locator("#tf-s01 .mk").first).to_contain_text("Selesai")


def test_the_photo_of_a_card_is_there_without_signal_and_goes_with_the_download(handset, live_app):
    with live_app.app_context():
        photo = catalogue.put_media(a_picture(900, 600))
        card = course_texts()[CARD].replace("gambar-1.svg", "foto-1.jpg")
        a_longer_course({CARD: card, CARD.replace("01-sapaan.md", "foto-1.jpg"): photo.text})
        for enrolment in db.session.scalars(select(Enrolment)):
            enrolment.version_id = catalogue.latest(TINY).id
        db.session.commit()
    handset.goto(COURSE)
    take(handset)
    handset.context.set_offline(True)
    luring(handset, f"{TF}-l01")
    expect(handset.locator(".art img")).to_have_js_property("naturalWidth", 900)
    handset.context.set_offline(False)
    handset.goto(COURSE)
    open_modul(handset, "tf")
    handset.locator("[data-paket=tf]").get_by_role("button", name="Hapus").click()
    expect(handset.locator("[data-paket=tf]")).not_to_contain_text(KEPT)
    settled(handset, "caches.open('p2k2-photos').then((album) => album.keys()).then((kept) => !kept.length)")
    live_app.extensions["delivery_parcels"].clear()


def test_nothing_personal_is_in_the_store_of_the_worker(handset):
    take(handset)
    handset.goto("/")
    handset.goto(f"{TF}-l01")
    handset.goto("/kiriman")
    others = [path for path in kept_addresses(handset) if not path.startswith("/static/")]
    assert others == ["/luring"]
    frame = handset.evaluate("caches.match('/luring?bahasa=id').then((kept) => kept.text())")
    assert "Orang" not in frame
    assert "csrf" not in frame


def test_the_phone_is_closed_and_opened_again_without_signal(tmp_path, live, learners, chromium, stored):
    def opened() -> BrowserContext:
        kind = chromium.browser_type
        wishes = {"base_url": live, "viewport": PHONE, "locale": "id-ID"}
        context = kind.launch_persistent_context(str(tmp_path), executable_path=CHROMIUM, args=FLAGS, **wishes)
        context.set_default_timeout(PATIENCE)
        return context

    context = opened()
    learners(context)
    page = context.pages[0]
    ready(page)
    take(page)
    context.set_offline(True)
    luring(page, f"{TF}-l01")
    finish(page)
    page.wait_for_url(f"**{TF}-l02")
    expect(chip(page)).to_have_text("1 menunggu")
    context.close()
    context = opened()
    learners(context)
    context.set_offline(True)
    page = luring(context.pages[0], f"{TF}-l02")
    expect(chip(page)).to_have_text("1 menunggu")
    finish(page)
    page.wait_for_url(f"**{TF}-l03")
    expect(chip(page)).to_have_text("2 menunggu")
    context.set_offline(False)
    expect(chip(page)).to_contain_text("Terkirim")
    assert stored() == [("accepted", "tf-s01-l01"), ("accepted", "tf-s01-l02")]
    context.close()


def test_what_is_not_here_says_so_and_the_way_to_what_is(handset, accessible):
    take(handset)
    handset.context.set_offline(True)
    luring(handset, "/sertifikat")
    expect(handset.get_by_role("heading", level=1)).to_have_text("Belum ada sinyal")
    expect(handset.locator("[data-rows]")).to_contain_text("ada di HP")
    expect(handset.locator("[data-rows]")).to_contain_text("Belum diunduh. Perlu sinyal")
    expect(handset.locator("nav.tabs")).to_be_visible()
    accessible(handset)
    luring(handset, f"{COURSE}/m1-s01/m1-s01-l01")
    expect(handset.locator("main")).to_contain_text("Sesi ini belum ada di HP")
    accessible(handset)
    luring(handset, f"{COURSE}/tf-s02/tf-s02-l01")
    expect(handset.locator("main")).to_contain_text("Kurang")
    luring(handset, "/kiriman")
    expect(handset.locator("[data-storage]")).to_contain_text("dipakai di HP ini")
    accessible(handset)


def test_a_cut_download_goes_on_where_it_stopped(handset):
    place, asked = handset.locator("[data-paket=tf]"), []

    def cut(route) -> None:
        asked.append(route.request.url)
        route.abort() if len(asked) == 2 else route.continue_()

    handset.context.route(FILES, cut)
    open_modul(handset, "tf")
    place.get_by_role("button", name="Unduh").click()
    expect(place.get_by_role("alert")).to_contain_text("Unduhan terputus")
    place.get_by_role("button", name="Lanjutkan unduhan").click()
    expect(place).to_contain_text(KEPT)
    assert len(asked) == 3
    assert asked[1] == asked[2]


def test_a_changed_byte_is_found_and_not_kept(handset):
    place = handset.locator("[data-paket=tf]")

    def change(route) -> None:
        route.fulfill(body=route.fetch().text().replace("a", "e", 1), content_type="application/json")

    handset.context.route(FILES, change)
    open_modul(handset, "tf")
    place.get_by_role("button", name="Unduh").click()
    expect(place.get_by_role("alert")).to_contain_text("berubah di jalan")
    handset.context.unroute(FILES)
    take(handset)
    handset.evaluate(SPOIL)
    handset.context.set_offline(True)
    luring(handset, f"{TF}-l01")
    expect(handset.locator("main")).to_contain_text("Sesi ini belum ada di HP")


SPOIL = """new Promise((yes) => { indexedDB.open('p2k2-packs').onsuccess = (event) => {
  const tx = event.target.result.transaction('files', 'readwrite'), files = tx.objectStore('files');
  files.getAll().onsuccess = (all) => all.target.result.forEach((file) => files.put({...file, text: file.text + ' '}));
  tx.oncomplete = yes; }; })"""


def test_a_full_phone_says_so_and_keeps_what_it_has(handset, live):
    devtools = handset.context.new_cdp_session(handset)
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": live, "quotaSize": 1})
    place = handset.locator("[data-paket=tf]")
    open_modul(handset, "tf")
    place.get_by_role("button", name="Unduh").click()
    expect(place.get_by_role("alert")).to_contain_text("Penyimpanan HP penuh")
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": live})
    take(handset)


def test_an_update_fetches_only_what_differs(handset, live_app):
    open_modul(handset, "tf")
    take(handset)
    asked: list[str] = []
    handset.on("request", lambda request: asked.append(request.url))
    with live_app.app_context():
        parcels = live_app.extensions["delivery_parcels"]
        ((key, (outline, found)),) = parcels.items()
        text = found["tf-s01"].text.replace(b"a", b"e", 1)
        changed = Parcel("tf-s01", hashlib.sha256(text).hexdigest(), brotli.compress(text))
        parcels[key] = (outline, {**found, "tf-s01": changed})
    handset.goto(COURSE)
    open_modul(handset, "tf")
    handset.get_by_role("button", name="Perbarui unduhan").click()
    expect(handset.locator("[data-paket=tf]")).to_contain_text(KEPT)
    assert [url for url in asked if url.endswith(".json")] == [
        url for url in asked if f"tf-s01-{changed.sha[:16]}.json" in url
    ]
    parcels.clear()


def test_a_removed_download_takes_no_work_with_it(handset):
    take(handset)
    handset.context.set_offline(True)
    luring(handset, f"{TF}-l01")
    finish(handset)
    handset.wait_for_url(f"**{TF}-l02")
    luring(handset, "/kiriman")
    handset.get_by_role("button", name="Hapus unduhan").click()
    expect(handset.locator("[data-kept]")).to_be_hidden()
    expect(chip(handset)).to_have_text("1 menunggu")
    luring(handset, f"{TF}-l02")
    expect(handset.get_by_role("heading", level=1)).to_have_text("Belum ada sinyal")


def test_a_new_release_in_the_middle_of_a_card_disturbs_nothing(handset, release, stored):
    take(handset)
    handset.goto(f"{TF}-l01")
    expect(handset.locator("body")).to_have_attribute("data-store", "ready")
    release["name"] = "baru-"
    handset.evaluate(
        "navigator.serviceWorker.ready.then((r) => new Promise((yes) => { navigator.serviceWorker"
        ".addEventListener('controllerchange', yes); r.update(); }))"
    )
    handset.context.set_offline(True)
    finish(handset)
    expect(handset.locator("[data-saved]").first).to_contain_text("menunggu sinyal")
    luring(handset, f"{TF}-l02")
    finish(handset)
    handset.wait_for_url(f"**{TF}-l03")
    names = handset.evaluate("caches.keys()")
    assert [name.startswith("shell-baru-") for name in names] == [False, True]
    handset.context.set_offline(False)
    expect(chip(handset)).to_contain_text("Terkirim")
    assert stored() == [("accepted", "tf-s01-l01"), ("accepted", "tf-s01-l02")]
    release["name"] = ""


def test_two_tabs_without_signal_send_each_card_once(handset, stored):
    take(handset)
    other = handset.context.new_page()
    handset.context.set_offline(True)
    for tab in (handset, other):
        luring(tab, f"{TF}-l01")
    for tab in (handset, other):
        finish(tab)
        tab.wait_for_url(f"**{TF}-l02")
    handset.context.set_offline(False)
    expect(chip(handset)).to_contain_text("Terkirim")
    expect(chip(other)).to_contain_text("Terkirim")
    assert [step for _, step in stored()] == ["tf-s01-l01"] * 2
    with_marks = handset.evaluate("fetch('/api/v1/paket/kursus-kecil').then((r) => r.json()).then((p) => p.read)")
    assert with_marks == ["tf-s01-l01"]


def test_leaving_warns_of_what_is_unsent_and_takes_the_downloads_along(handset, stored, accessible, learners):
    take(handset)
    handset.goto("/akun")
    expect(handset.locator("body")).to_have_attribute("data-store", "ready")
    handset.route("**/api/v1/kiriman", lambda route: route.abort())
    handset.evaluate("outbox.put('delivery.step', {course: 'kursus-kecil', version_id: 1, step: 'tf-s01-l01'})")
    expect(chip(handset)).to_have_text("1 menunggu")
    leave = handset.get_by_role("button", name="Keluar dari HP ini")
    leave.click()
    asked = handset.get_by_role("dialog")
    expect(asked).to_contain_text("1 kiriman belum terkirim dan akan tetap disimpan")
    accessible(handset)
    asked.get_by_role("button", name="Tetap masuk").click()
    expect(asked).to_be_hidden()
    leave.click()
    asked.get_by_role("button", name="Keluar, kirim nanti").click()
    handset.wait_for_url("**/masuk")
    assert handset.evaluate("indexedDB.databases().then((all) => all.map((one) => one.name))") == ["p2k2-outbox"]
    assert handset.evaluate("localStorage.getItem('p2k2-frame')") is None
    assert stored() == []
    handset.unroute("**/api/v1/kiriman")
    learners(handset.context)
    handset.goto(COURSE)
    expect(chip(handset)).to_contain_text("Terkirim")
    assert [status for status, _ in stored()] == ["accepted"]


def test_another_person_on_the_same_phone_finds_no_download(handset, learners):
    take(handset)
    learners(handset.context, 1)
    handset.goto(COURSE)
    settled(handset, "JSON.parse(localStorage.getItem('p2k2-frame') || '{}').person === document.body.dataset.person")
    handset.context.set_offline(True)
    luring(handset, f"{TF}-l01")
    expect(handset.get_by_role("heading", level=1)).to_have_text("Belum ada sinyal")


def test_without_anybody_signed_in_the_page_without_signal_shows_nobody(handset):
    handset.evaluate("localStorage.removeItem('p2k2-frame')")
    handset.context.set_offline(True)
    handset.goto(f"{TF}-l01")
    expect(handset.get_by_role("heading", level=1)).to_have_text("Belum ada sinyal")
    expect(handset.locator("[data-open]")).to_be_hidden()


def test_a_test_that_was_begun_with_signal_goes_on_without_and_lands_in_order(handset, stored, accessible):
    handset.goto("/tes")
    handset.get_by_role("link", name="Kerjakan pre-test").click()
    handset.get_by_role("button", name="Mulai tes").click()
    handset.wait_for_url("**/tes/*soal=1")
    expect(handset.locator("body")).to_have_attribute("data-store", "ready")
    handset.locator("form#jawab [name^=answer]").first.evaluate(CHOOSE)
    expect(handset.locator("[data-saved]").first).to_contain_text("Terkirim")
    settled(handset, PAPER_HOLDS % 1)
    handset.context.set_offline(True)
    luring(handset, handset.url)
    expect(handset.locator("main")).to_contain_text("Terus saja menjawab")
    expect(handset.locator("header [data-sync], header button")).not_to_have_count(0)
    accessible(handset)
    forms = handset.locator("form[data-slot*='/q']")
    for n in range(1, forms.count()):
        forms.nth(n).locator("[name^=answer]").first.evaluate(CHOOSE)
        expect(forms.nth(n).locator("[data-saved]")).to_contain_text("menunggu sinyal")
    waiting = forms.count() - 1
    expect(handset.locator("[data-left]")).to_have_text("Semua soal sudah dijawab")
    settled(handset, PAPER_HOLDS % forms.count())
    luring(handset, handset.url)
    expect(handset.locator("[data-left]")).to_have_text("Semua soal sudah dijawab")
    handset.get_by_role("button", name="Kumpulkan jawaban").click()
    expect(handset.locator(".foot [data-saved]")).to_contain_text("menunggu sinyal")
    assert len(stored()) == 1
    handset.context.set_offline(False)
    handset.wait_for_url("**/hasil")
    assert [status for status, _ in stored()] == ["accepted"] * (waiting + 2)


CHOOSE = """(field) => { if (field.tagName === 'SELECT') field.selectedIndex = 1; else field.checked = true;
  field.dispatchEvent(new Event('change', {bubbles: true})); }"""
PAPER_HOLDS = """new Promise((yes) => { indexedDB.open('p2k2-packs').onsuccess = ({target}) => {
  target.result.transaction('papers').objectStore('papers').getAll().onsuccess = (all) => {
    target.result.close(); yes(all.target.result.some((one) => Object.keys(one.answers).length >= %s)); }; }; })"""


def test_a_question_is_asked_beneath_a_card_without_signal_and_lands_once(handset, accessible):
    page = handset
    take(page)
    page.context.set_offline(True)
    luring(page, f"{TF}-l01")
    page.get_by_text("Tanya rekan tentang ini").click()
    text, send = page.get_by_label("Apa yang ingin Anda tanyakan?"), page.get_by_role("button", name="Kirim pertanyaan")
    text.fill("Bu Sari diam saja. Apa yang membantu?")
    send.click()
    expect(page.get_by_text("Baca sekali lagi sebelum dikirim")).to_be_visible()
    accessible(page)
    text.fill("Ibu-ibu diam saja. Apa yang membantu?")
    send.click()
    expect(page.locator("main [data-saved]")).to_contain_text("menunggu sinyal")
    page.context.set_offline(False)
    expect(chip(page)).to_contain_text("Terkirim")
    page.goto(f"/tanya/langkah/{TINY}/tf-s01-l01")
    expect(page.get_by_text("Ibu-ibu diam saja")).to_have_count(1)


def test_what_helped_peers_is_read_beneath_a_card_without_signal(handset, live_app, accessible):
    with live_app.app_context():
        asks, answers = a_learner()[0], a_learner()[0]
        said = an_answer(answers, a_question(asks), "Mulai dari gambar, bukan dari tulisan.")
        forum.say_helpful(asks, said, True)
    take(handset)
    expect(handset.locator("body")).to_have_attribute("data-tanya", "here")
    handset.context.set_offline(True)
    luring(handset, f"{TF}-l01")
    main = handset.locator("main")
    expect(main).to_contain_text("Mulai dari gambar, bukan dari tulisan.")
    expect(main).to_contain_text("membantu 1 rekan")
    expect(main).not_to_contain_text(answers.name)
    accessible(handset)
    luring(handset, f"{TF}-l02")
    expect(main).not_to_contain_text("Mulai dari gambar")
