"""Figures add up: children are their parent, whatever the tree and in whatever order things change."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from p2k2lms.plugins.indicators import rules
from p2k2lms.plugins.indicators.values import Counts

COUNTS = st.builds(Counts, *[st.integers(0, 50)] * 4)


@st.composite
def worlds(draw):
    """A tree of units, and what lies in some of them."""
    size = draw(st.integers(1, 12))
    parents = {n: None if n == 0 else draw(st.integers(0, n - 1)) for n in range(size)}
    own = draw(st.dictionaries(st.tuples(st.integers(0, size - 1), st.sampled_from(["", "kelas"])), COUNTS))
    return parents, own


def whole(parents, own):
    return rules.totals(set(parents), parents, own, {})


def everything_below(unit, parents):
    found = {unit}
    for one in sorted(parents):
        if parents[one] in found:
            found.add(one)
    return found


@given(worlds())
def test_a_unit_has_what_lies_in_it_and_below_it(world):
    parents, own = world
    found = whole(parents, own)
    everybody = rules.with_all(own)
    for unit in parents:
        below = everything_below(unit, parents)
        for stratum in ("", "kelas"):
            wanted = Counts()
            for (place, name), counts in everybody.items():
                if place in below and name == stratum:
                    wanted = wanted.plus(counts)
            assert found.get((unit, stratum), Counts()) == wanted


@given(worlds(), st.data())
def test_counting_only_what_changed_gives_the_same(world, data):
    parents, own = world
    before = whole(parents, own)
    changed = data.draw(st.sets(st.sampled_from(sorted(parents)), min_size=1))
    later = dict(own) | {(unit, ""): data.draw(COUNTS) for unit in changed if data.draw(st.booleans())}
    touched = rules.with_above(changed, parents)
    beside = rules.beside(touched, parents)
    stored = {key: counts for key, counts in before.items() if key[0] in beside}
    here = {key: counts for key, counts in later.items() if key[0] in touched}
    found = rules.totals(touched, parents, here, stored)
    kept = {key: counts for key, counts in before.items() if key[0] not in touched}
    assert kept | found == whole(parents, later)


def test_strata_make_up_everybody():
    own = {(1, "kelas"): Counts(1, 2, 1, 0), (1, "belum"): Counts(0, 3, 1, 1)}
    assert rules.totals({1}, {1: None}, own, {})[1, ""] == Counts(1, 5, 2, 1)


def test_months_go_back_over_the_year():
    assert rules.months_back(date(2026, 2, 1), 3) == [date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)]
