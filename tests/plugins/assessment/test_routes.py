"""The pages of a test: without script, without keys, without more queries than a page may have."""

import re
import uuid
from datetime import timedelta

import pytest
from flask import current_app

from p2k2lms.core import clock, submissions
from p2k2lms.core.db import db
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.assessment import panels, service
from p2k2lms.plugins.assessment.models import Attempt, ExtraTime
from p2k2lms.plugins.catalogue import service as catalogue
from tests.conftest import WHO_ACTS, an_actor
from tests.factories.assessment import a_trainer, envelope, hand_in, keys_of, send, sit
from tests.factories.delivery import a_learner
from tests.factories.identity import as_actor

PAGES = ("?soal=1", "/peta", "/semua", "/kumpulkan")


@pytest.fixture
def learner(app, sign_in):
    """A pendamping with a browser."""
    actor, card = a_learner()
    return actor, card, sign_in(actor)


def started(actor, card, purpose="pre"):
    if purpose == "post":
        service.open_post_test(card.id, card.person_id)
    return service.start(actor, card.id, purpose)


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of the first form of a question."""
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))


def test_a_whole_test_works_without_script(learner):
    _actor, card, browser = learner
    begun = browser.post(f"/tes/mulai/{card.id}/pre")
    assert begun.status_code == 303
    attempt = int(begun.location.split("/")[2].removesuffix("?soal=1"))
    for number, (item, key) in enumerate(keys_of(attempt).items(), 1):
        page = browser.get(f"/tes/{attempt}?soal={number}").text
        fields = {"sent_id": hidden(page)["sent_id"], "item": item, "sent_go": str(number + 1)}
        answers = {f"answer.{k}": v for k, v in key.items()} if isinstance(key, dict) else {"answer": key}
        if isinstance(key, list) and "<select" in page:
            answers = {f"answer.{one}": place for place, one in enumerate(key, 1)}
        saved = browser.post(f"/tes/{attempt}/jawab?soal={number}", data=fields | answers)
        assert saved.location.endswith(f"?soal={number + 1}")
        assert "Terkirim" in browser.get(f"/tes/{attempt}?soal={number}").text
    ended = browser.post(f"/tes/{attempt}/kumpulkan", data={"sent_id": str(uuid.uuid4())})
    assert ended.location.endswith(f"/tes/{attempt}/hasil")
    assert "4 dari 4 soal benar" in browser.get(ended.location).text


def attempts() -> int:
    return db.session.query(Attempt).count()


@pytest.mark.parametrize("purpose", ["pre", "post"])
def test_the_page_before_a_timed_test_says_what_is_to_come_and_begins_nothing(learner, count_queries, purpose):
    _actor, card, browser = learner
    service.open_post_test(card.id, card.person_id)
    with count_queries() as seen:
        page = browser.get(f"/tes/mulai/{card.id}/{purpose}")
    assert len(seen) + WHO_ACTS <= 6, seen
    assert (page.status_code, attempts()) == (200, 0)
    assert f"4 soal, {catalogue.blueprint(card.version_id).minutes} menit" in page.text
    assert ("Hanya sekali" in page.text, "kesempatan" in page.text) == (purpose == "pre", purpose == "post")
    assert page.text.count(f'action="/tes/mulai/{card.id}/{purpose}"') == 1


def test_extra_time_stands_on_the_page_before_the_test(learner):
    _actor, card, browser = learner
    with unit_of_work("test.extra_time") as uow:
        uow.add(ExtraTime(enrolment_id=card.id, minutes=15, given_by=card.person_id))
    minutes = catalogue.blueprint(card.version_id).minutes + 15
    assert f"4 soal, {minutes} menit" in browser.get(f"/tes/mulai/{card.id}/pre").text


def test_who_has_begun_goes_on_and_who_is_done_is_told_why_not(learner):
    actor, card, browser = learner
    address = f"/tes/mulai/{card.id}/pre"
    attempt = started(actor, card)
    assert browser.get(address).location.endswith(f"/tes/{attempt}")
    hand_in(actor, attempt)
    refused = browser.get(address)
    assert (refused.status_code, attempts()) == (409, 1)
    assert "Pre-test hanya sekali" in refused.text


@pytest.mark.parametrize("purpose", ["latihan", "ping", "cek", "lain"])
def test_only_a_timed_test_has_a_page_before_it(learner, purpose):
    _actor, card, browser = learner
    assert browser.get(f"/tes/mulai/{card.id}/{purpose}").status_code == 404


def test_nobody_looks_at_the_test_of_another(learner, sign_in):
    _actor, card, _browser = learner
    assert sign_in(a_learner()[0]).get(f"/tes/mulai/{card.id}/pre").status_code == 404


def what_the_api_says(browser, actor, attempt) -> str:
    """Every answer of the API to a phone that sits this test: of one thing taken, refused, sent twice, and its plan."""
    item = next(iter(keys_of(attempt)))
    good = envelope(actor, "assessment.answer", {"attempt": attempt, "item": item, "answer": None, "doubtful": True})
    bad = envelope(actor, "assessment.answer", {"attempt": attempt, "item": item, "answer": "tidak-ada"})
    told = [browser.post("/api/v1/kiriman", json={"kiriman": sent}).text for sent in ([good, bad], [good])]
    assert '"accepted"' in told[0]
    assert '"rejected"' in told[0]
    assert '"duplicate"' in told[1]
    rules = [rule.rule for rule in current_app.url_map.iter_rules() if not rule.arguments]
    asked = [path for path in rules if path.startswith("/api/") and path != "/api/v1/openapi.json"]
    return "".join(told + [browser.get(path).text for path in asked])


def test_no_page_of_a_running_test_holds_a_key_a_mark_or_an_explanation(learner):
    actor, card, browser = learner
    for purpose in ("pre", "post"):
        attempt = started(actor, card, purpose)
        items = {item.id: item for item in catalogue.items(card.version_id)}
        for item, key in keys_of(attempt).items():
            send(actor, attempt, item, key)
        said = "".join(browser.get(f"/tes/{attempt}{page}").text for page in PAGES)
        said += "".join(browser.get(f"/tes/{attempt}?soal={n}").text for n in range(1, 5))
        said += browser.get("/tes").text + browser.get(f"/belajar/{card.course}").text
        said += what_the_api_says(browser, actor, attempt)
        for item in items.values():
            assert not [secret for secret in item.secrets() if secret in said]
        assert "Rahasia" not in said
        assert not re.search(r'"?(correct|"key"|objective)"?\s*[:=]', said)
        hand_in(actor, attempt)
        if purpose == "pre":
            assert "Rahasia" not in browser.get(f"/tes/{attempt}/hasil").text
    assert "Rahasia" in browser.get(f"/tes/{attempt}/hasil").text


def test_the_receipt_of_an_answer_says_nothing_about_it(learner):
    actor, card, _ = learner
    attempt = started(actor, card)
    item, key = next(iter(keys_of(attempt).items()))
    assert "Rahasia" not in repr(send(actor, attempt, item, key))


def test_options_stand_in_the_order_of_the_attempt_and_stay_there(learner):
    actor, card, browser = learner
    attempt = started(actor, card)
    first, again = (
        re.sub(r'name="(csrf_token|sent_id)" value="[^"]*"', "", browser.get(f"/tes/{attempt}/semua").text)
        for _ in "ab"
    )
    assert first == again


def test_another_persons_test_does_not_exist(learner, sign_in):
    actor, card, _ = learner
    attempt = started(actor, card)
    stranger = sign_in(as_actor(a_learner()[0].id))
    for page in (*PAGES, "/hasil", ""):
        assert stranger.get(f"/tes/{attempt}{page}").status_code == 404
    assert stranger.post(f"/tes/{attempt}/kumpulkan").status_code in (404, 409)
    assert stranger.post(f"/tes/{attempt}/jawab", data={"item": "q", "answer": "a"}).status_code == 404
    assert stranger.post(f"/tes/mulai/{card.id}/pre").status_code == 404
    assert service.overview(actor, attempt).attempt.finished_at is None


def test_a_visitor_is_led_to_sign_in(app, browser):
    assert browser.get("/tes/1").status_code == 302
    assert browser.post("/tes/1/jawab").status_code == 302


def test_an_answer_that_fits_no_option_is_said_beside_the_question_and_the_rest_stays(learner):
    actor, card, browser = learner
    attempt = started(actor, card)
    item = next(iter(keys_of(attempt)))
    page = browser.post(f"/tes/{attempt}/jawab?soal=1", data={"item": item, "answer": "zzz", "answer.x": "9"})
    assert page.status_code == 422
    assert "belum tersimpan" in page.text
    assert 'name="answer' in page.text


def test_looking_at_a_question_saves_nothing(learner, count_queries):
    actor, card, browser = learner
    attempt = started(actor, card)
    moved = browser.post(f"/tes/{attempt}/jawab?soal=1", data={"item": "q", "sent_go": "2"})
    assert moved.location.endswith("?soal=2")
    assert service.overview(actor, attempt).places[0].saved_at is None
    for where in ("peta", "semua", "kumpulkan"):
        assert browser.post(f"/tes/{attempt}/jawab", data={"sent_go": where}).location.endswith(where)
    assert browser.post(f"/tes/{attempt}/jawab?soal=3", data={"sent_go": "//jahat.test"}).location.endswith("?soal=3")


def test_a_page_that_was_kept_open_can_change_its_answer(learner):
    actor, card, browser = learner
    attempt = started(actor, card)
    item = next(iter(keys_of(attempt)))
    options = [one for one, _ in service.question(actor, attempt, 1).asked[0].paper.choices]
    for choice in options[:2]:
        fields = {"item": item, "sent_id": "6f1d9a5e-1111-4222-8333-444455556666", **raw_answer(actor, attempt, choice)}
        assert browser.post(f"/tes/{attempt}/jawab?soal=1", data=fields).status_code == 303
    answer = service.question(actor, attempt, 1).asked[0].answer
    assert options[1] in (answer if isinstance(answer, list | dict) else [answer])


def raw_answer(actor, attempt, choice) -> dict[str, str]:
    paper = service.question(actor, attempt, 1).asked[0].paper
    if paper.kind == "matching":
        return {f"answer.{choice}": paper.targets[0][0]}
    return {f"answer.{choice}": "1"} if paper.kind == "ordering" else {"answer": choice}


def test_what_the_script_sends_is_what_the_form_says(learner):
    actor, card, browser = learner
    attempt = started(actor, card)
    page = browser.get(f"/tes/{attempt}?soal=1").text
    assert 'data-kirim="assessment.answer"' in page
    assert 'data-on="change"' in page
    kind = submissions.kinds()["assessment.answer"]
    folded = kind.read(1, {"attempt": attempt, "item": "q", "answer.a": "2", "answer.b": "", "doubtful": True})
    assert folded.answer == {"a": "2"}


def test_the_submit_page_names_what_is_unanswered_and_what_is_doubtful(learner):
    actor, card, browser = learner
    attempt = started(actor, card)
    items = keys_of(attempt)
    item, key = next(iter(items.items()))
    send(actor, attempt, item, key, doubtful=True)
    page = browser.get(f"/tes/{attempt}/kumpulkan").text
    assert "3 soal belum dijawab" in page
    assert [n for n in range(1, 5) if f">{n}</a>" in page] == [1, 2, 3, 4]
    assert "1 soal Anda tandai ragu" in page
    assert "Kumpulkan dengan 3 soal kosong" in page


def test_the_bar_shows_the_minutes_and_the_end_is_said(learner):
    actor, card, browser = learner
    attempt = started(actor, card)
    page = browser.get(f"/tes/{attempt}?soal=1").text
    assert "Sisa 20 menit" in page
    assert "Sisa %s menit" in page  # what the script fills
    with clock.stopped(clock.now() + timedelta(hours=2)):
        for page in PAGES:
            assert "Waktu tes sudah habis" in browser.get(f"/tes/{attempt}{page}").text
        assert browser.post(f"/tes/{attempt}/kumpulkan").status_code == 303
        assert browser.get(f"/tes/{attempt}/hasil").status_code == 200


def test_a_finished_test_leads_to_its_result(learner):
    actor, card, browser = learner
    attempt = sit(actor, card.id, "pre")
    for page in ("", *PAGES):
        assert browser.get(f"/tes/{attempt}{page}").location.endswith("/hasil")


@pytest.mark.parametrize("number", ["0", "5", "-1", "99999999999999999999"])
def test_a_question_that_does_not_exist_is_not_found(learner, number):
    actor, card, browser = learner
    assert browser.get(f"/tes/{started(actor, card)}?soal={number}").status_code == 404


def test_the_pre_test_is_skipped_with_a_reason_in_own_words(learner):
    _actor, card, browser = learner
    page = f"/tes/lewati/{card.id}"
    assert browser.get(page).status_code == 200
    assert browser.post(page).status_code == 422
    faulty = browser.post(page, data={"choice": "lain", "reason": ""})
    assert faulty.status_code == 422
    assert "3 sampai 200 huruf" in faulty.text
    assert browser.post(page, data={"choice": "lain", "reason": "HP saya dipakai anak"}).status_code == 303
    assert "Anda lewati" in browser.get("/tes").text


def test_a_quick_check_answers_at_once(learner):
    actor, card, browser = learner
    attempt = service.start(actor, card.id, "cek", "m1-s01")
    item, key = next(iter(keys_of(attempt).items()))
    assert "Rahasia" not in browser.get(f"/tes/{attempt}?soal=1").text
    browser.post(f"/tes/{attempt}/jawab?soal=1", data={"item": item, "answer": key, "sent_go": "1"})
    page = browser.get(f"/tes/{attempt}?soal=1").text
    assert "Rahasia" in page
    assert "Jawaban Anda, benar." in page


def test_the_outline_offers_the_pre_test_and_says_what_opens_the_post_test(learner):
    _, card, browser = learner
    page = browser.get(f"/belajar/{card.course}").text
    assert "Kerjakan pre-test" in page
    assert f"/tes/lewati/{card.id}" in page
    assert "Terbuka setelah semua langkah wajib selesai dibaca." in page


def test_a_bank_that_anybody_can_read_says_so_where_a_test_begins(learner):
    _, card, browser = learner
    for page in (f"/belajar/{card.course}", "/tes"):
        assert "Bank soal ini contoh terbuka." in browser.get(page).text


def test_the_widyaiswara_sees_the_class_gives_time_and_nobody_else_does(app, sign_in):
    trainer = a_trainer()
    actor, card = a_learner(trainer=trainer)
    sit(actor, card.id, "pre")
    browser, page = sign_in(as_actor(trainer)), f"/tes/kelas/{card.angkatan_id}"
    assert re.search(r">\s*100\s*<", browser.get(page).text)
    fields = {"enrolment_id": card.id, "minutes": "25"}
    assert browser.post(f"{page}/waktu", data=fields).status_code == 303
    assert 'value="25"' in browser.get(page).text
    assert browser.post(f"{page}/waktu", data=fields | {"minutes": "banyak"}).status_code == 422
    assert sign_in(as_actor(a_trainer())).get(page).status_code == 404
    assert sign_in(actor).get(page).status_code == 403
    assert sign_in(an_actor(77, "admin")).get(page).status_code == 403


def test_the_widyaiswara_opens_one_paper_and_nobody_else_does(app, sign_in, count_queries):
    trainer = a_trainer()
    actor, card = a_learner(trainer=trainer)
    service.open_post_test(card.id, card.person_id)
    sit(actor, card.id, "post")
    path = f"/tes/kelas/{card.angkatan_id}/{card.id}/post"
    browser = sign_in(as_actor(trainer))
    with count_queries() as seen:
        answer = browser.get(path)
    assert len(seen) <= 5, seen  # and one more for who acts
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert "Jawabannya, benar." in answer.text
    assert "Anda" not in answer.text.partition("<main")[2].partition("</main>")[0]
    assert browser.get(path.replace("post", "cek")).status_code == 404
    assert browser.post(path).status_code == 405
    assert sign_in(as_actor(a_trainer())).get(path).status_code == 404
    for stranger in (actor, *(an_actor(70 + n, role) for n, role in enumerate(("admin", "panitia", "supervisor")))):
        assert sign_in(stranger).get(path).status_code == 403


def test_no_page_of_a_test_asks_more_than_six_queries(learner, count_queries):
    actor, card, browser = learner
    attempt = started(actor, card)
    urls = [f"/tes/{attempt}{page}" for page in PAGES] + ["/tes"]
    done = sit(actor, card.id, "latihan")
    hand_in(actor, attempt)
    over = [f"/tes/{attempt}/hasil", f"/tes/{done}/hasil"]
    second = started(actor, card, "post")
    urls += [f"/tes/{second}{page}" for page in PAGES] + over
    for url in urls:
        browser.get(url)
        with count_queries() as seen:
            browser.get(url)
        asked = [s for s in seen if not s.startswith(("BEGIN", "PRAGMA", "COMMIT", "ROLLBACK"))]
        assert len(asked) <= 5, (url, asked)  # one more goes to the session of a real sign-in


def test_a_test_page_is_never_kept_by_the_browser(learner):
    actor, card, browser = learner
    attempt = started(actor, card)
    assert browser.get(f"/tes/{attempt}?soal=1").headers["Cache-Control"] == "no-store"


def test_the_outline_and_the_home_page_ask_once_for_the_tests(learner, count_queries):
    actor, card, browser = learner
    sit(actor, card.id, "pre", right=1)
    browser.get(f"/belajar/{card.course}")
    with count_queries() as seen:
        page = browser.get(f"/belajar/{card.course}").text
    assert "Post-test" in page
    assert len([s for s in seen if "UNION ALL" in s and "assessment_post_opening" in s]) == 1
    with count_queries() as seen:
        found = panels.home(actor)
    assert len([s for s in seen if s.startswith("SELECT")]) == 2
    assert found == []


def test_home_proposes_what_a_test_asks_for_now(learner):
    actor, card, _ = learner

    def proposed():
        with current_app.test_request_context():
            return [(one.title, one.button, one.post) for one in panels.home(actor)]

    assert proposed() == [("Pre-test", "Kerjakan pre-test", False)]
    attempt = started(actor, card)
    assert proposed() == [("Pre-test", "Lanjutkan tes", True)]
    hand_in(actor, attempt)
    assert proposed() == []
    service.open_post_test(card.id, card.person_id)
    assert proposed() == [("Post-test", "Kerjakan post-test", False)]
    sit(actor, card.id, "post")
    assert proposed() == []


def test_who_may_try_again_reads_on_home_how_often_and_that_the_time_runs_from_the_start(learner):
    actor, card, browser = learner
    sit(actor, card.id, "pre")
    service.open_post_test(card.id, card.person_id)
    for left in (3, 2):
        home = browser.get("/").text
        assert "menit sejak dimulai." in home
        assert f"Batas lulus 70, sisa {left} kesempatan." in home
        sit(actor, card.id, "post", right=0)


def test_before_learning_cards_are_to_be_learned_and_after_it_to_be_read_again(learner):
    actor, card, browser = learner
    before = browser.get(f"/tes/{sit(actor, card.id, 'pre', right=0)}/hasil").text
    service.open_post_test(card.id, card.person_id)
    after = browser.get(f"/tes/{sit(actor, card.id, 'post', right=0)}/hasil").text
    assert ("Pelajari: " in before, "Baca lagi: " in before) == (True, False)
    assert ("Pelajari: " in after, "Baca lagi: " in after) == (False, True)
