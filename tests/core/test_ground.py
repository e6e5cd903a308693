"""The ground that tests stand on: laid again it is what its use-cases made, and never in the way of others."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from p2k2lms.core import audit, clock
from p2k2lms.core.db import db
from p2k2lms.core.models import Audit, Notice
from p2k2lms.core.unit_of_work import unit_of_work
from tests import databases, ground

ONCE_UPON_A_TIME = datetime(2026, 1, 5, 4, tzinfo=UTC)


@pytest.fixture
def built(both, monkeypatch):
    """Which things a use-case built itself, rather than that their rows were laid again."""
    monkeypatch.setattr(ground, "_kept", {})
    return []


def some_rows(built: list[str], word: str) -> None:
    """The same two rows by a use-case of their own, each time that they are asked for."""

    def build() -> None:
        built.append(word)
        with unit_of_work("test.build", subject=f"word:{word}") as uow:
            for number in (1, 2):
                uow.add(Notice(person_id=number, key=word, params={}, url="/"))

    ground.stand(word, build, Notice)


def everything() -> tuple[list[object], list[object]]:
    """All rows of both tables, without what differs by the moment."""
    notices = [(row.id, row.person_id, row.key, row.url) for row in db.session.scalars(select(Notice))]
    told = [(line.id, line.use_case, line.subject, line.events) for line in audit.lines([""])]
    return notices, told


def test_what_is_laid_again_is_what_was_built_at_the_moment_of_the_laying(built):
    some_rows(built, "kata")
    first = everything()
    db.session.remove()
    databases.empty()
    with clock.stopped(ONCE_UPON_A_TIME):
        some_rows(built, "kata")
    assert (everything(), built) == (first, ["kata"])
    assert len(first[0]) == 2
    assert set(db.session.scalars(select(Notice.created_at))) == {ONCE_UPON_A_TIME}
    assert set(db.session.scalars(select(Audit.at))) == {ONCE_UPON_A_TIME}
    assert audit.broken_links() == []


def test_ids_go_on_after_what_was_laid(built):
    some_rows(built, "kata")
    db.session.remove()
    databases.empty()
    some_rows(built, "kata")
    with unit_of_work("test.go_on") as uow:
        assert uow.add(Notice(person_id=3, key="lain", params={}, url="/")).id == 3


def test_where_rows_stand_the_use_case_does_its_work_itself(built):
    some_rows(built, "kata")
    some_rows(built, "lain")
    assert built == ["kata", "lain"]
    assert len(everything()[0]) == 4
    db.session.remove()
    databases.empty()
    with unit_of_work("test.before") as uow:
        uow.add(Notice(person_id=9, key="dulu", params={}, url="/"))
    some_rows(built, "kata")
    assert built == ["kata", "lain", "kata"]
    assert [row[0] for row in everything()[0]] == [1, 2, 3]
