"""What families are called stays on phones and paper: written, printed, passed on by QR, and never sent."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import segno
import segno.encoder
from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import select

from p2k2lms.core.db import db
from p2k2lms.core.models import Submission
from p2k2lms.web.assets import asset
from p2k2lms.web.login import SignedIn, manager
from tests import databases
from tests.factories.enrolment import the_course
from tests.factories.fieldwork import a_group, a_pendamping
from tests.factories.identity import as_actor
from tests.journeys.test_field import arrived, luring, press, take

FULL = (17, 32, 53, 78, 106, 134, 154, 192, 230, 271, 321, 367, 425, 458, 520, 586, 644, 718, 792, 858)
"""Bytes that fill each version of level L to the brim, from 1 on (ISO/IEC 18004, table 7)."""
DRAW = """async ([url, text, mask]) => { const { qr } = await import(url), made = qr(text, mask);
  const across = [...Array(made.size).keys()];
  return [made.mask, across.map((y) => across.map((x) => Number(made.dark(x, y))))]; }"""


@pytest.fixture(scope="module")
def live_app(tmp_path_factory) -> Iterator[Flask]:
    """The platform on its own database."""
    folder = tmp_path_factory.mktemp("names")
    app = databases.migrated_app(folder, f"sqlite:///{folder}/names.db")
    yield app
    databases.close(app)


@pytest.fixture
def held(live, live_app) -> Iterator[tuple[int, Any]]:
    """A group of five families, and what signs its holder in on a phone."""
    with live_app.app_context():
        the_course()
        actor = as_actor(a_pendamping())
        group = a_group(actor.id, members=5, name="Melati").id
    loader = manager._user_callback
    manager.user_loader({"n": SignedIn("n", actor, "HP uji")}.get)

    def enter(context: BrowserContext) -> Page:
        cookie = live_app.session_interface.get_signing_serializer(live_app).dumps({"_user_id": "n"})
        context.add_cookies([{"name": "session", "value": cookie, "domain": "127.0.0.1", "path": "/"}])
        return context.new_page()

    yield group, enter
    manager._user_callback = loader


@pytest.fixture
def by_the_book(monkeypatch) -> None:
    """segno pads a full byte with one more of zeros, which readers forgive; the standard does not ask for it."""
    monkeypatch.setattr(
        segno.encoder, "write_padding_bits", lambda buff, _version, length: buff.extend([0] * (-length % 8))
    )


def reference(text: str, mask: int) -> list[list[int]]:
    made = segno.make(text, error="l", mode="byte", boost_error=False, micro=False, mask=mask)
    return [list(row) for row in made.matrix]


def test_the_phone_draws_the_qr_that_the_standard_asks_for(page, live, by_the_book):
    page.goto(f"{live}/masuk")
    for version, most in enumerate(FULL, 1):
        for length in (most - 3, most):
            text = "".join(chr(97 + n * 7 % 26) for n in range(length))
            _mask, drawn = page.evaluate(DRAW, [asset("qr.js"), text, version % 8])
            assert drawn == reference(text, version % 8), (version, length)
    mask, drawn = page.evaluate(DRAW, [asset("qr.js"), "Bu Ani, rumah hijau", None])
    assert drawn == reference("Bu Ani, rumah hijau", mask)
    assert page.evaluate("async (url) => (await import(url)).qr('a'.repeat(859))", asset("qr.js")) is None


def test_names_stay_on_phones_and_pass_from_one_to_the_other_by_qr(
    phone, held, live, live_app, accessible, by_the_book
):
    group, enter = held
    names = {1: "Bu Ani", 3: "Acil Rusminahwati (rumah hijau)"}
    asked: list[str] = []
    contexts = [phone(), phone()]
    for context in contexts:
        context.on("request", lambda request: asked.append(f"{request.url} {request.post_data or ''}"))
    page = enter(contexts[0])
    take(page)
    page.goto(f"/lapangan/{group}/nama")
    for number, name in names.items():
        page.get_by_label(f"Nama keluarga nomor {number}").fill(name)
    page.get_by_label("Nama keluarga nomor 5").fill("6203 0112 3456 7890")
    page.get_by_label("Nama keluarga nomor 5").blur()
    expect(page.locator("[data-said]")).to_contain_text("Jangan tulis NIK")
    page.get_by_label("Nama keluarga nomor 5").fill("")
    page.get_by_label("Nama keluarga nomor 5").blur()
    expect(page.locator("[data-said]")).to_have_text("2 nama tersimpan di HP ini")
    press(page, "Pindahkan ke HP lain")
    expect(page.get_by_role("img", name="Kode 1 dari 1")).to_be_visible()
    accessible(page)
    said = "|".join(quote(f"{number}~{name}", safe="~()").replace("%20", "+") for number, name in names.items())
    address = f"{live}/lapangan/{group}/nama#nama={said}"
    drawn = re.findall(r"M(\d+) (\d+)h", page.locator(".code-qr path").get_attribute("d"))
    dark = {(int(x), int(y)) for x, y in drawn}
    books = [reference(address, mask) for mask in range(8)]
    assert dark in [{(x, y) for y, row in enumerate(book) for x, cell in enumerate(row) if cell} for book in books]

    other = enter(contexts[1])
    other.goto(address)
    expect(other.locator("[data-came]")).to_contain_text("2 nama dari HP lain")
    expect(other.locator("[data-came]")).to_contain_text("3. Acil Rusminahwati (rumah hijau)")
    accessible(other)
    assert other.url == f"{live}/lapangan/{group}/nama"
    press(other, "Simpan di HP ini")
    expect(other.get_by_label("Nama keluarga nomor 3")).to_have_value(names[3])
    other.goto(f"/lapangan/{group}/kertas/m1-s01")
    expect(other.locator("[data-family='1']")).to_have_text("Bu Ani")

    contexts[0].set_offline(True)
    luring(page, f"/lapangan/{group}/nama")
    expect(page.get_by_label("Nama keluarga nomor 1")).to_have_value("Bu Ani")
    heard = [one for one in asked if "Rusminahwati" in one or "Ani" in one]
    assert [one.split("#")[0].strip() for one in heard] in ([], [f"{live}/lapangan/{group}/nama"])
    folder = Path(live_app.config["INSTANCE_DIR"])
    kept = b"".join(file.read_bytes() for file in folder.parent.rglob("*.db*"))
    assert b"Melati" in kept
    assert b"Rusminahwati" not in kept


def test_who_came_is_ticked_by_number_with_and_without_signal_and_no_name_leaves(phone, held, live_app, accessible):
    group, enter = held
    context = phone()
    page = enter(context)
    take(page)
    page.goto(f"/lapangan/{group}/nama")
    page.get_by_label("Nama keluarga nomor 2").fill("Bu Lastri")
    page.get_by_label("Nama keluarga nomor 2").blur()
    expect(page.locator("[data-said]")).to_have_text("1 nama tersimpan di HP ini")
    for offline in (False, True):
        context.set_offline(offline)
        (luring if offline else Page.goto)(page, f"/lapangan/{group}/lapor/m1-s01")
        if not offline:
            page.get_by_text("Atau centang siapa yang hadir").click()
            press(page, "2 Bu Lastri")
            press(page, "4")
        expect(page.get_by_role("button", name="2 Bu Lastri")).to_have_attribute("aria-pressed", "true")
        expect(page.locator("#numbers")).to_have_value("2, 4")
        expect(page.locator("#women")).to_have_value("2")
        accessible(page)
    page.locator("#numbers").fill("1-4")
    expect(page.get_by_role("button", name="3")).to_have_attribute("aria-pressed", "true")
    page.get_by_label("Bapak, bila ada").fill("1")
    expect(page.locator("#women")).to_have_value("3")
    press(page, "4")
    expect(page.locator("#numbers")).to_have_value("1-3")
    for number in (1, 2, 3):
        page.locator(f"[data-grid] button[value='{number}']").click()
    expect(page.locator("#numbers")).to_have_value("")
    expect(page.locator("#women")).to_have_value("")  # the ticks had made it; whoever counts instead writes it anew
    page.locator("#women").fill("7")
    page.get_by_label("Bapak, bila ada").fill("2")
    expect(page.locator("#women")).to_have_value("7")
    page.get_by_label("Bapak, bila ada").fill("1")
    page.locator("#numbers").fill("1-3")
    expect(page.locator("#women")).to_have_value("2")
    press(page, "Kirim laporan")
    page.wait_for_url("**/lapangan")
    page.get_by_role("link", name="Melati").first.click()
    page.get_by_role("link", name="hadir 3").click()
    page.get_by_role("link", name="Perbaiki laporan").click()
    expect(page.locator("#numbers")).to_have_value("1-3")
    context.set_offline(False)
    arrived(page)
    with live_app.app_context():
        [sent] = [json.loads(raw)["payload"] for raw in db.session.scalars(select(Submission.raw))]
    assert (sent["numbers"], sent["women"], sent["men"]) == (["1-3"], ["2"], ["1"])
    assert "Lastri" not in json.dumps(sent)
