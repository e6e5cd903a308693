"""Photos of a meeting: after the report, with it or without script, seen by who sees the report, refused with words."""

import io
import re
import uuid

import pytest
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import encode_multipart

from p2k2lms.core import photos
from tests.factories.enrolment import BANJAR, the_course
from tests.factories.fieldwork import a_group, a_meeting, a_pendamping, sends
from tests.factories.identity import as_actor, someone, supervised
from tests.factories.photos import a_picture
from tests.plugins.fieldwork.test_teaching_routes import SESI, fields_of


def a_report(person: int) -> tuple:
    """Somebody with a group, and a meeting that was told of it."""
    the_course()
    actor, group = as_actor(person), a_group(person)
    return actor, group, sends(actor, "meeting", a_meeting([group.id])).id


def shown(actor, meeting, width=400):
    """A photo sent after its meeting, and the answer."""
    return sends(actor, "photo", {"meeting": meeting, "photo": photos.receive(actor, a_picture(width))})


def test_a_photo_follows_its_meeting_through_every_version(both):
    actor, group, meeting = a_report(a_pendamping())
    assert shown(actor, meeting).status == "accepted"
    again = sends(actor, "correction", a_meeting([group.id], corrects=meeting)).id
    assert shown(actor, again, 300).status == "accepted"
    assert [card.owner_id for card in photos.of("fieldwork.meeting", [meeting])] == [meeting] * 2
    assert shown(actor, again, 200).status == "accepted"
    refused = shown(actor, again, 100)
    assert (refused.status, "3 foto" in refused.faults[0].message) == ("rejected", True)


def test_a_photo_without_bytes_or_of_a_strangers_meeting_is_refused(both):
    actor, _, meeting = a_report(a_pendamping())
    absent = sends(actor, "photo", {"meeting": meeting, "photo": "0" * 64})
    assert (absent.status, absent.faults[0].field) == ("rejected", "payload.photo")
    assert shown(as_actor(a_pendamping()), meeting).status == "rejected"
    assert shown(actor, str(uuid.uuid4()), 200).status == "rejected"


def test_who_sees_the_report_sees_the_photo_and_nobody_else(app, sign_in):
    actor, _, meeting = a_report(a_pendamping())
    shown(actor, meeting)
    supervisor, other = someone("supervisor", "62.03"), someone("supervisor", BANJAR)
    supervised(supervisor, actor.id)
    page = sign_in(actor).get(f"/lapangan/pertemuan/{meeting}").text
    [url] = re.findall(r'src="(/lapangan/pertemuan/[^"]+/foto/\d+)"', page)
    for person, status in ((actor.id, 200), (supervisor, 200), (other, 404), (a_pendamping(), 404)):
        answer = sign_in(as_actor(person)).get(url)
        assert answer.status_code == status, person
    kept = sign_in(actor).get(url)
    assert (kept.mimetype, kept.cache_control.private) == ("image/jpeg", True)
    assert sign_in(actor).get(url + "0").status_code == 404


def form_with(page, group, photo, **traits):
    """The report form without script, with a file."""
    url = f"/lapangan/{group}/lapor/{SESI}"
    fields = fields_of(page.get(url).text, women="15") | {"photo_ok": "1"} | traits
    fields = {key: value for key, value in fields.items() if value is not None}
    return posted(page, url, fields | {"foto": a_file(photo)})


def a_file(data):
    """A file as a form brings it."""
    return FileStorage(io.BytesIO(data), filename="foto.jpg", name="foto")


def posted(page, url, fields):
    """A form with a file, held in memory."""
    boundary, body = encode_multipart(MultiDict(fields))
    return page.post(url, data=body, content_type=f"multipart/form-data; boundary={boundary}")


def test_a_form_without_script_brings_its_photo_along(app, sign_in):
    the_course()
    actor = as_actor(a_pendamping())
    group, page = a_group(actor.id), sign_in(actor)
    sent = form_with(page, group.id, a_picture(1600, 1200))
    assert sent.status_code == 303
    assert "/foto/" in page.get(sent.headers["Location"]).text


REFUSED = {
    "20 MB": (b"\xff\xd8" + b"\0" * (20 * 1024 * 1024), "terlalu besar"),
    "HEIC": (b"\0\0\0\x18ftypheic" + b"\0" * 40, "HEIC"),
    "no picture": (b"MZ\x90", "bukan foto"),
}


@pytest.mark.parametrize(("photo", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_a_photo_that_is_none_is_refused_in_words_and_the_report_is_kept(app, sign_in, photo, said):
    the_course()
    actor = as_actor(a_pendamping())
    group, page = a_group(actor.id), sign_in(actor)
    answer = form_with(page, group.id, photo)
    assert answer.status_code == 200
    assert all(word in answer.text for word in (said, "Laporan aman, fotonya belum tersimpan", "Resi K-"))
    assert "hadir 15 dari 20" in page.get(f"/lapangan/{group.id}").text


def test_without_the_promise_no_photo_is_kept_and_it_can_be_added_later(app, sign_in):
    the_course()
    actor = as_actor(a_pendamping())
    group, page = a_group(actor.id), sign_in(actor)
    answer = form_with(page, group.id, a_picture(), photo_ok=None)
    assert "tidak ada wajah anak tanpa izin" in answer.text
    [url] = set(re.findall(r'action="(/lapangan/pertemuan/[^"]+/foto)"', answer.text))
    file = {"foto": a_file(a_picture()), "photo_ok": "1"}
    assert posted(page, url, file).status_code == 303
    wrong = {"foto": a_file(b"x"), "photo_ok": "1"}
    assert posted(page, url, wrong).status_code == 422
