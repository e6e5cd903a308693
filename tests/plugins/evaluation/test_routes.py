"""What the pages of evaluation show to whom, and what their forms do; all without script."""

import re

import pytest

from p2k2lms.core import clock
from p2k2lms.plugins.evaluation import service
from p2k2lms.plugins.identity import service as identity
from tests.conftest import WHO_ACTS
from tests.factories.evaluation import a_wave, passed, reply, some_answers, the_instruments
from tests.factories.identity import as_actor, someone, the_units

ROLES = ("pendamping", "supervisor", "koordinator", "dinsos", "widyaiswara", "panitia", "evaluator", "admin")
BANJAR = "63.03"


@pytest.fixture
def evaluator(app):
    the_units(), the_instruments()
    return as_actor(someone("evaluator", "R4", name="Bu Evaluator"))


@pytest.fixture
def asked(evaluator):
    person = someone("pendamping", BANJAR, name="Siti Aminah")
    passed(person)
    wave = a_wave(evaluator, untrained=False)
    return as_actor(person), service.tasks(as_actor(person))[0].assignment.id, wave


def test_who_makes_waves_finds_them_on_the_home_page_and_nobody_else_does(asked, sign_in):
    way = 'href="/evaluasi"'
    home = {role: sign_in(as_actor(someone(role, "R4"))).get("/").text for role in ROLES}
    assert {role for role, page in home.items() if "Gelombang angket" in page and way in page} == {"evaluator"}


def test_each_role_sees_its_own_part(asked, browser, sign_in):
    _actor, assignment, wave = asked
    staff = {role: as_actor(someone(role, "R4")) for role in ROLES}
    elsewhere = as_actor(someone("evaluator", "62"))
    makers = {"evaluator"}
    for url, welcome, hidden in (
        ("/evaluasi", set(ROLES), set()),
        (f"/evaluasi/isi/{assignment}", set(), set(ROLES)),
        ("/evaluasi/instrumen", {"evaluator", "widyaiswara"}, set()),
        ("/evaluasi/instrumen/em-alumni", {"evaluator", "widyaiswara"}, set()),
        ("/evaluasi/instrumen/tidak-ada", set(), {"evaluator", "widyaiswara"}),
        ("/evaluasi/instrumen/em-alumni/butir/A1", set(), makers),
        ("/evaluasi/instrumen/em-alumni/butir-baru", set(), makers),
        ("/evaluasi/gelombang/baru", makers, set()),
        (f"/evaluasi/gelombang/{wave.id}", makers, set()),
        (f"/evaluasi/gelombang/{wave.id}/lepas/{assignment}", makers, set()),
        ("/evaluasi/gelombang/999999", set(), makers),
    ):
        answer = browser.get(url)
        assert (answer.status_code, answer.location.partition("?")[0]) == (302, "/masuk"), url
        for role in ROLES:
            status = sign_in(staff[role]).get(url).status_code
            assert status == (200 if role in welcome else 404 if role in hidden else 403), (role, url)
    assert sign_in(elsewhere).get(f"/evaluasi/gelombang/{wave.id}").status_code == 404


def test_what_waits_stands_on_ones_own_page_alone_and_goes_once_it_is_answered(asked, sign_in, count_queries):
    person, assignment, _wave = asked
    said, url = "1 angket menunggu jawaban Anda", f"/orang/{person.id}/hasil"
    page = sign_in(person)
    with count_queries() as seen:
        assert said in page.get(url).text
    assert len(seen) + WHO_ACTS <= 6, seen
    assert said not in sign_in(as_actor(someone("koordinator", BANJAR))).get(url).text
    assert reply(person, assignment, some_answers()).status == "accepted"
    assert said not in page.get(url).text


def test_a_sheet_is_filled_in_by_a_plain_form_and_mended(asked, sign_in):
    actor, assignment, _wave = asked
    page = sign_in(actor)
    blank = page.get(f"/evaluasi/isi/{assignment}").text
    assert "Menurut catatan: Kelas diklat." in blank  # in words, as the choice is, not by its code
    assert "Berapa KPM yang Anda dampingi" in blank
    key = re.search(r'name="sent_id" value="([^"]+)"', blank).group(1)
    said = {**some_answers(A1="banyak"), "sent_id": key, "comment": "<b>baik</b>"}
    answer = page.post(f"/evaluasi/isi/{assignment}", data=said)
    assert answer.status_code == 422
    assert 'id="A1-salah">Isi dengan angka bulat.' in answer.text
    assert re.search(r'role="alert".*<a href="#tanya-A1">Berapa KPM yang Anda dampingi', answer.text)
    assert 'id="tanya-A1"' in answer.text
    assert 'value="banyak"' in answer.text
    assert "&lt;b&gt;baik&lt;/b&gt;" in answer.text
    key = re.search(r'name="sent_id" value="([^"]+)"', answer.text).group(1)
    answer = page.post(f"/evaluasi/isi/{assignment}", data={**some_answers(), "sent_id": key})
    assert answer.status_code == 303
    assert "sudah diterima" in page.get(answer.location).text
    assert re.search(r'name="A1"[^>]*value="195"', page.get(f"/evaluasi/isi/{assignment}").text)


def test_an_instrument_is_changed_question_by_question(evaluator, sign_in):
    page, base = sign_in(evaluator), "/evaluasi/instrumen/reaksi"
    assert page.post(f"{base}/draf").status_code == 303
    form = page.get(f"{base}/butir/R1").text
    assert "sangat (5) = Sangat berguna" in form
    data = {"ask": "Bergunakah?", "choices": "ya (2) = Ya\ntidak (1) = Tidak", "hint": "", "period": ""}
    assert page.post(f"{base}/butir/R1", data=data).status_code == 303
    shown = page.get(base).text
    assert all(words in shown for words in ("Bergunakah?", "K2", "Ya / Tidak"))
    answer = page.post(f"{base}/butir/R1", data={**data, "choices": "ya = Ya"})
    assert (answer.status_code, 'id="choices-salah"' in answer.text) == (422, True)
    new = {
        "kind": "scale",
        "code": "R9",
        "ask": "Berapa nilainya?",
        "least": "0",
        "most": "10",
        "least_label": "Buruk",
        "most_label": "Baik",
    }
    assert page.post(f"{base}/butir-baru", data=new).status_code == 303
    answer = page.post(f"{base}/butir-baru", data=new)
    assert (answer.status_code, "tertulis dua kali" in answer.text) == (422, True)
    assert page.post(f"{base}/butir/R9/hapus").status_code == 303
    answer = page.post(f"{base}/terbit", data={"note": "Lebih singkat."})
    assert (answer.status_code, "perlu 5 jawaban" in answer.text) == (422, True)
    assert page.post(f"{base}/coba").status_code == 303
    assert "uji coba" in page.get(base).text
    assert page.post(f"{base}/buang").status_code == 409


def test_a_wave_is_made_watched_reminded_and_closed(evaluator, sign_in):
    person = someone("pendamping", BANJAR, name="Siti Aminah")
    passed(person)
    page, today = sign_in(evaluator), clock.today().isoformat()
    form = page.get("/evaluasi/gelombang/baru").text
    version = re.search(r'<option[^>]*value="(\d+)"[^>]*>Evaluasi manfaat: pendamping', form).group(1)
    unit = the_units()["R4"]
    data = {
        "title": "W3",
        "version": version,
        "unit": unit,
        "code": "W3",
        "anchor": "2026-08-14",
        "until": "2026-08-14",
    }
    answer = page.post("/evaluasi/gelombang/baru", data={**data, "opens": today, "closes": "2020-01-01"})
    assert (answer.status_code, "sebelum hari pembukaan" in answer.text) == (422, True)
    answer = page.post("/evaluasi/gelombang/baru", data={**data, "opens": today, "closes": today})
    assert answer.status_code == 303
    wave = answer.location
    shown = page.get(wave).text
    assert all(words in shown for words in ("Siti Aminah", "Banjar", "0,0%", "kurang", "mohon isi angket W3"))
    assert page.post(f"{wave}/ingatkan").status_code == 303
    assert page.post(f"{wave}/undi").status_code == 303
    assert "terundi untuk ditelepon" in page.get(wave).text
    assert page.post("/evaluasi/gelombang/baru", data={**data, "opens": today, "closes": today}).status_code == 422
    assert page.post(f"{wave}/tutup").status_code == 303
    assert "sudah ditutup" in page.get(wave).text


def test_who_is_silent_stands_there_with_the_kabupaten_and_a_way_to_those_of_one(evaluator, sign_in):
    people = [someone("pendamping", code, name=name) for code, name in (("63.03", "Siti"), ("62.03", "Budi"))]
    for person in people:
        passed(person)
    wave, page = a_wave(evaluator, untrained=False), sign_in(evaluator)
    url, banjar = f"/evaluasi/gelombang/{wave.id}", identity.unit_by_code("63.03").id
    shown = page.get(url).text
    names = re.findall(r'<b>(Siti|Budi)</b><span class="meta">(Kabupaten \w+)', shown)
    assert sorted(names) == [("Budi", "Kabupaten Kapuas"), ("Siti", "Kabupaten Banjar")]
    assert f'href="{url}?kabupaten={banjar}#diam"' in shown
    one = page.get(f"{url}?kabupaten={banjar}").text
    assert ("<b>Siti</b>" in one, "<b>Budi</b>" in one) == (True, False)


def test_of_whom_nobody_can_be_asked_is_said_and_listed(evaluator, sign_in):
    person = someone("pendamping", "63.03", name="Siti")
    passed(person)
    wave, page = a_wave(evaluator, "em-atasan", untrained=False), sign_in(evaluator)
    shown = page.get(f"/evaluasi/gelombang/{wave.id}").text
    for words in ("Atasan tiap pendamping ditanya", "1 pendamping belum bisa ditanyakan", "Belum ada yang ditanya"):
        assert words in shown
    listed = page.get(f"/evaluasi/gelombang/{wave.id}/tertunda").text
    assert ("<b>Siti</b>" in listed, "Kabupaten Banjar" in listed) == (True, True)


def test_pages_cost_few_queries(asked, evaluator, sign_in, count_queries):
    actor, assignment, wave = asked
    for who, url, most in (
        (actor, "/evaluasi", 3),
        (actor, f"/evaluasi/isi/{assignment}", 6),
        (evaluator, f"/evaluasi/gelombang/{wave.id}", 6),
        (evaluator, "/evaluasi/instrumen/em-alumni", 3),
        (evaluator, "/evaluasi/instrumen", 3),
    ):
        with count_queries() as seen:
            assert sign_in(who).get(url).status_code == 200
        assert len(seen) + WHO_ACTS <= most, (url, seen)
