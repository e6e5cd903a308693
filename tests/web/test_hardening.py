"""What a stranger may try from outside: to be sent elsewhere, to lie about the host, to make the server fetch."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2k2lms.core.address import is_here
from tests.architecture.source import FILES, imported, name, tree
from tests.conftest import an_actor

OUTWARD = {"urllib.request", "http.client", "ftplib", "smtplib", "socket", "requests", "httpx", "aiohttp", "urllib3"}
MAY_SPEAK = {
    "p2k2lms/server.py": "asks its own /sehat on this machine",
    "p2k2lms/core/mail.py": "hands letters to the server of the settings",
}


@pytest.mark.parametrize("path", ["/akun", "/kelola", "/belajar"])
def test_a_lie_about_the_host_leads_nowhere_else(browser, path):
    answer = browser.get(path, headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"})
    assert (answer.status_code, urlsplit(answer.headers["Location"]).netloc) == (302, "")
    assert "evil.example" not in browser.get("/masuk", headers={"Host": "evil.example"}).text


@pytest.mark.parametrize(
    "where",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "/\t/evil.example",
        " /x",
        "",
        "x",
    ],
)
def test_nobody_is_sent_to_another_site_after_sign_in(where):
    assert not is_here(where)


@given(st.text(alphabet="/\\:.?#@ \t\nabc", max_size=12))
def test_what_counts_as_here_has_no_host(where):
    if is_here(where):
        told = urlsplit(where)
        assert (told.scheme, told.netloc) == ("", "")


def test_the_server_fetches_no_address_that_somebody_hands_in():
    speaking = {name(path): OUTWARD.intersection(imported(tree(path))) for path in FILES}
    assert {file for file, found in speaking.items() if found} <= MAY_SPEAK.keys()


@pytest.mark.parametrize("path", ["/akun", "/akun/hak", "/akun/hak/data.json", "/sertifikat", "/kabar"])
def test_a_personal_page_is_kept_by_no_cache_on_the_way(sign_in, path):
    answer = sign_in(an_actor(1, "pendamping")).get(path)
    assert "no-store" in answer.headers["Cache-Control"]
