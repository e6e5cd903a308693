"""The main job on a phone: sign in, be tested, learn, be tested again, hold a certificate that anyone can check."""

import re

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from p2k2lms.plugins.identity.passwords import hashed
from tests.factories.catalogue import TINY
from tests.factories.enrolment import a_member, an_angkatan, the_unit
from tests.factories.identity import someone
from tests.journeys.sitting import right_answers, sit

WORD, PASSWORD = "uji-siti", "rahasia-siti-2026"


@pytest.fixture
def learner(live, live_app: Flask) -> None:
    """Siti, a pendamping of Banjar, in an online class whose door is open."""
    with live_app.app_context():
        the_unit("R4")
        siti = someone("pendamping", "63.03", name="Siti Aminah", pkh_id=WORD, password_hash=hashed(PASSWORD))
        a_member(an_angkatan(open_door=True), siti)


@pytest.fixture
def keys(learner, live_app: Flask) -> dict[str, list[str]]:
    """The words of the right options of every item of the tests, by the words of the question."""
    with live_app.app_context():
        return right_answers()


def sign_in(page: Page) -> None:
    page.goto("/masuk")
    page.get_by_label("Nomor HP atau nomor SDM PKH").fill(WORD)
    page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Siti Aminah")


@pytest.mark.slow(reason="walks the whole main job in a browser, with axe on every kind of page")
@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_pendamping_earns_a_certificate_that_a_stranger_can_check(phone, keys, accessible, script):
    page = phone(java_script_enabled=script).new_page()
    check = accessible if script else (lambda _page: None)  # axe is a script itself
    sign_in(page)
    check(page)
    page.get_by_role("link", name="Belajar").first.click()
    check(page)
    page.goto(f"/belajar/{TINY}")
    check(page)
    page.get_by_role("link", name="Kerjakan pre-test").click()
    check(page)
    page.get_by_role("button", name="Mulai tes").click()
    sit(page, keys, check)

    page.goto(f"/belajar/{TINY}")
    page.locator("a.btn.main").click()
    while page.get_by_role("button", name="Selesai, lanjut").count():
        check(page)
        here = page.url
        page.get_by_role("button", name="Selesai, lanjut").click()
        page.wait_for_url(lambda url, here=here: url != here)

    page.goto(f"/belajar/{TINY}")
    page.get_by_role("link", name="Kerjakan post-test").click()
    check(page)
    page.get_by_role("button", name="Mulai tes").click()
    sit(page, keys, check)

    page.goto("/sertifikat")
    expect(page.get_by_text("Kursus Kecil").first).to_be_visible()
    check(page)
    code = re.search(r"/sertifikat/([^/]+)\.pdf", page.content()).group(1)
    stranger = phone(java_script_enabled=script).new_page()
    stranger.goto(f"/cek/{code}")
    expect(stranger.get_by_text("Siti Aminah")).to_be_visible()
    check(stranger)
    stranger.goto("/cek/berkas")
    stranger.set_viewport_size({"width": 360, "height": 740})
    assert stranger.locator("#file").bounding_box()["width"] > 320  # the name has the whole line, above the button


def swipe(page: Page, first: int, last: int) -> None:
    """A finger moved over the text of a card, from one place to the other."""
    page.evaluate(
        """([first, last]) => {
          const where = document.querySelector("main h1, main h2");
          const at = (x) => [new Touch({ identifier: 1, target: where, clientX: x, clientY: 200 })];
          where.dispatchEvent(new TouchEvent("touchstart", { touches: at(first), bubbles: true }));
          where.dispatchEvent(new TouchEvent("touchend", { changedTouches: at(last), bubbles: true }));
        }""",
        [first, last],
    )


def test_cards_are_turned_by_keyboard_and_by_thumb_and_a_link_does_the_same(phone, learner):
    page = phone(has_touch=True).new_page()
    sign_in(page)
    page.goto(f"/belajar/{TINY}/tf-s01/tf-s01-l01")
    page.get_by_role("button", name="Selesai, lanjut").click()
    second = re.compile(r"/tf-s01-l02$")
    expect(page).to_have_url(second)
    for back, on in (
        (lambda: page.keyboard.press("ArrowLeft"), lambda: page.keyboard.press("ArrowRight")),
        (lambda: swipe(page, 60, 300), lambda: swipe(page, 300, 60)),
        (lambda: page.locator("a[rel=prev]").click(), lambda: page.locator("a[rel=next]").click()),
    ):
        back()
        expect(page).to_have_url(re.compile(r"/tf-s01-l01$"))
        on()
        expect(page).to_have_url(second)
