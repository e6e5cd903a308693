"""Two servers on one database: whoever came in at one is known at the other, and out at both."""

import pytest

from config import for_tests
from p2k2lms.core.db import db
from p2k2lms.factory import create_app
from p2k2lms.plugins.identity import passwords
from tests import databases
from tests.factories.identity import a_person

SECRET, NUMBER = "perahu ulin 7", "+6281349772216"


@pytest.fixture
def nodes(both, tmp_path):
    """The server of the test, and one beside it with an instance folder of its own."""
    uri = both.config["SQLALCHEMY_DATABASE_URI"]
    beside = create_app(for_tests(tmp_path, str(uri), WTF_CSRF_ENABLED=False))
    beside.test_client_class = databases.EachOnItsOwn
    a_person(phone=NUMBER, password_hash=passwords.hashed(SECRET))
    db.session.remove()
    yield both, beside
    with beside.app_context():
        db.engine.dispose()


def carried_over(of, to):
    """A client of the other node with the cookie of this one, as a balancer would do."""
    client = to.test_client()
    client.set_cookie("session", of.get_cookie("session").value)
    return client


def status(app, client, path: str = "/akun") -> int:
    """What a node answers, in a context of its own."""
    with app.app_context():
        return client.get(path).status_code


def test_a_session_opened_at_one_node_holds_at_the_other_and_ends_at_both(nodes):
    one, other = nodes
    here = one.test_client()
    with one.app_context():
        assert here.post("/masuk", data={"username": NUMBER, "password": SECRET}).status_code == 303
    there = carried_over(here, other)
    assert (status(one, here), status(other, there)) == (200, 200)
    with other.app_context():
        assert there.post("/keluar").status_code == 303
    assert (status(one, here), status(other, carried_over(here, other))) == (302, 302)


def test_guesses_at_one_node_slow_down_the_other(nodes):
    one, other = nodes
    wrong = {"username": NUMBER, "password": "salah sekali"}
    tried = []
    for number in range(6):
        app = nodes[number % 2]
        with app.app_context():
            tried.append(app.test_client().post("/masuk", data=wrong).status_code)
    assert tried[:5] == [422] * 5
    for app in (one, other):
        with app.app_context():
            assert app.test_client().post("/masuk", data=wrong).status_code == 429
