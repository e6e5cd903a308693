"""Over the whole map of addresses: what every answer says about trust, and where nobody is ever sent."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from werkzeug.routing import Rule

from p2k2lms.core import clock
from tests.access import table
from tests.access.world import NOON, World

EVIL = "evil.example"
PUBLIC = {  # whatever a cache may keep: nothing of anybody stands in it
    *("/manifest.webmanifest", "/luring", "/robots.txt", "/sw.js", "/api/v1/openapi.json", "/favicon.ico"),
}
KEPT_ON_THE_PHONE = re.compile(r"^/api/v1/paket/")  # course packs and plans, named by their hash
ROWS = {(row.method, row.rule): row for row in table.rows()}


def opened(world: World) -> Iterator[tuple[str, str, str]]:
    """Each address that is there, as the first role that may open it: the rule, the role, the address."""
    for method, plain, rule in table.routes(world.app):
        cells = ROWS[method, plain].cells
        role = next((who for (who, place), status in cells.items() if place == "own" and status < 400), "")
        if method == "GET" and role:
            yield plain, role, table.address(world, plain, rule)


@pytest.fixture
def noon():
    with clock.stopped(NOON):
        yield


@pytest.mark.slow(reason="opens every address of the platform")
def test_every_answer_says_what_it_is_and_a_personal_one_is_kept_nowhere(world, noon):
    faults = []
    for plain, role, where in opened(world):
        answer = world.client(role, "own").get(where)
        said, kind = answer.headers, answer.headers.get("Content-Type", "")
        wrong = {
            "policy": "object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
            not in said["Content-Security-Policy"],
            "sniffing": said["X-Content-Type-Options"] != "nosniff",
            "referrer": said["Referrer-Policy"] != "same-origin",
            "other origins": "Access-Control-Allow-Origin" in said,
            "no type": answer.status_code == 200 and not kind,
            "no charset": kind.startswith("text/") and "charset=utf-8" not in kind.lower(),
            "names its software": "Server" in said or "X-Powered-By" in said,
            "kept": plain not in PUBLIC
            and not KEPT_ON_THE_PHONE.match(plain)
            and "no-store" not in said["Cache-Control"],
            "kept by others": bool(KEPT_ON_THE_PHONE.match(plain)) and "private" not in said["Cache-Control"],
            "one for all": plain not in PUBLIC and "Cookie" not in said["Vary"],
        }
        faults += [(plain, what) for what, is_so in wrong.items() if is_so]
    assert faults == []


@pytest.mark.slow(reason="opens every address of the platform")
def test_no_address_sends_anybody_to_another_site_nor_repeats_a_false_host(world, noon):
    faults, asked = [], 0
    for plain, role, where in opened(world):
        for next_page in (f"https://{EVIL}/", f"//{EVIL}", f"/\\{EVIL}"):
            answer = world.client(role, "own").get(
                where, query_string={"next": next_page, "kembali": next_page}, headers={"X-Forwarded-Host": EVIL}
            )
            goes, asked = answer.headers.get("Location", ""), asked + 1
            if urlsplit(goes).netloc not in ("", "localhost") or goes.startswith(("//", "/\\")):
                faults.append((plain, next_page, goes))
        lied = world.client(role, "own").get(where, headers={"Host": EVIL})
        if urlsplit(lied.headers.get("Location", "")).netloc or f"{EVIL}" in (lied.text if is_text(lied) else ""):
            faults.append((plain, "Host"))
    assert asked > 400
    assert faults == []


@pytest.mark.slow(reason="sends something to every address that takes something")
def test_no_form_sends_anybody_to_another_site(world, noon):
    faults = []
    for method, plain, rule in table.routes(world.app):
        if method != "GET":
            for role in first_let_in(method, plain):
                answer = world.client(role, "own").open(
                    table.address(world, plain, rule),
                    method=method,
                    data=ROWS[method, plain].fields | {"next": f"//{EVIL}"},
                    headers={"Host": EVIL, "Referer": f"https://{EVIL}/"},
                )
                if EVIL in urlsplit(answer.headers.get("Location", "")).netloc:
                    faults.append((plain, answer.headers["Location"]))
                if answer.status_code < 400:
                    with world.as_it_was():
                        pass
    assert faults == []


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "BREW"])
def test_a_method_that_nothing_asks_for_is_refused_everywhere(world, method):
    answered = {}
    for _method, plain, rule in table.routes(world.app):
        answered[plain] = (
            world.client("visitor", "own").open(table.address(world, plain, rule), method=method).status_code
        )
    assert set(answered.values()) == {405}


def first_let_in(method: str, plain: str) -> list[str]:
    """The first role that is not sent away at once; none where all are."""
    cells = ROWS[method, plain].cells
    return [who for (who, place), status in cells.items() if place == "own" and status not in (302, 401, 403)][:1]


def is_text(answer: object) -> bool:
    """True for what is read as letters."""
    kind = getattr(answer, "mimetype", "")
    return kind.startswith("text/") or kind.endswith("json")


def test_the_rules_are_those_of_the_map(world):
    """What stands in PUBLIC is there."""
    known: set[Rule | str] = {plain for _method, plain, _rule in table.routes(world.app)}
    assert known >= PUBLIC
