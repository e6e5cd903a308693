"""The small world in which every route is asked, made once."""

import pytest

from tests import databases
from tests.access.world import build, known_at_the_door


@pytest.fixture(scope="package")
def world(tmp_path_factory, sqlite_app):  # made first: each app that is made says anew who is at the door
    folder = tmp_path_factory.mktemp("access")
    app = databases.migrated_app(folder, f"sqlite:///{folder}/world.db", WTF_CSRF_ENABLED=False)
    with app.app_context():
        made = build(app, folder / "world.db")
        with known_at_the_door(made):
            yield made
    databases.close(app)
