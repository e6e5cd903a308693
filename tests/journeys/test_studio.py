"""Two widyaiswara in the studio: a card changed and approved while somebody learns, and items in, mended and out."""

import re

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect

from p2k2lms.plugins.assessment import formats
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.identity.passwords import hashed
from tests.factories.catalogue import TINY
from tests.factories.enrolment import BANJAR, a_member, an_angkatan, the_unit
from tests.factories.identity import someone
from tests.journeys.conftest import PHONE
from tests.plugins.catalogue.test_studio_files import SVG

PASSWORD = "rahasia-latih-2026"
ANI, BUDI, SITI = "uji-ani", "uji-budi", "uji-siti"
WIDE = {"width": 1280, "height": 800}
MOST_TABS = 200


@pytest.fixture
def people(live, live_app: Flask) -> None:
    """Two who write, the first with a class, and one in the middle of its tiny course."""
    with live_app.app_context():
        the_unit("R4")
        word = hashed(PASSWORD)
        ani, _budi = (someone("widyaiswara", "R4", pkh_id=name, password_hash=word) for name in (ANI, BUDI))
        a_member(an_angkatan(trainer=ani), someone("pendamping", BANJAR, pkh_id=SITI, password_hash=word))


def signed_in(phone, who: str, **wishes) -> Page:
    page = phone(**wishes).new_page()
    page.goto("/masuk")
    page.get_by_label("Nomor HP atau nomor SDM PKH").fill(who)
    page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url("**/")
    return page


def reached(page: Page, target: Locator) -> None:
    """Go to something as somebody without a mouse does: Tab by Tab, and only then it is there to be used."""
    expect(target).to_be_visible()
    wanted = target.element_handle()
    for _step in range(MOST_TABS):
        if page.evaluate("(one) => document.activeElement === one", wanted):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way by Tab to {target}")


def pressed(page: Page, target: Locator) -> None:
    reached(page, target)
    page.keyboard.press("Enter")


@pytest.mark.slow(reason="three people in three browsers, Tab by Tab")
@pytest.mark.parametrize("screen", [PHONE, WIDE], ids=["360", "1280"])
def test_a_card_is_changed_illustrated_and_published_by_keyboard_while_somebody_learns_the_old_one(
    people, phone, accessible, screen
):
    siti = signed_in(phone, SITI)
    siti.goto(f"/belajar/{TINY}/tf-s01/tf-s01-l01")
    ani = signed_in(phone, ANI, viewport=screen)
    ani.goto(f"/studio/kursus/{TINY}")
    accessible(ani)
    pressed(ani, ani.get_by_role("link", name="Membuka pertemuan"))
    pressed(ani, ani.locator("#tf-s01-l01").get_by_role("link").first)
    expect(ani.get_by_role("toolbar", name="Alat menulis")).to_be_visible()
    reached(ani, ani.get_by_label("Isi kartu"))
    ani.keyboard.press("Control+A")
    ani.keyboard.type("Kalimat dari Ani yang belum pernah terbit.")
    pressed(ani, ani.get_by_role("button", name="Simpan kartu"))
    expect(ani.get_by_text("Kartu tersimpan sebagai naskah")).to_be_visible()
    reached(ani, ani.get_by_label("Foto atau gambar SVG"))
    file = {"name": "a.svg", "mimeType": "image/svg+xml", "buffer": SVG}
    ani.get_by_label("Foto atau gambar SVG").set_input_files(file)
    reached(ani, ani.get_by_label("Apa yang terlihat pada gambar"))
    ani.keyboard.type("Bola biru tua")
    pressed(ani, ani.get_by_role("button", name="Pasang gambar"))
    expect(ani.get_by_role("img", name="Bola biru tua")).to_be_visible()
    expect(ani.get_by_text("Kalimat dari Ani").last).to_be_visible()
    accessible(ani)
    ani.goto(f"/studio/kursus/{TINY}")
    pressed(ani, ani.get_by_role("button", name="Ajukan untuk disetujui"))
    expect(ani.get_by_text("Naskah disetujui oleh orang lain")).to_be_visible()
    expect(ani.get_by_role("button", name="Setujui dan terbitkan")).to_have_count(0)
    budi = signed_in(phone, BUDI, viewport=screen)
    budi.goto(f"/studio/kursus/{TINY}")
    pressed(budi, budi.get_by_role("button", name="Setujui dan terbitkan"))
    expect(budi.get_by_text("Versi 2 sudah terbit")).to_be_visible()
    accessible(budi)
    siti.reload()
    expect(siti.get_by_text("Kalimat dari Ani")).to_have_count(0)
    moves_the_class(ani, accessible)
    siti.reload()
    expect(siti.get_by_text("Kalimat dari Ani")).to_be_visible()


def moves_the_class(page: Page, accessible) -> None:
    """Its widyaiswara reads what changes and moves it, by keyboard too."""
    page.goto("/angkatan")
    pressed(page, page.get_by_role("link", name=re.compile(r"^Angkatan \d")).first)
    pressed(page, page.get_by_role("link", name="Versi baru"))
    expect(page.get_by_text("1 kartu berubah")).to_be_visible()
    accessible(page)
    pressed(page, page.get_by_role("button", name="Pindahkan ke versi 2"))
    expect(page.get_by_text("Angkatan sudah pindah.")).to_be_visible()
    accessible(page)


TEXT = "\n\n".join(f"{n}. Pertanyaan uji nomor {n}?\na. satu {n}\n*b. dua {n}\nc. tiga {n}" for n in range(1, 41))


@pytest.mark.slow(reason="brings forty items in through a browser")
def test_forty_items_come_in_are_mended_and_go_out_equal(people, phone, accessible, live_app: Flask):
    ani = signed_in(phone, ANI)
    ani.goto(f"/studio/soal/{TINY}/impor")
    ani.get_by_label("Atau tempel teks dari Word").fill(TEXT + "\n\n41. Tanpa kunci\na. x\nb. y")
    ani.get_by_role("button", name="Periksa dulu").click()
    expect(ani.get_by_text("40 soal terbaca")).to_be_visible()
    expect(ani.get_by_text("1 hal tidak terbawa")).to_be_visible()
    accessible(ani)
    ani.get_by_role("button", name="Simpan ke bank soal").click()
    expect(ani.get_by_text("40 soal perlu dilengkapi")).to_be_visible()
    accessible(ani)
    ani.get_by_role("link", name="Pertanyaan uji nomor 1?").click()
    ani.get_by_label("Sesi").select_option("m1-s01")
    ani.get_by_role("button", name="Pakai sesi ini").click()
    for label in ("Tujuan yang diuji", "Kartu untuk dibaca ulang", "Dipakai dalam"):
        ani.get_by_label(label).select_option(index=1)
    for n in range(3):
        ani.get_by_label("Mengapa benar atau salah").nth(n).fill("Begitu alasannya.")
    ani.get_by_role("button", name="Simpan soal").click()
    expect(ani.get_by_text("Soal tersimpan sebagai naskah")).to_be_visible()
    accessible(ani)
    with live_app.app_context():
        before = {item.mark: item.data for item in catalogue.bank(TINY).items}
    ani.goto(f"/studio/soal/{TINY}")
    for name in ("XLSX", "GIFT", "Moodle XML", "QTI 2.2"):
        with ani.expect_download() as got:
            ani.get_by_role("link", name=name).click()
        found = formats.read(got.value.path().read_bytes())
        assert (len(found.questions), found.remarks) == (len(before), ())
