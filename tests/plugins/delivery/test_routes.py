"""What learners see, and that everything works by plain forms; a GET changes nothing."""

import re
import uuid

import pytest
from sqlalchemy import func, select

from p2k2lms.core.db import db
from p2k2lms.core.models import Audit
from p2k2lms.plugins.catalogue.packs import Shelf
from p2k2lms.plugins.delivery import home, service
from p2k2lms.plugins.enrolment import service as enrolment
from tests.conftest import WHO_ACTS
from tests.factories.catalogue import TINY, a_course, course_texts
from tests.factories.delivery import a_learner, a_longer_course, reads
from tests.factories.enrolment import BANJAR, a_member, an_angkatan, the_course, the_unit
from tests.factories.identity import as_actor, someone

COURSE = f"/belajar/{TINY}"
CARD = f"{COURSE}/tf-s01/tf-s01-l01"
URLS = ("/belajar", COURSE, CARD, f"{CARD}/ajar", f"{CARD}/bukti")
STAFF = ("widyaiswara", "panitia", "admin")  # may look at a course as its learners see it
ROLES = ("pendamping", "supervisor", "koordinator", "dinsos", "widyaiswara", "panitia", "evaluator", "admin")


@pytest.fixture(autouse=True)
def places(app):
    the_unit("R4"), the_course()


def changes() -> int:
    return db.session.scalar(select(func.count()).select_from(Audit))


def test_a_course_is_open_to_who_is_enrolled_whatever_the_role_and_absent_for_others(app, browser, sign_in):
    here = an_angkatan()
    for role in ROLES:
        outside, inside = as_actor(someone(role, "R4")), as_actor(a_member(here, someone(role, "R4")).person_id)
        unseen = [200] * 5 if role in STAFF else [200, 404, 404, 404, 404]
        assert [sign_in(outside).get(url).status_code for url in URLS] == unseen, role
        assert [sign_in(inside).get(url).status_code for url in URLS] == [200] * 5, role
    for url in URLS:
        assert browser.get(url).location.startswith("/masuk"), url
    assert browser.put("/api/v1/posisi", json={}).status_code == 401


def test_looking_at_every_page_changes_nothing(app, sign_in):
    actor, _card = a_learner()
    page, before = sign_in(actor), changes()
    for url in URLS:
        page.get(url)
    assert changes() == before
    assert service.done_steps(actor.id, TINY) == frozenset()


def test_reading_a_card_parses_no_markdown(app, sign_in, monkeypatch):
    actor, _card = a_learner()

    def parse(*_):
        raise AssertionError("a reader waits for a parser")

    monkeypatch.setattr("p2k2lms.plugins.catalogue.markup.Renderer.html", parse)
    monkeypatch.setattr("markdown.Markdown.convert", parse)
    monkeypatch.setitem(app.extensions, "catalogue_shelf", Shelf())  # nothing read before is at hand
    page = sign_in(actor)
    assert [page.get(url).status_code for url in URLS] == [200] * 5


def test_at_birth_the_first_card_is_open_and_linked_from_the_outline(app, sign_in):
    a_longer_course()
    actor, _card = a_learner()
    outline = sign_in(actor).get(COURSE).text
    links = re.findall(r'href="(/belajar/[^"]+)"', outline)
    assert CARD in links
    assert all(re.fullmatch(r"/belajar/[\w-]+/[\w-]+/(adegan/)?[\w-]+", link) for link in links)
    assert "0 dari 7 langkah wajib selesai" in outline
    assert "0 dari 2 langkah · sisa 15 menit · 3 kB" in outline
    assert "Terbuka setelah Membuka pertemuan selesai. Kurang 2 langkah." in outline
    assert "Sedang ditulis. Belum dihitung." not in outline
    assert sign_in(actor).get(CARD).status_code == 200


def test_a_card_is_read_by_a_plain_form_and_the_next_one_follows(app, sign_in):
    actor, _card = a_learner()
    page = sign_in(actor)
    html = page.get(CARD).text
    assert all(word in html for word in ("Pesan kunci", "Coba hari ini", "Selesai, lanjut", "Langkah 1 dari 3"))
    form = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html))
    answer = page.post(CARD, data=form)
    assert (answer.status_code, answer.location) == (303, f"{COURSE}/tf-s01/tf-s01-l02")
    again = page.post(CARD, data=form)
    assert (again.status_code, again.location) == (303, f"{COURSE}/tf-s01/tf-s01-l02")
    assert service.done_steps(actor.id, TINY) == {"tf-s01-l01"}
    assert "Sudah dibaca, lanjut" in page.get(CARD).text
    outline = page.get(COURSE).text
    assert "1 dari 5 langkah wajib selesai" in outline
    assert "langkah 2" in outline


def test_the_whole_course_is_walked_by_pressing_the_one_button(app, sign_in):
    actor, _card = a_learner()
    page, url, pressed = sign_in(actor), CARD, 0
    while url != COURSE and pressed < 20:
        url, pressed = page.post(url, data={"sent_id": str(uuid.uuid4())}).location, pressed + 1
    assert pressed == 6
    outline = page.get(COURSE).text
    assert "5 dari 5 langkah wajib selesai" in outline
    assert "Semua langkah sudah Anda baca." in outline


def test_the_card_that_follows_says_that_the_sesi_before_it_is_finished_until_it_is_read_itself(app, sign_in):
    a_longer_course()
    actor, card = a_learner()
    page, following, said = sign_in(actor), f"{COURSE}/tf-s02/tf-s02-l01", "Membuka pertemuan selesai."
    reads(actor, card, ["tf-s01-l01", "tf-s01-l02"])
    assert said in page.get(following).text
    assert said not in page.get(f"{COURSE}/tf-s02/tf-s02-l02").text
    assert said not in page.get(f"{following}/ajar").text
    reads(actor, card, ["tf-s02-l01"])
    assert said not in page.get(following).text
    assert "selesai." not in page.get(CARD).text


@pytest.mark.parametrize("sent_id", ["bukan-id", "a\x00b", "x" * 500])
def test_a_form_whose_id_was_tampered_with_counts_as_any_other(app, sign_in, sent_id):
    actor, _card = a_learner()
    page = sign_in(actor)
    before = changes()
    assert page.post(CARD, data={"sent_id": sent_id}).status_code == 303
    assert changes() > before


def test_a_locked_card_says_why_and_leads_to_what_opens_it(app, sign_in):
    a_longer_course()
    actor, card = a_learner()
    page = sign_in(actor)
    locked = page.get(f"{COURSE}/tf-s02/tf-s02-l01").text
    assert "Terbuka setelah Membuka pertemuan selesai. Kurang 2 langkah." in locked
    assert f'href="{CARD}"' in locked
    assert "Pesan kunci" not in locked
    reads(actor, card, ["tf-s01-l01", "tf-s01-l02"])
    assert "Pesan kunci" in page.get(f"{COURSE}/tf-s02/tf-s02-l01").text


def test_a_sesi_that_is_being_written_says_so_and_asks_for_nothing(app, sign_in):
    actor, _card = a_learner()
    outline = sign_in(actor).get(COURSE).text
    assert "Bertanya dan mendengar" in outline
    assert "Sedang ditulis. Belum dihitung." in outline


def test_a_card_under_a_wrong_sesi_answers_at_its_own_address_and_unknown_ones_are_not_there(app, sign_in):
    actor, _card = a_learner()
    page = sign_in(actor)
    assert page.get(f"{COURSE}/m1-s01/tf-s01-l01").location == CARD
    for url in (f"{COURSE}/tf-s01/tf-s01-l99", "/belajar/lain", f"{COURSE}/tf-s01/%00", "/belajar/%00"):
        assert page.get(url).status_code == 404, url


def test_teaching_and_proving_are_views_of_the_same_card(app, sign_in):
    actor, _card = a_learner()
    page = sign_in(actor)
    taught, proved = page.get(f"{CARD}/ajar").text, page.get(f"{CARD}/bukti").text
    assert all(word in taught for word in ("Tujuan", "Lakukan", "Katakan", "Tanyakan"))
    assert "Yang dilihat pengamat" in proved
    assert all('aria-current="page">' + life in html for life, html in (("Ajar", taught), ("Bukti", proved)))


def test_the_place_is_told_by_put_and_the_other_phone_is_offered_it(app, sign_in):
    actor, _card = a_learner()
    page = sign_in(actor)
    told = {
        "course": TINY,
        "step": "tf-s01-l02",
        "scroll": 0.42,
        "device": "HP lama",
        "at": "2026-11-20T10:00:00+08:00",
    }
    answer = page.put("/api/v1/posisi", json=told)
    assert (answer.status_code, answer.json) == (200, {"kept": True})
    assert page.put("/api/v1/posisi", json={**told, "at": "2026-11-19T10:00:00+08:00"}).json == {"kept": False}
    outline = page.get(COURSE).text
    assert "Lanjut dari HP lain?" in outline
    assert "HP lama" not in outline
    assert f'href="{COURSE}/tf-s01/tf-s01-l02#gulir-42"' in outline


@pytest.mark.parametrize(
    "wrong",
    [
        {"scroll": 1.1},
        {"scroll": "NaN"},
        {"at": "2026-11-20T10:00:00"},
        {"at": "0001-01-01T00:00:00+14:00"},
        {"device": ""},
        {"device": "a\x00"},
        {"x": 1},
        {"course": None},
    ],
)
def test_a_place_that_cannot_be_read_is_refused(app, sign_in, wrong):
    actor, _card = a_learner()
    told = {"course": TINY, "step": "tf-s01-l02", "scroll": 0.42, "device": "HP", "at": "2026-11-20T10:00:00+08:00"}
    assert sign_in(actor).put("/api/v1/posisi", json={**told, **wrong}).status_code == 422
    assert sign_in(actor).put("/api/v1/posisi", data="bukan json").status_code == 422


def test_the_place_needs_its_token(app, sign_in, monkeypatch):
    actor, _card = a_learner()
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    told = {"course": TINY, "step": "tf-s01-l02", "scroll": 0, "device": "HP", "at": "2026-11-20T10:00:00+08:00"}
    page = sign_in(actor)
    here = {"Origin": "http://localhost"}
    assert page.put("/api/v1/posisi", json=told, headers=here).status_code == 400
    token = re.search(r'data-token="([^"]+)"', page.get(CARD).text).group(1)
    assert page.put("/api/v1/posisi", json=told, headers={**here, "X-CSRFToken": token}).status_code == 200


def test_the_form_speaks_to_the_outbox_in_the_words_of_its_kind(app, sign_in):
    actor, card = a_learner()
    html = sign_in(actor).get(CARD).text
    assert f'data-kirim="delivery.step" data-slot="{TINY}/tf-s01-l01" data-next="{COURSE}/tf-s01/tf-s01-l02"' in html
    assert f'name="version_id" value="{card.version_id}" data-as="int"' in html
    assert not re.search(r'\son\w+="|\sstyle="', html)


def test_a_new_version_does_not_reach_who_has_begun_with_the_old_one(app, sign_in):
    actor, _card = a_learner()
    texts = course_texts()
    path = next(p for p in texts if p.endswith("tf-s01/01-sapaan.md"))
    a_course(changes={path: texts[path] + "\n\nKalimat versi dua.\n"})
    assert "Kalimat versi dua" not in sign_in(actor).get(CARD).text


def test_the_home_page_is_offered_the_next_card_and_a_newcomer_an_open_door(app, sign_in):
    actor, card = a_learner()
    with app.test_request_context():
        (offer,) = home.cards(actor)
        assert (offer.url, offer.title, offer.button) == (CARD, "Membuka pertemuan", "Mulai belajar")
        reads(actor, card, ["tf-s01-l01"])
        (offer,) = home.cards(actor)
        assert (offer.button, offer.line) == ("Lanjut belajar", "Langkah 2 dari 3, sisa 10 menit.")
        an_angkatan(open_door=True)
        (offer,) = home.cards(as_actor(someone("pendamping", BANJAR)))
        assert offer.url == "/belajar"
        enrolment.set_state(card.id, "lulus")
        assert home.cards(actor) == []


def test_the_list_of_courses_shows_the_bar_and_the_open_doors(app, sign_in):
    actor, card = a_learner()
    reads(actor, card, ["tf-s01-l01"])
    page = sign_in(actor).get("/belajar").text
    assert "1 dari 5 langkah wajib selesai" in page
    assert "Pintu terbuka" not in page
    an_angkatan(open_door=True, name="Daring terbuka")
    newcomer = sign_in(as_actor(someone("pendamping", BANJAR)))
    assert "Daring terbuka" in newcomer.get("/belajar").text
    lone = sign_in(as_actor(someone("widyaiswara", "ID")))
    assert "Belum ada kursus" in lone.get("/belajar").text


def test_learning_itself_costs_few_queries_and_a_card_with_all_around_it_at_most_four(app, sign_in, count_queries):
    actor, card = a_learner()
    reads(actor, card, ["tf-s01-l01"])
    for ask, most in (
        (lambda: service.desk(actor, "HP"), 3),
        (lambda: service.outline(actor, TINY, "HP"), 2),
        (lambda: service.read(actor, TINY, "tf-s01-l02"), 2),
        (lambda: sign_in(actor).get(f"{COURSE}/tf-s01/tf-s01-l02"), 4),
    ):
        with count_queries() as seen:
            ask()
        assert 0 < len([s for s in seen if s.startswith("SELECT")]) <= most, seen


def test_an_outline_with_the_panels_of_every_plugin_costs_at_most_six_queries(app, sign_in, count_queries):
    actor, card = a_learner()
    reads(actor, card, ["tf-s01-l01"])
    page = sign_in(actor)
    with count_queries() as seen:
        shown = page.get(COURSE).text
    assert "Post-test" in shown
    assert "Untuk lulus masih kurang" in shown
    assert len(seen) + WHO_ACTS <= 6, seen


def test_staff_look_at_the_newest_version_and_nothing_of_it_is_kept(app, sign_in):
    trainer = as_actor(someone("widyaiswara", "R4"))
    page = sign_in(trainer)
    assert "Anda melihat seperti pendamping" in page.get(COURSE).text
    before = changes()
    onward = page.post(CARD, data={"sent_id": str(uuid.uuid4())})
    assert onward.status_code == 303
    assert onward.location.startswith(COURSE)
    told = {"course": TINY, "step": "tf-s01-l02", "scroll": 0, "device": "x", "at": "2026-11-21T10:00:00+08:00"}
    assert page.put("/api/v1/posisi", json=told).json == {"kept": False}
    assert service.done_steps(trainer.id, TINY) == frozenset()
    assert changes() == before + 1  # the place that was told and not kept is audited, with no event


def test_a_search_finds_the_cards_of_ones_own_courses(app, sign_in, count_queries):
    actor, _card = a_learner()
    title = service.read(actor, TINY, "tf-s01-l01").card.title
    page = sign_in(actor)
    with count_queries() as seen:
        found = page.get("/belajar/cari", query_string={"q": title}).text
    assert f'href="{CARD}"' in found
    assert len(seen) <= 6
    assert "Tidak ada kartu dengan kata itu" in page.get("/belajar/cari?q=xyzzy").text
    assert "&lt;script&gt;" in page.get("/belajar/cari?q=<script>").text
    outsider = sign_in(as_actor(someone("pendamping", "R4")))
    assert f'href="{CARD}"' not in outsider.get("/belajar/cari", query_string={"q": title}).text
