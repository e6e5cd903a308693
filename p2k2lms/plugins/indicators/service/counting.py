"""Counts again what marks ask for, and adds it up the tree."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import partial

from p2k2lms.core import clock, indicators, marks, turns
from p2k2lms.core.indicators import Indicator
from p2k2lms.core.marks import Mark
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.indicators import queries, rules

ROLL_UP, NIGHTLY = "indicators.roll_up", "indicators.nightly"
FAILING = "figures could not be counted"
MARKS_AT_ONCE = 20_000
PLAIN, TEXTS = ("level", "direction", "scale", "measure", "window", "target"), ("name", "above", "below", "missing")
MANY_UNITS = 1_500
"""When more units than this have changed, all are counted, one indicator in one transaction."""


def counted() -> list[Indicator]:
    """The indicators of this release."""
    return [one for one in indicators.declared().values() if one.rilis == 1]


def facts() -> frozenset[str]:
    """Every fact from which some indicator is counted."""
    return frozenset(fact for one in counted() for fact in one.facts)


def roll_up() -> None:
    """The job: count again every unit and month that has a mark, until none is left.

    What fails keeps its marks and no other waiting.
    """
    turns.each(FAILING, [("renew", _renew), ("marks", _count_marks)])


def _count_marks() -> None:
    while found := marks.waiting(facts(), MARKS_AT_ONCE):
        by_month = marks.by_month(found)
        turns.each(FAILING, [(f"month:{month:%Y-%m}", partial(_see_to, month, by_month[month])) for month in by_month])


def _see_to(month: date, marked: Mapping[int, Mark]) -> None:
    """Count one month; a month of which something failed keeps its marks."""
    by_fact: dict[str, set[int]] = defaultdict(set)
    for mark in marked.values():
        by_fact[mark.fact].add(mark.unit_id)
    _count_marked(month, by_fact)
    with unit_of_work("indicators.clear_marks"):
        marks.remove(marked)


def _count_marked(month: date, by_fact: Mapping[str, Collection[int]]) -> None:
    units = {one.id: set().union(*(by_fact.get(fact, ()) for fact in one.facts)) for one in counted()}
    touched = [one for one in counted() if units[one.id]]
    if any(len(units[one.id]) > MANY_UNITS for one in touched):
        _count_all(month, touched)
        return
    try:
        _count_some(month, touched, units)
    except Exception:  # each alone, so that the one to blame keeps no other waiting
        alone = [(f"{one.id}:{month:%Y-%m}", partial(_count_some, month, [one], units)) for one in touched]
        turns.each(FAILING, alone)


def _count_some(month: date, wanted: Sequence[Indicator], units: Mapping[str, set[int]]) -> None:
    """Those units anew that changed, and all above, in one transaction."""
    with unit_of_work("indicators.roll_up", subject=f"month:{month:%Y-%m}"):
        parents = identity.parents()
        for one in wanted:
            _count(one, month, rules.with_above(units[one.id], parents), parents, whole=False)
        _keep(wanted)


def _count_all(month: date, wanted: Sequence[Indicator]) -> None:
    parents = identity.parents()
    turns.each(FAILING, [(f"{one.id}:{month:%Y-%m}", partial(_count_whole, month, one, parents)) for one in wanted])


def _count_whole(month: date, one: Indicator, parents: Mapping[int, int | None]) -> None:
    """Every unit anew, in a transaction of its own, so that nobody waits long for the pen."""
    with unit_of_work("indicators.roll_up", subject=f"{one.id}:{month:%Y-%m}"):
        _count(one, month, set(parents), parents, whole=True)
        _keep([one])


def _count(one: Indicator, month: date, units: set[int], parents: Mapping[int, int | None], *, whole: bool) -> None:
    own = queries.own(one, month, None if whole else units)
    beside = {} if whole else queries.stored(one, month, rules.beside(units, parents))
    queries.replace(one, month, units, rules.totals(units, parents, own, beside), clock.now())


def _keep(wanted: Sequence[Indicator]) -> None:
    known = queries.known_definitions()
    for one in wanted:
        if (one.id, one.version) not in known:
            plain = {name: getattr(one, name) for name in PLAIN}
            texts = {name: str(getattr(one, name)) for name in TEXTS}
            queries.keep_definition(one.id, one.version, plain | texts)


def count_months(months: Sequence[date]) -> None:
    """Count every unit in these months."""
    turns.each(FAILING, [(f"month:{month:%Y-%m}", partial(_count_all, month, counted())) for month in months])


def nightly() -> None:
    """The job of the night: what follows from the passing of days, in this month and the one before."""
    turns.each(FAILING, [("renew", _renew), ("months", partial(count_months, rules.months_back(clock.today(), 2)))])


def _renew() -> None:
    """What an indicator means since this release is counted for all its months, so that no line of one breaks there."""
    known = queries.known_definitions()
    before = {name for name, _version in known}
    changed = [one for one in counted() if one.id in before and (one.id, one.version) not in known]
    turns.each(FAILING, [(one.id, partial(_renew_one, one)) for one in changed])


def _renew_one(one: Indicator) -> None:
    parents = identity.parents()
    for month in queries.months_of(one.id):
        with unit_of_work("indicators.renew", subject=f"{one.id}:{month:%Y-%m}"):
            _count(one, month, set(parents), parents, whole=True)
    with unit_of_work("indicators.renew", subject=one.id):
        _keep([one])
