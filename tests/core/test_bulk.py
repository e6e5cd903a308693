"""Rows written in bulk are those that rows written one by one would be, on either engine."""

import uuid
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError, IntegrityError

from p2k2lms.core import bulk
from p2k2lms.core.db import db, is_sqlite
from p2k2lms.core.models import Job, Notice
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.enrolment.models import ClassSession
from p2k2lms.plugins.fieldwork.models import Group, NoMeeting
from tests.factories.enrolment import an_angkatan
from tests.factories.fieldwork import a_group, a_pendamping

AT = datetime(2026, 11, 20, 1, tzinfo=UTC)


def test_texts_instants_json_and_defaults_arrive_as_from_a_single_row(both):
    person = a_pendamping()
    params = {"nama": "baris\tbaru\n\\N \u201ckutip\u201d", "angka": [1, None]}
    row = {"person_id": person, "key": "x", "url": "/a\\b", "params": params, "created_at": AT}
    with unit_of_work("test.bulk"):
        bulk.write(Notice, [row, row | {"params": {}}])
        db.session.add(Notice(**row))
    kept = db.session.scalars(select(Notice).order_by(Notice.id)).all()
    told = [(one.params, one.created_at, one.url, one.read_at) for one in kept[::2]]
    assert told == [(params, AT, "/a\\b", None)] * 2
    assert kept[1].params == {}
    assert len({one.id for one in kept}) == 3


def test_more_rows_than_one_portion_arrive_and_none_is_no_fault(both):
    with unit_of_work("test.bulk"):
        bulk.write(Job, [])
        bulk.write(Job, ({"name": f"n{n}", "payload": {"n": n}} for n in range(bulk.AT_ONCE + 1)))
    kept = db.session.scalars(select(Job).where(Job.name.startswith("n"))).all()
    assert {job.payload["n"] for job in kept} == set(range(bulk.AT_ONCE + 1))
    assert all(job.run_after is not None for job in kept)


def test_a_constraint_speaks_and_nothing_of_the_whole_stays(both):
    group = a_group()
    row = {"group_id": group.id, "month": AT.date().replace(day=1), "reason": "banjir", "person_id": a_pendamping()}
    with pytest.raises(IntegrityError), unit_of_work("test.bulk"):
        bulk.write(NoMeeting, [row | {"id": uuid.uuid4()} for _twice in range(2)])
    db.session.rollback()
    assert db.session.scalars(select(NoMeeting)).all() == []
    assert db.session.scalars(select(Group)).all() != []


def test_a_default_is_made_for_each_row_and_not_once_for_all(both):
    row = {"angkatan_id": an_angkatan().id, "starts": 480, "minutes": 90, "title": "Fasilitasi", "jp": 2}
    with unit_of_work("test.bulk"):
        bulk.write(ClassSession, (row | {"on_day": date(2026, 11, day)} for day in range(1, 4)))
    assert len(set(db.session.scalars(select(ClassSession.secret)))) == 3


def test_what_a_column_cannot_hold_is_said_as_a_fault_of_the_database(both):
    row = {"person_id": a_pendamping(), "key": "x", "url": "/", "params": {}, "created_at": AT}
    wrong = {"url": None} if is_sqlite() else {"person_id": 2**40}  # the embedded one knows no widths
    with pytest.raises(DBAPIError), unit_of_work("test.bulk"):
        bulk.write(Notice, [row, row | wrong])
    db.session.rollback()
    assert db.session.scalars(select(Notice)).all() == []
