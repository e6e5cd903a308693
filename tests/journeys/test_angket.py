"""An alumnus opens the sheet while there is signal, answers it where there is none, and it lands once."""

from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Error, Page, expect
from sqlalchemy import func, select

from p2k2lms.core.db import db
from p2k2lms.plugins.evaluation import service
from p2k2lms.plugins.evaluation.models import AnswerValue, Reply
from p2k2lms.web.login import SignedIn, manager
from tests.factories.evaluation import a_wave, passed, some_answers, the_instruments
from tests.factories.identity import as_actor, someone, the_units

BANJAR = "63.03"


@pytest.fixture
def asked(live, live_app) -> Iterator[tuple[object, int]]:
    """Somebody who passed a class and is asked about it, and the number of the sheet."""
    with live_app.app_context():
        the_units(), the_instruments()
        evaluator, person = as_actor(someone("evaluator", "R4")), someone("pendamping", BANJAR, name="Siti Aminah")
        passed(person)
        a_wave(evaluator, untrained=False)
        actor = as_actor(person)
        sheet = service.tasks(actor)[0].assignment.id
    loader = manager._user_callback
    manager.user_loader({"p": SignedIn("p", actor, "HP uji")}.get)
    yield actor, sheet
    manager._user_callback = loader


@pytest.fixture
def page(asked, phone, live_app) -> Page:
    """The phone of that person."""
    context = phone()
    cookie = live_app.session_interface.get_signing_serializer(live_app).dumps({"_user_id": "p"})
    context.add_cookies([{"name": "session", "value": cookie, "domain": "127.0.0.1", "path": "/"}])
    return context.new_page()


def answer(page: Page, until: str = "") -> int:
    """One question on a screen, up to the last or to this one; how many there were."""
    said, number = some_answers(), 0
    while True:
        here = page.locator("[data-page]:not([hidden])")
        code = here.get_attribute("data-code")
        if until and code == until:
            return number
        for name, value in said.items():
            if code and name.partition(".")[0] == code:
                fill(here, name, value)
        onward = page.get_by_role("button", name="Lanjut")
        if not onward.is_visible():
            return number
        number += bool(code)
        onward.click()
        if here.locator("[data-fault]:visible").count():
            onward.click()  # an unusual number, said once more


def fill(here, name: str, value) -> None:
    field = here.locator(f'[name="{name}"]')
    if field.first.get_attribute("type") in ("radio", "checkbox"):
        for one in value if isinstance(value, list) else [value]:
            here.locator(f'[name="{name}"][value="{one}"]').check()
    else:
        field.fill(value)


def replies(live_app) -> list[str]:
    with live_app.app_context():
        return [str(row) for row in db.session.scalars(select(Reply.id))]


def test_a_sheet_that_is_answered_without_signal_waits_and_lands_once(page, asked, live_app):
    page.goto(f"/evaluasi/isi/{asked[1]}")
    page.context.set_offline(True)
    assert answer(page) > 15
    page.get_by_role("button", name="Kirim jawaban").click()
    expect(page.locator("[data-saved]")).to_contain_text("Tersimpan di HP")
    assert replies(live_app) == []
    page.context.set_offline(False)
    expect(page.locator("[data-sync]")).to_contain_text("Terkirim", timeout=30_000)
    assert len(replies(live_app)) == 1
    with live_app.app_context():
        kept = select(AnswerValue.number).where(AnswerValue.code == "A1")
        assert [int(n) for n in db.session.scalars(kept)] == [195]
    with suppress(Error):  # what was sent leads on by itself, perhaps at this very moment
        page.goto("/evaluasi")
    page.goto("/evaluasi")
    page.context.set_offline(True)
    page.context.set_offline(False)
    page.reload()
    expect(page.locator("[data-sync]")).not_to_contain_text("menunggu")
    with live_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Reply)) == 1


def test_a_number_above_the_one_it_is_a_part_of_is_stopped_on_the_phone_without_signal(page, asked):
    page.goto(f"/evaluasi/isi/{asked[1]}")
    page.context.set_offline(True)
    answer(page, until="B1")
    here, onward = page.locator("[data-page]:not([hidden])"), page.get_by_role("button", name="Lanjut")
    here.locator('[name="B1"]').fill("196")  # of 195 families
    onward.click()
    expect(here.locator("[data-fault]")).to_have_text("Tidak boleh lebih dari 195, jawaban Anda sebelumnya.")
    expect(here).to_have_attribute("data-code", "B1")
    here.locator('[name="B1"]').fill("10")
    onward.click()
    expect(here).to_have_attribute("data-code", "B2")
