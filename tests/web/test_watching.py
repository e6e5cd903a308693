"""Each request has an id that the log repeats; the log and the numbers hold nothing of a person."""

import json
import logging
import sys

import pytest

from p2k2lms.core import logs
from p2k2lms.core.logs import OneLine, clean


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("surat ke budi.s@contoh.go.id gagal", "surat ke [mail] gagal"),
        ("081349772216 dan +6281349772216", "[phone] dan [phone]"),
        ("NIK 6203010101900001 ganda", "NIK [nik] ganda"),
        ("postgresql://user:rahasia@db/p2k2", "[url]db/p2k2"),
        ("job 12 (core.send_mail) failed at attempt 3", "job 12 (core.send_mail) failed at attempt 3"),
        ("K-7F3A-92 2026-11-27 01:02:03", "K-7F3A-92 2026-11-27 01:02:03"),
    ],
)
def test_a_line_loses_what_names_a_person(said, written):
    assert clean(said) == written


def test_a_line_is_one_json_object_with_the_trace_and_the_request(app):
    token = logs.request_id.set("abcd1234")
    try:
        raise ValueError("tidak terkirim ke a@contoh.id")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, __file__, 1, "surat %s", (7,), sys.exc_info())
    told = json.loads(OneLine().format(record))
    logs.request_id.reset(token)
    assert (told["text"], told["level"], told["request"]) == ("surat 7", "error", "abcd1234")
    assert told["error"] == "ValueError"
    assert "a@contoh.id" not in json.dumps(told)
    assert "[mail]" in told["trace"]


def test_every_answer_carries_an_id_that_is_in_the_log_beside_the_rule_and_not_the_address(browser, caplog):
    with caplog.at_level(logging.INFO, "p2k2lms.web.watching"):
        answer = browser.get("/cek/4H7Q-2MKD-9V0T-XA3B?n=rahasia", headers={"X-Request-ID": "dari-luar-1"})
    number = answer.headers["X-Request-ID"]
    assert (len(number), number != "dari-luar-1") == (16, True)
    [record] = [r for r in caplog.records if r.name == "p2k2lms.web.watching"]
    assert (record.rule, record.status, record.method) == ("/cek/<code>", 404, "GET")
    assert "4H7Q" not in OneLine().format(record)


def test_behind_a_trusted_proxy_its_id_is_kept_when_it_is_one(browser, app):
    app.config["TRUSTED_PROXIES"] = 1
    try:
        kept = browser.get("/sehat", headers={"X-Request-ID": "proxy-0001"}).headers["X-Request-ID"]
        other = browser.get("/sehat", headers={"X-Request-ID": "a b\tc {}"}).headers["X-Request-ID"]
    finally:
        app.config["TRUSTED_PROXIES"] = 0
    assert (kept, len(other)) == ("proxy-0001", 16)


def test_numbers_are_shown_to_who_has_the_token_and_are_otherwise_not_there(browser, app):
    assert browser.get("/metrik", headers={"Authorization": "Bearer "}).status_code == 404
    app.config["METRICS_TOKEN"] = "rahasia"
    try:
        assert browser.get("/metrik").status_code == 404
        assert browser.get("/metrik", headers={"Authorization": "Bearer salah"}).status_code == 404
        browser.get("/cek/4H7Q-2MKD-9V0T-XA3B")
        answer = browser.get("/metrik", headers={"Authorization": "Bearer rahasia"})
    finally:
        app.config["METRICS_TOKEN"] = ""
    assert 'p2k2_requests_total{method="GET",rule="/cek/<code>",status="404"}' in answer.text
    assert "p2k2_queue_oldest_seconds 0.0" in answer.text
    assert "4H7Q" not in answer.text
