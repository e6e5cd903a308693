"""The pages of coaching work by plain forms, say whom one waits for, and ask little of the database."""

import io
import re
from datetime import date, timedelta

import pypdf
import pytest
from sqlalchemy import text

from p2k2lms.core import clock, press, qr
from p2k2lms.core.db import db
from p2k2lms.core.errors import NotFound
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.coaching import service
from p2k2lms.plugins.coaching.service import planning
from p2k2lms.plugins.coaching.service.observing import Agreement
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import Spell
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.indicators.models import IndicatorMonth
from tests import databases
from tests.conftest import WHO_ACTS
from tests.factories.coaching import a_template, a_walk, walks_on, watches
from tests.factories.enrolment import BANJAR, KAPUAS, a_member, an_angkatan, the_unit
from tests.factories.identity import a_posting, as_actor, many_people, someone

MOST_QUERIES = 6
TODAY = clock.today()


def test_an_untrained_pendamping_begins_from_home_in_two_presses(app, sign_in):
    a_template()
    person = as_actor(someone("pendamping", BANJAR))
    page = sign_in(person)
    home = page.get("/").text
    assert "Mulai jalur bimbingan" in home
    assert 'href="/bimbingan"' in home
    button = re.search(r'action="(/bimbingan/mulai/\d+)"', page.get("/bimbingan").text)
    assert button
    answer = page.post(button[1])
    assert answer.status_code == 303
    path = page.get(answer.location).text
    assert "Menunggu pembimbing sejak hari ini" in path
    assert "Giliran koordinator" in path  # nobody supervises
    assert 'href="/belajar/kursus-kecil"' in path
    assert "Kerjakan pre-test" in page.get("/belajar/kursus-kecil").text
    assert "Mulai jalur bimbingan" not in page.get("/").text


def test_the_wait_grows_where_everybody_sees_it(app, sign_in):
    walk = a_walk(coached=False)
    with clock.stopped(clock.now() + timedelta(days=12)):
        for who in (walk.learner, walk.coach):
            assert "Menunggu pembimbing sejak 12 hari" in sign_in(who).get(f"/bimbingan/jalur/{walk.path.id}").text
        assert "Menunggu pembimbing sejak 12 hari." in sign_in(walk.learner).get("/").text
        assert "1 pendamping menunggu pembimbing" in sign_in(walk.coach).get("/").text


def test_a_meeting_is_done_by_plain_forms(app, sign_in):
    walk = a_walk()
    learner, coach = sign_in(walk.learner), sign_in(walk.coach)
    stage = f"/bimbingan/jalur/{walk.path.id}/1"
    assert "penilaian diri" in learner.get(stage).text
    assert learner.post(f"{stage}/selesai", data={"side": "pendamping"}).status_code == 422
    sheet = f"/bimbingan/amatan/baru/{walk.path.person_id}/{walk.version_id}/tf-s01"
    told = {"on_day": TODAY.isoformat(), "context": "latihan", "adapted": "", "evidence": "Ibu-ibu tertawa"}
    told |= {f"sent_step_{n}": "y" for n in range(3)} | {f"sent_level_{n}": str(n) for n in range(3)}
    answer = learner.post(sheet, data=told)
    assert answer.status_code == 303
    assert "Penilaian diri tersimpan" in learner.get(answer.location).text
    seen = coach.post(sheet, data=told | {"sent_level_0": "3"})
    assert "Satu tingkat lebih baik" in coach.get(seen.location).text
    assert learner.post(f"{stage}/catatan", data={"text": "x"}).status_code == 422
    assert learner.post(f"{stage}/catatan", data={"text": "Lebih sabar"}).status_code == 303
    assert learner.post(f"{stage}/selesai", data={"side": "pendamping"}).status_code == 303
    assert coach.post(f"{stage}/selesai", data={"side": "pembimbing"}).status_code == 303
    assert "selesai, ditandai berdua" in learner.get(f"/bimbingan/jalur/{walk.path.id}").text


def test_a_sheet_is_printed_as_the_screen_asks_and_its_qr_leads_there(app, sign_in, monkeypatch):
    walk = a_walk()
    screen = f"/bimbingan/amatan/baru/{walk.path.person_id}/{walk.version_id}/tf-s01"
    coach = sign_in(walk.coach)
    assert f'href="{screen}/lembar.pdf"' in coach.get(screen).text
    answer = coach.get(f"{screen}/lembar.pdf")
    assert answer.mimetype == "application/pdf"
    printed = " ".join(" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(answer.data)).pages)
    form = service.form(walk.coach, walk.path.person_id, walk.version_id, "tf-s01")
    for said in (*(card.prove for card in form.cards), *(one.title for one in form.rubric.behaviours)):
        assert said in printed
    pressed: list[str] = []
    monkeypatch.setattr(press, "pdf", lambda html, _style: (pressed.append(html), b"")[1])
    coach.get(f"{screen}/lembar.pdf")
    assert str(qr.svg(f"http://localhost{screen}")) in pressed[0]
    assert sign_in(as_actor(someone("pendamping", KAPUAS))).get(f"{screen}/lembar.pdf").status_code == 404


def test_a_sheet_with_a_fault_keeps_what_was_ticked(app, sign_in):
    walk = a_walk()
    sheet = f"/bimbingan/amatan/baru/{walk.path.person_id}/{walk.version_id}/tf-s01"
    answer = sign_in(walk.coach).post(sheet, data={"on_day": "", "sent_level_0": "2", "evidence": "Kata <b>"})
    assert answer.status_code == 422
    assert 'name="sent_level_0" value="2" data-level-of="0" checked' in answer.text
    assert "Kata &lt;b&gt;" in answer.text


def test_agreements_coaches_and_talks_by_plain_forms(app, sign_in):
    walk = a_walk(coached=False)
    coach, url = sign_in(walk.coach), f"/bimbingan/jalur/{walk.path.id}"
    assert coach.post(f"{url}/pembimbing", data={"coach_id": "", "from_day": ""}).status_code == 422
    named = {"coach_id": str(walk.coach.id), "from_day": TODAY.isoformat()}
    assert coach.post(f"{url}/pembimbing", data=named).status_code == 303
    assert coach.post(f"{url}/tindakan", data={"text": "", "due_on": ""}).status_code == 422
    assert coach.post(f"{url}/tindakan", data={"text": "Coba", "due_on": TODAY.isoformat()}).status_code == 303
    action = service.view(walk.coach, walk.path.id).actions[0].id
    assert coach.post(f"{url}/tindakan/{action}", data={"outcome": ""}).status_code == 422
    assert coach.post(f"{url}/tindakan/{action}", data={"outcome": "Berhasil"}).status_code == 303
    assert "Berhasil" in sign_in(walk.learner).get(f"{url}/tindakan").text
    talk = {"people": str(walk.path.person_id), "on_day": TODAY.isoformat(), "minutes": "20", "mode": "telepon"}
    assert coach.post("/bimbingan/catatan", data=talk).status_code == 422
    assert coach.post("/bimbingan/catatan", data=talk | {"topic": "Membuka sesi"}).status_code == 303
    assert "Membuka sesi" in coach.get("/bimbingan/catatan").text


def test_a_widyaiswara_saves_a_template_and_sees_the_rubric(app, sign_in, monkeypatch):
    template, trainer = a_template(), as_actor(someone("widyaiswara", the_unit("R4").kemendagri_code))
    page, unit = sign_in(trainer), the_unit("R4").id
    assert "Jalur uji" in page.get("/studio/jalur").text
    url = f"/studio/jalur/{template}"
    row = {"title-1": "Satu saja", "sesi-1": ["m1-s01"], "minutes-1": "60", "observed-1": "1"}
    told = {"name": "Jalur pendek", "unit_id": str(unit), "modul": "m1"} | row
    answer = page.post(url, data=told)
    assert answer.status_code == 303
    assert "Satu saja" in page.get(answer.location).text
    assert page.post(url, data=told | {"minutes-1": "x"}).status_code == 422
    assert page.post(url, data=told | {"observed-1": ""} | {"title-1": ""}).status_code == 422
    assert "Kesepakatan" in page.get("/studio/rubrik").text
    told = Agreement(3, 0.836, (("b01", 0.5),) * 9)
    monkeypatch.setattr(planning, "agreement", lambda _version: told)
    assert "0,84; sasaran" in page.get("/studio/rubrik").text
    page.set_cookie("bahasa", "en")
    assert "0.84; the aim" in page.get("/studio/rubrik").text


def test_a_koordinator_sees_who_is_prepared_and_who_waits(app, sign_in):
    walk = a_walk(coached=False)
    someone("pendamping", BANJAR), someone("pendamping", BANJAR)
    page = sign_in(as_actor(someone("koordinator", BANJAR))).get("/bimbingan/cakupan").text
    assert "dari 3 pendamping" in page
    assert f'href="/bimbingan/jalur/{walk.path.id}"' in page
    assert "Belum separuh pendamping mulai dibekali" in page


def test_each_stands_in_one_place_and_those_of_other_units_in_none(both):
    walk, today = a_walk(coached=False), clock.today()
    people = [someone("pendamping", BANJAR) for _n in range(6)]
    someone("pendamping", the_unit(KAPUAS).kemendagri_code)
    told = ((0, "kelas", "lulus", 9), (1, "coaching", "selesai", 9), (2, "kelas", "berjalan", None))
    spells = [*told, (3, "kelas", "berhenti", 9), (4, "kelas", "selesai", 9), (0, "coaching", "selesai", 5)]
    for n, kind, status, ended in spells:
        over = None if ended is None else today - timedelta(days=ended)
        span = {"valid_from": today - timedelta(days=40), "valid_to": over, "mode": "luring", "source": "uji"}
        enrolment.record_exposure(Spell(person_id=people[n], kind=kind, object_ref=f"{kind}:9", status=status, **span))
    found = service.coverage(as_actor(someone("koordinator", BANJAR)))
    assert found.counts == {"kelas": 1, "jalur": 1, "di_kelas": 1, "berjalan": 1, "belum": 3}
    assert found.units == ((the_unit(BANJAR).name, found.counts),)
    assert {person for person, _name, _days in found.not_yet} == {people[3], people[4], people[5]}
    assert [one.path.id for one in found.waiting] == [walk.path.id]
    assert (found.wait.people, found.wait.begun) == (7, 6)


CROWD, SOME = 1_600, 600


@pytest.fixture
def crowd():
    """The koordinator of a province, in one kabupaten of which are more people than a page counts at once."""

    def gather():
        province, kabupaten = the_unit("63"), the_unit(BANJAR)
        many_people("pendamping", [BANJAR] * CROWD, [{} for _n in range(CROWD)])
        same = {"indicator": "R-02", "version": 1, "stratum": "", "month": date(2026, 10, 1), "as_of": clock.now()}
        told = {"numerator": 400, "denominator": CROWD, "n_people": CROWD, "missing": 0}
        with unit_of_work("test.sums") as uow:
            for unit in (province, kabupaten):
                uow.add(IndicatorMonth(unit_id=unit.id, **same, **told))
        return as_actor(someone("koordinator", "63"))

    return gather


def test_a_place_with_too_many_people_for_one_page_is_looked_at_part_by_part(both, crowd):
    leader = crowd()
    whole, part = service.coverage(leader), service.coverage(leader, BANJAR)
    assert whole.counts == {}
    assert {one.unit.level for one in whole.parts} == {"kabupaten"}
    told = {one.unit.kemendagri_code: one.figure.counts[:2] for one in whole.parts}
    assert (told[BANJAR], told["63.01"]) == ((400, CROWD), (0, 0))
    assert (part.counts["belum"], part.parts) == (CROWD, ())
    for code in (KAPUAS, "ID", "tidak.ada"):
        with pytest.raises(NotFound):
            service.coverage(leader, code)


def test_a_large_place_reads_no_more_than_it_must_to_know_that_it_is_large(postgres_app, crowd):
    with databases.clean(postgres_app):
        leader = crowd()
        assert databases.most_rows(lambda: service.coverage(leader)) < 2 * CROWD + 1_000


def test_whose_training_is_known_is_not_looked_for_among_the_running_paths(postgres_app):
    with databases.clean(postgres_app):
        template = a_template()
        walks = [service.begin(as_actor(someone("pendamping", BANJAR)), template) for _n in range(5)]
        people = many_people("pendamping", [BANJAR] * SOME, [{} for _n in range(SOME)])
        days = {"valid_from": TODAY - timedelta(days=40), "valid_to": TODAY - timedelta(days=9)}
        about = {"kind": "kelas", "mode": "luring", "object_ref": "kelas:9", "status": "lulus", "source": "uji"}
        enrolment.record_exposures([Spell(person_id=one, **about, **days) for one in people])
        with unit_of_work("test.take_stock"):
            db.session.execute(text("ANALYZE coaching_path"))  # so few that the whole table is read for each question
        leader = as_actor(someone("koordinator", BANJAR))
        found = service.coverage(leader).counts
        assert (found["kelas"], found["berjalan"]) == (SOME, len(walks))
        # what the planner knows of the other tables moves it around seven each; looked for, five more
        assert databases.most_rows(lambda: service.coverage(leader)) < 8 * SOME


def test_the_parts_of_a_large_place_lead_to_their_own_page(app, sign_in, crowd):
    page = sign_in(crowd())
    said = page.get("/bimbingan/cakupan").text
    assert "400 dari 1.600 pendamping sudah dibekali" in said
    assert "belum ada angka bulan ini" in said
    assert 'href="/bimbingan/cakupan?wilayah=63.03"' in said
    assert "0 dari 1.600 pendamping sudah dibekali" in page.get("/bimbingan/cakupan?wilayah=63.03").text
    assert page.get("/bimbingan/cakupan?wilayah=62.03").status_code == 404


def test_who_is_posted_in_two_places_of_an_area_is_counted_once(both):
    the_unit(BANJAR)
    person = someone("pendamping", BANJAR)
    a_posting(person, "pendamping", "63.01")
    found = service.coverage(as_actor(someone("koordinator", "63")))
    assert found.counts["belum"] == 1
    assert [line[0] for line in found.not_yet] == [person]


def test_learner_and_coach_find_each_others_number_on_the_path(app, sign_in):
    walk = a_walk()
    for reader, other in ((walk.learner, walk.coach.id), (walk.coach, walk.path.person_id)):
        said = sign_in(reader).get(f"/bimbingan/jalur/{walk.path.id}").text
        assert f'href="tel:{identity.person(other or 0).phone}"' in said


def test_the_page_of_a_person_shows_the_path_to_who_coaches(app, sign_in):
    walk = a_walk()
    walks_on(walk, 1, "tf-s01")
    page = sign_in(walk.coach).get(f"/orang/{walk.path.person_id}/bimbingan").text
    assert f'href="/bimbingan/jalur/{walk.path.id}"' in page
    assert f'href="/bimbingan/catatan?orang={walk.path.person_id}"' in page


@pytest.mark.parametrize(
    "url", ["/bimbingan", "{path}", "{path}/1", "{path}/tindakan", "/bimbingan/catatan", "{sheets}"]
)
@pytest.mark.parametrize("who", ["learner", "coach"])
def test_pages_ask_little(app, sign_in, count_queries, url, who):
    walk = a_walk()
    walks_on(walk, 1, "tf-s01")
    page = sign_in(getattr(walk, who))
    about = {"path": f"/bimbingan/jalur/{walk.path.id}", "sheets": f"/bimbingan/orang/{walk.path.person_id}/amatan"}
    asked = url.format(**about)
    page.get(asked)
    with count_queries() as seen:
        assert page.get(asked).status_code == 200
    assert len(seen) <= MOST_QUERIES - WHO_ACTS, seen


def test_pages_of_officers_ask_little(app, sign_in, count_queries):
    walk = a_walk(coached=False)
    trainer = someone("widyaiswara", the_unit("R4").kemendagri_code)
    angkatan = an_angkatan(trainer=trainer)
    a_member(angkatan)
    watches(walk.learner, walk.path.person_id, walk.version_id)
    sheet = service.sheets_of(walk.path.person_id)[0].id
    asked = {
        "/bimbingan/cakupan": as_actor(someone("koordinator", BANJAR)),
        f"/bimbingan/jalur/{walk.path.id}/pembimbing": walk.coach,
        f"/bimbingan/amatan/{sheet}": walk.coach,
        f"/bimbingan/angkatan/{angkatan.id}": as_actor(trainer),
        "/studio/jalur": as_actor(trainer),
        "/studio/rubrik": as_actor(trainer),
    }
    counted = {}
    for url, who in asked.items():
        page = sign_in(who)
        page.get(url)
        with count_queries() as seen:
            assert page.get(url).status_code == 200
        counted[url] = len(seen)
    assert {url: n for url, n in counted.items() if n > MOST_QUERIES - WHO_ACTS} == {}
