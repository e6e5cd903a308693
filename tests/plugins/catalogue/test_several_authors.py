"""Several authors in one course: nothing of anybody is lost, nobody approves his own, what is broken is told."""

from functools import partial

import pytest
from sqlalchemy import func, select

from p2k2lms.core.db import db
from p2k2lms.core.errors import Conflict
from p2k2lms.plugins.catalogue import queries, service
from p2k2lms.plugins.catalogue.models import Media
from tests.conftest import an_actor
from tests.factories.catalogue import TINY, a_course
from tests.factories.photos import a_picture
from tests.plugins.assessment.test_concurrency import at_once
from tests.plugins.catalogue.test_outlining import ADDRESS, ANI, BUDI, FIRST, SECOND, THIRD, cards, outline, texts
from tests.plugins.catalogue.test_studio_files import zipped

CITRA = an_actor(9, "widyaiswara")
FOLDER = f"modules_content/{TINY}/tf-s01"
NEW = f"{FOLDER}/04-baru.md"


@pytest.fixture
def before(app):
    return a_course()


def a_card(name: str) -> bytes:
    path = next(path for path, text in texts().items() if f"id: {FIRST}" in text)
    return texts()[path].replace(f"id: {FIRST}", f"id: {name}").encode()


def break_head(name: str, line: str = "title: [") -> None:
    """Load a text whose head is no YAML, as a ZIP may bring one."""
    path = next(path for path in texts() if path.endswith(name))
    broken = texts() | {path: texts()[path].replace("title:", line, 1)}
    service.load(TINY, broken, queries.last_revision(TINY), ANI)


def test_what_a_zip_brought_anew_leaves_again_when_it_is_taken_back(both):
    a_course()
    start = texts()
    service.unpack(
        ANI, TINY, zipped({path: text.encode() for path, text in start.items()} | {NEW: a_card("tf-s01-l04")})
    )
    assert cards()[-1] == "tf-s01-l04"
    assert service.undo(ANI, TINY) == "catalogue.load_documents"
    assert texts() == start


def test_the_photo_of_a_refused_zip_is_not_kept(both):
    a_course()
    kept, _revision = service.exported(TINY, sealed=True)
    service.move_card(BUDI, TINY, FIRST, up=False)
    service.rename_card(BUDI, TINY, SECOND, "Judul Budi", "5")
    with pytest.raises(Conflict):
        service.unpack(ANI, TINY, zipped(kept | {f"{FOLDER}/foto-1.jpg": a_picture()}))
    assert db.session.scalar(select(func.count()).select_from(Media)) == 0


def test_outline_changes_at_one_moment_are_all_kept(both):
    a_course()
    made = at_once(both, *[partial(service.add_modul, ANI, TINY, f"Modul {n}") for n in range(4)])
    assert sorted(made) == ["m2", "m3", "m4", "m5"]
    assert set(made) < set(outline())


def test_of_two_texts_saved_at_one_moment_the_second_is_refused(both):
    a_course()
    found = service.card_draft(ANI, TINY, FIRST)
    works = [
        partial(service.save_card, who, TINY, FIRST, {**found.fields, "key": f"Dari {who.id}."}, found.revision)
        for who in (ANI, BUDI)
    ]
    answers = at_once(both, *works)
    assert sorted(type(one) for one in answers if one is not None) == [Conflict]


def test_two_who_publish_at_one_moment_make_one_version(both):
    a_course()
    service.rename_card(ANI, TINY, FIRST, "Judul Ani", "5")
    service.hand_in(ANI, TINY)
    answers = at_once(both, partial(service.approve, BUDI, TINY), partial(service.approve, CITRA, TINY))
    assert {one.number for one in answers if not isinstance(one, Conflict)} == {2}
    assert [version.number for version, _kept in service.versions(ANI, TINY)] == [2, 1]
    assert not service.workbench(ANI, TINY).changed


def test_after_a_clash_the_head_of_a_sesi_shows_what_the_other_wrote_beside_what_was_typed(before, sign_in):
    browser = sign_in(ANI)
    found = service.sesi_draft(ANI, TINY, "tf-s01")
    typed = {**found.fields, "aim": "Dari Ani.", "revision": str(found.revision)}
    service.save_sesi(BUDI, TINY, "tf-s01", {**found.fields, "aim": "Dari Budi."}, found.revision)
    clash = browser.post(f"{ADDRESS}/sesi/tf-s01", data=typed)
    assert clash.status_code == 409
    told = clash.text.split("Yang tersimpan sekarang")[1].split("</section>")[0]
    assert "Dari Budi." in told
    assert told.count("<dt") == 1
    assert "Dari Ani.</textarea>" in clash.text


def test_a_copy_is_taken_back_in_one_step(both):
    a_course()
    start = texts()
    service.duplicate_card(ANI, TINY, FIRST)
    service.undo(ANI, TINY)
    assert texts() == start


def test_an_archived_card_can_be_copied_too(both):
    a_course()
    service.archive_card(ANI, TINY, FIRST)
    made = service.duplicate_card(ANI, TINY, FIRST)
    assert cards() == [SECOND, THIRD, made]


def test_what_was_published_is_no_longer_taken_back(both):
    a_course()
    service.rename_card(ANI, TINY, FIRST, "Judul Ani", "5")
    assert service.workbench(ANI, TINY).undo == "catalogue.rename_card"
    service.hand_in(ANI, TINY)
    service.approve(BUDI, TINY)
    assert service.workbench(ANI, TINY).undo == ""
    with pytest.raises(Conflict, match="Tidak ada"):
        service.undo(ANI, TINY)
    found = service.card_draft(ANI, TINY, FIRST)
    service.save_card(ANI, TINY, FIRST, {**found.fields, "key": "Baru lagi."}, found.revision)
    service.undo(ANI, TINY)
    assert service.card_draft(ANI, TINY, FIRST).fields == found.fields


def test_who_drags_a_card_takes_no_draft_from_its_writer_and_neither_approves(both):
    a_course()
    found = service.card_draft(ANI, TINY, FIRST)
    service.save_card(ANI, TINY, FIRST, {**found.fields, "key": "Dari Ani."}, found.revision)
    service.order_cards(BUDI, TINY, [SECOND, FIRST])
    service.hand_in(ANI, TINY)
    for who in (ANI, BUDI):
        assert not service.workbench(who, TINY).may_approve
        with pytest.raises(Conflict, match="Anda tulis sendiri"):
            service.approve(who, TINY)
    assert service.approve(CITRA, TINY).number == 2


def test_a_broken_head_of_a_sesi_is_told_in_words_wherever_it_is_met(before, sign_in):
    break_head("tf-s01/_sesi.md")
    browser = sign_in(ANI)
    for data in (
        {"id": "tf-s01", "do": "tambah", "title": "Kartu"},
        {"id": "tf-s01", "do": "ubah", "title": "Lain"},
        {"id": "tf-s01", "do": "salin"},
        {"id": "tf", "do": "salin"},
    ):
        answer = browser.post(f"{ADDRESS}/susunan", data=data)
        assert (answer.status_code, "rusak di baris" in answer.text) == (409, True), data
    assert browser.get(f"{ADDRESS}/sesi/tf-s01").status_code == 409


def test_a_broken_card_stops_nothing_else_of_its_sesi(before, sign_in):
    browser = sign_in(ANI)
    path = next(path for path, text in texts().items() if f"id: {SECOND}" in text)
    break_head(path.rpartition("/")[2])
    for data in (
        {"id": FIRST, "do": "salin"},
        {"id": FIRST, "do": "turun"},
        {"id": FIRST, "do": "ubah", "title": "A", "minutes": "5"},
    ):
        assert browser.post(f"{ADDRESS}/susunan", data=data).status_code == 303, data
    assert browser.post(f"{ADDRESS}/susunan", data={"id": SECOND, "do": "salin"}).status_code == 404


def test_a_broken_manifest_is_told_in_words(before, sign_in):
    break_head(f"courses/{TINY}.yaml")
    answer = sign_in(ANI).post(f"{ADDRESS}/susunan", data={"id": "", "do": "tambah", "title": "Modul"})
    assert (answer.status_code, "rusak di baris" in answer.text) == (409, True)


def test_the_history_of_a_card_that_was_broken_once_is_still_told(before, sign_in):
    path = next(path for path, text in texts().items() if f"id: {FIRST}" in text)
    whole = texts()
    break_head(path.rpartition("/")[2])
    service.load(TINY, whole, queries.last_revision(TINY), ANI)
    assert sign_in(ANI).get(f"{ADDRESS}/kartu/{FIRST}/riwayat").status_code == 200
