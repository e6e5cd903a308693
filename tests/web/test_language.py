"""Language and light by two switches, without script."""

import pytest

from tests.conftest import an_actor


def test_indonesian_comes_first(browser):
    assert '<html lang="id">' in browser.get("/nowhere").text


def test_the_switch_keeps_the_language_and_shows_the_same_page(browser):
    answer = browser.post("/bahasa", data={"bahasa": "en", "next": "/nowhere?a=1"})
    assert (answer.status_code, answer.location) == (303, "/nowhere?a=1")
    assert '<html lang="en">' in browser.get("/nowhere").text


@pytest.mark.parametrize("value", ["light", "dark", ""])
def test_the_light_is_as_chosen_or_as_the_phone_has_it(browser, value):
    browser.post("/tampilan", data={"tampilan": value})
    assert (f'data-theme="{value}"' in browser.get("/nowhere").text) is bool(value)


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "masuk", "", "/a\r\nb", "http://["]
)
def test_the_switch_never_leads_to_another_site(browser, elsewhere):
    assert browser.post("/tampilan", data={"tampilan": "dark", "next": elsewhere}).location == "/"


@pytest.mark.parametrize("path", ["/bahasa", "/tampilan"])
def test_an_unknown_choice_is_the_first_one(browser, path):
    browser.post(path, data={path[1:]: "<script>"})
    page = browser.get("/nowhere").text
    assert '<html lang="id">' in page


def test_the_switches_stand_on_the_component_page(sign_in):
    page = sign_in(an_actor(1, "admin")).get("/gaya").text
    assert 'action="/bahasa"' in page
    assert 'action="/tampilan"' in page
