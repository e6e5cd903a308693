"""The outline as its authors change it: ids are given once, nothing is lost, one step is taken back."""

import re

import pytest
from sqlalchemy import func, select

from p2k2lms.core.db import db
from p2k2lms.core.errors import Conflict, Invalid
from p2k2lms.plugins.catalogue import queries, service
from p2k2lms.plugins.catalogue.values.sesi import UNWRITTEN
from p2k2lms.plugins.delivery.models import StepDone
from tests.conftest import WHO_ACTS, an_actor
from tests.factories.catalogue import TINY, a_course

ANI, BUDI = an_actor(7, "widyaiswara"), an_actor(8, "widyaiswara")
FIRST, SECOND, THIRD = "tf-s01-l01", "tf-s01-l02", "tf-s01-l03"
ADDRESS = f"/studio/kursus/{TINY}"


@pytest.fixture
def before(app):
    return a_course()


def cards(sesi: str = "tf-s01") -> list[str]:
    draft = service.workbench(ANI, TINY).draft
    return [step.value.id for one in draft.sesi if one.id == sesi for step in one.steps]


def outline() -> dict[str, list[str]]:
    return {m.id: [p.id for p in m.sesi] for m in service.workbench(ANI, TINY).draft.course.value.taught}


def texts() -> dict[str, str]:
    return queries.texts(TINY)


def publish():
    service.hand_in(ANI, TINY)
    return service.approve(BUDI, TINY)


def write_all(step: str) -> None:
    found = service.card_draft(ANI, TINY, step)
    typed = {name: text.replace(UNWRITTEN, "Sudah ditulis.") for name, text in found.fields.items()}
    service.save_card(ANI, TINY, step, typed, found.revision)


def test_a_new_card_must_be_written_before_it_is_published(both):
    a_course()
    made = service.add_card(ANI, TINY, "tf-s01", "Mengajak bicara")
    assert cards()[-1] == made == "tf-s01-l04"
    with pytest.raises(Invalid) as refused:
        service.hand_in(ANI, TINY)
    assert {fault.message for fault in refused.value.faults} == {"belum ditulis"}
    write_all(made)
    assert service.card(publish().id, made).title == "Mengajak bicara"


def test_an_id_is_never_given_again_not_even_that_of_a_card_which_left_the_drafts(before):
    made = service.add_card(ANI, TINY, "tf-s01", "Keempat")
    write_all(made)
    publish()
    gone = {path: text for path, text in texts().items() if f"id: {made}" not in text}
    service.load(TINY, gone, queries.last_revision(TINY), ANI)
    assert made not in cards()
    assert service.add_card(ANI, TINY, "tf-s01", "Kelima") == "tf-s01-l05"


def test_a_copy_stands_below_its_original_with_an_id_of_its_own(both):
    a_course()
    made = service.duplicate_card(ANI, TINY, FIRST)
    assert cards() == [FIRST, made, SECOND, THIRD]
    copy, original = (service.card_draft(ANI, TINY, one).fields for one in (made, FIRST))
    assert copy["title"] == original["title"] + " (salinan)"
    assert copy["body"] == original["body"]


def test_an_archived_card_leaves_the_new_version_keeps_its_id_and_comes_back(both):
    old = a_course()
    service.archive_card(ANI, TINY, SECOND)
    items = {path: text.replace(SECOND, FIRST) for path, text in texts().items()}
    path = next(p for p, text in texts().items() if f"id: {SECOND}" in text)
    service.load(TINY, items | {path: texts()[path]}, queries.last_revision(TINY), ANI)
    new = publish()
    assert SECOND not in service.outline(new.id).steps
    assert SECOND in service.outline(old.id).steps
    service.archive_card(ANI, TINY, SECOND, back=True)
    assert cards() == [FIRST, SECOND, THIRD]


def test_cards_are_put_in_any_order_and_a_stranger_changes_nothing(both):
    a_course()
    service.order_cards(ANI, TINY, [THIRD, "m1-s01-l01", FIRST, SECOND])
    assert cards() == [THIRD, FIRST, SECOND]
    service.order_cards(ANI, TINY, [SECOND])
    assert cards() == [SECOND, THIRD, FIRST]
    service.checked_draft(TINY, texts())


def test_modul_and_sesi_are_added_renamed_moved_and_archived(both):
    a_course()
    modul = service.add_modul(ANI, TINY, "Modul baru")
    sesi = service.add_sesi(ANI, TINY, modul, "Sesi baru")
    assert (modul, sesi) == ("m2", "m2-s01")
    service.rename_modul(ANI, TINY, modul, {"title": "Modul kita", "jp": "3", "group": "penunjang"})
    service.rename_sesi(ANI, TINY, "tf-s01", "Membuka dengan hangat")
    service.move_part(ANI, TINY, modul, up=True)
    service.order_parts(ANI, TINY, ["tf-s02", "tf-s01"])
    assert outline() == {"tf": ["tf-s02", "tf-s01"], "m1": ["m1-s01"], "m2": [sesi], "rtl": []}
    service.archive_part(ANI, TINY, "rtl")
    course = service.workbench(ANI, TINY).draft.course.value
    assert "rtl" not in outline()
    assert (course.jp, [m.title for m in course.taught if m.id == modul]) == (28, ["Modul kita"])
    new = publish()
    assert [modul.id for modul in service.outline(new.id).modul] == ["tf", "m1", modul]
    assert service.sesi(new.id, "tf-s01").title == "Membuka dengan hangat"


def test_copies_of_a_sesi_and_of_a_modul_have_ids_of_their_own_and_no_items(before):
    made = service.duplicate_sesi(ANI, TINY, "tf-s01")
    assert outline()["tf"] == ["tf-s01", made, "tf-s02"]
    assert cards(made) == [f"{made}-l01", f"{made}-l02", f"{made}-l03"]
    modul = service.duplicate_modul(ANI, TINY, "tf")
    assert list(outline())[1] == modul
    assert not [path for path in texts() if path.endswith("soal.yaml") and (made in path or f"/{modul}" in path)]
    publish()


def test_an_archived_sesi_takes_its_cards_along_and_may_be_published(before):
    service.archive_part(ANI, TINY, "tf-s02")
    publish()
    assert "tf-s02" not in outline()["tf"]


def test_a_step_is_taken_back_the_next_one_too_and_nothing_of_it_is_lost(both):
    a_course()
    start = texts()
    service.add_card(ANI, TINY, "tf-s01", "Keempat")
    service.order_cards(ANI, TINY, [THIRD, FIRST])
    service.rename_card(ANI, TINY, FIRST, "Nama lain", "7")
    service.duplicate_sesi(ANI, TINY, "m1-s01")
    for _step in range(4):
        service.undo(ANI, TINY)
    assert texts() == start
    with pytest.raises(Conflict, match="Tidak ada"):
        service.undo(ANI, TINY)
    assert service.workbench(ANI, TINY).changed == ()  # the drafts say again just what is published
    told = service.card_history(ANI, TINY, FIRST).told
    assert any("Nama lain" in one.earlier.text for one in told)


def test_nobody_takes_back_what_another_has_built_upon(both):
    a_course()
    service.rename_card(ANI, TINY, FIRST, "Dari Ani", "7")
    service.rename_card(BUDI, TINY, FIRST, "Dari Budi", "8")
    with pytest.raises(Conflict, match="diubah lagi"):
        service.undo(ANI, TINY)
    earlier = next(one for one in service.card_history(ANI, TINY, FIRST).told if "Dari Ani" in one.earlier.text)
    service.bring_back(ANI, TINY, earlier.earlier.id)
    assert service.card_draft(ANI, TINY, FIRST).fields["title"] == "Dari Ani"
    assert any("Dari Budi" in one.earlier.text for one in service.card_history(ANI, TINY, FIRST).told)


def test_what_is_typed_in_one_sitting_is_one_step(before):
    start = texts()
    for n in range(5):
        found = service.card_draft(ANI, TINY, FIRST)
        service.save_card(ANI, TINY, FIRST, {**found.fields, "key": f"Kunci {n}."}, found.revision)
    assert len(service.card_history(ANI, TINY, FIRST).told) == 1
    service.undo(ANI, TINY)
    assert texts() == start


def test_the_outline_adds_up_minutes_and_jp_and_is_changed_without_script(before, sign_in, count_queries):
    browser = sign_in(ANI)
    with count_queries() as seen:
        page = browser.get(f"{ADDRESS}?buka=tf-s01").text
    assert len(seen) + WHO_ACTS <= 6, seen
    assert "29 JP" in page
    sent = browser.post(f"{ADDRESS}/susunan", data={"id": FIRST, "do": "ubah", "title": "Menyapa", "minutes": "25"})
    assert sent.status_code == 303
    page = browser.get(sent.location).text
    assert "35 menit" in page
    assert browser.post(f"{ADDRESS}/batalkan").status_code == 303
    assert "15 menit" in browser.get(f"{ADDRESS}?buka={FIRST}").text
    for name, do, status in [
        ("", "tambah", 422),
        (FIRST, "naik", 409),
        (FIRST, "terbang", 404),
        ("x-s09", "naik", 404),
    ]:
        assert browser.post(f"{ADDRESS}/susunan", data={"id": name, "do": do}).status_code == status
    wrong = browser.post(f"{ADDRESS}/susunan", data={"id": FIRST, "do": "ubah", "title": "A", "minutes": "lama"})
    assert (wrong.status_code, "Tulis angka 1 sampai 1200" in wrong.text) == (422, True)
    assert browser.post(f"{ADDRESS}/urutan", data={"id": [SECOND, FIRST]}).json == {"saved": True}
    assert cards()[:2] == [SECOND, FIRST]
    assert browser.post(f"{ADDRESS}/urutan").status_code == 404


def test_the_head_of_a_sesi_is_edited_and_its_minutes_follow_the_cards(before, sign_in, count_queries):
    browser = sign_in(ANI)
    service.rename_card(ANI, TINY, FIRST, "Menyapa", "20")
    with count_queries() as seen:
        page = browser.get(f"{ADDRESS}/sesi/tf-s01")
    assert (len(seen) + WHO_ACTS <= 6, page.status_code) == (True, 200)
    found = service.sesi_draft(ANI, TINY, "tf-s01")
    typed = {**found.fields, "objectives_new": "Tujuan ketiga", "aim": "Tujuan baru.", "revision": str(found.revision)}
    assert browser.post(f"{ADDRESS}/sesi/tf-s01", data=typed).status_code == 303
    clash = browser.post(f"{ADDRESS}/sesi/tf-s01", data=typed | {"aim": "Yang kedua."})
    assert (clash.status_code, "Yang kedua." in clash.text) == (409, True)
    written = service.workbench(ANI, TINY).sesi["tf-s01"].sesi.value
    assert ([goal.id for goal in written.objectives][-1], written.minutes, written.aim) == (
        "tf-s01-t3",
        30,
        "Tujuan baru.",
    )
    assert browser.get(f"{ADDRESS}/sesi/tf-s09").status_code == 404
    assert "Menyapa" in browser.get(f"{ADDRESS}/sesi/tf-s01/lihat").text


def test_lihat_sebagai_pendamping_shows_a_sesi_as_a_learner_reads_it_and_leaves_no_trace(before, sign_in):
    browser, look = sign_in(ANI), f"{ADDRESS}/sesi/tf-s01/lihat"
    service.rename_card(ANI, TINY, FIRST, "Menyapa <b>", "20")
    for page, link in ((f"{ADDRESS}?buka=tf-s01", look), (f"{ADDRESS}/kartu/{FIRST}", f"{look}#{FIRST}")):
        seen = re.search(rf'href="{link}"[^>]*>(.*?)</a>', browser.get(page).text, re.S)
        assert seen, page
        assert "Lihat sebagai pendamping" in seen[1]
    page = browser.get(look).text.partition('<div class="as-phone')[2]
    assert "Menyapa &lt;b&gt;" in page  # what is not yet published is seen
    for card in service.sesi_draft(ANI, TINY, "tf-s01").cards:
        assert str(card.html) in page
    assert 'name="csrf_token"' not in page.partition("</main>")[0]  # nothing can be sent from here
    assert db.session.scalar(select(func.count()).select_from(StepDone)) == 0
    assert sign_in(an_actor(9, "pendamping")).get(look).status_code == 403


def test_the_id_of_an_objective_that_went_is_never_given_again(before):
    found = service.sesi_draft(ANI, TINY, "tf-s01")
    service.save_sesi(ANI, TINY, "tf-s01", {**found.fields, "objectives_new": "Ketiga"}, found.revision)
    found = service.sesi_draft(ANI, TINY, "tf-s01")
    service.save_sesi(ANI, TINY, "tf-s01", {**found.fields, "objective.tf-s01-t3": ""}, found.revision)
    found = service.sesi_draft(ANI, TINY, "tf-s01")
    service.save_sesi(ANI, TINY, "tf-s01", {**found.fields, "objectives_new": "Keempat"}, found.revision)
    ids = [goal.id for goal in service.workbench(ANI, TINY).sesi["tf-s01"].sesi.value.objectives]
    assert ids == ["tf-s01-t1", "tf-s01-t2", "tf-s01-t4"]


def test_the_history_of_a_card_is_told_in_sentences_and_brings_a_text_back(before, sign_in):
    browser = sign_in(ANI)
    found = service.card_draft(ANI, TINY, FIRST)
    service.save_card(ANI, TINY, FIRST, {**found.fields, "body": "Semua baru."}, found.revision)
    page = browser.get(f"{ADDRESS}/kartu/{FIRST}/riwayat").text
    assert "<del>" in page
    past = page.split('name="past" value="')[1].split('"')[0]
    assert browser.post(f"{ADDRESS}/kartu/{FIRST}/riwayat", data={"past": past}).status_code == 303
    assert service.card_draft(ANI, TINY, FIRST).fields["body"] == found.fields["body"]
    assert browser.post(f"{ADDRESS}/kartu/{FIRST}/riwayat", data={"past": "999999"}).status_code == 404


def test_what_is_typed_is_saved_by_itself_and_a_second_writer_is_told(before, sign_in):
    ani, budi = sign_in(ANI), sign_in(BUDI)
    found = service.card_draft(ANI, TINY, FIRST)
    typed = {**found.fields, "revision": str(found.revision)}
    said = ani.post(f"{ADDRESS}/kartu/{FIRST}/simpan", data=typed | {"key": "Dari Ani."}).json
    assert said["saved"]
    assert "Dari Ani." in said["aside"]
    assert "Orang lain baru saja menulis" in budi.get(f"{ADDRESS}/kartu/{FIRST}").text
    late = budi.post(f"{ADDRESS}/kartu/{FIRST}/simpan", data=typed | {"key": "Dari Budi."}).json
    assert not late["saved"]
    assert "diubah orang lain" in late["message"]
    assert "Dari Budi." in late["aside"]
    again = ani.post(
        f"{ADDRESS}/kartu/{FIRST}/simpan", data=typed | {"revision": str(said["revision"]), "title": ""}
    ).json
    assert (again["saved"], again["message"].startswith("title")) == (False, True)
