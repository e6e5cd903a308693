"""Every page of the platform as each role meets it: opened by its links alone, and looked at on a small phone."""

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import BrowserContext, Page
from sqlalchemy import select
from werkzeug.exceptions import HTTPException

from p2k2lms.core.db import db
from p2k2lms.plugins.certificates.models import Certificate
from p2k2lms.plugins.identity.values import DEMO_ACCOUNTS
from tests.demo import installed
from tests.journeys.conftest import PATIENCE

SMALL, PHONE, DESK = ({"width": width, "height": 740} for width in (320, 360, 1280))
FILE = re.compile(r"\.(csv|xlsx|pdf|json|txt)$")
MOST_PAGES = 60
VISITOR = "pengunjung"
WIDE = "document.documentElement.scrollWidth > innerWidth"
ENLARGED = f"""() => {{ const root = document.documentElement.style;
  root.fontSize = '200%'; const wide = {WIDE}; root.fontSize = ''; return wide }}"""
LOOKS = f"""() => ({{wide: {WIDE}, title: document.title.trim(), heads: document.querySelectorAll('h1').length,
  links: [...document.querySelectorAll('a[href]')].map(a => a.href)}})"""
AXE = {"resultTypes": ["violations"]}
DARK = AXE | {"runOnly": ["color-contrast"]}  # what the dark changes
ASK_AXE = "options => axe.run(document, options).then(found => found.violations)"

axe = Axe()
looked_at: Counter[str] = Counter()  # how many roles have opened an endpoint: axe meets the first of them only


@pytest.fixture(scope="module")
def live_app(tmp_path_factory) -> Iterator[Flask]:
    """The platform with its demo people, as a new installation has them."""
    with installed(tmp_path_factory) as app:
        yield app


@pytest.fixture
def opened(chromium, address) -> Iterator[BrowserContext]:
    """A fresh phone; the database stays from one role to the next."""
    context = chromium.new_context(base_url=address, viewport=PHONE, locale="id-ID")
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


class Walk:
    """A way through the platform along its links: each kind of page once, and what is wrong with it."""

    def __init__(self, app: Flask, page: Page, base: str) -> None:
        self.routes = app.url_map.bind("")
        self.page, self.base = page, base
        self.met: set[tuple[str, ...]] = set()
        self.faults: list[str] = []
        self.told: list[str] = []
        page.on("console", lambda message: self.told.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.told.append(str(error)))

    def kind_of(self, url: str) -> tuple[str, ...] | None:
        """The endpoint and the names of the arguments; None for what is not a page of this site."""
        parts = urlsplit(url)
        if not url.startswith(self.base) or FILE.search(parts.path):
            return None
        try:
            endpoint, _ = self.routes.match(parts.path)
        except HTTPException:
            return ("?", parts.path)
        return (endpoint, *sorted(parse_qs(parts.query)))

    def from_here(self, first: str) -> None:
        """Open this page and all that can be reached from it by links."""
        waiting = [self.base + first]
        while waiting and len(self.met) < MOST_PAGES:
            url = waiting.pop(0)
            kind = self.kind_of(url)
            if kind is None or kind in self.met:
                continue
            self.met.add(kind)
            waiting += self.look(url, kind[0])

    def visit(self, path: str, status: int = 200) -> None:
        """Open this page, met before or not."""
        kind = self.kind_of(self.base + path) or ("?",)
        self.met.add(kind)
        self.look(self.base + path, kind[0], status)

    def look(self, url: str, endpoint: str, promised: int = 200) -> list[str]:
        """Open one page, write down what is wrong with it, and return its links."""
        answer = self.page.goto(url)
        self.say(url, answer is None or answer.status != promised, f"status {answer and answer.status}")
        if promised != 200:
            self.told = [text for text in self.told if f"status of {promised}" not in text]
        found = self.page.evaluate(LOOKS)
        self.say(url, not found["title"], "no title")
        self.say(url, found["heads"] != 1, f"{found['heads']} h1")
        self.say(url, found["wide"], "runs out at the side at 360 px")
        self.say(url, self.page.evaluate(ENLARGED), "runs out at the side at 360 px with its text enlarged to 200 %")
        looked_at[endpoint] += 1
        if looked_at[endpoint] == 1:
            self.obeys(url, "", AXE)
        self.page.set_viewport_size(SMALL)
        self.say(url, self.page.evaluate(WIDE), "runs out at the side at 320 px")
        if looked_at[endpoint] == 1:
            self.page.set_viewport_size(DESK)
            self.page.emulate_media(color_scheme="dark")
            self.say(url, self.page.evaluate(WIDE), "runs out at the side at 1280 px")
            self.obeys(url, " (desk, dark)", DARK)
            self.page.emulate_media(color_scheme="light")
        self.page.set_viewport_size(PHONE)
        self.say(url, bool(self.told), f"console: {self.told}")
        self.told.clear()
        return found["links"]

    def obeys(self, url: str, where: str, asked: dict[str, list[str]]) -> None:
        """Ask axe, which is put into a page once, however often that page is asked."""
        if not self.page.evaluate("typeof axe === 'object'"):
            self.page.evaluate(axe.axe_script)
        for broken in self.page.evaluate(ASK_AXE, asked):
            at = "; ".join(node["html"][:120] for node in broken["nodes"][:3])
            self.say(url, True, f"axe{where} {broken['id']}: {at}")

    def say(self, url: str, wrong: bool, what: str) -> None:
        if wrong:
            self.faults.append(f"{url.removeprefix(self.base)}: {what}")


MORE: dict[str, dict[str, int]] = {  # what no link leads to, what looks otherwise in another state, and its status
    VISITOR: {"/cek?n=00": 404, "/tidak-ada": 404, "/orang": 200},
    "pendamping": {"/belajar/cari?q=anak": 200, "/kelola": 403, "/orang/3": 404},
    "widyaiswara": dict.fromkeys(
        ("/angkatan/1/nilai", "/angkatan/1/tutup", "/angkatan/2", "/angkatan/2/nilai", "/angkatan/2/tutup"), 200
    ),
    "admin": {"/gaya": 200, "/angkatan/2": 200},
}


def more_for(role: str, app: Flask) -> dict[str, int]:
    """The further pages of a role with their status; some are named by a code of this database."""
    with app.app_context():
        code = db.session.scalar(select(Certificate.code).order_by(Certificate.id).limit(1))
    named = {VISITOR: {f"/cek/{code}": 200}, "widyaiswara": {f"/sertifikat/{code}/cabut": 200}}
    return MORE.get(role, {}) | named.get(role, {})


def sit_the_pre_test(walk: Walk, page: Page) -> None:
    """Begin the pre-test, look at each of its pages, and hand in."""
    page.goto("/tes")
    page.get_by_role("link", name="Kerjakan pre-test").click()
    page.get_by_role("button", name="Mulai tes").click()
    page.wait_for_url(re.compile(r"/tes/\d+"))
    test = urlsplit(page.url).path
    for path in (f"{test}?soal=1", f"{test}/peta", f"{test}/semua", f"{test}/kumpulkan"):
        walk.visit(path)
    page.get_by_role("button", name="Kumpulkan").click()
    page.wait_for_url(re.compile(r"/hasil$"))
    walk.visit(f"{test}/hasil")


@pytest.mark.slow(reason="opens every page of every role in a browser, with axe on each")
@pytest.mark.parametrize("role", [VISITOR, *DEMO_ACCOUNTS])
def test_every_page_that_a_role_can_reach_is_sound(role, opened, live_app, address):
    page = opened.new_page()
    if role != VISITOR:
        page.goto("/masuk")
        page.locator(f"form:has(input[name=akun][value={role}]) button").click()
        page.wait_for_url(f"{address}/")
    walk = Walk(live_app, page, address)
    walk.from_here("/")
    for path, status in more_for(role, live_app).items():
        walk.visit(path, status)
    if role == "pendamping":
        sit_the_pre_test(walk, page)
    assert walk.faults == [], "\n" + "\n".join(walk.faults)
    assert len(walk.met) >= (3 if role == VISITOR else 9)
