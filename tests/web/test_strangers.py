"""A demo with its known passwords answers this machine alone, whatever server it was started with."""

import gc
import runpy

import pytest

from config import for_tests
from p2k2lms.core import nature
from p2k2lms.core.db import db
from p2k2lms.web import strangers
from tests import databases
from tests.architecture.source import ROOT

HERE, ANYWHERE = "http://127.0.0.1", "http://0.0.0.0"  # the address that a server is bound to


@pytest.fixture
def served(tmp_path):
    """`served(demo, **settings)`: a client of a platform that is served, its database born or (None) not yet."""
    made = []

    def serve(demo: bool | None, **settings: object):
        app = databases.migrated_app(tmp_path, f"sqlite:///{tmp_path}/served.db", PLUGINS=(), **settings)
        made.append(app)
        app.test_client_class = None  # no context stays open around these requests
        strangers.keep_out(app)
        with app.app_context():
            if demo is not None:
                nature.be_born(demo)
            db.session.remove()
        return app.test_client()

    yield serve
    for app in made:
        databases.close(app)


@pytest.mark.parametrize(
    ("demo", "settings", "bound", "status"),
    [
        (True, {}, HERE, 200),
        (True, {}, "http://localhost", 200),
        (True, {}, ANYWHERE, 503),
        (True, {"DEMO_PUBLIC": True}, ANYWHERE, 200),
        (True, {"ENV": "production"}, HERE, 503),
        (True, {"ENV": "production", "DEMO_PUBLIC": True}, HERE, 503),
        (False, {"ENV": "production"}, ANYWHERE, 200),
    ],
)
def test_a_demo_answers_no_stranger(served, demo, settings, bound, status):
    answer = served(demo, **settings).get("/sehat", base_url=bound)
    assert answer.status_code == status
    assert ("demo" in answer.text) is (status == 503)


def test_no_header_says_to_which_address_a_server_is_bound(served):
    behind = served(True, TRUSTED_PROXIES=1)
    said = {"X-Forwarded-Host": "127.0.0.1", "Host": "127.0.0.1"}
    assert behind.get("/sehat", base_url=ANYWHERE, headers=said).status_code == 503
    from_a_file = {"REMOTE_ADDR": "", "SERVER_NAME": "127.0.0.1"}  # so gunicorn tells of a socket: by the header Host
    assert behind.get("/sehat", base_url=HERE, environ_overrides=from_a_file).status_code == 503


def test_it_is_looked_at_until_the_database_is_born_and_never_again(served, monkeypatch):
    client = served(None)
    assert client.get("/sehat", base_url=ANYWHERE).status_code == 200
    with client.application.app_context():
        nature.be_born(demo=True)
    assert client.get("/sehat", base_url=ANYWHERE).status_code == 503
    assert client.get("/sehat", base_url=HERE).status_code == 200
    monkeypatch.setattr(nature, "must_allow", None)
    assert client.get("/sehat", base_url=HERE).status_code == 200


def test_every_server_that_loads_the_entry_keeps_them_out(tmp_path, monkeypatch):
    monkeypatch.setattr("config.from_environment", lambda: for_tests(tmp_path, f"sqlite:///{tmp_path}/app.db"))
    monkeypatch.setattr(gc, "freeze", lambda: None)
    monkeypatch.setattr(gc, "set_threshold", lambda *numbers: None)
    kept = []
    monkeypatch.setattr(strangers, "keep_out", kept.append)
    app = runpy.run_path(str(ROOT / "app.py"))["app"]
    assert kept == [app]
