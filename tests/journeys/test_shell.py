"""The frame for everybody: light and dark, small and enlarged, by keyboard, without script."""

import pytest
from playwright.sync_api import expect

from p2k2lms.core.access import Actor, Posting
from p2k2lms.web.login import SignedIn, manager

ADMIN = Actor(1, "Rusdiansyah", (Posting("admin", 1, "/ID/"),))


@pytest.fixture
def signed_in(phone, live_app):
    """`signed_in(...)`: a phone on which an admin is signed in, without a password."""
    loader = manager._user_callback
    manager.user_loader(lambda token: SignedIn(token, ADMIN, "HP uji"))
    cookie = live_app.session_interface.get_signing_serializer(live_app).dumps({"_user_id": "1"})

    def fresh(**wishes):
        context = phone(**wishes)
        context.add_cookies([{"name": "session", "value": cookie, "domain": "127.0.0.1", "path": "/"}])
        return context.new_page()

    yield fresh
    manager._user_callback = loader


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/gaya", "/kiriman", "/nowhere"])
def test_no_page_of_the_shell_breaks_a_rule_of_accessibility(signed_in, accessible, path, scheme):
    page = signed_in(color_scheme=scheme)
    page.goto(path)
    accessible(page)


@pytest.mark.parametrize("path", ["/gaya", "/kiriman", "/nowhere"])
@pytest.mark.parametrize("width", [320, 1280])
def test_it_fits_the_smallest_phone_and_the_desk(signed_in, accessible, path, width):
    page = signed_in(viewport={"width": width, "height": 740})
    page.goto(path)
    accessible(page)


@pytest.mark.parametrize("path", ["/kiriman", "/nowhere"])
def test_text_of_double_size_still_fits(signed_in, path):
    page = signed_in(viewport={"width": 360, "height": 740})
    page.goto(path)
    page.evaluate(
        "document.documentElement.setAttribute('data-x', ''); document.documentElement.style.fontSize = '200%'"
    )
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_nothing_in_the_console_and_nothing_from_elsewhere(signed_in, live):
    page = signed_in()
    told, asked = [], []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/gaya")
    expect(page.locator("body")).to_have_attribute("data-store", "ready")
    assert told == []
    assert [url for url in asked if not url.startswith(live)] == []


def test_the_keyboard_reaches_the_content_first(signed_in):
    page = signed_in()
    page.goto("/gaya")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#isi")).to_be_focused()


def test_light_and_language_are_switched_without_script(signed_in):
    page = signed_in(java_script_enabled=False)
    page.goto("/gaya")
    page.click("button[value=dark]")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.click("button[value=en]")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.url.endswith("/gaya")
