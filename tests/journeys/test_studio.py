"""Two widyaiswara in the studio: a card changed and approved while somebody learns, and items in, mended and out."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from p2k2lms.plugins.assessment import formats
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.identity.passwords import hashed
from tests.factories.catalogue import TINY
from tests.factories.enrolment import BANJAR, a_member, an_angkatan, the_unit
from tests.factories.identity import someone
from tests.plugins.catalogue.test_studio_files import SVG

PASSWORD = "rahasia-latih-2026"
ANI, BUDI, SITI = "uji-ani", "uji-budi", "uji-siti"
WIDE = {"width": 1280, "height": 800}


@pytest.fixture
def people(live, live_app: Flask) -> None:
    """Two who write, and one in the middle of the tiny course."""
    with live_app.app_context():
        the_unit("R4")
        word = hashed(PASSWORD)
        for name in (ANI, BUDI):
            someone("widyaiswara", "R4", pkh_id=name, password_hash=word)
        a_member(an_angkatan(), someone("pendamping", BANJAR, pkh_id=SITI, password_hash=word))


def signed_in(phone, who: str, **wishes) -> Page:
    page = phone(**wishes).new_page()
    page.goto("/masuk")
    page.get_by_label("Nomor HP atau nomor SDM PKH").fill(who)
    page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url("**/")
    return page


@pytest.mark.slow(reason="three people in three browsers")
def test_a_card_is_changed_illustrated_and_published_while_somebody_learns_the_old_one(people, phone, accessible):
    siti = signed_in(phone, SITI)
    siti.goto(f"/belajar/{TINY}/tf-s01/tf-s01-l01")
    ani = signed_in(phone, ANI, viewport=WIDE)
    ani.goto(f"/studio/kursus/{TINY}")
    accessible(ani)
    ani.get_by_role("link", name="Membuka pertemuan").click()
    accessible(ani)
    ani.locator("#tf-s01-l01").get_by_role("link").first.click()
    ani.get_by_label("Isi kartu").fill("Kalimat dari Ani yang belum pernah terbit.")
    ani.get_by_label("Isi kartu").press("Tab")
    ani.get_by_role("button", name="Simpan kartu").press("Enter")
    expect(ani.get_by_text("Kartu tersimpan sebagai naskah")).to_be_visible()
    ani.get_by_label("Foto atau gambar SVG").set_input_files(
        {"name": "a.svg", "mimeType": "image/svg+xml", "buffer": SVG}
    )
    ani.get_by_label("Apa yang terlihat pada gambar").fill("Bola biru tua")
    ani.get_by_role("button", name="Pasang gambar").click()
    expect(ani.get_by_role("img", name="Bola biru tua")).to_be_visible()
    expect(ani.get_by_text("Kalimat dari Ani").last).to_be_visible()
    accessible(ani)
    ani.goto(f"/studio/kursus/{TINY}")
    ani.get_by_role("button", name="Ajukan untuk disetujui").click()
    expect(ani.get_by_role("button", name="Setujui dan terbitkan")).to_have_count(0)
    budi = signed_in(phone, BUDI)
    budi.goto(f"/studio/kursus/{TINY}")
    budi.get_by_role("button", name="Setujui dan terbitkan").click()
    expect(budi.get_by_text("Versi 2 sudah terbit")).to_be_visible()
    accessible(budi)
    siti.reload()
    expect(siti.get_by_text("Kalimat dari Ani")).to_have_count(0)


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
