"""A definition is counted by base unit and summed up; what changed is counted again; a page reads sums alone."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import String, cast, literal, literal_column, select, union_all

from p2k2lms.core import clock, indicators, marks
from p2k2lms.core.db import db
from p2k2lms.core.indicators import Indicator
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.indicators import service
from p2k2lms.plugins.indicators.models import IndicatorDef, IndicatorMonth
from p2k2lms.plugins.indicators.values import Counts
from tests.core.trial import NOON
from tests.factories.enrolment import KAPUAS, the_unit
from tests.factories.fieldwork import a_desa

MONTH = date(2026, 11, 1)
facts: dict[int, tuple[int, int, int, int]] = {}


def count(month, units):
    """What the test says of each unit, as a SELECT."""
    rows = [(unit, sums) for unit, sums in facts.items() if units is None or unit in units] or [(-1, (0, 0, 0, 0))]
    return union_all(
        *(select(literal(unit), cast(literal(""), String), *(literal(n) for n in sums)) for unit, sums in rows)
    )


SHARE = Indicator("T-01", "bagian", facts=("trial.fact",), count=count)
YEARLY = Indicator("T-02", "setahun", facts=("trial.fact",), count=count, window=12, scale=1)
LATER = Indicator("T-03", "nanti")


@pytest.fixture
def trial(both):
    before = both.extensions["indicators"], both.extensions["mark_jobs"]
    both.extensions["indicators"] = {one.id: one for one in (SHARE, YEARLY, LATER)}
    both.extensions["mark_jobs"] = {"trial.fact": "indicators.roll_up"}
    facts.clear()
    with clock.stopped(NOON):
        yield both
    both.extensions["indicators"], both.extensions["mark_jobs"] = before


def say(unit, *sums, month=MONTH):
    facts[unit] = sums
    with unit_of_work("test.touch") as uow:
        uow.touch(unit, month, "trial.fact")


def read(code, one=SHARE, last=MONTH):
    unit = identity.unit_by_code(code).id
    return service.figures([unit], [one], last)[unit, one.id]


def test_what_changed_is_counted_and_goes_up(trial):
    one, two = a_desa().id, a_desa("62.03.01.9002").id
    say(one, 3, 4, 1, 0)
    say(two, 1, 6, 2, 5)
    service.roll_up()
    assert read("62.03.01.9001").value == 75
    assert read(KAPUAS).counts == read("ID").counts == Counts(4, 10, 3, 5)
    assert (read(KAPUAS).value, read(KAPUAS).as_of) == (40, NOON)
    say(two, 0, 0, 0, 0)
    service.roll_up()
    assert read(KAPUAS).counts == Counts(3, 4, 1, 0)
    assert read("62.03.01.9002").state == "tanpa_kewajiban"


def test_counting_again_changes_nothing(trial):
    say(a_desa().id, 3, 4, 1, 0)
    service.roll_up()
    before = rows()
    service.roll_up()
    service.count_months([MONTH])
    assert rows() == before


def rows():
    db.session.rollback()
    wanted = select(IndicatorMonth.unit_id, IndicatorMonth.indicator, IndicatorMonth.month, IndicatorMonth.numerator)
    return sorted(map(tuple, db.session.execute(wanted)))


def test_a_window_sums_its_months(trial):
    desa = a_desa().id
    say(desa, 3, 4, 1, 0)
    service.roll_up()
    say(desa, 5, 4, 2, 0, month=date(2026, 3, 1))
    service.roll_up()
    assert (read(KAPUAS, YEARLY).counts, read(KAPUAS, YEARLY).value) == (Counts(8, 8, 2, 0), 1)
    assert [f.counts.numerator for f in service.series([desa], YEARLY, MONTH, 12)[desa]] == [5, 3]
    assert read(KAPUAS, YEARLY, date(2027, 3, 1)).counts == Counts(3, 4, 1, 0)


def test_what_a_later_release_counts_is_not_0(trial):
    the_unit(KAPUAS)
    assert (read(KAPUAS, LATER).state, read(KAPUAS, LATER).value) == ("nanti", None)


def test_a_change_to_many_units_counts_all(trial, monkeypatch):
    monkeypatch.setattr("p2k2lms.plugins.indicators.service.counting.MANY_UNITS", 0)
    say(a_desa().id, 3, 4, 1, 0)
    service.roll_up()
    assert read("ID").counts == Counts(3, 4, 1, 0)


def test_a_definition_is_kept_as_it_was_when_first_counted(trial):
    say(a_desa().id, 3, 4, 1, 0)
    service.roll_up()
    kept = db.session.scalars(select(IndicatorDef).order_by(IndicatorDef.id)).all()
    assert [(row.id, row.version, row.body["window"]) for row in kept] == [("T-01", 1, 1), ("T-02", 1, 12)]


def test_every_declared_indicator_is_whole(app):
    for key, one in indicators.declared().items():
        assert key == one.id
        assert str(one.name)
        if one.rilis == 1:
            assert one.facts, key
            assert str(one.above), key
            assert str(one.below), key


def test_what_is_counted_in_a_new_sense_is_counted_so_for_its_earlier_months_too(trial):
    unit, long_ago = a_desa().id, date(2026, 2, 1)
    say(unit, 3, 4, 1, 0, month=long_ago)
    say(unit, 3, 4, 1, 0)
    service.roll_up()
    renewed = replace(SHARE, version=2)
    trial.extensions["indicators"][SHARE.id] = renewed
    facts[unit] = (4, 4, 1, 0)
    assert read(KAPUAS, renewed, long_ago).as_of is None
    service.nightly()
    assert [read(KAPUAS, renewed, month).value for month in (long_ago, MONTH)] == [100, 100]
    assert read(KAPUAS, SHARE, long_ago).value == 75
    kept = set(db.session.execute(select(IndicatorDef.id, IndicatorDef.version)))
    assert {("T-01", 1), ("T-01", 2)} <= kept


def refused(month, units):
    """A figure whose SELECT the database refuses."""
    return select(literal_column("nowhere"))


def broken_first(trial):
    """The same definitions behind one that cannot be counted."""
    broken = replace(SHARE, id="T-00", count=refused)
    trial.extensions["indicators"] = {broken.id: broken} | trial.extensions["indicators"]


@pytest.mark.parametrize("many", [0, 1_500])
def test_a_figure_that_cannot_be_counted_keeps_no_other_waiting_and_what_it_waits_for_stays(trial, monkeypatch, many):
    monkeypatch.setattr("p2k2lms.plugins.indicators.service.counting.MANY_UNITS", many)
    broken_first(trial)
    unit = a_desa().id
    say(unit, 3, 4, 1, 0, month=date(2026, 10, 1))
    say(unit, 3, 4, 1, 0)
    with pytest.raises(ExceptionGroup, match="could not be counted") as seen:
        service.roll_up()
    assert len(seen.value.exceptions) == 2
    assert [read(KAPUAS, last=month).value for month in (date(2026, 10, 1), MONTH)] == [75, 75]
    assert len(marks.waiting(["trial.fact"], 10)) == 2
    del trial.extensions["indicators"]["T-00"]
    service.roll_up()
    assert marks.waiting(["trial.fact"], 10) == {}


def test_a_night_counts_what_can_be_counted(trial):
    broken_first(trial)
    say(a_desa().id, 3, 4, 1, 0)
    with pytest.raises(ExceptionGroup, match="could not be counted"):
        service.nightly()
    assert read(KAPUAS).value == 75
