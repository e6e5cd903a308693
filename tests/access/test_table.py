"""Every route, asked by every role, here and elsewhere, and by a visitor: routes.txt says what each gets."""

from collections import Counter

import pytest
from flask import Flask

from p2k2lms.core import clock
from p2k2lms.plugins.identity.values import ROLES
from tests.access import table
from tests.access.world import NOON

ROWS = table.rows()


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_each_gets_what_the_table_says(world, row):
    rule = {(method, plain): rule for method, plain, rule in table.routes(world.app)}[row.method, row.rule]
    with clock.stopped(NOON):
        got = {key: table.ask(world, row.method, rule, *key, row.fields) for key in row.cells}
    assert {key: status for key, status in got.items() if status != row.cells[key]} == {}


def unlike(app) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    """The routes without a row, and the rows without a route."""
    wanted = Counter((method, rule) for method, rule, _ in table.routes(app))
    written = Counter((row.method, row.rule) for row in ROWS)
    return wanted - written, written - wanted


def test_the_table_has_one_row_for_each_route_and_none_too_many(app):
    """`python -m tests.access` prints what is missing."""
    assert unlike(app) == (Counter(), Counter())


def test_a_new_route_without_a_row_is_noticed_and_so_is_a_row_without_a_route(app):
    more = Flask("more", static_folder=None)
    for rule in app.url_map.iter_rules():
        if rule.rule != "/akun/hak":
            more.url_map.add(rule.empty())
    more.add_url_rule("/baru/<int:thing>", view_func=lambda thing: "", methods=["GET", "DELETE"])
    assert unlike(more) == (
        Counter([("GET", "/baru/<thing>"), ("DELETE", "/baru/<thing>")]),
        Counter([("GET", "/akun/hak")]),
    )


def test_each_row_speaks_of_every_role_here_and_elsewhere_and_of_a_visitor():
    """Elsewhere may be left out only where the role itself is refused."""
    for row in ROWS:
        assert ("visitor", "own") in row.cells, row.name
        for role in ROLES:
            assert (role, "other") in row.cells or row.cells[role, "own"] == 403, (row.name, role)


def test_rows_stand_in_the_order_of_their_addresses():
    """`python -m tests.access --write` puts them so."""
    assert [(row.rule, row.method) for row in ROWS] == sorted((row.rule, row.method) for row in ROWS)


def test_a_row_with_an_unknown_role_is_refused():
    with pytest.raises(AssertionError):
        table.read("GET /akun *=200 raja=200")
