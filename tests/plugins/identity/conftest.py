"""What the tests of identity share: a clock that stands still at noon in Central Indonesia."""

from datetime import UTC, datetime

import pytest

from p2k2lms.core import clock, nature
from p2k2lms.plugins.identity.demo import load

NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon():
    """It is noon of 21 November 2026."""
    with clock.stopped(NOON):
        yield


@pytest.fixture
def demo(app):
    """A small demo database."""
    nature.be_born(demo=True)
    load("small", 7)
