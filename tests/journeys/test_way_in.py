"""A person without e-mail goes from a slip to the home page, loses the password, and is helped by the supervisor."""

import pytest
from playwright.sync_api import expect

from p2k2lms.plugins.identity import service
from p2k2lms.plugins.identity.passwords import hashed
from tests.factories.identity import as_actor, someone, supervised, the_units

OFFICE = "rahasia-kantor-2026"


@pytest.mark.slow(reason="signs in four times on two phones in a browser")
def test_from_slip_to_home_and_back_in_by_the_supervisors_code(live, live_app, phone, accessible):
    with live_app.app_context():
        the_units()
        admin = as_actor(someone("admin", "62.03"))
        siti = someone("pendamping", "62.03", name="Siti Aminah", phone=None, pkh_id="62kps01")
        boss = someone("supervisor", "62.03", pkh_id="atasan1", password_hash=hashed(OFFICE))
        supervised(boss, siti)
        slip = service.activation_codes(admin, [siti])[0].code
    own = phone(java_script_enabled=False).new_page()
    own.goto("/masuk")
    own.get_by_role("link", name="Punya kode masuk?").click()
    come_in(own, slip.lower(), "jukung biru 9", number="0813 4977 2216")
    expect(own.get_by_role("heading", level=1)).to_contain_text("Siti Aminah")
    own.context.clear_cookies()

    helper = phone().new_page()
    sign_in(helper, "atasan1", OFFICE)
    helper.goto(f"/orang/{siti}")
    helper.get_by_role("link", name="Bantu masuk dengan kode").click()
    accessible(helper)
    helper.get_by_role("button", name="Buat kode").click()
    accessible(helper)
    code = helper.locator(".key").inner_text()

    own.goto("/masuk/kode")
    come_in(own, code, "perahu ulin 7")
    own.context.clear_cookies()
    late = phone().new_page()
    sign_in(late, "081349772216", "perahu ulin 7")
    expect(late.get_by_text("Kata sandi Anda disetel ulang")).to_be_visible()
    accessible(late)


def come_in(page, code, password, number=""):
    page.get_by_label("Kode", exact=True).fill(code)
    page.get_by_role("button", name="Lanjut").click()
    if number:
        page.get_by_label("Nomor HP").fill(number)
    page.get_by_label("Kata sandi baru", exact=True).fill(password)
    page.get_by_label("Kata sandi baru, sekali lagi").fill(password)
    page.get_by_role("button", name="Simpan dan masuk").click()
    page.wait_for_url("**/")


def sign_in(page, word, password):
    page.goto("/masuk")
    page.get_by_label("Nomor HP atau nomor SDM PKH").fill(word)
    page.get_by_label("Kata sandi", exact=True).fill(password)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url("**/")
