"""Pictures on cards: photos come in small and bare, stand on top or in the text, and never without words."""

import io

import pytest
from PIL import Image
from sqlalchemy import func, select

from p2k2lms.core.db import db
from p2k2lms.core.errors import Invalid
from p2k2lms.plugins.catalogue import card_source, queries, service
from p2k2lms.plugins.catalogue.models import Media
from p2k2lms.plugins.catalogue.values.media import MOST
from tests.factories.catalogue import TINY, a_course
from tests.factories.photos import a_noisy_picture, a_picture
from tests.plugins.catalogue.test_outlining import ADDRESS, ANI, BUDI, SECOND, publish, texts
from tests.plugins.catalogue.test_studio_files import SVG

PAGE = f"{ADDRESS}/kartu/{SECOND}"
BODY = "Satu.\n\nDua\nbaris.\n\n- tiga\n"


@pytest.fixture
def before(app):
    return a_course()


def with_place(data: bytes) -> bytes:
    """The same photo as a phone writes it, with the place where it was taken."""
    exif = Image.Exif()
    exif[0x8825] = {1: "S", 2: (3.0, 19.0, 0.0), 3: "E", 4: (114.0, 35.0, 0.0)}
    file = io.BytesIO()
    Image.open(io.BytesIO(data)).save(file, "JPEG", exif=exif)
    return file.getvalue()


def kept_photos() -> list[bytes]:
    return list(db.session.scalars(select(Media.body)))


def test_a_photo_comes_in_small_and_bare_and_reaches_the_learner_when_another_approves(both):
    a_course()
    photo = with_place(a_noisy_picture(1600, 1200))
    weight = service.set_picture(ANI, TINY, SECOND, service.NewPicture(photo, "Ibu  menyapa\ntamu"))
    (kept,) = kept_photos()
    assert len(kept) <= MOST
    assert weight == -(-len(kept) // 1000)
    assert not Image.open(io.BytesIO(kept)).getexif()
    version = publish()
    card, (address,) = service.card(version.id, SECOND), service.photos(version.id)
    assert f'src="{address}"' in card.picture
    assert 'alt="Ibu menyapa tamu"' in card.picture


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (0, "Satu.\n\n![Ibu (dua)](foto-1.jpg)\n\nDua\nbaris.\n\n- tiga\n"),
        (9, "Satu.\n\nDua\nbaris.\n\n![Ibu (dua)](foto-1.jpg)\n\n- tiga\n"),
        (10**9, BODY + "\n![Ibu (dua)](foto-1.jpg)\n"),
        (-4, "Satu.\n\n![Ibu (dua)](foto-1.jpg)\n\nDua\nbaris.\n\n- tiga\n"),
    ],
)
def test_a_picture_in_the_text_stands_below_the_paragraph_of_the_cursor(at, said):
    text = card_source.with_picture(f"---\nid: x\n---\n{BODY}", "foto-1.jpg", "Ibu [dua]", at)
    assert text == f"---\nid: x\n---\n{said}"


CODE = "Satu.\n```\nx\n\ny\n```\nDua.\n\nTiga.\n"
LONG = "~~~~ teks\nx\n\n~~~\n\ny\n~~~~\n\nDua.\n"


@pytest.mark.parametrize(
    ("body", "at", "said"),
    [
        (CODE, CODE.index("x"), "Satu.\n```\nx\n\ny\n```\n\n![I](a.jpg)\n\nDua.\n\nTiga.\n"),
        (CODE, CODE.index("y"), "Satu.\n```\nx\n\ny\n```\n\n![I](a.jpg)\n\nDua.\n\nTiga.\n"),
        (CODE, 0, "Satu.\n```\nx\n\ny\n```\n\n![I](a.jpg)\n\nDua.\n\nTiga.\n"),
        (CODE, CODE.index("Dua"), "Satu.\n```\nx\n\ny\n```\nDua.\n\n![I](a.jpg)\n\nTiga.\n"),
        (LONG, LONG.index("x"), "~~~~ teks\nx\n\n~~~\n\ny\n~~~~\n\n![I](a.jpg)\n\nDua.\n"),
        ("```\nx\n\ny\n", 4, "```\nx\n\ny\n\n![I](a.jpg)\n"),
        ("```x``` y.\n\nDua.\n", 0, "```x``` y.\n\n![I](a.jpg)\n\nDua.\n"),
    ],
    ids=["above the gap", "below the gap", "before the fence", "after it", "longer fence", "open fence", "inline code"],
)
def test_a_picture_never_falls_into_a_fenced_block(body, at, said):
    assert card_source.with_picture(f"---\nid: x\n---\n{body}", "a.jpg", "I", at) == f"---\nid: x\n---\n{said}"


def test_a_backslash_in_the_words_does_not_break_the_picture():
    text = card_source.with_picture("---\nid: x\n---\n", "a.jpg", "Ibu \\ menyapa\\", 0)
    assert card_source.split(text)[1] == "![Ibu  menyapa](a.jpg)\n"


def test_an_empty_text_takes_a_picture_too():
    assert card_source.split(card_source.with_picture("---\nid: x\n---\n", "a.jpg", "Ibu", 0))[1] == "![Ibu](a.jpg)\n"


def test_the_same_photo_twice_is_one_file_and_one_step_back_takes_it_away(both):
    a_course()
    start = texts()
    for at in (None, 0):
        service.set_picture(ANI, TINY, SECOND, service.NewPicture(a_picture(), "Ibu", at))
    assert [path for path in texts() if path.endswith("jpg")] == [f"modules_content/{TINY}/tf-s01/foto-2.jpg"]
    assert db.session.scalar(select(func.count()).select_from(Media)) == 1
    for _step in range(2):
        service.undo(ANI, TINY)
    assert texts() == start


def test_a_photo_is_told_by_its_content_not_by_its_name(before, sign_in):
    browser = sign_in(ANI)
    sent = {"file": (io.BytesIO(a_picture(kind="PNG")), "gambar.svg"), "alt": "Garis", "place": "text"}
    answer = browser.post(f"{PAGE}/gambar", data=sent)
    assert answer.status_code == 303
    page = browser.get(answer.location).text
    assert "Gambar terpasang, " in page
    assert '<img src="/belajar/gambar/' in page
    address = page.split('<img src="')[1].split('"')[0]
    assert browser.get(address).mimetype == "image/png"


def test_a_refused_photo_keeps_the_words_that_were_typed_and_says_beside_the_field_what_is_wrong(before, sign_in):
    browser = sign_in(ANI)
    sent = {"file": (io.BytesIO(a_picture()[:200]), "a.jpg"), "alt": "Ibu menyapa", "place": "text"}
    answer = browser.post(f"{PAGE}/gambar", data=sent)
    assert answer.status_code == 422
    form = answer.text.split('id="gambar"')[1].split("</form>")[0]
    assert 'value="Ibu menyapa"' in form
    assert "bukan foto yang bisa dibuka" in form
    assert 'value="text" checked' in form.replace("  ", " ")
    assert not kept_photos()
    assert not service.workbench(ANI, TINY).changed


def test_a_second_writer_keeps_the_text_when_a_picture_comes_in_between(before):
    found = service.card_draft(BUDI, TINY, SECOND)
    service.set_picture(ANI, TINY, SECOND, service.NewPicture(SVG, "Bola", 0))
    typed = {**found.fields, "body": "Dari Budi."}
    with pytest.raises(Exception, match="diubah orang lain"):
        service.save_card(BUDI, TINY, SECOND, typed, found.revision)
    assert "![Bola](gambar-" in service.card_draft(ANI, TINY, SECOND).fields["body"]


@pytest.mark.parametrize("words", ["  ", "\\ \\"])
def test_a_photo_without_words_is_refused_before_it_is_kept(before, words):
    with pytest.raises(Invalid, match="yang terlihat"):
        service.set_picture(ANI, TINY, SECOND, service.NewPicture(a_picture(), words))
    assert not kept_photos()
    assert not any(path.endswith("jpg") for path in queries.texts(TINY))


def test_without_script_the_text_is_saved_before_a_picture_is_asked_for_on_a_page_of_its_own(app, sign_in, before):
    browser = sign_in(ANI)
    found = service.card_draft(ANI, TINY, SECOND)
    beside = browser.get(PAGE).text
    assert 'id="gambar" enctype="multipart/form-data"' in beside
    assert "novalidate hidden>" in beside
    typed = {**found.fields, "body": "Baru saja diketik.", "revision": str(found.revision), "do": "picture"}
    answer = browser.post(PAGE, data=typed)
    assert (answer.status_code, answer.location) == (303, f"{PAGE}/gambar?simpan=1")
    alone = browser.get(answer.location).text
    assert 'name="alone"' in alone
    assert "hidden>" not in alone.split('id="gambar"')[1]
    sent = {"file": (io.BytesIO(b"bukan gambar"), "a.svg"), "alt": "Bola", "alone": "1"}
    refused = browser.post(f"{PAGE}/gambar", data=sent)
    assert refused.status_code == 422
    assert "Gambar belum terpasang" in refused.text
    assert 'name="alone"' in refused.text
    sent["file"] = (io.BytesIO(SVG), "a.svg")
    assert browser.post(f"{PAGE}/gambar", data=sent).status_code == 303
    assert service.card_draft(ANI, TINY, SECOND).fields["body"] == "Baru saja diketik."
