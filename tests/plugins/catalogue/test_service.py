"""Loading, publishing and reading back, on both databases."""

import pytest
from sqlalchemy import update

from p2k2lms.core.access import SYSTEM
from p2k2lms.core.db import db
from p2k2lms.core.errors import Conflict, Invalid, NotFound
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.catalogue import service
from p2k2lms.plugins.catalogue.models import CourseVersion, Document
from p2k2lms.plugins.catalogue.packs import Shelf, squeeze
from p2k2lms.plugins.catalogue.values import Outline
from tests.databases import clean
from tests.factories.catalogue import TINY, a_course, course_texts
from tests.plugins.catalogue.drafts import changed

CARD = "tf-s01/01-sapaan.md"


def edited_in_the_database(end: str, text: str) -> int:
    """What the studio does: a person changes a document; returns the course's revision."""
    with unit_of_work("test.edit", SYSTEM):
        revision = service.documents(TINY, sealed=True)[1] + 1
        wanted = update(Document).where(Document.path.endswith(end))
        db.session.execute(wanted.values(text=text, revision=revision, origin="database", author_id=7, state="draft"))
    return revision


def test_a_loaded_course_is_published_and_read_back(both):
    version = a_course()
    assert (version.course, version.number, version.jp) == ("kursus-kecil", 1, 29)
    assert service.latest("kursus-kecil") == version == service.version(version.id)
    assert service.courses() == [version]
    outline = service.outline(version.id)
    assert [s.written for s in outline.sesi.values()] == [True, False, True]
    assert outline.places["m1-s01-l02"] == ("m1-s01", 4)
    assert service.required_steps(version.id) == tuple(s for s in outline.steps if s != "tf-s01-l03")
    card = service.card(version.id, "tf-s01-l01")
    assert "<strong>Menyapa setiap ibu</strong>" in card.html
    assert "<svg" in card.picture
    assert service.sesi(version.id, "tf-s01").minutes == 15
    assert {item.form for item in service.items(version.id)} == {"A", "B", "anchor"}
    assert {item.form for item in service.practice_items(version.id)} == {"cek", "latihan"}
    assert set(service.groups(version.id).items()) >= {("tf-s01-t1", "tf-s01"), ("m1-s01-t1", "m1")}
    assert service.blueprint(version.id).size == 4
    assert service.subjects(version.id)[0] == ("Teknik fasilitasi", 9)
    assert service.objectives(version.id)["tf-s01-t1"] == "Menjelaskan alasan menyapa setiap ibu"
    rules = service.completion_rules(version.id)
    assert (rules.post_test, rules.attendance_for("campuran"), rules.attendance_for("daring")) == (70, 80, None)
    assert rules.micro_teaching_for("luring")
    assert not rules.micro_teaching_for("daring")


@pytest.mark.parametrize(
    "ask",
    [
        lambda: service.latest("tidak-ada"),
        lambda: service.version(999),
        lambda: service.outline(999),
        lambda: service.items(999),
        lambda: service.publish("tidak-ada"),
        lambda: service.documents("tidak-ada"),
        lambda: service.card(a_course().id, "tf-s01-l99"),
        lambda: service.sesi(a_course().id, "tf-s02"),
    ],
)
def test_what_is_not_there_is_not_found(app, ask):
    with pytest.raises(NotFound):
        ask()


def test_unchanged_content_publishes_nothing_new(both):
    first = a_course()
    assert service.publish(TINY) == first
    assert a_course() == first
    assert service.courses() == [first]


def test_a_changed_course_becomes_the_next_version_and_the_old_one_stays(both):
    first = a_course()
    second = a_course(changes={CARD: course_texts()[next(p for p in course_texts() if p.endswith(CARD))] + "\nBaru.\n"})
    assert (second.number, service.latest(TINY).id) == (2, second.id)
    assert "Baru" in service.card(second.id, "tf-s01-l01").html
    assert "Baru" not in service.card(first.id, "tf-s01-l01").html


def test_content_that_was_published_before_comes_back_as_a_version_of_its_own(both):
    first = a_course()
    service.load(TINY, changed((CARD, "Di Banjarbaru", "Di Martapura")))
    service.publish(TINY)
    service.load(TINY, course_texts())
    third = service.publish(TINY)
    assert (third.number, third.hash == first.hash) == (3, False)
    assert service.open_pack(third.id) == service.open_pack(first.id)


def test_the_same_content_has_the_same_hash_in_every_database(sqlite_app, postgres_app):
    seen = []
    for chosen in (sqlite_app, postgres_app):
        with clean(chosen):
            seen.append(a_course().hash)
    assert seen[0] == seen[1]


def test_the_database_refuses_to_change_or_remove_a_version(both):
    a_course()
    for statement in ("UPDATE catalogue_course_version SET title = 'x'", "DELETE FROM catalogue_course_version"):
        with pytest.raises(Exception, match="append-only"), db.engine.begin() as connection:
            connection.exec_driver_sql(statement)


def test_a_course_with_faults_is_not_published_and_every_fault_is_named(both):
    service.load(TINY, changed((CARD, "[tf-s01-t1]", "[tf-s01-t9]"), ("kursus-kecil.yaml", "id: tf-s02", "id: tf-s01")))
    with pytest.raises(Invalid) as refused:
        service.publish(TINY)
    assert len(refused.value.faults) == 2
    assert db.session.query(CourseVersion).count() == 0


@pytest.mark.parametrize(
    ("new", "message"),
    [
        ("[ini](m1-s09-l09)", "tautan tidak menuju langkah mana pun: m1-s09-l09"),
        ("[ini](http://example.org)", "tautan tidak menuju"),
        ("![Gambar](gambar-9.svg)", "gambar tidak ada di map sesi ini: gambar-9.svg"),
        ("![](gambar-1.svg)", "gambar memerlukan teks pengganti"),
    ],
)
def test_a_text_that_leads_nowhere_is_not_published(app, new, message):
    service.load(TINY, changed((CARD, "Di Banjarbaru", new)))
    with pytest.raises(Invalid) as refused:
        service.publish(TINY)
    assert message in refused.value.faults[0].message
    assert refused.value.faults[0].field.endswith(f"{CARD}:25: isi")


@pytest.mark.parametrize("inner", ["<style>a{}</style>", "<script>alert(1)</script>", "<image/>"])
def test_a_drawing_with_what_we_do_not_show_is_not_published(app, inner):
    service.load(TINY, changed(("tf-s01/gambar-1.svg", "</svg>", f"{inner}</svg>")))
    with pytest.raises(Invalid) as refused:
        service.publish(TINY)
    assert "tidak dipakai dalam gambar" in refused.value.faults[0].message
    assert refused.value.faults[0].field.endswith("tf-s01/gambar-1.svg:1: -")


def test_cards_may_lead_to_each_other_and_hold_pictures(app):
    words = "[ini](tf-s01-l02) [itu](../m1-s01/m1-s01-l01) [luar](https://kemensos.go.id) ![Lingkaran](gambar-1.svg)"
    service.load(TINY, changed((CARD, "Di Banjarbaru", words)))
    html = service.card(service.publish(TINY).id, "tf-s01-l01").html
    assert 'href="../m1-s01/m1-s01-l01"' in html
    assert 'aria-label="Lingkaran"' in html


def test_a_langkah_that_vanishes_must_be_dropped_on_purpose(both):
    a_course()
    fewer = {path: text for path, text in course_texts().items() if not path.endswith("03-pujian.md")}
    moved = {
        path: text.replace("m1-s01-l03", "m1-s01-l02") if path.endswith("soal.yaml") else text
        for path, text in fewer.items()
    }
    service.load(TINY, moved)
    with pytest.raises(Conflict, match="m1-s01-l03"):
        service.publish(TINY)
    assert service.publish(TINY, drop=True).number == 2


def test_what_was_loaded_comes_back_byte_for_byte(both):
    texts = course_texts()
    service.load(TINY, texts)
    assert service.documents(TINY, sealed=True)[0] == texts


def test_documents_with_keys_are_given_only_when_asked_for(both):
    service.load(TINY, course_texts())
    texts, _ = service.documents(TINY)
    assert not any(path.endswith("soal.yaml") for path in texts)


def test_loading_the_same_files_again_changes_no_revision(both):
    assert service.load(TINY, course_texts()) == service.load(TINY, course_texts()) == 1


def test_a_file_that_is_gone_leaves_the_drafts(both):
    service.load(TINY, {**course_texts(), f"modules_content/{TINY}/tf-s01/gambar-2.svg": "<svg/>"})
    service.load(TINY, course_texts())
    assert service.documents(TINY, sealed=True)[0] == course_texts()


def test_edits_in_the_database_are_not_overwritten_by_files(both):
    service.load(TINY, course_texts())
    revision = edited_in_the_database(CARD, "disunting")
    with pytest.raises(Conflict, match="--onto"):
        service.load(TINY, course_texts())
    with pytest.raises(Conflict, match="revisi"):
        service.load(TINY, course_texts(), onto=revision - 1)
    assert service.documents(TINY)[0][f"modules_content/{TINY}/{CARD}"] == "disunting"
    service.load(TINY, course_texts(), onto=revision)
    assert service.documents(TINY, sealed=True)[0] == course_texts()
    assert service.load(TINY, changed((CARD, "Di Banjarbaru", "Di Martapura"))) > revision


def test_files_that_hold_the_same_edit_are_welcome(both):
    service.load(TINY, course_texts())
    edited = changed((CARD, "Di Banjarbaru", "Di Martapura"))
    edited_in_the_database(CARD, edited[f"modules_content/{TINY}/{CARD}"])
    service.load(TINY, edited)
    assert service.documents(TINY, sealed=True)[0] == edited


def test_two_courses_do_not_touch_each_other(both):
    first, second = a_course(), a_course("kursus-dua")
    service.load("kursus-dua", {"courses/kursus-dua.yaml": "x"})
    assert service.courses() == [second, first]
    assert service.documents(TINY, sealed=True)[0] == course_texts()


def test_a_card_costs_no_query_once_its_version_is_known(app, count_queries):
    version = a_course()
    service.outline(version.id)
    with count_queries() as seen:
        service.card(version.id, "tf-s01-l01")
        service.required_steps(version.id)
    assert seen == []


def test_the_shelf_keeps_no_more_than_its_weight():
    outline = Outline(course="x", title="x", subtitle="", notice="", jp=1, modul=())
    asked = []

    def load(version_id: int) -> bytes:
        asked.append(version_id)
        return squeeze(outline.model_dump_json().encode())

    shelf = Shelf(largest=len(outline.model_dump_json()) * 2)
    for version_id in (1, 2, 1, 3, 1, 2):
        shelf.get(Outline, version_id, load)
    assert asked == [1, 2, 3, 2]
    assert shelf.get(Outline, 9, lambda _: None) is None
