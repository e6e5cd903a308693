"""Every route, asked by every role, here and elsewhere, and by a visitor: routes.txt says what each gets."""

from collections import Counter

import pytest

from p2k2lms.core import clock
from tests.access import table
from tests.access.world import NOON

ROWS = table.rows()


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_each_gets_what_the_table_says(world, row):
    rule = {(method, plain): rule for method, plain, rule in table.routes(world.app)}[row.method, row.rule]
    with clock.stopped(NOON):
        got = {key: table.ask(world, row.method, rule, *key, row.fields) for key in row.cells}
    assert {key: status for key, status in got.items() if status != row.cells[key]} == {}


def test_the_table_has_one_row_for_each_route_and_none_too_many(app):
    """`python -m tests.access` prints what is missing."""
    wanted = Counter((method, rule) for method, rule, _ in table.routes(app))
    written = Counter((row.method, row.rule) for row in ROWS)
    assert (dict(wanted - written), dict(written - wanted)) == ({}, {})


def test_rows_stand_in_the_order_of_their_addresses():
    """`python -m tests.access --write` puts them so."""
    assert [(row.rule, row.method) for row in ROWS] == sorted((row.rule, row.method) for row in ROWS)


def test_a_row_with_an_unknown_role_is_refused():
    with pytest.raises(AssertionError):
        table.read("GET /akun *=200 raja=200")
