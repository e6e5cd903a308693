"""What a page asks twice is read once, and never kept beyond a change."""

from p2k2lms.core.once import once_per_page
from p2k2lms.core.unit_of_work import unit_of_work

asked: list[int] = []


@once_per_page
def a_fact(number: int) -> int:
    asked.append(number)
    return len(asked)


def test_a_page_reads_a_fact_once_for_each_question(app):
    asked.clear()
    with app.test_request_context("/"):
        assert [a_fact(1), a_fact(1), a_fact(2)] == [1, 1, 2]


def test_two_pages_share_nothing(sqlite_app):
    asked.clear()
    for _ in range(2):
        with sqlite_app.test_request_context("/"):
            a_fact(1)
    assert asked == [1, 1]


def test_a_use_case_reads_for_itself_and_leaves_nothing_kept(app):
    asked.clear()
    with app.test_request_context("/"):
        a_fact(1)
        with unit_of_work("test.change"):
            a_fact(1), a_fact(1)
        a_fact(1)
    assert asked == [1, 1, 1, 1]


def test_outside_of_a_page_nothing_is_kept(app):
    asked.clear()
    a_fact(1), a_fact(1)
    assert asked == [1, 1]
