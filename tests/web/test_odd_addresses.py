"""Every page, asked for with a number or a sign that no column holds: it is not there, on either engine."""

import re
from collections.abc import Iterable, Iterator

import pytest

from p2k2lms.core.db import db
from p2k2lms.plugins.identity.values import ROLES
from p2k2lms.web.login import SignedIn, manager
from tests.conftest import an_actor

ODD = {"int": (2**31, 2**63, 10**40), "string": ("%00",)}
STARTS = ("sebelum", "setelah", "sesudah", "id")


def addresses(app) -> Iterator[str]:
    """The address of each page that takes a number or a word, with each odd one in its place."""
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and rule.arguments:
            for number, word in zip(ODD["int"], ODD["string"] * 3, strict=True):
                whole = re.sub(r"<int[^>]*>", str(number), rule.rule)
                yield re.sub(r"<[^>]+>", word, whole)


@pytest.fixture
def everybody(both, monkeypatch):
    """A client of somebody who holds every role at the top."""
    someone = SignedIn("t", an_actor(1, *ROLES), device="HP uji")
    monkeypatch.setattr(manager, "_user_callback", lambda token: someone)
    client = both.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = "t"
    return client


def falls(client, addresses: Iterable[str]) -> tuple[dict[str, int], int]:
    """Those of these addresses that end in a fault of the server; and how many were asked."""
    told = {}
    for address in addresses:
        told[address] = client.get(address).status_code
        db.session.rollback()  # each request has a session of its own; here they share one
    return {address: status for address, status in told.items() if status >= 500}, len(told)


def test_no_page_falls_over_an_address_that_cannot_be(everybody, both):
    fallen, asked = falls(everybody, addresses(both))
    assert fallen == {}
    assert asked > 40


def test_no_list_falls_over_where_it_is_to_begin(everybody, both):
    lists = [rule.rule for rule in both.url_map.iter_rules() if "GET" in rule.methods and not rule.arguments]
    odd = [f"{path}?{name}={value}" for path in lists for name in STARTS for value in (2**63, "%00")]
    assert falls(everybody, odd)[0] == {}
