"""Nothing is lost unseen: an export without keys takes no items away, and items that go must be meant to go."""

import pytest

from p2k2lms.core.errors import Conflict
from p2k2lms.plugins.catalogue import paths, service
from tests.conftest import an_actor
from tests.factories.catalogue import TINY, a_course, course_texts
from tests.plugins.catalogue.drafts import changed
from tests.plugins.catalogue.test_studio_files import zipped

ANI, BUDI = an_actor(7, "widyaiswara"), an_actor(8, "widyaiswara")
ITEMS = paths.items(TINY, "tf-s01")
ADDRESS = f"/studio/kursus/{TINY}"


def without(*gone: str) -> dict[str, str]:
    return {path: text for path, text in course_texts().items() if path not in gone}


def without_last_item(path: str = ITEMS) -> dict[str, str]:
    texts = course_texts()
    texts[path] = texts[path][: texts[path].rindex("- id:")]
    return texts


def without_keys() -> dict[str, str]:
    return {path: text for path, text in course_texts().items() if not paths.is_sealed(path)}


def test_an_export_without_keys_is_loaded_and_published_and_every_item_stays(app, tmp_path):
    first, run = a_course(), app.test_cli_runner().invoke
    for words in (["export", str(tmp_path / "out")], ["load", "--from", str(tmp_path / "out")], ["publish"]):
        done = run(args=["courses", *words])
        assert done.exit_code == 0, done.stderr
    assert service.documents(TINY, sealed=True)[0] == course_texts()
    assert service.latest(TINY) == first


def test_what_was_edited_in_an_export_without_keys_is_taken_in_and_sealed_edits_stay(both):
    a_course()
    service.unpack(ANI, TINY, zipped({path: text.encode() for path, text in without_last_item().items()}))
    card = f"modules_content/{TINY}/tf-s01/01-sapaan.md"
    edited = changed((card, "Di Banjarbaru", "Di Martapura"))
    service.load(TINY, without_keys() | {card: edited[card]})
    kept = service.documents(TINY, sealed=True)[0]
    assert kept[card] == edited[card]
    assert kept[ITEMS] == without_last_item()[ITEMS]


def test_with_a_sesi_that_an_export_without_keys_leaves_out_go_its_items_but_not_what_arrived(both):
    a_course()
    other, arrived = paths.items(TINY, "m1-s01"), paths.arrived(TINY)
    service.load(TINY, course_texts() | {arrived: "[]"})
    service.load(TINY, {path: text for path, text in without_keys().items() if "/m1-s01/" not in path})
    kept = service.documents(TINY, sealed=True)[0]
    assert (ITEMS in kept, other in kept, arrived in kept) == (True, False, True)


def test_a_folder_with_some_keys_says_what_there_is(both):
    a_course()
    service.load(TINY, without(ITEMS))
    assert service.documents(TINY, sealed=True)[0] == without(ITEMS)


def test_a_zip_without_keys_counts_only_what_it_changed(both):
    a_course()
    assert service.unpack(ANI, TINY, zipped({path: text.encode() for path, text in without_keys().items()})) == 0


def test_the_way_back_to_a_version_without_items_leads_all_the_way(both):
    service.load(TINY, without_keys())
    service.publish(TINY)
    a_course()
    service.roll_back(ANI, TINY, 1)
    assert service.documents(TINY, sealed=True)[0] == without_keys()


def test_an_item_that_vanishes_must_be_dropped_on_purpose(both):
    a_course()
    other = paths.items(TINY, "m1-s01")
    service.load(TINY, without(ITEMS) | {other: without_last_item(other)[other]})
    with pytest.raises(
        Conflict, match=r"^Ada di versi 1 dan kini hilang, soal: q-m1-s01-10, q-tf-s01-01, .*, dan 1 lagi\.$"
    ):
        service.publish(TINY)
    assert service.latest(TINY).number == 1
    service.load(TINY, without_last_item())
    with pytest.raises(Conflict, match=r"soal: q-tf-s01-10\."):
        service.publish(TINY)
    assert service.publish(TINY, drop=True).number == 2


def test_the_items_of_a_sesi_that_is_archived_need_no_second_word(both):
    a_course()
    service.archive_part(ANI, TINY, "tf-s01")
    assert service.publish(TINY).number == 2


def test_who_approves_is_told_which_items_go(app, sign_in):
    a_course()
    service.unpack(ANI, TINY, zipped({path: text.encode() for path, text in without_last_item().items()}))
    assert "soal dari versi" not in sign_in(ANI).get(ADDRESS).text
    service.hand_in(ANI, TINY)
    browser = sign_in(BUDI)
    assert "1 soal dari versi yang dipakai tidak ada lagi: q-tf-s01-10." in browser.get(ADDRESS).text
    assert browser.post(f"{ADDRESS}/setujui").status_code == 303
    assert service.latest(TINY).number == 2
    assert "soal dari versi" not in browser.get(ADDRESS).text


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("id", "Ada di versi 1 dan kini hilang, langkah atau adegan: Hujan di atap seng (tf-s01-a01). Kembalikan"),
        ("en", "In version 1 and gone now, steps or scenes: Hujan di atap seng (tf-s01-a01). Give it back"),
    ],
)
def test_who_approves_reads_on_a_page_what_is_gone_and_what_to_do(app, sign_in, language, said):
    a_course()
    scene = next(path for path in course_texts() if path.endswith("adegan-hujan.yaml"))
    texts = changed(("01-sapaan.md", "Di Banjarbaru", "Di Martapura"))
    service.unpack(ANI, TINY, zipped({path: text.encode() for path, text in texts.items() if path != scene}))
    service.hand_in(ANI, TINY)
    browser = sign_in(BUDI)
    browser.post("/bahasa", data={"bahasa": language})
    answer = browser.post(f"{ADDRESS}/setujui")
    assert answer.status_code == 409
    assert said in answer.text
    assert "--drop" not in answer.text


def test_the_command_says_how_to_drop_on_purpose(app):
    a_course()
    service.load(TINY, without_last_item())
    done = app.test_cli_runner().invoke(args=["courses", "publish", TINY])
    assert done.exit_code == 1
    assert "hilang, soal: q-tf-s01-10. Bila memang dibuang: --drop." in done.stderr
