"""Home asks few questions whatever roles one holds together, and shows what it would if each plugin asked alone."""

from collections.abc import Callable
from datetime import timedelta
from itertools import chain, combinations

import pytest

from p2k2lms.core import clock, once
from p2k2lms.core.access import Actor
from p2k2lms.core.db import is_sqlite
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.coaching import service as coaching
from p2k2lms.plugins.dashboards import service
from p2k2lms.plugins.identity.values import DEMO_ACCOUNTS
from tests.conftest import WHO_ACTS, an_actor
from tests.factories.certificates import a_certificate
from tests.factories.coaching import a_walk
from tests.factories.delivery import a_learner
from tests.factories.enrolment import BANJAR, an_angkatan
from tests.factories.identity import a_person, as_actor, someone, supervised
from tests.plugins.progress.paths import a_finished_walk

MOST = 6
ROLES = ["evaluator" if account == "kementerian" else account for account in DEMO_ACCOUNTS]
TOGETHER = sorted(set(chain.from_iterable(combinations(ROLES, number) for number in (1, 2, 3))))


def a_newcomer() -> int:
    return a_person()


def a_reader() -> int:
    return a_learner()[0].id or 0


def who_passed() -> int:
    return a_certificate()[0].id or 0


def who_walks() -> int:
    return a_walk().path.person_id


def on_whom_all_wait() -> int:
    """Learns, works in a class that is over, supervises one who waits for a coach; more wait around."""
    person, walk = a_reader(), a_finished_walk(whole=False)
    an_angkatan(trainer=person, ends=clock.today() - timedelta(days=1))
    led, strange = someone("pendamping", BANJAR), someone("pendamping", BANJAR)
    supervised(person, led)
    for walker in (led, strange):
        coaching.begin(as_actor(walker), walk.path.template_id)
    with unit_of_work("test.tell") as uow:
        uow.notify(person, "progress.lulus", "/sertifikat")
    return person


LIVES = (a_newcomer, a_reader, who_passed, who_walks, on_whom_all_wait)


@pytest.mark.slow("opens the home page of every three roles, each of which asks another question")
@pytest.mark.parametrize("life", LIVES)
def test_home_costs_few_queries_whatever_roles_come_together(app, sign_in, count_queries, life):
    person, dear = life(), {}
    with clock.stopped(clock.now() + timedelta(days=15)):
        sign_in(an_actor(person, *ROLES)).get("/")  # a version is read once and kept ready
        for roles in [*TOGETHER, tuple(sorted(set(ROLES)))]:
            browser = sign_in(an_actor(person, *roles))
            with count_queries() as seen:
                assert browser.get("/").status_code == 200
            if len(seen) + WHO_ACTS > MOST:
                dear[roles] = seen
    assert dear == {}


def shown(app, home: Callable[[Actor], service.Home], actor: Actor) -> service.Home:
    with app.test_request_context("/"):
        once.forget()
        return home(actor)


@pytest.mark.slow("composes the home page of every two or three roles, together and alone, on both engines")
@pytest.mark.parametrize("life", LIVES)
def test_what_is_asked_together_shows_what_is_asked_alone(both, life):
    """Every three roles on one engine, every two on the other: how a third is added depends on none."""
    person, most = life(), 3 if is_sqlite() else 2
    with clock.stopped(clock.now() + timedelta(days=15)):
        for roles in (some for some in TOGETHER if len(some) <= most):
            actor = an_actor(person, *roles)
            assert shown(both, service.home, actor) == shown(both, service.proposed, actor)


def test_the_home_page_of_one_person_keeps_nothing_for_the_next(app, sign_in):
    busy, idle = on_whom_all_wait(), a_newcomer()
    with clock.stopped(clock.now() + timedelta(days=15)):
        assert "menunggu pembimbing" in sign_in(an_actor(busy, "supervisor")).get("/").text
        assert "menunggu pembimbing" not in sign_in(an_actor(idle, "supervisor")).get("/").text
