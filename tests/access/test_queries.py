"""Every page asks the database at most six questions, who acts among them, whoever opens it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from p2k2lms.core import clock
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.identity.models import LoginSession
from p2k2lms.plugins.identity.routes.arriving import who
from p2k2lms.plugins.identity.service.opening import hash_of
from p2k2lms.web.login import manager
from tests import databases
from tests.access import table
from tests.access.world import NOON, World

MOST = 6


@pytest.fixture
def signed_in(world) -> Iterator[World]:
    """Everybody of the world has a session of their own, which each request finds for itself."""
    loader = manager._user_callback
    with clock.stopped(NOON), world.as_it_was():
        with unit_of_work("test.signed_in") as uow:
            for (role, place), person_id in world.people.items():
                whose = {"token_hash": hash_of(f"{role} {place}"), "person_id": person_id, "second": True}
                times = {"created_at": NOON, "last_seen": NOON, "expires_at": NOON + timedelta(days=1)}
                uow.add(LoginSession(**whose, **times, device_key="", device_label="HP uji"))
        manager.user_loader(who)
        try:
            yield world
        finally:
            manager.user_loader(loader)


def asked(world: World, role: str, where: str) -> int:
    """How often this page asks the database when it is opened again; nothing where there is no page for this role."""
    for _time in range(2):  # what is kept ready for all, as a version, is read at the first
        with databases.statements() as seen:
            answer = world.client(role, "own").get(where)
        if answer.status_code != 200 or answer.mimetype != "text/html":
            return 0
        if len(seen) <= MOST:
            break
    return len(seen)


@pytest.mark.slow("opens each page as each role, dear ones twice")
def test_each_page_asks_at_most_six_questions_whoever_opens_it(signed_in):
    counted = {}
    for method, plain, rule in table.routes(signed_in.app):
        if method == "GET":
            where = table.address(signed_in, plain, rule)
            counted |= {(plain, role): asked(signed_in, role, where) for role in table.SIGNED_IN}
    assert sum(number > 0 for number in counted.values()) > 600
    assert {page: number for page, number in counted.items() if number > MOST} == {}
