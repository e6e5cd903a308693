"""/kiriman: what this person sent, with receipts, also without script."""

import pytest

from tests.conftest import an_actor

pytestmark = pytest.mark.usefixtures("notes")


def test_without_sign_in_it_leads_to_masuk(browser):
    answer = browser.get("/kiriman")
    assert (answer.status_code, answer.location) == (302, "/masuk?next=/kiriman")


def test_an_empty_page_says_what_will_stand_here(sign_in):
    assert "Belum ada kiriman dari Anda" in sign_in(an_actor()).get("/kiriman").text


def test_it_shows_the_title_of_the_kind_the_receipt_and_the_tally(sign_in, envelope):
    client = sign_in(an_actor())
    answers = client.post("/api/v1/kiriman", json={"kiriman": [envelope(), envelope("salah")]}).json["jawaban"]
    page = client.get("/kiriman").text
    assert "Catatan uji" in page
    assert all(answer["receipt"] in page for answer in answers)
    assert "Kata ini tidak dapat diterima." in page
    assert 'data-server="1">1</b>' in page


def test_what_was_sent_in_one_go_stands_on_one_line(sign_in, envelope):
    client = sign_in(an_actor())
    client.post("/api/v1/kiriman", json={"kiriman": [envelope(str(n)) for n in range(20)]})
    page = client.get("/kiriman").text
    assert "Catatan uji, 20 kiriman" in page


def test_nobody_sees_what_another_person_sent(sign_in, envelope):
    mine = sign_in(an_actor(1)).post("/api/v1/kiriman", json={"kiriman": [envelope()]}).json["jawaban"][0]["receipt"]
    assert mine not in sign_in(an_actor(2)).get("/kiriman").text


def test_long_lists_have_a_second_page(sign_in, envelope):
    client = sign_in(an_actor())
    client.post("/api/v1/kiriman", json={"kiriman": [envelope("salah") for _ in range(35)]})
    page = client.get("/kiriman").text
    older = page.split('href="/kiriman?sebelum=')[1].split('"')[0]
    assert client.get(f"/kiriman?sebelum={older}").text.count("<b>Catatan uji</b>") == 5


def test_it_asks_the_database_at_most_six_times(sign_in, envelope, count_queries):
    client = sign_in(an_actor())
    client.post("/api/v1/kiriman", json={"kiriman": [envelope() for _ in range(40)]})
    with count_queries() as seen:
        assert client.get("/kiriman").status_code == 200
    assert len(seen) <= 6
