"""Nothing is held of a person that the register of personal data and its page do not name."""

from sqlalchemy import MetaData, Table

from p2k2lms.core import own_data, retention
from p2k2lms.core.db import db
from p2k2lms.core.personal import Holding, Mention
from p2k2lms.installed import INSTALLED
from tests.architecture.source import ROOT

DECLARED = own_data.PERSONAL + tuple(one for plugin in INSTALLED for one in plugin.personal)
WITHOUT_KEY = {"person_id", "sender_id", "actor_id", "author_id", "given_by", "made_by", "verdict_by", "checker_id"}


def pointing(metadata: MetaData) -> set[str]:
    """The columns that hold the number of a person."""
    return {
        f"{table.name}.{column.name}"
        for table in metadata.sorted_tables
        for column in table.columns
        if column.name in WITHOUT_KEY or _leads_to_person(column)
    }


def _leads_to_person(column) -> bool:
    return any(key.target_fullname == "identity_person.id" for key in column.foreign_keys)


def test_every_column_that_points_to_a_person_is_declared():
    told = {f"{one.model.__tablename__}.{name}" for one in DECLARED for name in one.names}
    missing = pointing(db.metadata) - told
    assert missing == set(), f"declare them in the personal.py of their plugin: {missing}"


def test_a_plugin_declares_its_own_tables_and_columns_that_are_there():
    for one in DECLARED:
        table: Table = one.model.__table__
        erased = set(one.erase) | set(one.hidden) if isinstance(one, Holding) else set()
        assert set(one.names) | erased <= {column.key for column in table.columns}, table.name
    for plugin in INSTALLED:
        for one in plugin.personal:
            assert one.model.__tablename__.startswith(f"{plugin.name}_")


def test_a_column_that_nobody_declared_is_noticed():
    assert "identity_posting.person_id" in pointing(db.metadata)
    assert not any(isinstance(one, Mention) and "password_hash" in one.names for one in DECLARED)


def test_the_register_of_processing_names_every_holding_and_record_class():
    told = (ROOT / "docs/privacy.md").read_text("utf-8")
    tables = {one.key for one in DECLARED if isinstance(one, Holding)}
    kept = {one.key for one in retention.OF_CORE + tuple(c for p in INSTALLED for c in p.retention)}
    assert {name for name in tables | kept if f"`{name}`" not in told} == set()
