"""A course copied for another use: a draft of its own, whole, with ids that nothing else has; the original stays."""

import re

import pytest

from p2k2lms.core.errors import Conflict, Invalid, NotAllowed, NotFound
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.catalogue import copied, paths, queries, service
from tests.conftest import an_actor
from tests.factories.catalogue import TINY, a_course, course_texts

ANI, BUDI = an_actor(7, "widyaiswara"), an_actor(8, "widyaiswara")
IDS = re.compile(r"\b(?:q-)?[a-z][a-z0-9]*-s\d\d(?:-[lta]?\d+)?\b")


@pytest.fixture
def before(app):
    return a_course()


def ids_in(course: str) -> set[str]:
    """Every id of a sesi, and of what stands in one, that the documents of a course name."""
    return {found for text in queries.texts(course).values() for found in IDS.findall(text)}


def test_a_copy_is_published_like_any_course_with_everything_under_ids_of_its_own(both):
    original = a_course()
    assert service.copy_course(ANI, TINY, "kursus-baru", "Kursus  Baru") == "kursus-baru"
    assert queries.texts(TINY) == course_texts()
    assert ids_in("kursus-baru") == {re.sub(r"^(q-)?", r"\1kb", name) for name in ids_in(TINY)}
    service.hand_in(ANI, "kursus-baru")
    copy = service.approve(BUDI, "kursus-baru")
    assert (copy.title, copy.number) == ("Kursus Baru", 1)
    old, new = service.open_pack(original.id), service.open_pack(copy.id)
    assert list(new.cards) == [f"kb{step}" for step in old.cards]
    assert [len(service.items(v.id)) for v in (copy, original)] == [len(service.items(original.id))] * 2
    assert len(new.scenes) == len(old.scenes)
    assert new.rubric == old.rubric
    assert service.blueprint(copy.id).shares == {"kbtf-s01": 2, "kbm1": 2}
    assert [sesi.number for sesi in new.outline.sesi.values()] == [None, None, None]


def test_what_was_put_away_stays_behind(app, before):
    service.archive_card(ANI, TINY, "tf-s01-l03")
    service.archive_part(ANI, TINY, "tf-s02")
    service.copy_course(ANI, TINY, "kursus-baru", "Kursus Baru")
    made = service.workbench(ANI, "kursus-baru")
    assert (made.archived_parts, made.archived_cards(made.sesi["kbtf-s01"])) == ([], [])
    assert [step.value.id for step in made.sesi["kbtf-s01"].steps] == ["kbtf-s01-l01", "kbtf-s01-l02"]


def test_a_course_that_cannot_be_read_stands_in_nobodys_way_and_keeps_its_ids(app, before):
    service.copy_course(ANI, TINY, "kursus-baru", "Kursus Baru")
    with unit_of_work("test.break"):
        manifest = queries.document(paths.manifest("kursus-baru"))
        manifest.text += '  - {"id": "m7", title: [\n'
    assert service.add_modul(ANI, TINY, "Modul tambahan") == "m8"
    service.copy_course(ANI, TINY, "kota-besar", "Kota Besar")
    assert ids_in("kota-besar")
    assert not ids_in("kota-besar") & ids_in("kursus-baru")
    with pytest.raises(Conflict):
        service.add_modul(ANI, "kursus-baru", "Modul tambahan")


def test_a_copy_of_a_copy_and_two_codes_with_the_same_letters_share_no_id(app, before):
    for code in ("kursus-baru", "kota-besar"):
        service.copy_course(ANI, TINY, code, "Kursus Baru")
    service.copy_course(ANI, "kursus-baru", "kursus-batu", "Kursus Batu")
    several = [ids_in(course) for course in (TINY, "kursus-baru", "kota-besar", "kursus-batu")]
    assert len(set().union(*several)) == sum(map(len, several))
    assert service.add_modul(ANI, "kursus-batu", "Modul tambahan") == "m2"


def test_a_copy_is_taken_back_by_whoever_made_it(app, before):
    service.copy_course(ANI, TINY, "kursus-baru", "Kursus Baru")
    assert service.undo(ANI, "kursus-baru") == "catalogue.copy_course"
    assert "kursus-baru" not in queries.drafted_courses()


@pytest.mark.parametrize("code", ["", "Kursus", "kursus baru", "../etc", "kursus_baru", "k" * 61, TINY])
def test_a_code_that_is_none_or_is_taken_is_refused_beside_its_field_and_nothing_is_lost(app, sign_in, before, code):
    with pytest.raises(Invalid) as refused:
        service.copy_course(ANI, TINY, code, "Kursus Baru")
    assert [fault.field for fault in refused.value.faults] == ["code"]
    answer = sign_in(ANI).post(f"/studio/kursus/{TINY}/salin", data={"code": code, "title": "Kursus <i>Baru</i>"})
    assert answer.status_code == 422
    assert 'value="Kursus &lt;i&gt;Baru&lt;/i&gt;"' in answer.text
    assert 'aria-describedby="salin-code-salah"' in answer.text
    assert queries.drafted_courses() == [TINY]


def test_who_writes_no_content_copies_nothing_and_what_is_not_there_has_no_copy(app, before):
    with pytest.raises(NotAllowed):
        service.copy_course(an_actor(9, "pendamping"), TINY, "kursus-baru", "Kursus Baru")
    with pytest.raises(NotFound):
        service.copy_course(ANI, "tidak-ada", "kursus-baru", "Kursus Baru")
    with pytest.raises(Conflict):
        service.undo(ANI, "kursus-baru")


def test_the_button_leads_to_the_copy(app, sign_in, before):
    browser = sign_in(ANI)
    answer = browser.post(f"/studio/kursus/{TINY}/salin", data={"code": "kursus-baru", "title": "Kursus Baru"})
    assert answer.status_code == 303
    page = browser.get(answer.headers["Location"]).text
    assert "Salinan siap disunting" in page
    assert "Belum pernah terbit" in page


def test_an_id_begins_with_the_letters_of_the_code_and_a_number_where_they_are_taken():
    assert copied.beginning("diklat-kalteng", {"m1", "tf"}, {"m1", "tf"}) == "dk"
    assert copied.beginning("diklat-kalteng", {"m1", "tf"}, {"dktf", "dk2m1"}) == "dk3"
