"""Only core/clock.py asks what time it is, so that a test, a demo and a figure of the past can say."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.source import FILES, ROOT, tree

CLOCK = ROOT / "p2k2lms/core/clock.py"
ASKING = {
    "now": {"datetime", "func"},
    "utcnow": {"datetime"},
    "today": {"datetime", "date"},
    "current_timestamp": {"func"},
    "current_date": {"func"},
    "time": {"time"},
    "time_ns": {"time"},
    "localtime": {"time"},
    "gmtime": {"time"},
}
"""What asks the time of day, by the name before the dot; how long something takes (monotonic) is no time of day."""
HIDDEN = {"time": set(ASKING), "datetime": set()}
"""What must not be brought in by a name of its own, for then nothing stands before the dot."""


def asked(found: ast.Module) -> Iterator[int]:
    """The lines that ask the time of day by themselves."""
    for node in ast.walk(found):
        if isinstance(node, ast.Attribute):
            before = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
            if before in ASKING.get(node.attr, ()):
                yield node.lineno
        if isinstance(node, ast.ImportFrom) and node.module in HIDDEN:
            asks = {alias.name for alias in node.names} & HIDDEN[node.module]
            renamed = any(alias.asname for alias in node.names)
            if asks or renamed:
                yield node.lineno


def test_no_other_file_asks_what_time_it_is():
    found = [f"{path.relative_to(ROOT)}:{line}" for path in FILES if path != CLOCK for line in asked(tree(path))]
    assert not found


def test_the_clock_does():
    assert list(asked(tree(CLOCK)))


@pytest.mark.parametrize(
    "source",
    [
        "datetime.now(UTC)",
        "datetime.datetime.now(UTC)",
        "dt.date.today()",
        "x = field(default_factory=date.today)",
        "mapped_column(server_default=func.now())",
        "time.time()",
        "from time import time",
        "from datetime import datetime as day",
    ],
)
def test_each_way_of_asking_is_seen(source):
    assert list(asked(ast.parse(source))) == [1]


@pytest.mark.parametrize(
    "source", ["clock.now()", "clock.today(zone)", "time.monotonic()", "from datetime import date"]
)
def test_what_asks_nobody_or_the_clock_is_let_pass(source):
    assert not list(asked(ast.parse(source)))
