"""The Buku Langkah as it lies in the hand: a screen that stays on, one thumb, strong contrast, a picture to show."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Locator, Page, expect

from p2k2lms.web.login import SignedIn, manager
from tests.factories.enrolment import the_course
from tests.factories.fieldwork import a_group, a_pendamping
from tests.factories.identity import as_actor
from tests.journeys.conftest import PHONE

SESI, STEPS = "m1-s01", 3
THUMB = 48  # pixels, the least of what is pressed while standing
AAA = {"runOnly": {"type": "rule", "values": ["color-contrast-enhanced"]}, "rules": {}}
ASKED = """
const note = (word) => sessionStorage.setItem("asked", [sessionStorage.getItem("asked"), word].join(" "));
const wake = {request: (kind) => { note(kind); return Promise.resolve(); }};
Object.defineProperty(navigator, "wakeLock", {value: wake});
navigator.storage.persisted = () => Promise.resolve(false);
navigator.storage.persist = () => { note("persist"); return Promise.resolve(true); };
"""


def asked(page: Page) -> str:
    """What this phone was asked for so far."""
    return page.evaluate("sessionStorage.getItem('asked') || ''")


@pytest.fixture
def book(live: str, live_app: Flask, phone) -> Iterator[Callable[..., Page]]:
    """`book(...)`: a phone of these wishes with the Buku Langkah of the own group open at a langkah; none at 0."""
    with live_app.app_context():
        the_course()
        actor = as_actor(a_pendamping())
        group = a_group(actor.id, name="Melati").id
    loader = manager._user_callback
    manager.user_loader({"f": SignedIn("f", actor, "HP uji")}.get)
    cookie = live_app.session_interface.get_signing_serializer(live_app).dumps({"_user_id": "f"})

    def opened(step: int = 1, **wishes) -> Page:
        context = phone(**wishes)
        context.add_cookies([{"name": "session", "value": cookie, "domain": "127.0.0.1", "path": "/"}])
        context.add_init_script(ASKED)
        page = context.new_page()
        if not step:
            return page
        page.goto(f"/lapangan/{group}/ajar/{SESI}")
        for _n in range(1, step):
            page.get_by_role("button", name="Sudah dilakukan").click()
        expect(page.locator(".teach")).to_contain_text(f"Langkah {step} dari {STEPS}")
        return page

    yield opened
    manager._user_callback = loader


def test_the_screen_is_asked_to_stay_on_while_a_card_is_shown(book):
    page = book()
    expect(page.locator(".teach [data-minutes]")).to_be_visible()
    assert "screen" in asked(page)


def within_reach(*targets: Locator) -> None:
    """Each is large enough for a thumb, and lies in the lower half of the screen."""
    for one in targets:
        box = one.bounding_box()
        assert box["height"] >= THUMB, (one.inner_text(), box)
        assert box["width"] >= THUMB, (one.inner_text(), box)
        assert box["y"] >= PHONE["height"] / 2, (one.inner_text(), box)
        assert box["y"] + box["height"] <= PHONE["height"], (one.inner_text(), box)


def test_the_thumb_of_one_hand_reaches_whatever_is_pressed_at_the_meeting(book):
    page = book(step=2)
    why, back = page.get_by_text("Lewati, beri alasan"), page.locator(".foot .btn.quiet")
    tick = page.get_by_role("button", name="Sudah dilakukan")
    within_reach(tick, back, why)
    why.click()
    reasons = page.locator(".foot details .btn").all()
    assert len(reasons) >= 4
    within_reach(tick, why, *reasons)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_card_is_read_in_the_sun_its_contrast_is_that_of_aaa(book, scheme):
    page = book(color_scheme=scheme)
    for summary in page.locator("main summary").all():
        summary.click()
    found = Axe().run(page, options=AAA)
    assert found.response["passes"], "nothing was looked at"
    assert found.violations_count == 0, found.generate_report()


def test_the_picture_fills_the_screen_and_closes_again(book):
    page = book()
    for _n in range(STEPS):
        if page.locator("summary", has_text="Gambar untuk ditunjukkan").count():
            break
        page.get_by_role("button", name="Sudah dilakukan").click()
    page.locator("summary", has_text="Gambar untuk ditunjukkan").click()
    page.get_by_role("button", name="Tunjukkan selayar penuh").click()
    chart = page.get_by_role("dialog")
    expect(chart).to_be_visible()
    box, drawn = chart.bounding_box(), chart.locator("svg, img").first.bounding_box()
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, PHONE["width"], PHONE["height"])
    assert drawn["width"] >= PHONE["width"] * 0.9
    close = page.get_by_role("button", name="Tutup gambar")
    assert close.bounding_box()["height"] >= THUMB
    close.click()
    expect(chart).to_have_count(0)


def test_the_phone_is_asked_to_keep_what_is_taken_along_and_its_answer_is_shown(book):
    page = book(step=0)  # a sesi that is taught takes its modul along by itself
    page.goto("/lapangan")
    page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
    page.reload()
    page.locator("[data-takes] summary").click()
    assert "persist" not in asked(page)
    page.get_by_role("button", name="Unduh Sesi berikut").click()
    expect(page.locator("[data-paket=berikut]")).to_contain_text("Sudah ada di HP")
    assert "persist" in asked(page)
    page.goto("/kiriman")
    expect(page.locator("[data-storage]")).to_contain_text("HP dapat menghapusnya bila penuh")
    page.evaluate("navigator.storage.persisted = () => Promise.resolve(true)")
    page.get_by_role("button", name="Hapus").first.click()
    expect(page.locator("[data-storage]")).to_contain_text("HP berjanji tidak menghapusnya sendiri")
