"""No unsafe request without its token; the API first says who is signed in."""

import re

from tests.conftest import an_actor


def token_of(client) -> str:
    return client.get("/api/v1/token").json["token"]


def test_a_form_without_its_token_is_refused_in_plain_words(browser, strict):
    answer = browser.post("/bahasa", data={"bahasa": "en"})
    assert answer.status_code == 400
    assert "terlalu lama terbuka" in answer.text


def test_a_form_with_its_token_needs_no_origin_header(sign_in, strict):
    client = sign_in(an_actor(1, "admin"))
    page = client.get("/gaya").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    answer = client.post(
        "/bahasa", data={"bahasa": "en", "csrf_token": token}, headers={"Referer": "http://localhost/gaya"}
    )
    assert answer.status_code == 303


def test_the_api_says_401_before_it_looks_at_tokens(browser, strict):
    answer = browser.post("/api/v1/kiriman", json={"kiriman": []})
    assert answer.status_code == 401
    assert answer.json["title"] == "Perlu masuk lagi"


def test_the_api_takes_token_and_origin_together(sign_in, strict):
    client = sign_in(an_actor())
    token = {"X-CSRFToken": token_of(client)}

    def status(**headers):
        return client.post("/api/v1/kiriman", json={"kiriman": []}, headers=headers).status_code

    assert status(**token, Origin="http://localhost") == 200
    assert status(**token, Referer="http://localhost/belajar") == 200
    assert status(Origin="http://localhost") == 400
    assert status(**token) == 400
    assert status(**token, Origin="http://evil.example") == 400
    assert status(**token, Origin="http://[") == 400
    assert status(**token, Origin="null", Referer="http://localhost/") == 400
