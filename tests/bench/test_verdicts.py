"""The bench's own arithmetic: a wrong ratio would be worse than none."""

import itertools

import pytest

from bench import measure
from bench.measure import Cost, Thing, against, median
from bench.verdicts import Bar, growth, share_of, table, times

REFERENCE = Cost(cpu=0.001, per_second=500)


def test_a_share_is_the_worse_of_processor_time_and_requests_per_second():
    assert share_of(Cost(0.002, 400), REFERENCE) == pytest.approx(0.5)
    assert share_of(Cost(0.001, 100), REFERENCE) == pytest.approx(0.2)


def test_times_are_processor_time_alone():
    assert times(Cost(0.030, 1), REFERENCE) == pytest.approx(30)


@pytest.mark.parametrize(("figure", "met", "aim_met"), [(0.34, False, False), (0.35, True, False), (0.5, True, True)])
def test_a_share_must_reach_its_bar(figure, met, aim_met):
    verdict = Bar("card", 0.35, 0.5, at_least=True).judge(figure)
    assert (verdict.met, verdict.aim_met) == (met, aim_met)


@pytest.mark.parametrize(("figure", "met"), [(60, True), (60.1, False)])
def test_a_multiple_must_not_exceed_its_bar(figure, met):
    assert Bar("attempt", 60).judge(figure).met is met


def test_what_has_no_bar_is_neither_met_nor_missed():
    verdict = Bar("for the record", None).judge(185)
    assert (verdict.met, verdict.aim_met) == (None, None)


def test_growth_is_in_percent_and_never_negative():
    assert growth(200, 210) == pytest.approx(5)
    assert growth(200, 190) == 0


def test_the_middle_is_taken_of_each_figure_by_itself():
    assert median([Cost(3, 10), Cost(1, 30), Cost(2, 20)]) == Cost(2, 20)


class Still:
    """A server whose processor time is told, one reading after the other."""

    def __init__(self, seconds: float) -> None:
        self.readings = itertools.count(0, seconds)

    def cpu_seconds(self) -> float:
        return next(self.readings)


def test_rounds_alternate_after_one_to_warm_up_and_cost_is_per_request(monkeypatch):
    clock = itertools.count(0, 2)
    monkeypatch.setattr(measure.time, "perf_counter", lambda: next(clock))
    done: list[str] = []
    ours = Thing(Still(8), lambda: done.append("ours"), 2)
    theirs = Thing(Still(1), lambda: done.append("theirs"), 1)
    assert against(ours, theirs, rounds=2) == (Cost(4, 1), Cost(1, 0.5))
    assert done == ["theirs", "ours", "ours", *["ours", "ours", "theirs"] * 2]


def test_the_table_says_what_is_missed_and_what_reaches_the_aim():
    lines = table([Bar("a", 5).judge(6), Bar("b", 5, 3).judge(2), Bar("c", 14_600, unit="B").judge(20_000)])
    assert " NO" in lines.splitlines()[1]
    assert " aim" in lines.splitlines()[2]
    assert "20000 B" in lines.splitlines()[3]
