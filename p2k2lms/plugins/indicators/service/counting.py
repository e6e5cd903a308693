"""Counts again what marks ask for, and adds it up the tree."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from p2k2lms.core import clock, indicators, marks
from p2k2lms.core.indicators import Indicator
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.indicators import queries, rules

ROLL_UP, NIGHTLY = "indicators.roll_up", "indicators.nightly"
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
    """The job: count again every unit and month that has a mark, until none is left."""
    _renew()
    while found := marks.waiting(facts(), MARKS_AT_ONCE):
        wanted: dict[date, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        for mark in found.values():
            wanted[mark.month][mark.fact].add(mark.unit_id)
        for month, by_fact in sorted(wanted.items()):
            _count_marked(month, by_fact)
        with unit_of_work("indicators.clear_marks"):
            marks.remove(found)


def _count_marked(month: date, by_fact: Mapping[str, Collection[int]]) -> None:
    units = {one.id: set().union(*(by_fact.get(fact, ()) for fact in one.facts)) for one in counted()}
    touched = [one for one in counted() if units[one.id]]
    if any(len(units[one.id]) > MANY_UNITS for one in touched):
        _count_all(month, touched)
        return
    with unit_of_work("indicators.roll_up", subject=f"month:{month:%Y-%m}"):
        parents = identity.parents()
        for one in touched:
            _count(one, month, rules.with_above(units[one.id], parents), parents, whole=False)
        _keep(touched)


def _count_all(month: date, wanted: Sequence[Indicator]) -> None:
    """Every unit anew; each indicator in a transaction of its own, so that nobody waits long for the pen."""
    parents = identity.parents()
    for one in wanted:
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
    for month in months:
        _count_all(month, counted())


def nightly() -> None:
    """The job of the night: what follows from the passing of days, in this month and the one before."""
    _renew()
    count_months(rules.months_back(clock.today(), 2))


def _renew() -> None:
    """What an indicator means since this release is counted for all its months, so that no line of one breaks there."""
    known = queries.known_definitions()
    before, parents = {name for name, _version in known}, identity.parents()
    for one in counted():
        if one.id in before and (one.id, one.version) not in known:
            for month in queries.months_of(one.id):
                with unit_of_work("indicators.renew", subject=f"{one.id}:{month:%Y-%m}"):
                    _count(one, month, set(parents), parents, whole=True)
            with unit_of_work("indicators.renew", subject=one.id):
                _keep([one])
