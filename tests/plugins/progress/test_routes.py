"""What the pages of progress show, to whom, with how many queries, and what their files hold."""

import csv
import io
import re
import zipfile
from datetime import timedelta

import pytest

from p2k2lms.core import clock, workbook
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.progress import service
from p2k2lms.plugins.progress.values import PASSED
from tests.conftest import WHO_ACTS
from tests.factories.catalogue import TINY, a_course
from tests.factories.delivery import reads
from tests.factories.enrolment import BANJAR, a_member, an_angkatan, some_members
from tests.factories.identity import as_actor, someone, the_units
from tests.factories.progress import a_reader, a_score, read_all
from tests.plugins.progress.test_moving import GONE, KEPT, a_newer_version, words_of


@pytest.fixture(autouse=True)
def places(app):
    the_units()


@pytest.fixture
def class_(app):
    """A class with a widyaiswara, one who has passed the test and one who has not begun."""
    trainer = someone("widyaiswara", "R4")
    angkatan = an_angkatan(trainer=trainer)
    good = a_member(angkatan, someone("pendamping", BANJAR, name="=Siti <b>Aminah</b>"))
    read_all(as_actor(good.person_id), good)
    a_score(good, 15)
    weak = a_member(angkatan, someone("pendamping", BANJAR, name="Wahyudi"))
    return as_actor(trainer), angkatan, good, weak


def lines(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))


def test_home_names_the_classes_that_wait_longest_for_a_decision_in_six_queries(app, sign_in, count_queries):
    trainer, day = as_actor(someone("widyaiswara", "R4")), clock.today()
    late = [an_angkatan(trainer=trainer.id, ends=day - timedelta(days=days)) for days in (90, 30, 60)]
    for _n in range(20):
        an_angkatan(trainer=trainer.id)
    browser = sign_in(trainer)
    page = browser.get("/").text
    assert [f"Putuskan kelulusan {card.name}" in page for card in late] == [True, False, True]
    with count_queries() as seen:
        browser.get("/")
    assert len(seen) <= 6, seen


def test_the_grid_shows_every_person_with_marks_and_what_is_missing(class_, sign_in):
    trainer, angkatan, *_ = class_
    page = sign_in(trainer).get(f"/angkatan/{angkatan.id}/nilai").get_data(as_text=True)
    assert "=Siti &lt;b&gt;Aminah" in page
    assert "5/5" in page
    assert "1 dari 2 orang belum lengkap" in page


def test_a_grid_without_people_and_a_filter_that_leaves_nobody_say_which_it_is(app, class_, sign_in):
    trainer, angkatan, *_ = class_
    empty = an_angkatan(trainer=trainer.id)
    pages = [sign_in(trainer).get(f"/angkatan/{url}").text for url in (f"{empty.id}/nilai", f"{angkatan.id}/nilai")]
    assert ["Belum ada peserta" in page for page in pages] == [True, False]


def test_each_mark_of_the_grid_leads_its_widyaiswara_to_the_paper_and_panitia_nowhere(class_, sign_in):
    trainer, angkatan, good, _weak = class_
    panitia = someone("panitia", "R4", pkh_id="panitia-1")
    enrolment.add_staff(trainer, angkatan.id, "panitia-1", "panitia")
    link = f'href="/tes/kelas/{angkatan.id}/{good.id}/post"'
    pages = [sign_in(actor).get(f"/angkatan/{angkatan.id}/nilai").text for actor in (trainer, as_actor(panitia))]
    assert [link in page for page in pages] == [True, False]


def test_a_filter_of_the_grid_leaves_only_those_who_are_not_complete(class_, sign_in):
    trainer, angkatan, *_ = class_
    page = sign_in(trainer).get(f"/angkatan/{angkatan.id}/nilai?saring=belum").get_data(as_text=True)
    assert "Wahyudi" in page
    assert "Siti" not in page


def test_the_csv_opens_in_a_spreadsheet_and_runs_nothing(class_, sign_in):
    trainer, angkatan, *_ = class_
    answer = sign_in(trainer).get(f"/angkatan/{angkatan.id}/nilai.csv")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert lines(answer)[1:] == [
        ["'=Siti <b>Aminah</b>", "5", "5", "", "75", "", "belum lengkap", "", "", "tidak diketahui", ""],
        ["Wahyudi", "0", "5", "", "", "", "belum lengkap", "", "", "", ""],
    ]


def test_the_xlsx_holds_text_and_numbers_and_no_formula(class_, sign_in):
    trainer, angkatan, *_ = class_
    answer = sign_in(trainer).get(f"/angkatan/{angkatan.id}/nilai.xlsx")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "=Siti &lt;b&gt;Aminah" in sheet
    assert "<v>75</v>" in sheet


def test_people_in_care_leave_as_a_file(class_, sign_in):
    trainer, *_ = class_
    rows = lines(sign_in(trainer).get("/angkatan/binaan.csv"))
    assert [row[0] for row in rows[1:]] == ["'=Siti <b>Aminah</b>", "Wahyudi"]
    assert rows[1][1] == "Kabupaten Banjar"
    assert sign_in(trainer).get("/angkatan/binaan.xlsx").data[:2] == b"PK"


def test_a_csv_of_people_leaves_while_its_rows_are_still_being_read(class_, sign_in, count_queries, monkeypatch):
    monkeypatch.setattr(workbook, "LINES_AT_ONCE", 1)
    trainer, *_ = class_
    answer = sign_in(trainer).get("/angkatan/binaan.csv")  # its first piece has come, with the head
    with count_queries() as seen:
        rest = b"".join(answer.response)
    assert b"Wahyudi" in rest
    assert [s for s in seen if "identity_person" in s]  # a file that was made whole beforehand asks nothing any more


def test_accepting_the_proposals_says_so_when_nobody_meets_the_rule(class_, sign_in):
    trainer, angkatan, *_ = class_
    browser, url = sign_in(trainer), f"/angkatan/{angkatan.id}/tutup"
    assert "Tidak ada yang diputuskan." not in browser.get(url).text
    assert browser.post(f"{url}/semua").status_code == 303  # one of the two meets all
    again = browser.post(f"{url}/semua")
    assert (again.status_code, "Tidak ada yang diputuskan." in again.text) == (409, True)
    assert "1 orang menunggu putusan" in again.text


def test_forty_decisions_in_one_press_ask_no_more_than_four(app, count_queries):
    def asked(people: int) -> int:
        trainer = as_actor(someone("widyaiswara", "R4"))
        angkatan = an_angkatan(trainer=trainer.id)
        for card in some_members(angkatan, people):
            read_all(as_actor(card.person_id), card)
            a_score(card, 18)
        with count_queries() as seen:
            assert service.decide_all(trainer, angkatan.id) == people
        return sum(statement.lstrip().startswith(("SELECT", "WITH")) for statement in seen)

    few, many = asked(4), asked(40)
    assert many == few, "what is known of a class is asked for once, however many sit in it"
    assert few < 40


def test_a_widyaiswara_decides_on_the_closing_page_and_closes_the_class(class_, sign_in):
    trainer, angkatan, _, weak = class_
    browser, url = sign_in(trainer), f"/angkatan/{angkatan.id}/tutup"
    assert "2 orang menunggu putusan" in browser.get(url).get_data(as_text=True)
    assert browser.post(f"{url}/semua").status_code == 303
    assert browser.post(f"{url}/{weak.id}", data={"decision": "tidak_lulus"}).status_code == 303
    assert "Semua peserta sudah diputuskan" in browser.get(url).get_data(as_text=True)
    assert browser.post(url).status_code == 303
    assert enrolment.angkatan(angkatan.id).closed_at is not None


def test_a_decision_against_the_rule_without_a_reason_keeps_the_form_and_says_why(class_, sign_in):
    trainer, angkatan, _, weak = class_
    answer = sign_in(trainer).post(f"/angkatan/{angkatan.id}/tutup/{weak.id}", data={"decision": PASSED})
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "Tulis alasannya" in page
    assert 'value="lulus" checked' in page


@pytest.mark.parametrize(
    ("role", "url", "status"),
    [
        ("widyaiswara", "nilai", 404),
        ("panitia", "nilai", 404),
        ("pendamping", "nilai", 403),
        ("supervisor", "nilai.csv", 403),
        ("admin", "nilai.xlsx", 200),
        ("admin", "tutup", 403),
        ("panitia", "tutup", 403),
        ("widyaiswara", "tutup", 404),
        ("evaluator", "nilai", 403),
    ],
)
def test_strangers_and_wrong_roles_stay_outside(class_, sign_in, role, url, status):
    _, angkatan, *_ = class_
    stranger = as_actor(someone(role, "R4"))
    assert sign_in(stranger).get(f"/angkatan/{angkatan.id}/{url}").status_code == status


def test_who_is_not_signed_in_is_led_to_the_door(class_, browser):
    _, angkatan, *_ = class_
    answer = browser.get(f"/angkatan/{angkatan.id}/nilai")
    assert (answer.status_code, "/masuk" in answer.headers["Location"]) == (302, True)


def test_the_grid_and_the_closing_page_cost_the_same_few_queries_for_any_number_of_people(
    class_, sign_in, count_queries
):
    trainer, angkatan, *_ = class_
    browser = sign_in(trainer)

    def cost(path: str) -> int:
        with count_queries() as seen:
            assert browser.get(f"/angkatan/{angkatan.id}/{path}").status_code == 200
        return len(seen)

    cost("nilai")  # what the course has ever taught is read once in a process
    before = {path: cost(path) for path in ("nilai", "nilai/kabar", "tutup")}
    for _ in range(8):
        a_member(angkatan)
    assert {path: cost(path) for path in before} == before
    assert max(before.values()) + WHO_ACTS <= 6, before


def test_the_outline_says_what_is_missing_and_then_that_one_has_passed(app, sign_in):
    actor, card = a_reader(open_door=True)
    browser = sign_in(actor)
    assert "post-test" in browser.get(f"/belajar/{card.course}").get_data(as_text=True)
    a_score(card, 20)
    assert "Anda lulus pada" in browser.get(f"/belajar/{card.course}").get_data(as_text=True)


def test_the_page_of_a_class_leads_to_marks_and_decisions(class_, sign_in):
    trainer, angkatan, *_ = class_
    page = sign_in(trainer).get(f"/angkatan/{angkatan.id}").get_data(as_text=True)
    assert f"/angkatan/{angkatan.id}/nilai" in page
    assert f"/angkatan/{angkatan.id}/tutup" in page


def test_a_decision_made_by_a_widyaiswara_stands_on_the_closing_page_with_its_reason(class_, sign_in):
    trainer, angkatan, _, weak = class_
    service.decide(trainer, angkatan.id, weak.id, PASSED, "Tes di kertas, nilai 80.")
    page = sign_in(trainer).get(f"/angkatan/{angkatan.id}/tutup").get_data(as_text=True)
    assert "Tes di kertas, nilai 80." in page


def test_the_page_says_in_words_what_changes_and_what_each_keeps_and_moves_by_one_button(app, sign_in, count_queries):
    trainer = as_actor(someone("widyaiswara", "R4"))
    angkatan = an_angkatan(trainer=trainer.id)
    card = a_member(angkatan, someone("pendamping", BANJAR, name="Siti Aminah"))
    reads(as_actor(card.person_id), card, [KEPT, GONE])
    browser = sign_in(trainer)
    assert "/versi" not in browser.get(f"/angkatan/{angkatan.id}").text
    assert "yang terbaru" in browser.get(f"/angkatan/{angkatan.id}/versi").text
    newer = a_newer_version()
    assert f'href="/angkatan/{angkatan.id}/versi"' in browser.get(f"/angkatan/{angkatan.id}").text
    for version in catalogue.versions_of(angkatan.course):  # as they stand in memory once somebody has read them
        catalogue.open_pack(version.id), catalogue.items(version.id)
    with count_queries() as seen:
        page = browser.get(f"/angkatan/{angkatan.id}/versi").text
    assert len(seen) + WHO_ACTS <= 6, seen
    assert "1 kartu baru, 1 kartu berubah, 1 kartu tidak ada lagi." in page
    assert re.search(r"\d soal (berubah|tidak ada lagi)", page)
    assert 'dari=1&amp;ke=2"' in page  # how they differ stands in the studio, for authors
    assert "<ins>Anak meniru kita membuat kelompok merasa dihargai.</ins>" in page
    assert "2 dari 5" in page
    assert "1 dari 5" in page
    sent = {"dari": angkatan.version_id, "ke": newer.id}
    assert browser.post(f"/angkatan/{angkatan.id}/versi", data=sent).status_code == 303
    again = browser.post(f"/angkatan/{angkatan.id}/versi", data=sent)
    assert again.status_code == 409
    assert "sudah dipindah ke versi 2" in again.text


@pytest.mark.parametrize(
    ("end", "words", "heading", "said"),
    [
        ("adegan-hujan.yaml", ("minutes: 5", "minutes: 7"), "Adegan main peran", "Waktu: 7 menit"),
        (f"courses/{TINY}.yaml", ("post_test: 70", "post_test: 75"), "Aturan kursus", "Batas lulus post-test: 75%"),
        ("tf-s01/_sesi.md", ("dengan hangat", "dengan tenang"), "Sesi", "Mulailah dengan tenang."),
    ],
    ids=["a scene", "a rule", "the head of a sesi"],
)
def test_what_is_no_card_is_told_in_words_too(app, sign_in, end, words, heading, said):
    trainer = as_actor(someone("widyaiswara", "R4"))
    angkatan = an_angkatan(trainer=trainer.id)
    a_course(changes=words_of(end, words))
    page = sign_in(trainer).get(f"/angkatan/{angkatan.id}/versi").text
    assert f"<h3>{heading}</h3>" in page
    assert re.search(rf"<ins>[^<]*{said}[^<]*</ins>", page)
    assert "Kartunya sama." in page
