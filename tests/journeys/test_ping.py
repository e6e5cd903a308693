"""A check of memory on a phone: begun with signal, answered and handed in without, and its result looked at."""

from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from p2k2lms.core import clock
from p2k2lms.core.db import db
from p2k2lms.core.models import Submission
from p2k2lms.plugins.assessment import queries, service
from p2k2lms.plugins.identity.passwords import hashed
from tests.factories.enrolment import BANJAR, a_member, an_angkatan, the_unit
from tests.factories.identity import someone
from tests.factories.items import a_tested_course, first_right, forms_of, sat
from tests.journeys.test_offline import CHOOSE, PAPER_HOLDS, luring, settled
from tests.journeys.test_studio import PASSWORD, signed_in

SITI = "uji-ingat-siti"


@pytest.fixture
def member(live, live_app: Flask) -> int:
    """The enrolment of one who had nine of eleven right in a post-test a month ago, and is asked again today."""
    with live_app.app_context():
        the_unit("R4")
        a_tested_course(objectives=2)
        siti = someone("pendamping", BANJAR, pkh_id=SITI, password_hash=hashed(PASSWORD))
        card = a_member(an_angkatan(), siti)
        ended = clock.now() - timedelta(days=31)
        sat([card], forms_of([card])[:1], "post", first_right(lambda _n: 9), started_at=ended, finished_at=ended)
        service.open_rounds()
        return card.id


def words_of(page: Page) -> str:
    return page.locator("main").inner_text()


@pytest.mark.slow(reason="a phone that loses its signal and finds it again")
def test_a_check_of_memory_goes_on_without_signal_and_its_result_says_what_was_known_then(
    member, phone, accessible, live_app: Flask
):
    page = signed_in(phone, SITI)
    page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
    page.wait_for_function("navigator.serviceWorker.controller")
    accessible(page)
    page.get_by_role("button", name="Mulai cek ingatan").click()
    page.wait_for_url("**/tes/*soal=1")
    expect(page.locator("body")).to_have_attribute("data-store", "ready")
    settled(page, PAPER_HOLDS % 0)
    accessible(page)
    page.context.set_offline(True)
    luring(page, page.url)
    accessible(page)
    assert page.locator("[data-timer]").count() == 0  # no clock runs, with or without signal
    forms = page.locator("form[data-slot*='/q']")
    assert forms.count() == 5
    for n in range(5):
        forms.nth(n).locator("[name^=answer]").first.evaluate(CHOOSE)
        expect(forms.nth(n).locator("[data-saved]")).to_contain_text("menunggu sinyal")
    expect(page.locator("[data-left]")).to_have_text("Semua soal sudah dijawab")
    page.get_by_role("button", name="Kumpulkan jawaban").click()
    expect(page.locator(".foot [data-saved]")).to_contain_text("menunggu sinyal")
    page.context.set_offline(False)
    page.wait_for_url("**/hasil")
    with live_app.app_context():
        (ping,) = queries.attempts(member, "ping")
        points = queries.scores(ping.id)[0].points
        assert (ping.finished_at is not None, ping.timing) == (True, "ok")
        assert list(db.session.scalars(select(Submission.status))) == ["accepted"] * 6
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{points:.0f} dari 5 soal benar")
    said = words_of(page)
    assert "dengan soal yang sama" in said
    assert "Hanya Anda yang melihat hasil ini" in said
    accessible(page)
