"""A course arranged by its authors: cards change places, pictures are only drawings, a ZIP goes out and in."""

import io
import zipfile

import pytest

from p2k2lms.core import archives
from p2k2lms.core.errors import Conflict, Invalid
from p2k2lms.plugins.catalogue import queries, service
from tests.conftest import an_actor
from tests.factories.catalogue import TINY, a_course

ANI, BUDI = an_actor(7, "widyaiswara"), an_actor(8, "widyaiswara")
FIRST, SECOND = "tf-s01-l01", "tf-s01-l02"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="3" fill="#123456"/></svg>'


@pytest.fixture
def before(app):
    return a_course()


def order() -> list[str]:
    bench = service.workbench(ANI, TINY)
    return [step.value.id for sesi in bench.draft.sesi if sesi.id == "tf-s01" for step in sesi.steps]


def test_a_card_changes_places_keeps_its_id_and_stops_at_the_end(both):
    a_course()
    service.move_card(ANI, TINY, FIRST, up=False)
    assert order()[:2] == [SECOND, FIRST]
    service.move_card(ANI, TINY, FIRST, up=True)
    assert order()[:2] == [FIRST, SECOND]
    with pytest.raises(Conflict, match="di ujung"):
        service.move_card(ANI, TINY, FIRST, up=True)
    service.checked_draft(TINY, queries.texts(TINY))


def test_a_drawing_with_its_words_appears_on_the_card(before, sign_in):
    browser = sign_in(ANI)
    address = f"/studio/kursus/{TINY}/kartu/{SECOND}"
    sent = browser.post(f"{address}/gambar", data={"file": (io.BytesIO(SVG), "a.svg"), "alt": "Bola biru tua"})
    assert sent.status_code == 303
    assert 'aria-label="Bola biru tua"' in browser.get(address).text
    assert service.card_draft(ANI, TINY, SECOND).fields["picture_alt"] == "Bola biru tua"
    assert not service.card_draft(ANI, TINY, SECOND).preview.picture.count("script")


@pytest.mark.parametrize(
    ("data", "alt", "said"),
    [
        (SVG, " ", "yang terlihat"),
        (b"\xff\xd8\xff\xe0JFIF", "Foto", "bukan foto yang bisa dibuka"),
        (b"GIF89a", "Film", "bukan gambar SVG"),
        (b"", "Kosong", "bukan gambar SVG"),
        (SVG.replace(b"<circle", b"<script>alert(1)</script><circle"), "Jahat", "tidak diterima"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG, "Jahat", "SVG yang utuh"),
        (b"<html></html>", "Bukan", "SVG yang utuh"),
    ],
)
def test_what_is_no_drawing_or_hides_more_is_refused(before, data, alt, said):
    with pytest.raises(Invalid, match=said):
        service.set_picture(ANI, TINY, SECOND, service.NewPicture(data, alt))
    assert not service.workbench(ANI, TINY).changed


def zipped(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def test_a_zip_goes_out_is_changed_elsewhere_and_comes_in_to_be_approved_by_another(before):
    out = service.packed(ANI, TINY)
    assert service.unpack(ANI, TINY, out) == 0
    assert not service.workbench(ANI, TINY).changed
    with zipfile.ZipFile(io.BytesIO(out)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    path = next(name for name, text in files.items() if b"id: " + FIRST.encode() in text)
    assert service.unpack(ANI, TINY, zipped(files | {path: files[path] + b"\nSatu kalimat lagi.\n"})) == 1
    assert [(one.step, one.own) for one in service.workbench(ANI, TINY).changed] == [(FIRST, True)]
    service.hand_in(ANI, TINY)
    with pytest.raises(Conflict, match="Anda tulis sendiri"):
        service.approve(ANI, TINY)
    assert "Satu kalimat lagi" in service.card(service.approve(BUDI, TINY).id, FIRST).html


def test_a_zip_that_is_older_than_the_drafts_overwrites_nothing(before):
    out = service.packed(ANI, TINY)
    service.move_card(BUDI, TINY, FIRST, up=False)
    with pytest.raises(Conflict, match="Yang berubah: Duduk melingkar; Menyapa setiap ibu"):
        service.unpack(ANI, TINY, out)
    assert order()[0] == SECOND


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"../luar.md": b"x"}, "keluar dari mapnya"),
        ({"courses/lain.yaml": b"x"}, "bukan milik kursus"),
        ({f"courses/{TINY}.yaml": b"\xff\xfe"}, "UTF-8"),
    ],
)
def test_a_zip_of_something_else_is_refused(before, files, said):
    with pytest.raises(Invalid, match=said):
        service.unpack(ANI, TINY, zipped(files))


def test_the_pages_move_carry_and_refuse_in_words(before, sign_in):
    browser = sign_in(ANI)
    address = f"/studio/kursus/{TINY}"
    assert browser.post(f"{address}/susunan", data={"id": FIRST, "do": "turun"}).status_code == 303
    assert browser.post(f"{address}/susunan", data={"id": SECOND, "do": "naik"}).status_code == 409
    out = browser.get(f"{address}/naskah.zip")
    assert (out.mimetype, out.headers["Cache-Control"]) == ("application/zip", "no-store")
    taken = browser.post(f"{address}/naskah", data={"file": (io.BytesIO(out.data), "n.zip")})
    assert taken.status_code == 303
    page = browser.get(taken.location).text
    assert "isinya sama dengan naskah di sini" in page
    assert f'href="{address}/versi?dari=1">Baca apa yang berubah sejak versi 1' in page
    assert browser.post(f"{address}/naskah", data={"file": (io.BytesIO(b"x"), "n.zip")}).status_code == 422
    assert browser.post(f"{address}/kartu/{FIRST}/gambar", data={"alt": "x"}).status_code == 422


def test_a_zip_is_read_up_to_the_border_and_turned_away_beyond(before, sign_in):
    browser = sign_in(ANI)
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="n.zip"\r\n\r\n'
    rest = archives.MOST_PACKED - len(head) - len(b"\r\n--x--\r\n")
    for size, status in ((rest, 422), (rest + 1, 413)):
        body = head + bytes(size) + b"\r\n--x--\r\n"
        sent = browser.post(f"/studio/kursus/{TINY}/naskah", data=body, content_type="multipart/form-data; boundary=x")
        assert sent.status_code == status, size
    assert not service.workbench(ANI, TINY).changed
