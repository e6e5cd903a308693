"""One use-case, one transaction: nothing half done, nothing silenced, everything audited."""

from dataclasses import dataclass

import pytest
from sqlalchemy import bindparam, func, select
from sqlalchemy.exc import IntegrityError

from p2k2lms.core import audit
from p2k2lms.core.db import db, glance
from p2k2lms.core.events import Event
from p2k2lms.core.models import Audit, SettingValue
from p2k2lms.core.unit_of_work import unit_of_work


def settings_kept() -> int:
    return db.session.scalar(select(func.count()).select_from(SettingValue))


def others_may_write() -> bool:
    """Whether somebody else gets the lock of the embedded database at this moment."""
    other = db.engine.raw_connection()
    try:
        other.cursor().execute("PRAGMA busy_timeout=0")
        other.cursor().execute("BEGIN IMMEDIATE")
        other.cursor().execute("ROLLBACK")
    except db.engine.dialect.loaded_dbapi.OperationalError:
        return False
    finally:
        other.invalidate()
    return True


def test_who_writes_holds_the_lock_from_the_first_question_on_and_who_reads_never(app):
    assert settings_kept() == 0
    assert others_may_write()
    with unit_of_work("test.look_before_writing"):
        assert settings_kept() == 0
        assert not others_may_write()
    assert others_may_write()


def test_what_is_added_is_there_after_the_block(both):
    with unit_of_work("test.add") as uow:
        uow.add(SettingValue(unit_id=1, key="a", value="b"))
    assert settings_kept() == 1


def test_an_error_undoes_everything(both):
    with pytest.raises(ZeroDivisionError), unit_of_work("test.fail") as uow:
        uow.add(SettingValue(unit_id=1, key="a", value="b"))
        1 / 0  # noqa: B018
    assert settings_kept() == 0


def test_a_glance_begins_nothing_for_a_page_and_sees_what_a_use_case_has_written(both):
    number, key = select(SettingValue.unit_id).where(SettingValue.key == bindparam("key")), {"key": "a"}
    db.session.rollback()
    assert glance(number, key) == []
    assert not db.session().in_transaction()
    with unit_of_work("test.add") as uow:
        uow.add(SettingValue(unit_id=1, key="a", value="b"))
        assert [row.unit_id for row in glance(number, key)] == [1]
    assert [row.unit_id for row in glance(number, key)] == [1]


def test_a_silenced_failure_inside_stops_the_commit(both):
    with pytest.raises(RuntimeError, match="silenced"), unit_of_work("test.outer") as uow:
        uow.add(SettingValue(unit_id=1, key="a", value="b"))
        try:
            with unit_of_work("test.inner"):
                raise ValueError
        except ValueError:
            pass
    assert settings_kept() == 0


@dataclass(frozen=True)
class Rang(Event):
    """Nobody listens to it; the audit names it."""


def test_a_part_that_fails_takes_back_its_own_writes_and_words_and_nothing_else(both):
    with unit_of_work("test.outer") as uow:
        uow.add(SettingValue(unit_id=1, key="a", value="b"))
        with pytest.raises(IntegrityError), uow.part():
            uow.publish(Rang())
            uow.add(SettingValue(unit_id=1, key="a", value="twice"))
        uow.add(SettingValue(unit_id=2, key="a", value="b"))
    assert settings_kept() == 2
    assert db.session.scalar(select(Audit.events)) == ""


def test_each_use_case_leaves_one_audit_row_in_an_unbroken_chain(both):
    for n in range(3):
        with unit_of_work("test.add", subject=f"setting:{n}") as uow:
            uow.add(SettingValue(unit_id=n, key="a", value="b"))
    rows = db.session.scalars(select(Audit).order_by(Audit.id)).all()
    assert [(r.use_case, r.subject) for r in rows] == [("test.add", f"setting:{n}") for n in range(3)]
    assert audit.broken_links() == []


@pytest.mark.parametrize("verb", ["UPDATE core_audit SET use_case = 'x'", "DELETE FROM core_audit"])
def test_the_database_refuses_to_change_the_audit(both, verb):
    with unit_of_work("test.add"):
        pass
    with pytest.raises(Exception, match="append-only"), db.engine.begin() as connection:
        connection.exec_driver_sql(verb)


def test_a_job_that_nobody_declares_is_refused(both):
    with pytest.raises(LookupError, match="nobody"), unit_of_work("test.job") as uow:
        uow.enqueue("nobody")
