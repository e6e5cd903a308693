"""What the pages of certificates show, to whom; and how little the public check tells and weighs."""

import brotli
import pytest

from p2k2lms.core import clock, nature
from p2k2lms.core.db import db
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.certificates import service
from p2k2lms.plugins.certificates.models import Certificate
from p2k2lms.plugins.certificates.panels import home_cards
from p2k2lms.plugins.certificates.routes import TRIES_A_MINUTE
from p2k2lms.plugins.certificates.rules import grouped
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.web import assets
from tests.factories.assessment import sit
from tests.factories.certificates import a_certificate, about_to_pass
from tests.factories.delivery import a_learner
from tests.factories.enrolment import an_angkatan
from tests.factories.identity import as_actor, someone, the_units


@pytest.fixture(autouse=True)
def places(app):
    the_units()
    nature.be_born(demo=True)


@pytest.fixture
def issued(app):
    """A class with its widyaiswara, and somebody who has a certificate of it."""
    trainer = someone("widyaiswara", "R4")
    actor, card = a_certificate(an_angkatan(open_door=True, trainer=trainer), name="Norhayati", nip="19700101")
    return as_actor(trainer), actor, card


def text(answer) -> str:
    return answer.get_data(as_text=True)


def test_a_stranger_learns_name_course_dates_and_status_and_nothing_else(issued, browser):
    _, _, card = issued
    answer = browser.get(f"/cek/{grouped(card.code)}")
    page = text(answer)
    assert answer.status_code == 200
    for told in ("Norhayati", card.course, "secara daring", "berlaku"):
        assert told in page
    for kept_back in ("19700101", "Dinas Sosial", "80", "Kapuas", "Jabatan"):
        assert kept_back not in page


def test_the_check_page_leaves_no_cookie_has_no_script_and_stays_out_of_indexes(issued, browser):
    _, _, card = issued
    for url in (f"/cek/{grouped(card.code)}", "/cek", "/cek?n=salah"):
        answer = browser.get(url)
        assert "Set-Cookie" not in answer.headers
        assert "<script" not in text(answer)
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert "noindex" in text(answer)
        assert answer.headers["Cache-Control"] == "no-store"


def test_the_check_page_with_its_style_weighs_at_most_four_kilobytes(issued, browser):
    _, _, card = issued
    page = browser.get(f"/cek/{grouped(card.code)}").data
    style = assets.built()["check.css"][1]
    assert len(page) + len(style) <= 4096
    assert len(brotli.compress(page)) + len(brotli.compress(style)) <= 2000
    assert text(browser.get("/cek")).count("stylesheet") == 1


def test_the_longest_words_that_a_certificate_holds_still_fit_its_check_page(app, browser):
    _, card = a_certificate(name="Hj. Norhayati & Anak-anaknya " * 4)
    with unit_of_work("test.long_title"):
        db.session.query(Certificate).one().course_title = "Pencegahan & Penanganan " * 8
    page = browser.get(f"/cek/{grouped(card.code)}").data
    assert b"Norhayati &amp; Anak" in page
    assert len(page) + len(assets.built()["check.css"][1]) <= 4096


def test_even_who_is_signed_in_gets_no_cookie_from_the_check_page(issued, sign_in):
    _, actor, card = issued
    answer = sign_in(actor).get(f"/cek/{grouped(card.code)}")
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers


def test_a_revoked_certificate_tells_the_public_only_that_and_the_day(issued, browser):
    trainer, _, card = issued
    service.revoke(trainer, card.code, "Rahasia: salah nama")
    page = text(browser.get(f"/cek/{grouped(card.code)}"))
    assert "Sertifikat ini dicabut" in page
    assert str(clock.today().year) in page
    for kept_back in ("Norhayati", "Rahasia", card.course, card.number):
        assert kept_back not in page


def test_the_result_of_a_passed_post_test_leads_to_the_certificate_that_it_brought(app, sign_in, count_queries):
    actor, card = about_to_pass(an_angkatan(open_door=True))
    browser = sign_in(actor)
    first = f"/tes/{sit(actor, card.id, 'post', right=0)}/hasil"
    assert "Buka sertifikat" not in text(browser.get(first))
    last = f"/tes/{sit(actor, card.id, 'post')}/hasil"
    with count_queries() as seen:
        page = text(browser.get(last))
    assert "Buka sertifikat" in page
    assert "Lanjut belajar" not in page  # nothing is left to learn
    assert len([s for s in seen if s.startswith(("SELECT", "WITH"))]) <= 6
    assert "Buka sertifikat" not in text(browser.get(first))


@pytest.mark.parametrize("url", ["/cek/4H7Q-2MKD-9V0T-XA3B", "/cek?n=0417/TIDAK/ADA", "/cek/%00", "/cek/<b>x"])
def test_what_is_unknown_is_said_kindly(issued, browser, url):
    answer = browser.get(url)
    assert answer.status_code == 404
    assert "Periksa lagi" in text(answer)
    assert "<b>x" not in text(answer)


def test_the_code_may_be_typed_by_hand(issued, browser):
    _, _, card = issued
    assert "Norhayati" in text(browser.get("/cek", query_string={"n": f" {grouped(card.code).lower()} "}))


def test_a_number_opens_nothing_for_numbers_run_in_order(issued, browser):
    _, _, card = issued
    answer = browser.get("/cek", query_string={"n": card.number})
    assert answer.status_code == 404
    assert "Norhayati" not in text(answer)
    assert "Nomor sertifikat saja tidak cukup" in text(answer)


def test_an_address_may_check_thirty_times_a_minute(issued, browser):
    _, _, card = issued
    url = f"/cek/{card.code}"
    with clock.stopped(clock.now()):
        answers = [browser.get(url).status_code for _ in range(TRIES_A_MINUTE + 2)]
        elsewhere = browser.get(url, environ_overrides={"REMOTE_ADDR": "10.1.1.1"}).status_code
        slow = browser.get("/cek?n=x")
    assert answers == [200] * TRIES_A_MINUTE + [429, 429]
    assert elsewhere == 200
    assert (slow.status_code, slow.headers["Retry-After"]) == (429, "60")
    assert "Norhayati" not in text(slow)


def test_the_question_itself_is_free(app, browser):
    assert [browser.get("/cek").status_code for _ in range(TRIES_A_MINUTE + 5)].count(200) == TRIES_A_MINUTE + 5


def test_the_check_page_costs_few_queries(issued, browser, count_queries):
    _, _, card = issued
    browser.get(f"/cek/{card.code}")
    with count_queries() as seen:
        browser.get(f"/cek/{card.code}")
    assert len(seen) <= 6, seen


def test_one_s_own_certificates_can_be_fetched(issued, sign_in, count_queries):
    _, actor, card = issued
    browser = sign_in(actor)
    with count_queries() as seen:
        page = text(browser.get("/sertifikat"))
    assert len(seen) <= 6
    assert card.number in page
    answer = browser.get(f"/sertifikat/{grouped(card.code)}.pdf")
    assert (answer.status_code, answer.mimetype, answer.data[:5]) == (200, "application/pdf", b"%PDF-")
    assert f"STTPP-{grouped(card.code)}.pdf" in answer.headers["Content-Disposition"]


def test_an_empty_shelf_says_what_is_missing(app, sign_in, count_queries):
    actor, _ = a_learner(open_door=True)
    browser = sign_in(actor)
    with count_queries() as seen:
        page = text(browser.get("/sertifikat"))
    assert "Belum ada sertifikat" in page
    assert "Kurang: 5 kartu wajib, post-test." in page
    assert len(seen) <= 6, seen


def test_a_revoked_one_stays_on_the_shelf_with_its_reason(issued, sign_in):
    trainer, actor, card = issued
    service.reissue(trainer, card.code, "Salah ejaan nama")
    page = text(sign_in(actor).get("/sertifikat"))
    assert "Salah ejaan nama" in page
    assert "Sudah diganti" in page
    assert sign_in(actor).get(f"/sertifikat/{card.code}.pdf").status_code == 409


@pytest.mark.parametrize(
    ("role", "url", "status"),
    [
        ("pendamping", "/sertifikat/{code}.pdf", 404),
        ("widyaiswara", "/sertifikat/{code}.pdf", 404),
        ("admin", "/sertifikat/{code}.pdf", 404),
        ("widyaiswara", "/angkatan/{class_}/sertifikat", 404),
        ("panitia", "/angkatan/{class_}/sertifikat", 404),
        ("pendamping", "/angkatan/{class_}/sertifikat", 403),
        ("admin", "/angkatan/{class_}/sertifikat", 403),
        ("widyaiswara", "/sertifikat/{code}/cabut", 200),
        ("panitia", "/sertifikat/{code}/cabut", 403),
        ("pendamping", "/sertifikat/{code}/cabut", 403),
        ("pendamping", "/sertifikat/0000-0000-0000-0000.pdf", 404),
    ],
)
def test_strangers_and_wrong_roles_stay_outside(issued, sign_in, role, url, status):
    _, _, card = issued
    stranger = as_actor(someone(role, "R4"))
    path = url.format(code=grouped(card.code), class_=card.angkatan_id)
    assert sign_in(stranger).get(path).status_code == status


@pytest.mark.parametrize("url", ["/sertifikat", "/sertifikat/x.pdf", "/sertifikat/x/cabut", "/angkatan/1/sertifikat"])
def test_who_is_not_signed_in_is_led_to_the_door(app, browser, url):
    answer = browser.get(url)
    assert (answer.status_code, "/masuk" in answer.headers["Location"]) == (302, True)


def test_a_widyaiswara_replaces_a_certificate_on_its_page(issued, sign_in):
    trainer, actor, card = issued
    browser, url = sign_in(trainer), f"/sertifikat/{grouped(card.code)}/cabut"
    refused = browser.post(url, data={"what": "ganti", "reason": ""})
    assert refused.status_code == 422
    assert "Tulis alasannya" in text(refused)
    assert browser.post(url, data={"what": "ganti", "reason": "Salah ejaan"}).status_code == 303
    assert [c.status for c in service.of_person(actor.id)] == ["berlaku", "dicabut"]
    page = text(browser.get(f"/angkatan/{card.angkatan_id}/sertifikat"))
    assert "Salah ejaan" in page
    assert "Cabut atau ganti" in page


def test_revoking_twice_is_refused_in_words(issued, sign_in):
    trainer, _, card = issued
    browser, url = sign_in(trainer), f"/sertifikat/{card.code}/cabut"
    sent = {"what": "cabut", "reason": "Salah orang"}
    assert browser.post(url, data=sent).status_code == 303
    again = browser.post(url, data=sent)
    assert again.status_code == 409
    assert "sudah dicabut" in text(again)


def test_the_class_page_leads_to_its_certificates_and_home_to_one_s_own(issued, sign_in):
    trainer, actor, card = issued
    assert f"/angkatan/{card.angkatan_id}/sertifikat" in text(sign_in(trainer).get(f"/angkatan/{card.angkatan_id}"))
    assert [c.url for c in home_cards(actor)] == ["/sertifikat"]


def test_a_class_without_certificates_says_when_they_come(app, sign_in):
    trainer = someone("widyaiswara", "R4")
    angkatan = an_angkatan(open_door=True, trainer=trainer)
    about_to_pass(enrolment.angkatan(angkatan.id))
    page = text(sign_in(as_actor(trainer)).get(f"/angkatan/{angkatan.id}/sertifikat"))
    assert "Belum ada sertifikat" in page
