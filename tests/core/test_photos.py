"""Photos: redrawn without anything but the picture, told apart by content, claimed once, gone in time."""

import io
from datetime import timedelta

import pytest
from PIL import Image
from sqlalchemy import func, select

from p2k2lms.core import clock, photos, pictures, retention
from p2k2lms.core.db import db
from p2k2lms.core.errors import Conflict, Invalid
from p2k2lms.core.models import Photo
from p2k2lms.core.unit_of_work import unit_of_work
from tests.conftest import an_actor
from tests.factories.photos import a_noisy_picture, a_picture, sha_of

SENDER = an_actor(1)


def with_a_place() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "Merek HP"
    exif.get_ifd(0x8825)[2] = (3.0, 1.0, 2.0)
    exif[0x0112] = 6  # held upright
    return a_picture(exif=exif)


def test_what_is_kept_is_upright_small_and_says_nothing_but_the_picture():
    before = with_a_place()
    assert b"Merek" in before
    with Image.open(io.BytesIO(pictures.redrawn(before))) as kept:
        assert (kept.format, kept.size) == ("JPEG", (300, 400))
        assert not kept.getexif()
    with Image.open(io.BytesIO(pictures.redrawn(a_picture(4000, 3000, quality=95)))) as kept:
        assert max(kept.size) == 1280


@pytest.mark.parametrize(("kind", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("WEBP", "RGB"), ("JPEG", "CMYK")])
def test_every_usual_kind_becomes_the_same(kind, mode):
    assert pictures.redrawn(a_picture(kind=kind, mode=mode)).startswith(b"\xff\xd8")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_of_a_course_keeps_its_kind_loses_all_else_and_then_stays_byte_for_byte(kind):
    exif = Image.Exif()
    exif[0x010F] = "Merek HP"
    first = pictures.fitted(a_picture(2000, 1000, kind=kind, exif=exif), 1080, 60_000)
    with Image.open(io.BytesIO(first.body)) as kept:
        assert (kept.format, kept.size) == (kind, (first.width, first.height)) == (kind, (1080, 540))
    assert b"Merek" not in first.body
    assert pictures.fitted(first.body, 1080, 60_000) == first
    for tail in (b"<script>", b"\0"):
        assert pictures.fitted(first.body + tail, 1080, 60_000).body.endswith(first.body[-2:])


@pytest.mark.parametrize("size", [(3000, 2000), (500, 2400)])
def test_even_noise_is_made_light_enough(size):
    kept = pictures.fitted(a_noisy_picture(*size), 1080, 60_000)
    assert len(kept.body) <= 60_000
    assert abs(kept.width / kept.height - size[0] / size[1]) < 0.01


NOT_PICTURES = {
    "HEIC": (b"\0\0\0\x18ftypheic" + b"\0" * 40, "HEIC"),
    "a page": (b"<html><script>alert(1)</script>", "bukan foto"),
    "a document": (b"%PDF-1.7 ...", "bukan foto"),
    "nothing": (b"", "bukan foto"),
    "half a picture": (a_picture(1200, 900)[:900], "bukan foto"),
    "a drawing with script": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "bukan foto"),
    "20 MB": (b"\xff\xd8" + b"\0" * (20 * 1024 * 1024), "terlalu besar"),
    "a film of one colour": (a_picture(64, 64, kind="GIF", mode="P"), "bukan foto"),
    "more pixels than any camera": (a_picture(9000, 8000, kind="PNG", mode="1"), "terlalu besar"),
}


@pytest.mark.parametrize(("data", "said"), NOT_PICTURES.values(), ids=NOT_PICTURES.keys())
def test_what_is_no_picture_is_refused_in_plain_words(data, said):
    for take in (pictures.redrawn, lambda data: pictures.fitted(data, 1080, 60_000)):
        with pytest.raises(Invalid, match=said):
            take(data)


def count():
    return db.session.scalar(select(func.count()).select_from(Photo))


def claimed(sha, person=1, owner="a"):
    with unit_of_work("test.claim"):
        photos.claim(person, sha, "test.thing", owner)


def test_the_same_bytes_twice_are_one_photo_and_belong_to_one_thing(both):
    sha = photos.receive(SENDER, a_picture())
    assert photos.receive(SENDER, a_picture()) == sha
    assert count() == 1
    claimed(sha)
    claimed(sha)
    with pytest.raises(Invalid, match="laporan lain"):
        claimed(sha, owner="b")
    with pytest.raises(Invalid, match="belum sampai"):
        claimed(sha, person=2)
    [card] = photos.of("test.thing", ["a", "b"])
    assert (photos.body(card.id) or b"").startswith(b"\xff\xd8")
    assert photos.of("test.thing", []) == []


def test_photos_go_after_a_year_and_what_nobody_claims_after_a_week(both):
    kept, lost = photos.receive(SENDER, a_picture()), photos.receive(SENDER, a_picture(300, 300))
    claimed(kept)
    assert lost != kept
    for days, left in ((6, 2), (8, 1), (364, 1), (366, 0)):
        with clock.stopped(clock.now() + timedelta(days=days)):
            retention.keep()
        assert count() == left, days


def test_who_sends_photos_without_reports_is_stopped(app, monkeypatch):
    monkeypatch.setattr(photos, "MOST_UNCLAIMED", 2)
    for width in (100, 101):
        photos.receive(SENDER, a_picture(width))
    with pytest.raises(Conflict, match="menunggu"):
        photos.receive(SENDER, a_picture(102))


def test_a_photo_comes_through_its_door_by_the_hash_of_its_bytes(app, sign_in, browser):
    data = a_picture()
    page, url = sign_in(SENDER), f"/api/v1/foto/{sha_of(data)}"
    assert page.put(url, data=data).status_code == 200
    assert page.put(url, data=data[:-1]).status_code == 409
    assert page.put(url, data=b"x" * (14 * 1024 * 1024)).status_code == 413
    text = b"bukan foto"
    refused = page.put(f"/api/v1/foto/{sha_of(text)}", data=text)
    assert (refused.status_code, "bukan foto" in refused.json["message"]) == (422, True)
    assert browser.put(url, data=data).status_code == 401
