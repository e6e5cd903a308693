"""A real server and a real browser for journeys: a phone of 360 x 740, a database of its own, axe on every page."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from werkzeug.serving import make_server

from tests import databases

PHONE = {"width": 360, "height": 740}
CHROMIUM = "/usr/bin/chromium-headless-shell"
PATIENCE = 20_000  # milliseconds; only a journey that fails waits this long
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]

expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items) -> None:
    """Everything here drives a browser, which may hang up or starve: what fails is walked once more, and named."""
    for item in items:
        if "tests/journeys/" in item.nodeid:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.flaky(reruns=1))
            item.add_marker(pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"))


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The address at which the app answers for the length of a block, several requests at a time."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="module")
def live_app(tmp_path_factory) -> Iterator[Flask]:
    """The platform as it runs outside the tests (tokens are asked for), on its own embedded database."""
    folder = tmp_path_factory.mktemp("live")
    app = databases.migrated_app(folder, f"sqlite:///{folder}/live.db")
    yield app
    databases.close(app)


@pytest.fixture(scope="module")
def address(live_app) -> Iterator[str]:
    """Where the live app answers."""
    with served(live_app) as base:
        yield base


@pytest.fixture
def live(live_app, address) -> Iterator[str]:
    """The address of the live app, whose database is emptied afterwards."""
    yield address
    with live_app.app_context():
        databases.empty()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for the journeys of a file; its event loop ends with them, for signing a PDF needs one of its own."""
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def phone(chromium, live) -> Iterator[Callable[..., BrowserContext]]:
    """`phone()`: a fresh phone that knows the address; `phone(java_script_enabled=False)`: one without script."""
    opened: list[BrowserContext] = []

    def fresh(**wishes) -> BrowserContext:
        context = chromium.new_context(**{"base_url": live, "viewport": PHONE, "locale": "id-ID", **wishes})
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        return context

    yield fresh
    for context in opened:
        context.close()


@pytest.fixture
def page(phone) -> Page:
    """A page on a fresh phone."""
    return phone().new_page()


@pytest.fixture
def accessible() -> Callable[[Page], None]:
    """`accessible(page)`: no rule of axe is broken, and nothing runs out at the side."""
    axe = Axe()

    def check(page: Page) -> None:
        found = axe.run(page)
        assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{page.url} runs out at the side"

    return check
