"""Authors at work: a card is changed without script and approved by another; old versions stay as they are."""

import re

import pytest

from p2k2lms.core.errors import Conflict, NotAllowed
from p2k2lms.plugins.catalogue import card_source, queries, service
from p2k2lms.plugins.catalogue.rules import wording
from tests.conftest import WHO_ACTS, an_actor
from tests.factories.catalogue import TINY, a_course

ANI, BUDI = an_actor(7, "widyaiswara"), an_actor(8, "widyaiswara")
STEP = "tf-s01-l01"
ADDRESS = f"/studio/kursus/{TINY}"


@pytest.fixture
def before(app):
    return a_course()


def typed(**changes: str) -> dict[str, str]:
    """The fields of the card as they stand, with these changes."""
    return {**service.card_draft(ANI, TINY, STEP).fields, **changes}


def save(actor, **changes: str) -> None:
    service.save_card(actor, TINY, STEP, typed(**changes), service.card_draft(actor, TINY, STEP).revision)


def test_a_card_is_changed_handed_in_and_approved_by_another_while_the_old_version_stays(both):
    old = a_course()
    save(ANI, body="Kalimat yang baru sekali.\n\nYang kedua.")
    assert [one.step for one in service.workbench(ANI, TINY).unsent] == [STEP]
    with pytest.raises(Conflict, match="belum diajukan"):
        service.approve(BUDI, TINY)
    assert service.hand_in(ANI, TINY) == 1
    with pytest.raises(Conflict, match="Anda tulis sendiri"):
        service.approve(ANI, TINY)
    new = service.approve(BUDI, TINY)
    assert new.number == old.number + 1
    assert "Kalimat yang baru sekali" in service.card(new.id, STEP).html
    assert "Kalimat yang baru sekali" not in service.card(old.id, STEP).html
    assert not service.workbench(ANI, TINY).changed


def test_what_is_written_after_handing_in_must_be_handed_in_again(before):
    save(ANI, body="Satu.")
    service.hand_in(ANI, TINY)
    save(ANI, body="Dua.")
    with pytest.raises(Conflict, match="belum diajukan"):
        service.approve(BUDI, TINY)
    service.hand_in(ANI, TINY)
    service.send_back(BUDI, TINY)
    assert [one.state for one in service.workbench(ANI, TINY).changed] == ["draft"]


def test_what_is_written_while_somebody_approves_is_not_published_unseen(before):
    save(ANI, body="Satu.")
    service.hand_in(ANI, TINY)
    seen = queries.last_revision(TINY)
    save(ANI, body="Dua.")
    with pytest.raises(Conflict, match="Naskah berubah"):
        service.publish(TINY, onto=seen, actor=BUDI)


def test_only_widyaiswara_write_and_approve(before):
    for act in (service.hand_in, service.approve, service.send_back, service.workbench):
        with pytest.raises(NotAllowed):
            act(an_actor(9, "pendamping"), TINY)


def test_the_second_of_two_editors_is_told_and_sees_both_texts(before, sign_in):
    fields = typed() | {"revision": str(service.card_draft(ANI, TINY, STEP).revision)}
    ani, budi = sign_in(ANI), sign_in(BUDI)
    assert ani.post(f"{ADDRESS}/kartu/{STEP}", data=fields | {"body": "Dari Ani."}).status_code == 303
    clash = budi.post(f"{ADDRESS}/kartu/{STEP}", data=fields | {"body": "Dari Budi."})
    assert clash.status_code == 409
    assert "Dari Ani." in clash.text
    assert "Dari Budi." in clash.text
    told = clash.text.split("Yang tersimpan sekarang")[1].split("</section>")[0]
    assert re.findall('<dt class="label">([^<]+)', told) == ["Isi kartu"]  # what both say the same is not repeated
    both = budi.post(f"{ADDRESS}/kartu/{STEP}", data=fields | {"body": "Dari Ani.", "key": "Kunci Budi.", "prove": ""})
    told = both.text.split("Yang tersimpan sekarang")[1].split("</section>")[0]
    assert re.findall('<dt class="label">([^<]+)', told) == ["Pesan kunci", "Tanda langkah ini terlaksana"]
    again = clash.text.split('name="revision" value="')[1].split('"')[0]
    assert (
        budi.post(f"{ADDRESS}/kartu/{STEP}", data=fields | {"body": "Gabungan.", "revision": again}).status_code == 303
    )


def test_a_card_is_previewed_in_its_three_lives_and_script_in_it_never_runs(before, sign_in, count_queries):
    browser = sign_in(ANI)
    with count_queries() as seen:
        page = browser.get(f"{ADDRESS}/kartu/{STEP}").text
    assert len(seen) + WHO_ACTS <= 6, seen
    assert all(life in page for life in ("Kartu belajar", "Buku Langkah", "Lembar amatan"))
    fields = typed() | {"do": "look", "body": "Halo **tebal** <script>alert(1)</script> <img src=x onerror=alert(1)>"}
    looked = browser.post(f"{ADDRESS}/kartu/{STEP}", data=fields).text
    assert "<strong>tebal</strong>" in looked
    assert "<script>alert" not in looked
    assert "<img" not in looked.split('aria-label="Kartu belajar"')[1]
    assert not service.workbench(ANI, TINY).changed


def test_what_is_no_card_is_told_beside_what_was_typed(before, sign_in):
    browser = sign_in(ANI)
    fields = typed() | {"revision": str(service.card_draft(ANI, TINY, STEP).revision), "minutes": "lama", "title": ""}
    page = browser.post(f"{ADDRESS}/kartu/{STEP}", data=fields)
    assert page.status_code == 422
    assert 'value="lama"' in page.text
    for field, label in (("minutes", "Menit"), ("title", "Judul")):
        assert f'<a href="#{field}">{label}</a>' in page.text
        assert f'id="{field}"' in page.text
    huge = browser.post(f"{ADDRESS}/kartu/{STEP}", data=fields | {"body": "x" * 70_000})
    assert (huge.status_code, "paling panjang" in huge.text) == (422, True)


def test_an_author_who_reads_english_is_told_in_english_what_to_mend(before, sign_in):
    browser = sign_in(ANI)
    fields = typed() | {"revision": str(service.card_draft(ANI, TINY, STEP).revision), "key": "", "body": "Satu kata"}
    address = f"{ADDRESS}/kartu/{STEP}"
    assert '<a href="#key">Pesan kunci</a>: wajib diisi' in browser.post(address, data=fields).text
    browser.post("/bahasa", data={"bahasa": "en"})
    page = browser.post(address, data=fields).text
    assert '<a href="#key">Key message</a>: must be filled in' in page
    assert "wajib diisi" not in page
    aside = browser.post(address, data=fields | {"key": "Sapa.", "do": "look"}).text
    assert '2 words, should be 100 to 260 <span class="meta">content</span>' in aside


def test_the_outline_leads_through_approval_without_script(before, sign_in, count_queries):
    ani, budi = sign_in(ANI), sign_in(BUDI)
    save(ANI, title="Sapaan yang lain")
    with count_queries() as seen:
        page = ani.get(ADDRESS).text
    assert len(seen) + WHO_ACTS <= 6, seen
    assert "1 naskah berubah" in page
    assert ani.post(f"{ADDRESS}/ajukan").status_code == 303
    assert "Setujui dan terbitkan" not in ani.get(ADDRESS).text
    assert ani.post(f"{ADDRESS}/setujui").status_code == 409
    done = budi.post(f"{ADDRESS}/setujui")
    assert "sudah terbit" in budi.get(done.location).text


def test_who_may_approve_finds_it_in_the_list_of_courses_and_its_writer_does_not(app, sign_in, before):
    def told(actor):
        return "1 naskah menunggu persetujuan" in sign_in(actor).get("/studio", follow_redirects=True).text

    save(ANI, title="Sapaan yang lain")
    assert not told(BUDI)  # nothing is handed in yet
    service.hand_in(ANI, TINY)
    assert (told(BUDI), told(ANI)) == (True, False)
    service.approve(BUDI, TINY)
    assert not told(BUDI)


def test_what_changed_is_called_as_its_authors_call_it(before):
    service.archive_card(ANI, TINY, STEP)
    service.rename_modul(ANI, TINY, "m1", {"title": "Modul kita", "jp": "3", "group": "inti"})
    path, text = next((d.path, d.text) for d in queries.documents(TINY) if d.path.endswith("m1-s01/soal.yaml"))
    service.load(TINY, queries.texts(TINY) | {path: text + "\n"}, queries.last_revision(TINY), ANI)
    names = {one.name for one in service.workbench(ANI, TINY).changed}
    assert names == {"Menyapa setiap ibu", "Susunan dan aturan kursus", "Soal, Menjadi Orangtua yang Lebih Baik"}


def test_a_card_keeps_what_the_page_does_not_show(before):
    text = next(d.text for d in queries.documents(TINY) if f"id: {STEP}" in d.text)
    head, body = card_source.split(card_source.with_fields(text, card_source.fields_of(text)))
    known, known_body = card_source.split(text)
    assert (head, body.strip()) == ({"required": True} | known, known_body.strip())


def test_a_difference_is_told_in_sentences():
    old = wording.sentences("<p>Satu. Dua &amp; tiga.</p><ul><li>Empat</li></ul>")
    assert old == ["Satu.", "Dua & tiga.", "Empat"]
    found = wording.changes(old, ["Satu.", "Lima.", "Empat", "Enam"])
    assert found == [wording.Change(("Dua & tiga.",), ("Lima.",)), wording.Change((), ("Enam",))]
