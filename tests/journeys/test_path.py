"""A never-trained pendamping, from beginning alone to "setara": two people sign, one sheet is filled without signal.

The caseload is handed over in the middle.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Error, Page, expect

from p2k2lms.core import clock
from p2k2lms.core.access import Actor
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.coaching import service
from p2k2lms.plugins.delivery import service as delivery
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.identity import service as identity
from p2k2lms.web.login import SignedIn, manager
from tests import databases
from tests.factories.assessment import sit
from tests.factories.catalogue import TINY
from tests.factories.coaching import a_template
from tests.factories.delivery import reads
from tests.factories.enrolment import BANJAR, the_unit
from tests.factories.identity import as_actor, someone, supervised
from tests.factories.photos import a_noisy_picture
from tests.journeys import sitting

LEARNER, COACH, HEIR, DECIDER = "Rina Wati", "Pak Amat", "Ibu Norma", "Widya Iswara"
PHOTO_IN_DRAFT = """(key) => new Promise((yes) => {
    const look = (kept) => kept && kept.photo ? yes() : setTimeout(() => outbox.draft(key).then(look), 50);
    look();
})"""
SEEN = "Ibu di belakang ikut bicara setelah ditanya."


@pytest.fixture(scope="module")
def live_app(tmp_path_factory) -> Iterator[Flask]:
    """The platform on its own database."""
    folder = tmp_path_factory.mktemp("path")
    app = databases.migrated_app(folder, f"sqlite:///{folder}/path.db")
    yield app
    databases.close(app)


@dataclass(frozen=True)
class Cast:
    """The people, and a way to sign one in on a phone."""

    actors: dict[str, Actor]
    enter: Callable[[BrowserContext, str], Page]


@pytest.fixture
def cast(live, live_app, phone) -> Iterator[Cast]:
    """A pendamping, the supervisor, who takes over from him, and a widyaiswara of the centre."""
    with live_app.app_context():
        a_template()
        the_unit(BANJAR)
        roles = {LEARNER: ("pendamping", BANJAR), COACH: ("supervisor", BANJAR), HEIR: ("supervisor", BANJAR)}
        roles |= {DECIDER: ("widyaiswara", "R4"), "Admin": ("admin", BANJAR)}
        actors = {name: as_actor(someone(*told, name=name)) for name, told in roles.items()}
        supervised(actors[COACH].id, actors[LEARNER].id)
    loader = manager._user_callback
    manager.user_loader({name: SignedIn(name, actor, "HP uji") for name, actor in actors.items()}.get)

    def enter(context: BrowserContext, name: str) -> Page:
        cookie = live_app.session_interface.get_signing_serializer(live_app).dumps({"_user_id": name})
        context.add_cookies([{"name": "session", "value": cookie, "domain": "127.0.0.1", "path": "/"}])
        return context.new_page()

    yield Cast(actors, enter)
    manager._user_callback = loader


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def rate(page: Page, level: int) -> None:
    """Every langkah done, every behaviour at this level."""
    for group in page.locator("fieldset.tick3").all():
        group.get_by_label("Ya", exact=True).check()
    for group in page.locator("fieldset.levels").all():
        group.locator(f"input[value='{level}']").check()


def rates_and_signs(page: Page, stage: str, sesi: str, level: int = 2) -> None:
    """The learner's side of a meeting."""
    page.goto(stage)
    page.get_by_role("link", name=f"Nilai diri: {sesi}").click()
    rate(page, level)
    press(page, "Kirim penilaian diri")
    page.wait_for_url(f"**{stage}")
    page.get_by_label("Apa yang akan Anda lakukan lain kali?").fill("Menunggu lebih lama sebelum menjawab sendiri.")
    press(page, "Simpan catatan")
    expect(page.get_by_role("button", name="Tandai selesai")).to_be_visible()
    press(page, "Tandai selesai")
    page.wait_for_url("**/bimbingan/jalur/1")


def learns(page: Page, live_app: Flask, actor: Actor, accessible: Callable[[Page], None]) -> None:
    """What needs no coach, on the pages of the path itself: the pre-test, the first card, a cek cepat.

    The cards between and the post-test go like these; another journey does them by hand.
    """
    with live_app.app_context():
        keys = sitting.right_answers()
        card = enrolment.enrolment_in(actor.id or 0, TINY)
        assert card is not None
    page.get_by_role("link", name="Buka kursus").click()
    page.get_by_role("link", name="Kerjakan pre-test").click()
    accessible(page)
    press(page, "Mulai tes")
    sitting.sit(page, keys, accessible)
    page.goto(f"/belajar/{TINY}")
    page.locator("a.btn.main").click()
    here = page.url
    press(page, "Selesai, lanjut")
    page.wait_for_url(lambda url: url != here)
    with live_app.app_context():
        assert len(delivery.done_steps(actor.id, TINY)) == 1
        reads(actor, card, catalogue.required_steps(card.version_id))
    page.goto(f"/belajar/{TINY}/m1-s01/m1-s01-l03")
    press(page, "Mulai cek cepat")
    sitting.sit(page, keys, accessible)
    with live_app.app_context():
        sit(actor, card.id, "post")


@pytest.mark.slow(reason="four people on four phones, one of them without signal")
def test_from_beginning_alone_to_setara_with_a_hand_over(cast, phone, live_app, accessible):
    learner = cast.enter(phone(), LEARNER)
    learner.goto("/")
    learner.get_by_role("link", name="Lihat jalur").click()
    press(learner, "Mulai jalur ini")
    expect(learner.locator("main")).to_contain_text("Menunggu pembimbing sejak hari ini")
    accessible(learner)
    learns(learner, live_app, cast.actors[LEARNER], accessible)

    pocket = phone(timezone_id="Asia/Makassar")
    coach = cast.enter(pocket, COACH)
    coach.goto("/bimbingan")
    coach.get_by_role("link", name=LEARNER).click()
    coach.get_by_label("Pembimbing").select_option(label=f"{COACH} (supervisor)")
    press(coach, "Tetapkan pembimbing")
    rates_and_signs(learner, "/bimbingan/jalur/1/1", "Membuka pertemuan", level=3)
    learner.goto("/bimbingan/jalur/1")
    expect(learner.locator("main")).to_contain_text("menunggu pembimbing sejak hari ini")

    observes_without_signal(coach, cast.actors[LEARNER].id, pocket, accessible)
    coach.goto("/bimbingan/jalur/1/1")
    press(coach, "Tandai selesai")
    coach.wait_for_url("**/bimbingan/jalur/1")

    with live_app.app_context():
        service.agree_on(cast.actors[COACH], 1, "Mencoba pertanyaan terbuka", clock.today())
        admin, person = cast.actors["Admin"], cast.actors[LEARNER].id
        identity.assign_supervisor(admin, person, cast.actors[HEIR].id, clock.today())
    rates_and_signs(learner, "/bimbingan/jalur/1/2", "Menjadi Orangtua yang Lebih Baik")
    heir = cast.enter(phone(), HEIR)
    heir.goto("/bimbingan/jalur/1")
    expect(heir.locator("main")).to_contain_text("selesai, ditandai berdua")
    expect(heir.get_by_role("link", name="Yang disepakati")).to_contain_text("1 belum selesai")
    heir.goto("/bimbingan/jalur/1/2")
    heir.get_by_role("link", name="Amati: Menjadi").click()
    rate(heir, 2)
    press(heir, "Kirim amatan")
    heir.wait_for_url("**/bimbingan/jalur/1/2")
    press(heir, "Tandai selesai")
    heir.wait_for_url("**/bimbingan/jalur/1")

    decider = cast.enter(phone(), DECIDER)
    decider.goto("/bimbingan/keputusan")
    decider.get_by_role("link", name=LEARNER).click()
    accessible(decider)
    decider.get_by_label("Setara diklat").check()
    press(decider, "Putuskan")
    learner.goto("/bimbingan/jalur/1")
    expect(learner.locator("main")).to_contain_text("Setara diklat")
    learner.goto("/bimbingan/orang/" + str(cast.actors[LEARNER].id) + "/amatan")
    expect(learner.locator("main")).to_contain_text("Latihan")


def observes_without_signal(
    coach: Page, person: int, pocket: BrowserContext, accessible: Callable[[Page], None]
) -> None:
    """The next sheet is on the phone; filled with a photo in the village it leaves with the signal."""
    coach.goto("/bimbingan")
    coach.evaluate("navigator.serviceWorker.ready.then(() => 0)")
    coach.wait_for_function("navigator.serviceWorker.controller")
    coach.reload()
    expect(coach.locator("body")).to_have_attribute("data-lembar", "here")
    pocket.set_offline(True)
    coach.goto("/bimbingan")
    expect(coach.locator("body")).to_have_attribute("data-luring", "ready")
    assert coach.locator("main .mk").evaluate_all(
        "all => all.every(mark => mark.textContent || mark.firstElementChild)"
    )
    expect(coach.locator("main .mk.now")).to_have_count(1)
    coach.get_by_role("link", name=f"Amati {LEARNER}").first.click()
    expect(coach.get_by_role("heading", name="Cara memimpin")).to_be_visible()
    accessible(coach)
    rate(coach, 2)
    evidence = coach.get_by_label("Bukti: apa yang Anda lihat atau dengar?")
    evidence.fill(SEEN)
    coach.get_by_label("Tidak ada wajah anak tanpa izin").check()
    coach.set_input_files(
        "[name=foto]", {"name": "f.jpg", "mimeType": "image/jpeg", "buffer": a_noisy_picture(300, 200)}
    )
    expect(coach.locator("[data-photo-line]")).to_contain_text("Foto siap")
    coach.evaluate(PHOTO_IN_DRAFT, f"isi/amatan/{person}/tf-s01")
    coach.reload()  # half filled, left and opened again: nothing is lost
    expect(evidence).to_have_value(SEEN)
    expect(coach.locator("[data-photo-line]")).to_contain_text("Foto siap")
    press(coach, "Kirim amatan")
    expect(coach.locator("[data-saved]")).to_contain_text("Tersimpan di HP")
    pocket.set_offline(False)
    expect(coach.locator("[data-sync]")).to_contain_text("Terkirim", timeout=30_000)
    with suppress(Error):  # what was sent leads on by itself, perhaps at this very moment
        coach.goto("/bimbingan/jalur/1/1")
    coach.goto("/bimbingan/jalur/1/1")
    coach.get_by_role("link", name="Amatan pembimbing").click()
    expect(coach.locator("main")).to_contain_text(SEEN)
    expect(coach.get_by_alt_text("Foto pada lembar ini")).to_be_visible()
