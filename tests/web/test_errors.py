"""A fault says what happened, whether the work is safe, what now; and nothing that belongs to the log."""

import logging

import pytest
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from werkzeug.exceptions import HTTPException, TooManyRequests, default_exceptions

from p2k2lms.core.errors import Conflict, DomainError, Invalid, NotAllowed, NotFound
from p2k2lms.web.problems import PROBLEMS

ORDER = ("Apa yang terjadi", "Apakah pekerjaan saya aman?", "Apa yang bisa saya lakukan", "Kode untuk petugas")


def answer_to(app, problem: Exception, path: str = "/x"):
    with app.test_request_context(path):
        handle = app.handle_http_exception if isinstance(problem, HTTPException) else app.handle_user_exception
        answer = app.make_response(handle(problem))
        answer.text = answer.get_data(as_text=True)
        return answer


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 413, 422, 429, 503])
def test_each_refusal_of_http_has_a_page_in_the_same_order(app, status):
    answer = answer_to(app, default_exceptions[status]())
    assert answer.status_code == status
    places = [answer.text.index(part) for part in ORDER]
    assert places == sorted(places)
    assert str(PROBLEMS[status].title) in answer.text
    assert f"G-{status}-" in answer.text


@pytest.mark.parametrize(
    ("problem", "status", "shown"),
    [
        (NotFound("identity.read_person"), 404, False),
        (NotAllowed("identity.read_person"), 403, False),
        (Conflict("Kelas ini sudah ditutup."), 409, True),
        (Invalid("Isi dengan angka."), 422, True),
        (DomainError("inside"), 409, False),
        (IntegrityError("INSERT secret", {}, Exception("unique")), 409, False),
        (OperationalError("SELECT secret", {}, Exception("locked")), 503, False),
        (DataError("SELECT secret", {}, Exception("integer out of range")), 404, False),
        (OverflowError("Python int too large to convert to SQLite INTEGER"), 404, False),
    ],
)
def test_a_refusal_of_the_house_shows_its_words_only_when_they_are_for_people(app, problem, status, shown):
    answer = answer_to(app, problem)
    assert answer.status_code == status
    assert (str(problem) in answer.text) is shown
    assert "secret" not in answer.text


def test_a_crash_is_a_page_with_a_code_and_the_log_knows_the_code(app, monkeypatch, caplog):
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    with app.test_request_context("/x"), caplog.at_level(logging.ERROR):
        answer = app.handle_exception(ZeroDivisionError("inner detail"))
    page = answer.get_data(as_text=True)
    code = page.split('class="code">')[1].split("<")[0]
    assert answer.status_code == 500
    assert code.startswith("G-500-")
    assert "inner detail" not in page
    assert any(code in record.getMessage() and record.exc_info for record in caplog.records)


def test_even_who_is_looking_cannot_be_asked_and_the_page_still_comes(app, monkeypatch):
    def fall_over():
        raise OperationalError("SELECT", {}, Exception("gone"))

    monkeypatch.setattr("p2k2lms.web.page.current_actor", fall_over)
    answer = answer_to(app, default_exceptions[404]())
    assert "Apakah pekerjaan saya aman?" in answer.text


def test_the_api_is_told_in_json(browser):
    answer = browser.get("/api/v1/nowhere")
    assert answer.status_code == 404
    assert answer.json["code"].startswith("G-404-")
    assert answer.json["message"]


def test_how_long_to_wait_is_passed_on(app):
    assert answer_to(app, TooManyRequests(retry_after=30)).headers["Retry-After"] == "30"
