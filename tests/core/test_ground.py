"""The ground that tests stand on: laid again it is what its use-cases made, and never in the way of others."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from p2k2lms.core import audit, clock
from p2k2lms.core.db import db
from p2k2lms.core.models import Audit, Notice, Submission
from p2k2lms.core.unit_of_work import unit_of_work
from tests import databases, ground
from tests.conftest import an_actor

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


def again(name: str, build: Callable[[], object]) -> list[object]:
    """What is given back the first time, and after the database was emptied."""
    found = []
    for _n in range(2):
        found.append(ground.stand(name, build, Notice))
        db.session.remove()
        told = [(line.use_case, line.actor_id, line.role, line.unit_path) for line in db.session.scalars(select(Audit))]
        db.session.remove()
        databases.empty()
        found.append(told)
    return found


def test_what_came_of_it_and_who_did_it_are_told_again(built):
    def build() -> int:
        built.append("once")
        with unit_of_work("test.build", an_actor(7, "admin", "panitia", path="/ID/R4/")) as uow:
            return uow.add(Notice(person_id=1, key="kata", params={}, url="/")).id

    said = [("test.build", 7, "admin panitia", "/ID/R4/")]
    assert again("by somebody", build) == [1, said, 1, said]
    assert built == ["once"]


def test_what_has_gaps_in_its_numbers_is_built_each_time(built):
    def build() -> None:
        built.append("each time")
        with unit_of_work("test.build") as uow:
            rows = [uow.add(Notice(person_id=n, key="kata", params={}, url="/")) for n in (1, 2, 3)]
            db.session.delete(rows[1])

    again("with a gap", build)
    assert built == ["each time"] * 2


def test_a_number_of_another_name_goes_on_too(built):
    def send() -> int:
        about = {"id": uuid.uuid4(), "kind": "test.sent", "v": 1, "sender_id": 1, "device": "hp", "seq": 1}
        with unit_of_work("test.send") as uow:
            return uow.add(Submission(**about, raw="{}", hash="0" * 64, status="accepted")).key

    for _n in range(2):
        ground.stand("something sent", send, Submission)
        assert send() == 2
        db.session.remove()
        databases.empty()
    assert len(ground._kept) == 1
