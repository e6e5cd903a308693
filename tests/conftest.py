"""The few fixtures that every test may use."""

import gc
import ipaddress
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime, time
from itertools import chain, zip_longest
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings

from p2k2lms.core import clock
from p2k2lms.core.access import Actor, Posting
from p2k2lms.web.login import SignedIn, manager
from tests import databases

settings.register_profile("house", derandomize=True, deadline=None, database=None)
settings.load_profile("house")

UNTIL_NOON = datetime.combine(clock.today(), time(12), ZoneInfo(clock.HOME)) - clock.now()


class Noon(datetime):
    """The calendar as the tests read it: this day, from noon on."""

    @classmethod
    def now(cls, tz=None):
        return datetime.now(tz) + UNTIL_NOON


AS_THE_DAY_GOES = ("/journeys/", "/core/test_kill.py")  # what a browser or a server of its own also tells the hour of
WHO_ACTS = 1  # the query that finds the session of a request, which the clients of `sign_in` do without


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[object]:
    """Every test runs at noon of this day: late in the evening three zones of Indonesia have two dates.

    Journeys share the hour of their browser, which cannot be told another, and a server that is killed keeps its own.
    """
    with pytest.MonkeyPatch.context() as patch:
        if not any(place in item.nodeid for place in AS_THE_DAY_GOES):
            patch.setattr(clock, "datetime", Noon)
        return (yield)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with slow tests begin first, journeys and others in turn: no process is left with one at the end."""
    files: dict[object, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.path, []).append(item)
    slow = [tests for tests in files.values() if any(test.get_closest_marker("slow") for test in tests)]
    journeys = [tests for tests in slow if "/journeys/" in tests[0].nodeid]
    others = [tests for tests in slow if "/journeys/" not in tests[0].nodeid]
    turns = [tests for turn in zip_longest(journeys, others, fillvalue=[]) for tests in turn]
    quick = [tests for tests in files.values() if tests not in slow]
    items[:] = chain.from_iterable(turns + quick)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Ten thousand tests stand in memory until the end: look for garbage among what is made later, and more rarely."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.fixture(scope="session")
def sqlite_app(tmp_path_factory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("sqlite")
    app = databases.migrated_app(folder, f"sqlite:///{folder}/test.db", WTF_CSRF_ENABLED=False)
    yield app
    databases.close(app)


@pytest.fixture(scope="session")
def postgres_app(tmp_path_factory, worker_id) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("postgres")
    app = databases.migrated_app(folder, databases.fresh_postgres(worker_id), WTF_CSRF_ENABLED=False)
    yield app
    databases.close(app)
    databases.drop_postgres(worker_id)


@pytest.fixture
def app(sqlite_app) -> Iterator[Flask]:
    """The platform on an empty embedded database, inside an app context."""
    with databases.clean(sqlite_app):
        yield sqlite_app


@pytest.fixture(params=["sqlite", "postgres"])
def both(request) -> Iterator[Flask]:
    """The same on each engine in turn: for use-cases and the intake."""
    chosen = request.getfixturevalue(f"{request.param}_app")
    with databases.clean(chosen):
        yield chosen


@pytest.fixture
def browser(app) -> FlaskClient:
    """A client of the app's pages."""
    return app.test_client()


@pytest.fixture
def sign_in(app) -> Iterator[Callable[..., FlaskClient]]:
    """`sign_in(an_actor)`: a client in which that actor is signed in, without a password."""
    known: dict[str, SignedIn] = {}
    loader = manager._user_callback
    manager.user_loader(lambda token: known.get(token) or (loader(token) if loader else None))

    def _sign_in(actor: Actor) -> FlaskClient:
        token = f"test-{len(known)}"
        known[token] = SignedIn(token, actor, device="HP uji")
        client = app.test_client()
        with client.session_transaction() as session:
            session["_user_id"] = token
        return client

    yield _sign_in
    manager._user_callback = loader


def an_actor(actor_id: int = 1, *roles: str, unit_id: int = 1, path: str = "/ID/") -> Actor:
    """An actor with these roles in one unit; a person row is not needed."""
    return Actor(actor_id, f"Orang {actor_id}", tuple(Posting(role, unit_id, path) for role in roles))


@pytest.fixture(autouse=True)
def no_network(monkeypatch) -> None:
    """A test that reaches beyond this machine fails, and says where to."""
    real = socket.socket.connect

    def connect(self, address):
        if self.family != socket.AF_UNIX and not ipaddress.ip_address(address[0]).is_loopback:
            pytest.fail(f"a test reached for the network: {address}")
        return real(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)


@pytest.fixture
def count_queries(app) -> Callable[[], AbstractContextManager[list[str]]]:
    """`with count_queries() as seen: ...` collects the statements of a block."""
    return databases.statements
