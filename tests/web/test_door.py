"""The front door answers whichever plugin is switched off, as long as nothing else requires it."""

import pytest

from p2k2lms.web.login import SignedIn, manager
from tests import databases
from tests.architecture.test_plugins import ALL, FREE
from tests.conftest import an_actor

ROLES = ("pendamping", "widyaiswara", "panitia", "supervisor", "koordinator", "dinsos", "evaluator", "admin")


@pytest.fixture(scope="module", params=FREE)
def without(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp(request.param)
    names = tuple(name for name in ALL if name != request.param)
    house = databases.migrated_app(folder, f"sqlite:///{folder}/x.db", PLUGINS=names, WTF_CSRF_ENABLED=False)
    yield house
    databases.close(house)


@pytest.fixture
def come_in(without, monkeypatch):
    def signed_in(role: str):
        monkeypatch.setattr(manager, "_user_callback", lambda token: SignedIn(token, an_actor(1, token), device="HP"))
        client = without.test_client()
        with client.session_transaction() as session:
            session["_user_id"] = role
        return client

    with without.app_context():
        yield signed_in


def test_a_visitor_finds_the_way_in(without):
    with without.app_context():
        client = without.test_client()
        door = client.get("/", follow_redirects=True)
        assert (door.status_code, client.get("/masuk").status_code) == (200, 200)
        assert '"/masuk' in door.text


@pytest.mark.parametrize("role", ROLES)
def test_who_is_signed_in_comes_to_a_page_of_their_own(come_in, role):
    door = come_in(role).get("/", follow_redirects=True)
    assert door.status_code == 200, door.request.path
    assert "/masuk" not in door.request.path


def test_without_a_home_page_people_come_to_the_first_place_of_their_bar(come_in, without):
    homeless = "dashboards" not in (plugin.name for plugin in without.extensions["plugins"])
    assert come_in("pendamping").get("/").location == ("/belajar" if homeless else None)
