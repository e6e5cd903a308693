"""Hostile files through every upload: refused in words, in good time, and the server goes on."""

import hashlib
import io
import re
import time

import pytest

from p2k2lms.core import clock
from p2k2lms.core.db import db
from tests.access import table
from tests.access.world import NOON
from tests.factories import hostile
from tests.hardening import forms

PATIENCE = 10  # seconds of this process
UPLOADS = {  # who meets the form of each, and on which page; test_words.py finds one that is missing
    "assessment_items.import_items": ("widyaiswara", "/studio/soal/<course>/impor"),
    "catalogue.picture": ("widyaiswara", "/studio/kursus/<course>/kartu/<step>"),
    "catalogue.upload": ("widyaiswara", "/studio/kursus/<course>"),
    "certificates.check_file": ("visitor", "/cek/berkas"),
    "coaching.observe": ("supervisor", "/bimbingan/amatan/baru/<person_id>/<version_id>/<sesi>"),
    "enrolment.roster_file": ("widyaiswara", "/angkatan/<angkatan_id>/peserta/berkas"),
    "evaluation.old_alumni": ("evaluator", "/evaluasi/impor/alumni"),
    "evaluation.old_answers": ("evaluator", "/evaluasi/impor/jawaban"),
    "fieldwork.correct": ("pendamping", "/lapangan/pertemuan/<meeting_id>/perbaiki"),
    "fieldwork.import_groups": ("pendamping", "/lapangan/kelompok/impor"),
    "fieldwork.report": ("pendamping", "/lapangan/<group_id>/lapor/<sesi>"),
    "identity.import_people": ("admin", "/kelola/impor"),
}
LOOKED_AT = {
    "assessment_items.import_items",
    "certificates.check_file",
    "evaluation.old_alumni",
}  # 200 tells what is wrong
TAKE_IN = 'value="apply"'
PROMISE = {"photo_ok": "1"}  # without this tick a photo is refused before anybody looks at it
NO_PHOTO = re.compile(r"Berkas ini bukan foto|Foto ini terlalu besar|Ambil fotonya dulu")
TAG = re.compile(r"<[^>]+>")


@pytest.fixture(scope="module")
def files():
    return hostile.files()


@pytest.fixture(scope="module")
def uploads(sqlite_world):
    """The form of each upload."""
    rules = {plain: rule for method, plain, rule in table.routes(sqlite_world.app) if method == "GET"}
    places = [(role, table.address(sqlite_world, plain, rules[plain])) for role, plain in UPLOADS.values()]
    with sqlite_world.app.app_context(), clock.stopped(NOON):
        found = [form for form in forms.shown(sqlite_world, places) if form.files]
    return {form.endpoint: form for form in found}


def words(page: str) -> set[str]:
    """The sentences that a page shows."""
    return {line for part in TAG.split(page) if (line := " ".join(part.split()))}


def sent(world, form, name: str, content: bytes) -> tuple[int, str]:
    """The status of sending one file in this form, and what the page says."""
    data = form.filled() | PROMISE | {form.files[0]: (io.BytesIO(content), name)}
    answer = world.client(form.role, "own").post(form.action, data=data, content_type="multipart/form-data")
    db.session.rollback()
    return answer.status_code, answer.text


@pytest.mark.slow(reason="unpacks bombs")
@pytest.mark.parametrize("endpoint", sorted(UPLOADS))
def test_a_hostile_file_is_refused_in_words_and_the_server_goes_on(world, uploads, files, endpoint):
    form, faults = uploads[endpoint], []
    fine = (409, 413, 422, 200) if endpoint in LOOKED_AT else (409, 413, 422)
    with clock.stopped(NOON):
        before = words(world.client(form.role, "own").get(form.page).text)
        for what, (name, content) in files.items():
            began = time.process_time()
            status, page = sent(world, form, name, content)
            took = time.process_time() - began
            if status not in fine or not words(page) - before or took > PATIENCE or TAKE_IN in page:
                faults.append((what, status, round(took, 1)))
            if "<script>window.ran" in page or "root:" in page:
                faults.append((what, "comes back"))
        alive = world.client(form.role, "own").get(form.page).status_code
    assert faults == []
    assert alive == 200


@pytest.mark.slow(reason="reads pictures that say they are huge")
@pytest.mark.parametrize("where", ["fieldwork.add_photo", "coaching.observe"])
def test_no_hostile_file_becomes_a_photo_of_a_meeting_or_an_observation(world, uploads, files, where):
    form = uploads.get(where) or forms.Form(page="/", action=f"/lapangan/pertemuan/{world.ids['meeting_id']}/foto")
    form.role, form.files = form.role or "pendamping", form.files or ["foto"]
    with clock.stopped(NOON):
        told = {what: sent(world, form, *file) for what, file in files.items() if file[1]}
    assert {what: status for what, (status, _page) in told.items() if status not in (413, 422)} == {}
    assert [what for what, (_status, page) in told.items() if not NO_PHOTO.search(page)] == []


@pytest.mark.parametrize("what", sorted(hostile.files()))
def test_no_hostile_file_is_taken_for_a_photo(world, files, what):
    content = files[what][1]
    address = f"/api/v1/foto/{hashlib.sha256(content).hexdigest()}"
    answer = world.client("pendamping", "own").put(address, data=content)
    assert answer.status_code == 422
    assert re.search(r"Berkas ini bukan foto|Foto ini terlalu besar", answer.get_json()["message"])
