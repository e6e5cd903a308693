"""A whole day without signal on one phone: read, tested, taught, reported, killed twice, and all of it lands once."""

import json
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect
from playwright.sync_api import Error as PlaywrightError
from sqlalchemy import select

from p2k2lms.core.db import db
from p2k2lms.core.models import Submission
from p2k2lms.plugins.fieldwork.values import GroupCard
from p2k2lms.web.login import SignedIn, manager
from tests import databases
from tests.factories.catalogue import TINY
from tests.factories.enrolment import a_member, an_angkatan
from tests.factories.fieldwork import a_group, a_pendamping
from tests.factories.identity import as_actor
from tests.journeys.conftest import CHROMIUM, FLAGS, PATIENCE, PHONE
from tests.journeys.test_field import luring, press, report
from tests.journeys.test_field import take as take_field
from tests.journeys.test_offline import CHOOSE, PAPER_HOLDS, finish, ready, settled
from tests.journeys.test_offline import take as take_modul

CARD = f"/belajar/{TINY}/tf-s01/tf-s01-l01"
AN_HOUR_BACK = """{ const Real = Date, shift = -3600000; globalThis.Date = class extends Real {
  constructor(...said) { said.length ? super(...said) : super(Real.now() + shift); }
  static now() { return Real.now() + shift; } } }"""
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 25_000, "uploadThroughput": 12_000}


@pytest.fixture(scope="module")
def live_app(tmp_path_factory) -> Iterator[Flask]:
    """The platform on its own database."""
    folder = tmp_path_factory.mktemp("day")
    app = databases.migrated_app(folder, f"sqlite:///{folder}/day.db")
    yield app
    databases.close(app)


@pytest.fixture
def groups(live, live_app) -> Iterator[list[GroupCard]]:
    """Three groups of a pendamping who also sits in a class."""
    with live_app.app_context():
        person = a_pendamping()
        a_member(an_angkatan(), person)
        cards = [a_group(person, members=20, name=f"Melati {n}", place="Balai desa") for n in range(1, 4)]
        actor = as_actor(person)
    loader = manager._user_callback
    manager.user_loader({"d": SignedIn("d", actor, "HP uji")}.get)
    yield cards
    manager._user_callback = loader


class Handset:
    """A phone whose browser may be killed: its store stays on the card of the phone, all else is gone."""

    def __init__(self, browser_type: Any, folder: Path, base: str, enter: Callable[[BrowserContext], None]) -> None:
        self._start = lambda: browser_type.launch_persistent_context(
            str(folder), executable_path=CHROMIUM, args=FLAGS, base_url=base, viewport=PHONE,
            locale="id-ID", timezone_id="Asia/Makassar",
        )  # fmt: skip
        self._folder, self._enter = folder, enter
        self.context: BrowserContext = self._open()

    @property
    def page(self) -> Page:
        return self.context.pages[0]

    def _open(self) -> BrowserContext:
        context: BrowserContext = self._start()
        context.set_default_timeout(PATIENCE)
        self._enter(context)
        return context

    def kill(self) -> Page:
        """The battery is pulled: every process of this browser dies at once; then it is started again, offline."""
        mine, killed = f"--user-data-dir={self._folder}".encode(), 0
        for place in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                if mine in place.read_bytes().split(b"\0"):
                    os.kill(int(place.parent.name), signal.SIGKILL)
                    killed += 1
            except OSError:
                continue
        assert killed
        with suppress(PlaywrightError):  # whether it has heard by now that its browser is dead is a race
            self.context.close()
        self.context = self._open()
        self.context.set_offline(True)
        return self.page


@pytest.fixture
def handset(tmp_path, live, live_app, groups, chromium) -> Iterator[Handset]:
    def enter(context: BrowserContext) -> None:
        cookie = live_app.session_interface.get_signing_serializer(live_app).dumps({"_user_id": "d"})
        context.add_cookies([{"name": "session", "value": cookie, "domain": "127.0.0.1", "path": "/"}])

    opened = Handset(chromium.browser_type, tmp_path, live, enter)
    yield opened
    opened.context.close()


@pytest.fixture
def failing(live_app) -> Iterator[list[str]]:
    """Of what is posted one in three is refused, one in three done with its answer lost; says what happened."""
    answers, seen = live_app.wsgi_app, []

    def unsteady(environ: dict[str, Any], start: Any) -> Any:
        if environ["REQUEST_METHOD"] != "POST" or environ["PATH_INFO"] != "/api/v1/kiriman":
            return answers(environ, start)
        seen.append(("refused", "lost", "answered")[len(seen) % 3])
        if seen[-1] == "refused":
            start("503 Service Unavailable", [])
            return [b""]
        if seen[-1] == "lost":
            list(answers(environ, lambda *_: None))
            start("502 Bad Gateway", [])
            return [b""]
        return answers(environ, start)

    live_app.wsgi_app = unsteady
    yield seen
    live_app.wsgi_app = answers


def prepare(page: Page) -> int:
    """While there is signal: take the cards and the field along, begin the test, answer one; the attempt's id."""
    ready(page)
    take_modul(page)
    take_field(page)
    page.goto("/tes")
    page.get_by_role("link", name="Kerjakan pre-test").click()
    press(page, "Mulai tes")
    page.wait_for_url("**/tes/*soal=1")
    expect(page.locator("body")).to_have_attribute("data-store", "ready")
    page.locator("form#jawab [name^=answer]").first.evaluate(CHOOSE)
    expect(page.locator("[data-saved]").first).to_contain_text("Terkirim")
    settled(page, PAPER_HOLDS % 1)
    return int(page.url.split("/tes/")[1].split("?")[0])


def answer(page: Page, numbers: range) -> None:
    forms = page.locator("form[data-slot*='/q']")
    for n in numbers:
        forms.nth(n).locator("[name^=answer]").first.evaluate(CHOOSE)


def teach(page: Page, group: int) -> None:
    luring(page, f"/lapangan/{group}/ajar/m1-s01")
    for n in (1, 2, 3):
        expect(page.locator("[data-at]")).to_have_text(f"Langkah {n} dari 3")
        press(page, "Sudah dilakukan")
    press(page, "Isi laporan")
    page.wait_for_url("**/lapor/**")


def waits(page: Page, number: int) -> None:
    expect(page.locator("[data-sync]")).to_have_text(f"{number} menunggu")


@pytest.mark.slow(reason="a browser is started three times, and a failing link is asked until it answers")
def test_a_day_without_signal_lands_once_and_in_order(handset, groups, failing, live_app):
    attempt = prepare(handset.page)
    failing.clear()
    handset.context.set_offline(True)
    page = luring(handset.page, CARD)
    finish(page)
    page.wait_for_url("**/tf-s01-l02")
    waits(page, 1)

    luring(page, f"/tes/{attempt}")
    answer(page, range(1, 3))
    waits(page, 3)
    page = luring(handset.kill(), f"/tes/{attempt}")
    expect(page.locator("[data-left]")).to_contain_text("Belum dijawab: soal 4")
    answer(page, range(3, 4))
    press(page, "Kumpulkan jawaban")
    waits(page, 5)

    luring(page, f"/lapangan/{groups[0].id}/ajar/m1-s01")
    press(page, "Sudah dilakukan")
    expect(page.locator("[data-at]")).to_have_text("Langkah 2 dari 3")
    page = handset.kill()
    handset.context.add_init_script(AN_HOUR_BACK)
    luring(page, f"/lapangan/{groups[0].id}/ajar/m1-s01")
    expect(page.locator("[data-at]")).to_have_text("Langkah 2 dari 3")
    press(page, "Sudah dilakukan")
    press(page, "Sudah dilakukan")
    press(page, "Isi laporan")
    page.wait_for_url("**/lapor/**")
    report(page)
    for group in groups[1:]:
        teach(page, group.id)
        report(page)
    waits(page, 8)

    luring(page, "/kiriman")
    handset.context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW)
    handset.context.set_offline(False)
    expect(page.locator("[data-state=done] h3")).to_have_text("Diterima server (8)", timeout=30_000)
    receipts = page.locator("[data-state=done] .code").all_inner_texts()
    assert failing == ["refused", "lost", "answered"]
    with live_app.app_context():
        rows = list(db.session.scalars(select(Submission).order_by(Submission.key)))
    kinds = ["assessment.answer", "delivery.step", *["assessment.answer"] * 3, "assessment.finish"]
    assert [row.kind for row in rows] == kinds + ["fieldwork.meeting"] * 3
    assert {row.status for row in rows} == {"accepted"}
    assert [row.seq for row in rows] == list(range(1, 10))
    assert len(set(receipts)) == 8
    said = [json.loads(row.raw)["payload"] for row in rows]
    assert [one["groups"][0] for one in said[6:]] == [str(group.id) for group in groups]
    assert all(one["elapsed"] < 600 for one in said[2:5])
