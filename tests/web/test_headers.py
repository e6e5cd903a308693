"""What every answer says about trust and keeping."""

from datetime import timedelta

import pytest
from flask import Response

from config import for_tests
from p2k2lms.factory import create_app
from p2k2lms.web import cookies
from p2k2lms.web.assets import asset
from tests.architecture.source import ROOT
from tests.conftest import an_actor

CSP = "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"


@pytest.mark.parametrize("path", ["/nowhere", "/sehat", "/api/v1/openapi.json", "/api/v1/token", "/robots.txt"])
def test_every_answer_carries_the_content_policy_exactly(browser, path):
    answer = browser.get(path)
    assert answer.headers["Content-Security-Policy"] == CSP
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "geolocation=()" in answer.headers["Permissions-Policy"]


def test_static_files_carry_it_too(browser):
    with browser.get(asset("app.css")) as answer:
        assert answer.headers["Content-Security-Policy"] == CSP
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_personal_page_is_kept_nowhere(sign_in):
    answer = sign_in(an_actor()).get("/kiriman")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "Cookie" in answer.headers["Vary"]


def test_https_is_promised_only_where_it_is_spoken(browser):
    assert "Strict-Transport-Security" not in browser.get("/sehat").headers
    promised = browser.get("/sehat", base_url="https://p2k2.example").headers["Strict-Transport-Security"]
    assert promised == "max-age=31536000; includeSubDomains"


@pytest.mark.parametrize(("scheme", "name", "secure"), [("http", "session", False), ("https", "__Host-session", True)])
def test_the_session_cookie_is_out_of_reach_of_scripts_and_of_other_sites(browser, scheme, name, secure):
    cookie = browser.get("/masuk", base_url=f"{scheme}://localhost").headers["Set-Cookie"]
    assert cookie.startswith(f"{name}=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie
    assert ("Secure;" in cookie) is secure


def test_over_https_a_cookie_from_the_open_is_not_believed(app, browser):
    for name, language in (("bahasa", "id"), ("__Host-bahasa", "en")):
        browser.set_cookie(name, "en")
        assert f'lang="{language}"' in browser.get("/masuk", base_url="https://localhost").text


def test_a_cookie_for_some_pages_alone_says_so_in_its_name(app):
    for scheme, name in (("http", "x"), ("https", "__Secure-x")):
        with app.test_request_context("/", base_url=f"{scheme}://localhost"):
            answer = Response()
            cookies.keep(answer, "x", "1", timedelta(minutes=1), "/here")
            assert answer.headers["Set-Cookie"].startswith(f"{name}=1; ")
            assert "Path=/here" in answer.headers["Set-Cookie"]


def test_every_cookie_is_kept_by_the_one_file_that_knows_how():
    found = {file.name for file in (ROOT / "p2k2lms").rglob("*.py") if "set_cookie(" in file.read_text("utf-8")}
    assert found == {"cookies.py"}


def test_a_page_is_compressed_for_who_can_read_it(sign_in):
    client = sign_in(an_actor(1, "admin"))
    plain = client.get("/gaya")
    for coding in ("br", "gzip"):
        small = client.get("/gaya", headers={"Accept-Encoding": coding})
        assert small.headers["Content-Encoding"] == coding
        assert len(small.data) < len(plain.data) / 2
        assert "Accept-Encoding" in small.headers["Vary"]


@pytest.mark.parametrize(("proxies", "trusted"), [(0, False), (1, True)])
def test_a_proxy_is_believed_only_as_far_as_the_settings_say(tmp_path, proxies, trusted):
    app = create_app(for_tests(tmp_path, f"sqlite:///{tmp_path}/proxy.db", TRUSTED_PROXIES=proxies))
    answer = app.test_client().get("/sehat", headers={"X-Forwarded-Proto": "https"})
    assert ("Strict-Transport-Security" in answer.headers) is trusted
