"""The schema: one history, equal to the models, every table with one owner, references downward only."""

from datetime import timedelta

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table, select, text, update
from sqlalchemy.engine import make_url

from config import for_tests
from p2k2lms.core import clock, schema
from p2k2lms.core.db import db, open_engine, writing
from p2k2lms.core.models import Job
from p2k2lms.core.plugin import Plugin
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.factory import create_app
from p2k2lms.installed import INSTALLED
from p2k2lms.plugins.coaching.models import AgreedAction
from tests import databases
from tests.factories.coaching import a_path_of
from tests.factories.identity import someone, the_units


def upward(metadata: MetaData, plugins: tuple[Plugin, ...]) -> list[str]:
    """References from a table to one that its plugin does not stand on."""
    allowed = {p.name: {p.name, *_below(p, {q.name: q for q in plugins})} for p in plugins} | {"core": {"core"}}
    return [
        f"{table.name} -> {key.column.table.name}"
        for table in metadata.tables.values()
        for key in table.foreign_keys
        if owner(key.column.table) not in allowed[owner(table)]
    ]


def owner(table: Table) -> str:
    """The plugin whose name the table bears."""
    return table.name.split("_")[0]


def _below(plugin: Plugin, known: dict[str, Plugin]) -> set[str]:
    return set(plugin.requires).union(*(_below(known[r], known) for r in plugin.requires))


def test_there_is_one_head(both):
    assert len(ScriptDirectory.from_config(schema._config()).get_heads()) == 1
    assert schema.current() == schema.head()


def test_the_migrations_make_what_the_models_say(both):
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_every_table_has_one_owner():
    owners = {"core", *(p.name for p in INSTALLED)}
    assert [t.name for t in db.metadata.sorted_tables if owner(t) not in owners] == []


def test_no_reference_leads_up_or_sideways():
    assert upward(db.metadata, INSTALLED) == []


def test_a_reference_sideways_is_noticed():
    metadata = MetaData()
    Table("left_a", metadata, Column("id", Integer, primary_key=True))
    Table("right_b", metadata, Column("id", Integer, ForeignKey("left_a.id"), primary_key=True))
    assert upward(metadata, (Plugin(name="left"), Plugin(name="right"))) == ["right_b -> left_a"]


def as_installed(tmp_path, uri):
    """The platform on this database as an installation has it, not in the haste of the tests."""
    return create_app(for_tests(tmp_path, str(uri)))


def test_the_embedded_database_is_durable(tmp_path):
    app = as_installed(tmp_path, f"sqlite:///{tmp_path}/durable.db")
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000}
    with app.app_context():
        assert {name: db.session.execute(text(f"PRAGMA {name}")).scalar() for name in wanted} == wanted
        assert db.session.execute(text("PRAGMA mmap_size")).scalar() in (None, 0)
    databases.close(app)


def test_postgresql_is_durable(tmp_path, postgres_app):
    app = as_installed(tmp_path, postgres_app.config["SQLALCHEMY_DATABASE_URI"])
    settings = ("synchronous_commit", "fsync", "full_page_writes")
    with app.app_context():
        assert [db.session.execute(text(f"SHOW {name}")).scalar() for name in settings] == ["on", "on", "on"]
        assert db.session.execute(text("SHOW jit")).scalar() == "off"  # pages are many small questions
        assert db.session.execute(text("SHOW random_page_cost")).scalar() == "1.1"  # of disks without a needle
    databases.close(app)


def test_options_in_the_address_of_postgresql_are_kept_beside_ours(postgres_app):
    address = make_url(postgres_app.config["SQLALCHEMY_DATABASE_URI"])
    engine = open_engine(
        address.update_query_dict({"options": "-c work_mem=7MB"}).render_as_string(hide_password=False)
    )
    with engine.connect() as line:
        said = [line.execute(text(f"SHOW {name}")).scalar() for name in ("work_mem", "jit")]
    engine.dispose()
    assert said == ["7MB", "off"]


def down_to(revision):
    db.session.remove()
    pen = writing.set(True)
    try:
        command.downgrade(schema._config(), revision)
    finally:
        writing.reset(pen)


def test_a_job_whose_work_is_done_with_the_asking_waits_no_longer(both):
    down_to("0056_audit_officers")
    with unit_of_work("test.before") as uow:
        uow.add_all([Job(name=name, payload={}) for name in ("evaluation.frame_wave", "core.other")])
    schema.upgrade()
    assert list(db.session.scalars(select(Job.name))) == ["core.other"]


def test_on_the_way_back_what_was_agreed_without_a_day_is_due_that_day(both):
    the_units()
    a_path_of(someone("pendamping", "63.03"), someone("supervisor", "63.03"))
    with unit_of_work("test.before"):
        db.session.execute(update(AgreedAction).values(due_on=None))
    down_to("0058_asked_in_turn")
    schema.upgrade()
    due = db.session.scalars(select(AgreedAction.due_on)).one()
    assert abs(due - clock.today()) <= timedelta(days=1)  # the database reads the day in UTC


@pytest.mark.slow("walks every migration down and up again on both databases")
def test_every_migration_can_be_undone_and_done_again(both):
    down_to("base")
    assert schema.current() is None
    schema.upgrade()
    assert schema.current() == schema.head()
