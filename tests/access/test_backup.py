"""The small world, with a thing of each kind, comes back whole from one file, also on PostgreSQL."""

import pytest

from p2k2lms.core.backup import work
from tests import databases


@pytest.mark.slow(reason="runs every migration on another database")
def test_the_small_world_comes_back_whole_on_postgresql(world, tmp_path, worker_id):
    made = work.create(tmp_path / "world.zip")
    assert sum(table.rows > 0 for table in made.tables) > 40
    name = f"moved_{worker_id}"
    databases.fresh_postgres(name)
    try:
        into = databases.postgres_url(name).render_as_string(hide_password=False)
        assert work.verify(tmp_path / "world.zip", into).tables == made.tables
    finally:
        databases.drop_postgres(name)
