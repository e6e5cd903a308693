"""The small world in which every route is asked, made once on each engine."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests import databases
from tests.access.world import World, build, known_at_the_door


@contextmanager
def made(app) -> Iterator[World]:
    """The world in the database of this app, whose people are known at the door."""
    with app.app_context():
        world = build(app)
    with known_at_the_door(world):
        yield world
    databases.close(app)


@pytest.fixture(scope="package")
def sqlite_world(tmp_path_factory, sqlite_app):  # made first: each app that is made says anew who is at the door
    folder = tmp_path_factory.mktemp("access")
    with made(databases.migrated_app(folder, f"sqlite:///{folder}/world.db", WTF_CSRF_ENABLED=False)) as world:
        yield world


@pytest.fixture(scope="package")
def postgres_world(tmp_path_factory, sqlite_app, worker_id):
    folder, name = tmp_path_factory.mktemp("access_postgres"), f"world_{worker_id}"
    with made(databases.migrated_app(folder, databases.fresh_postgres(name), WTF_CSRF_ENABLED=False)) as world:
        yield world
    databases.drop_postgres(name)


@pytest.fixture
def world(sqlite_world):
    with sqlite_world.app.app_context():
        yield sqlite_world


@pytest.fixture(params=["sqlite", "postgres"])
def each_world(request):
    """The small world on each engine in turn."""
    chosen = request.getfixturevalue(f"{request.param}_world")
    with chosen.app.app_context():
        yield chosen
