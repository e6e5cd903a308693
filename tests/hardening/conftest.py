"""The small world of `tests/access`, for what is tried on every form, file and address; slow, so it stands apart."""

from tests.access.conftest import each_world, postgres_world, sqlite_world, world

__all__ = ["each_world", "postgres_world", "sqlite_world", "world"]
