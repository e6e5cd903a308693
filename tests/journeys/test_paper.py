"""A paper sheet of 26 families is typed in with two keystrokes a row, and the hand never leaves the keys."""

import pytest
from playwright.sync_api import expect

from p2k2lms.plugins.identity.passwords import hashed
from tests.factories.enrolment import the_course
from tests.factories.fieldwork import a_group, a_pendamping

WORD, PASSWORD = "uji-kertas", "rahasia-kertas-2026"
CAME = ["1"] * 15 + ["2"] + [""] * 10
A_KEY, A_LOOK = 0.28, 1.35  # seconds, of the keystroke model: press a key, look from the sheet to the screen
ROWS_A_MINUTE = 25


@pytest.mark.slow(reason="signs in and types a sheet in a browser")
def test_a_sheet_is_typed_in_with_a_sign_and_enter_for_each_row(live, live_app, phone, accessible):
    with live_app.app_context():
        holder = a_pendamping(pkh_id=WORD, password_hash=hashed(PASSWORD))
        the_course()
        group = a_group(holder, members=len(CAME)).id
    page = phone().new_page()
    page.goto("/masuk")
    page.get_by_label("Nomor HP atau nomor SDM PKH").fill(WORD)
    page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url("**/")
    page.goto(f"/lapangan/{group}/kertas/m1-s01")
    accessible(page)
    page.locator("[name=came]").first.focus()
    page.evaluate("self.keys = 0; addEventListener('keydown', () => { self.keys += 1; }, true); null")
    for sign in CAME:
        for key in (*sign, "Enter"):
            page.keyboard.press(key)
    keys = page.evaluate("self.keys")
    assert keys == len("".join(CAME)) + len(CAME)
    assert 60 * len(CAME) / (keys * A_KEY + len(CAME) * A_LOOK) >= ROWS_A_MINUTE
    expect(page.locator("#children")).to_be_focused()
    assert page.locator("[name=came]").evaluate_all("rows => rows.map(row => row.value)") == CAME
    page.get_by_role("button", name="Kirim laporan").click()
    page.wait_for_url("**/pertemuan/*")
    expect(page.get_by_text("16 dari 26 keluarga hadir")).to_be_visible()
