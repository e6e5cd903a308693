"""A small world with one thing of each kind in Kapuas, and people of every role here and elsewhere.

`ids` names what the arguments of routes may be: `<int:group_id>` is `ids["group_id"]`. A plugin adds its own
things in `tests/plugins/<plugin>/things.py`: `def things(world: World) -> dict[str, object]`. Where two plugins
use one name for two things, the key `"endpoint:name"` comes first.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import import_module
from importlib.util import find_spec

from flask import Flask, current_app
from flask.testing import FlaskClient
from sqlalchemy import select

from p2k2lms.core import clock
from p2k2lms.core.access import VISITOR, Actor
from p2k2lms.core.db import db
from p2k2lms.installed import INSTALLED
from p2k2lms.plugins.identity.models import Posting, Supervision
from p2k2lms.plugins.identity.values import ROLES
from p2k2lms.web.login import SignedIn, manager
from tests import databases
from tests.factories.identity import a_person, as_actor, someone, supervised, the_units

NOON = datetime(2026, 11, 21, 4, tzinfo=UTC)
HOME = {"widyaiswara": "R4", "panitia": "R4"}  # the others work in Kapuas
ADMIN_OF_CENTRE = "centre"
DOORS: dict[Flask, dict[str, Actor]] = {}  # who is signed in with which token, by app


@dataclass
class World:
    """Who is there, by role and place ("own" or "other"), and what is there, by the name of a route's argument."""

    app: Flask
    people: dict[tuple[str, str], int] = field(default_factory=dict)
    actors: dict[tuple[str, str], Actor] = field(default_factory=dict)
    ids: dict[str, object] = field(default_factory=dict)

    def person(self, role: str) -> int:
        """Whoever holds this role here: the pendamping owns things, the supervisor supervises, and so on."""
        return self.people[role, "own"]

    def actor(self, role: str) -> Actor:
        """The same as an actor."""
        return self.actors[role, "own"]

    def client(self, role: str, place: str) -> FlaskClient:
        """A browser of this person, or of a visitor."""
        client = self.app.test_client()
        if role != "visitor":
            with client.session_transaction() as session:
                session["_user_id"] = f"{role} {place}"
        return client

    def value(self, endpoint: str, name: str) -> object:
        """What stands for an argument of a route."""
        known = self.ids.get(f"{endpoint}:{name}", self.ids.get(name))
        assert known is not None, f"no thing for <{name}> of {endpoint}: add it to a things.py"
        return known

    @contextmanager
    def as_it_was(self) -> Iterator[None]:
        """Whatever is done inside is undone."""
        try:
            yield
        finally:
            databases.bring_back()


def build(app: Flask) -> World:
    """Make the world; the clock stands at noon of 21 November 2026."""
    world = World(app)
    with clock.stopped(NOON):
        _people(world)
        for plugin in INSTALLED:
            home = f"tests.plugins.{plugin.name}.things"
            if find_spec(f"tests.plugins.{plugin.name}") and find_spec(home):
                world.ids |= import_module(home).things(world)
    databases.keep()
    return world


def _people(world: World) -> None:
    units = the_units()
    for role in ROLES:
        world.people[role, "own"] = someone(role, HOME.get(role, "62.03"))
        world.people[role, "other"] = someone(role, "63.03")
    world.people["admin", ADMIN_OF_CENTRE] = someone("admin", "R4")
    world.people["account", "own"] = a_person()
    supervised(world.person("supervisor"), world.person("pendamping"))
    world.actors |= {key: as_actor(person) for key, person in world.people.items()}
    world.actors["visitor", "own"] = VISITOR
    person = world.person("pendamping")
    world.ids |= {
        "unit_id": units["62.03"],
        "person_id": person,
        "posting_id": db.session.scalar(select(Posting.id).where(Posting.person_id == person)),
        "supervision_id": db.session.scalar(select(Supervision.id)),
        "session_id": 4711,
    }


@contextmanager
def known_at_the_door(world: World) -> Iterator[None]:
    """Everybody of the world is signed in where `client` says so; other apps ask whom they asked before."""
    loader = manager._user_callback
    DOORS[world.app] = {f"{role} {place}": actor for (role, place), actor in world.actors.items()}

    def load(token: str) -> SignedIn | None:
        known = DOORS.get(current_app._get_current_object())
        if known is None:
            return loader(token) if loader else None
        return SignedIn(token, known[token], "HP uji") if token in known else None

    manager.user_loader(load)
    try:
        yield
    finally:
        del DOORS[world.app]
        manager._user_callback = loader
