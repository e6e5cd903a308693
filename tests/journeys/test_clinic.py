"""A trainer finds the item whose key is wrong, mends it and marks the class anew: by keyboard, on a small screen."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from p2k2lms.plugins.assessment import queries
from p2k2lms.plugins.enrolment import service as enrolments
from p2k2lms.plugins.identity.passwords import hashed
from tests.factories.enrolment import the_unit
from tests.factories.identity import someone
from tests.factories.items import a_class_of_the_reference
from tests.journeys.test_studio import PASSWORD, WIDE, signed_in

ANI, BUDI = "uji-klinik-ani", "uji-klinik-budi"


@pytest.fixture
def reference_class(live, live_app: Flask):
    """Reference set 01 as a class of Ani's, and a colleague who may approve."""
    with live_app.app_context():
        the_unit("R4")
        ani, _budi = (someone("widyaiswara", "R4", pkh_id=name, password_hash=hashed(PASSWORD)) for name in (ANI, BUDI))
        _trainer, angkatan = a_class_of_the_reference(trainer=ani)
        return angkatan.id, [member.id for member in enrolments.members(angkatan.id)]


def press(page: Page, role: str, name: str) -> None:
    """Reach a control as a keyboard does, and use it."""
    found = page.get_by_role(role, name=name, exact=True)
    found.focus()
    found.press("Enter")


@pytest.mark.slow(reason="two people in two browsers, and a course published")
def test_the_mis_keyed_item_is_found_and_mended_and_both_marks_are_kept(
    reference_class, phone, accessible, live_app: Flask
):
    angkatan, members = reference_class
    ani = signed_in(phone, ANI)
    ani.goto(f"/tes/kelas/{angkatan}")
    press(ani, "link", "Klinik soal")
    expect(ani.get_by_role("heading", name="1 soal perlu diperbaiki")).to_be_visible()
    expect(ani.get_by_text("Kemungkinan kunci salah")).to_be_visible()
    accessible(ani)
    press(ani, "link", "Perbaiki soal")
    expect(ani.get_by_label("Soal", exact=True)).to_have_value("Soal rujukan nomor 9?")
    keys = ani.get_by_label("Ini kuncinya")
    expect(keys.first).to_be_checked()
    stem = ani.get_by_label("Soal", exact=True)
    stem.fill("Mana yang tidak boleh kecuali ini?")  # what strikes is said while one types
    expect(ani.get_by_text("Dua kata penyangkal")).to_be_visible()
    stem.fill("Soal rujukan nomor 9?")
    expect(ani.get_by_text("Dua kata penyangkal")).to_have_count(0)
    keys.first.focus()
    keys.first.press("ArrowDown")
    expect(keys.nth(1)).to_be_checked()
    accessible(ani)
    press(ani, "button", "Simpan soal")
    expect(ani.get_by_text("Soal tersimpan sebagai naskah")).to_be_visible()
    ani.goto("/studio/kursus/kursus-kecil")
    press(ani, "button", "Ajukan untuk disetujui")
    budi = signed_in(phone, BUDI, viewport=WIDE)
    budi.goto("/studio/kursus/kursus-kecil")
    press(budi, "button", "Setujui dan terbitkan")
    expect(budi.get_by_text("Versi 2 sudah terbit")).to_be_visible()
    ani.goto(f"/tes/kelas/{angkatan}/klinik")
    expect(ani.get_by_text("Sudah diperbaiki dalam versi terbaru")).to_be_visible()
    ani.goto(f"/tes/kelas/{angkatan}")
    press(ani, "button", "Nilai lagi dengan kunci baru")
    expect(ani.get_by_text("24 tes dinilai lagi")).to_be_visible()
    accessible(ani)
    with live_app.app_context():
        assert [len(queries.scores(one.id)) for one in queries.finished_attempts(members)] == [2] * 24
