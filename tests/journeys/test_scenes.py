"""A role-play scene on a phone from its first moment to its kept result: with and without script, without signal."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import select

from p2k2lms.core.db import db
from p2k2lms.plugins.delivery.models import ScenePlayed
from p2k2lms.web.login import SignedIn, manager
from tests.factories.catalogue import TINY, a_course
from tests.factories.delivery import a_learner
from tests.factories.enrolment import the_unit

COURSE = f"/belajar/{TINY}"
SCENE = f"{COURSE}/tf-s01/adegan/tf-s01-a01"
POOR_THEN_GOOD = (("Berteriak lebih keras.", "Suara Anda habis."), ("Mengajak duduk rapat.", "Belum terlambat."))


@pytest.fixture
def learner(live, live_app: Flask) -> Iterator[Callable[[BrowserContext], Page]]:
    """`learner(phone)`: a page on which a learner of the tiny course is signed in."""
    with live_app.app_context():
        the_unit("R4"), a_course()
        known = {"t": SignedIn("t", a_learner()[0], "HP uji")}
    loader = manager._user_callback
    manager.user_loader(known.get)

    def enter(context: BrowserContext) -> Page:
        cookie = live_app.session_interface.get_signing_serializer(live_app).dumps({"_user_id": "t"})
        context.add_cookies([{"name": "session", "value": cookie, "domain": "127.0.0.1", "path": "/"}])
        return context.new_page()

    yield enter
    manager._user_callback = loader


def plays(page: Page, look: Callable[[Page], None]) -> None:
    """From the opening to the end, along a choice that costs something and one that mends it."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Hujan di atap seng")
    expect(page.locator("main")).to_contain_text("Latihan saja")
    look(page)
    for choice, feedback in POOR_THEN_GOOD:
        page.get_by_role("link", name=choice).click()
        expect(page.locator("main")).to_contain_text(feedback)
        look(page)
    expect(page.locator("main")).to_contain_text("Lima ibu tinggal dan mencoba.")
    expect(page.locator("main")).to_contain_text("0 dari 1 perilaku terlihat di jalan ini")
    expect(page.locator(".told li")).to_be_visible()  # each behaviour, and whether it was seen


def ways_kept(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(ScenePlayed.way)))


@pytest.mark.slow(reason="plays a scene in a browser, with axe at every moment")
@pytest.mark.parametrize("script", [True, False])
def test_a_scene_is_played_to_its_end_and_kept_with_and_without_script(phone, learner, live_app, accessible, script):
    page = learner(phone(java_script_enabled=script))
    page.goto(SCENE)
    plays(page, accessible if script else lambda _: None)  # axe itself is a script
    page.go_back()
    expect(page.locator("main")).to_contain_text("Suara Anda habis.")
    page.go_forward()
    page.get_by_role("button", name="Simpan hasil").click()
    page.wait_for_url(f"**{COURSE}#tf-s01")
    assert ways_kept(live_app) == ["0.0"]


@pytest.mark.slow(reason="downloads a modul and plays a scene without signal, with axe at every moment")
def test_a_scene_that_was_taken_along_is_played_without_signal_and_lands_once(phone, learner, live_app, accessible):
    page = learner(phone())
    page.goto(COURSE)
    page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
    page.wait_for_function("navigator.serviceWorker.controller")
    parcel = page.locator("[data-paket=tf]")
    parcel.evaluate("place => { place.closest('details').open = true }")
    parcel.get_by_role("button", name="Unduh").click()
    expect(parcel).to_contain_text("Sudah ada di HP")
    page.context.set_offline(True)
    page.goto(SCENE)
    expect(page.locator("body")).to_have_attribute("data-luring", "ready")
    plays(page, accessible)
    page.get_by_role("button", name="Simpan hasil").click()
    page.wait_for_url(f"**{COURSE}#tf-s01")
    assert ways_kept(live_app) == []
    page.context.set_offline(False)
    expect(page.locator("[data-sync]")).to_contain_text("Terkirim")
    assert ways_kept(live_app) == ["0.0"]
