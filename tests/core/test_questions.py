"""Several questions in one statement answer as they do alone, on either engine, and only for this request."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, Date, Integer, Text, bindparam, false, literal, null, select, union_all

from p2k2lms.core import questions
from p2k2lms.core.db import UtcDateTime
from p2k2lms.core.questions import Question
from p2k2lms.core.unit_of_work import unit_of_work

DAY, HOUR = date(2026, 11, 28), datetime(2026, 11, 28, 6, 30, 15, 250, tzinfo=UTC)
ROW = (7, 'Bu "Ani"', DAY, HOUR, {"a": [1, None]}, False, None)
EVERY_KIND = select(
    literal(7).label("number"),
    bindparam("name", type_=Text).label("name"),
    literal(DAY, Date).label("day"),
    literal(HOUR, UtcDateTime).label("hour"),
    literal(ROW[4], JSON).label("said"),
    false().label("no"),
    null().label("missing"),
)
LIST = union_all(*(select(literal(n, Integer).label("number")) for n in (3, 1, 2))).subquery()
IN_ORDER = select(LIST.c.number).where(LIST.c.number >= bindparam("least")).order_by(LIST.c.number.desc())

every_kind = Question(lambda name: (EVERY_KIND, {"name": name}), lambda rows: [tuple(row) for row in rows])
named = Question(lambda name: (EVERY_KIND, {"name": name}), lambda rows: [row.name for row in rows])
from_least: Question[int, list[Any]] = Question(lambda n: (IN_ORDER, {"least": n}), lambda rows: list(rows.scalars()))


def test_rows_are_the_same_together_and_alone(both):
    assert every_kind(ROW[1]) == [ROW]
    with both.test_request_context("/"):
        questions.ask([every_kind.ahead(ROW[1]), named.ahead(ROW[1]), from_least.ahead(2)])
        assert (every_kind(ROW[1]), named(ROW[1]), from_least(2)) == ([ROW], [ROW[1]], [3, 2])


def test_nothing_is_found_as_nothing(both):
    with both.test_request_context("/"):
        questions.ask([from_least.ahead(9)])
        assert from_least(9) == []


def test_several_questions_are_one_query_and_are_not_asked_again(app, count_queries):
    with app.test_request_context("/"), count_queries() as seen:
        questions.ask([every_kind.ahead("a"), from_least.ahead(2)])
        every_kind("a"), from_least(2)
    assert len(seen) == 1


def test_another_question_is_asked_for_itself(app, count_queries):
    with app.test_request_context("/"), count_queries() as seen:
        questions.ask([from_least.ahead(2)])
        assert from_least(3) == [3]
    assert len(seen) == 2


def test_after_a_change_it_is_asked_anew(app, count_queries):
    with app.test_request_context("/"):
        questions.ask([from_least.ahead(2)])
        with unit_of_work("test.change"):
            pass
        with count_queries() as seen:
            from_least(2)
    assert len(seen) == 1


def test_another_request_asks_anew(sqlite_app):
    asked = []
    counted = Question(lambda: asked.append(1) or (select(literal(1)), {}), lambda rows: rows.scalar_one())
    for _ in range(2):
        with sqlite_app.test_request_context("/"):
            questions.ask([counted.ahead()])
            counted()
    assert len(asked) == 2


def test_in_a_use_case_and_outside_of_requests_nothing_is_asked_ahead(app, count_queries):
    with count_queries() as seen:
        questions.ask([from_least.ahead(2)])
    with app.test_request_context("/"), unit_of_work("test.change"), count_queries() as inside:
        questions.ask([from_least.ahead(2)])
    assert (seen, inside) == ([], [])


def test_questions_that_mean_two_things_by_one_name_are_asked_alone(app, count_queries):
    with app.test_request_context("/"), count_queries() as seen:
        questions.ask([from_least.ahead(1), from_least.ahead(2)])
        assert (from_least(1), from_least(2)) == ([3, 2, 1], [3, 2])
    assert len(seen) == 2
