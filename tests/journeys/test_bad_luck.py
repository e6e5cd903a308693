"""A test under bad luck: two tabs, a wrong clock, another phone, and signing out before everything is sent."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from p2k2lms.core import clock
from p2k2lms.core.db import db
from p2k2lms.plugins.assessment.models import Attempt, GivenAnswer
from p2k2lms.plugins.identity.passwords import hashed
from tests.factories.catalogue import TINY
from tests.factories.enrolment import a_member, an_angkatan, the_unit
from tests.factories.identity import someone
from tests.journeys.test_certificate import PASSWORD, WORD, sign_in

KIRIMAN = "**/api/v1/kiriman"
SLOW_STORE = """
  const open = indexedDB.open.bind(indexedDB);
  indexedDB.open = (...asked) => {
    if (asked[0] !== "p2k2-outbox") return open(...asked);
    let real;
    const late = { get result() { return real.result; } };
    setTimeout(() => {
      real = open(...asked);
      for (const name of ["onsuccess", "onerror", "onupgradeneeded"])
        real[name] = (event) => late[name] && late[name](event);
    }, 1500);
    return late;
  };
"""
RADIO = "form#jawab input[type=radio]"


@pytest.fixture
def learner(live, live_app: Flask) -> None:
    """Siti, in an online class whose door is open."""
    with live_app.app_context():
        the_unit("R4")
        siti = someone("pendamping", "63.03", name="Siti Aminah", pkh_id=WORD, password_hash=hashed(PASSWORD))
        a_member(an_angkatan(open_door=True), siti)


@pytest.fixture
def stands(learner, live_app):
    """`stands()`: the answers that stand, and the attempt they belong to."""

    def read() -> tuple[list[GivenAnswer], Attempt]:
        with live_app.app_context():
            return list(db.session.scalars(select(GivenAnswer))), db.session.scalars(select(Attempt)).one()

    return read


def begin(page: Page) -> str:
    """Sign in and begin the pre-test; returns its address."""
    sign_in(page)
    page.goto(f"/belajar/{TINY}")
    page.get_by_role("link", name="Kerjakan pre-test").click()
    page.get_by_role("button", name="Mulai tes").click()
    page.wait_for_url(re.compile(r"/tes/\d+"))
    return page.url.partition("?")[0]


def choose_one(page: Page, test: str) -> int:
    """Open the first question with one right answer; returns its number."""
    for number in range(1, 9):
        page.goto(f"{test}?soal={number}")
        if page.locator(RADIO).count():
            expect(page.locator("body")).to_have_attribute("data-store", "ready")
            return number
    raise LookupError("no question with one right answer")


def pick(page: Page, place: int) -> str:
    """Choose the option at this place; returns its id."""
    option = page.locator(RADIO).nth(place)
    option.check(force=True)
    return option.get_attribute("value") or ""


def line(page: Page):
    return page.locator("form#jawab [data-saved]")


def hand_in(page: Page, test: str) -> None:
    page.goto(f"{test}/kumpulkan")
    page.get_by_role("button", name="Kumpulkan").click()
    page.wait_for_url(re.compile(r"/hasil$"))


@pytest.mark.slow(reason="signs in and sits a test in two tabs of a browser")
def test_of_two_tabs_the_last_answer_stands_and_none_changes_what_was_handed_in(phone, stands):
    first = phone().new_page()
    test = begin(first)
    number = choose_one(first, test)
    second = first.context.new_page()
    second.goto(f"{test}?soal={number}")
    expect(second.locator("body")).to_have_attribute("data-store", "ready")
    pick(first, 0)
    expect(line(first)).to_contain_text("Terkirim")
    last = pick(second, 1)
    expect(line(second)).to_contain_text("Terkirim")
    assert [row.value for row in stands()[0]] == [last]
    first.reload()
    expect(first.locator(RADIO).nth(1)).to_be_checked()
    hand_in(first, test)
    pick(second, 0)
    expect(line(second)).to_contain_text("sudah dikumpulkan")
    assert [row.value for row in stands()[0]] == [last]


@pytest.mark.slow(reason="signs in and sits a test in a browser whose clock is wrong")
@pytest.mark.parametrize("hours", [1, -1], ids=["an hour ahead", "an hour behind"])
def test_a_phone_whose_clock_is_an_hour_wrong_loses_no_time_and_no_answer(phone, stands, hours):
    context = phone()
    context.clock.install(time=clock.now() + timedelta(hours=hours))
    page = context.new_page()
    test = begin(page)
    shown = page.locator("[data-seconds], .sync.num").first.inner_text()
    choose_one(page, test)
    picked = pick(page, 0)
    expect(line(page)).to_contain_text("Terkirim")
    (row,), attempt = stands()
    assert row.value == picked
    assert abs(row.saved_at - clock.now()) < timedelta(minutes=1)
    minutes = round((attempt.deadline - attempt.started_at).total_seconds() / 60)
    assert str(minutes) in shown
    hand_in(page, test)
    assert abs(stands()[1].finished_at - clock.now()) < timedelta(minutes=1)


@pytest.mark.slow(reason="signs in and sits a test on two phones")
def test_a_test_goes_on_upon_another_phone_with_every_answer(phone, stands):
    old = phone().new_page()
    test = begin(old)
    number = choose_one(old, test)
    picked = pick(old, 1)
    expect(line(old)).to_contain_text("Terkirim")
    expect(old.get_by_role("button", name="Peta soal: 1 terjawab")).to_be_visible()
    old.context.close()
    new = phone().new_page()
    sign_in(new)
    new.get_by_role("button", name="Lanjutkan tes").click()
    new.wait_for_url(re.compile(r"/tes/\d+"))
    assert new.url.startswith(test)
    new.goto(f"{test}?soal={number}")
    expect(new.locator(RADIO).nth(1)).to_be_checked()
    with new.expect_response(KIRIMAN):
        later = pick(new, 0)
    expect(line(new)).to_contain_text("Terkirim")
    assert picked != later
    assert [row.value for row in stands()[0]] == [later]
    hand_in(new, test)


@pytest.mark.slow(reason="signs in twice and sits a test without signal")
def test_who_signs_out_before_everything_is_sent_is_warned_and_loses_nothing(phone, stands, accessible):
    page = phone().new_page()
    test = begin(page)
    number = choose_one(page, test)
    page.route(KIRIMAN, lambda route: route.abort())
    picked = pick(page, 0)
    expect(line(page)).to_contain_text("Tersimpan di HP")
    page.goto(f"{test}/peta")
    expect(page.locator("[data-map] a.p")).to_have_text(re.compile(rf"^{number}\b"))
    page.context.add_init_script(SLOW_STORE)  # as on a phone that has much to do
    page.goto("/akun")
    page.get_by_role("button", name="Keluar dari HP ini").click()
    asked = page.get_by_role("dialog")
    expect(asked).to_contain_text("1 kiriman belum terkirim")
    accessible(page)
    asked.get_by_role("button", name="Keluar, kirim nanti").click()
    page.wait_for_url("**/masuk")
    assert stands()[0] == []
    page.unroute(KIRIMAN)
    sign_in(page)
    expect(page.locator("[data-sync]")).to_contain_text("Terkirim")
    assert [row.value for row in stands()[0]] == [picked]
    page.goto(f"{test}?soal={number}")
    expect(page.locator(RADIO).nth(0)).to_be_checked()
