"""Photos on cards: given to who is signed in, kept for ever, taken along with the sesi, printed with the flip chart."""

import hashlib
import io

import pytest
from pypdf import PdfReader

from p2k2lms.plugins.catalogue import service as catalogue
from tests.factories.catalogue import TINY, a_course, course_texts
from tests.factories.delivery import a_learner
from tests.factories.enrolment import the_unit
from tests.factories.photos import a_picture

CARD = "tf-s01/01-sapaan.md"


@pytest.fixture
def photo(app):
    """The photo that stands on the first card of the tiny course."""
    the_unit("R4")
    photo, path = catalogue.put_media(a_picture(900, 600)), f"modules_content/{TINY}/{CARD}"
    card = course_texts()[path].replace("gambar-1.svg", "foto-1.jpg")
    a_course(changes={CARD: card, path.replace("01-sapaan.md", "foto-1.jpg"): photo.text})
    return photo


def test_a_card_leads_to_its_photo_which_is_kept_for_ever(photo, sign_in, browser):
    learner = sign_in(a_learner()[0])
    assert f'<img src="{photo.address}"' in learner.get(f"/belajar/{TINY}/tf-s01/tf-s01-l01").text
    answer = learner.get(photo.address)
    assert (answer.status_code, answer.mimetype, len(answer.data)) == (200, "image/jpeg", photo.size)
    assert hashlib.sha256(answer.data).hexdigest() == photo.sha
    assert {"private", "immutable"} <= set(answer.headers["Cache-Control"].split(", "))
    assert learner.get(photo.address.replace(photo.sha, "0" * 64)).status_code == 404
    assert browser.get(photo.address).status_code == 302


def test_a_phone_takes_the_photos_of_a_sesi_along_and_knows_their_weight(photo, sign_in):
    learner = sign_in(a_learner()[0])
    plan = learner.get(f"/api/v1/paket/{TINY}").json
    file, other = (
        next(s["file"] for m in plan["modul"] for s in m["sesi"] if s["id"] == i) for i in ("tf-s01", "m1-s01")
    )
    assert (file["photos"], other["photos"]) == ([photo.address], [])
    small = learner.get(file["url"], headers={"Accept-Encoding": "br"})
    assert file["bytes"] == len(small.data) + photo.size


def test_the_flip_chart_shows_it(photo, sign_in):
    answer = sign_in(a_learner()[0]).get(f"/belajar/{TINY}/tf-s01/lembar-balik.pdf")
    front = PdfReader(io.BytesIO(answer.data)).pages[0]
    assert [picture.image.size for picture in front.images] == [(photo.width, photo.height)]
