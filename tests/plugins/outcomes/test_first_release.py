"""The seventeen indicators of the first release are counted; the others are defined, and said to be not yet counted."""

import pytest

from p2k2lms.core import indicators
from p2k2lms.plugins.indicators.values import LATER, LEVELS
from p2k2lms.plugins.outcomes import service
from tests.factories.enrolment import KAPUAS, the_unit

FIRST = (
    *("R-01", "R-02", "R-03", "R-04", "R-05", "R-06", "R-07"),
    *("L2-01", "L2-03", "L3-01", "L3-04", "L4-01", "L4-07"),
    *("Q-01", "Q-02", "Q-03", "Q-04"),
)
OTHERS = (
    *("L1-01", "L1-02", "L2-04", "L2-07", "L2-08"),
    *("L3-02", "L3-05", "L3-06", "L3-08", "L3-09", "L3-10", "L3-11", "L3-12", "L3-13"),
    *("L4-02", "L4-03", "L4-04", "L4-05", "L4-06", "L4-08", "D-02", "Q-05", "V-01"),
)
SOONER = {"L2-07", "L3-02", "L3-06", "L3-08", "L3-12", "L3-13", "L4-02", "L4-06", "L4-08"}
"""Of the others those that are counted already."""


def test_forty_indicators_are_defined_and_seventeen_of_them_make_the_first_release(app):
    declared = indicators.declared()
    assert set(declared) == {*FIRST, *OTHERS}
    assert (len(FIRST), len(declared)) == (17, 40)
    counted = {key for key, one in declared.items() if one.rilis == 1}
    assert counted == {*FIRST, *SOONER}


@pytest.mark.parametrize("key", FIRST)
def test_each_says_what_is_counted_over_what_and_what_is_missing(app, key):
    one = indicators.declared()[key]
    assert all(str(text).strip() for text in (one.name, one.above, one.below, one.missing))
    assert one.level in LEVELS
    assert one.facts
    assert one.direction in ("up", "down", "none")


def test_what_is_not_counted_has_no_number_anywhere_in_the_report_of_a_unit(app):
    the_unit(KAPUAS)
    _unit, lines = service.report("R4", None)
    later = {line.figure.indicator.id: line.cells() for line in lines if line.figure.state == LATER}
    assert set(later) == {*OTHERS} - SOONER
    for cells in later.values():
        assert [cells[name] for name in ("numerator", "denominator", "value", "n_people", "missing")] == [None] * 5
        assert cells["state"] == LATER
