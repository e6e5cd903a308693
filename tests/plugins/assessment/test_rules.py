"""The pure decisions: parallel forms, fair draws, marks, deadlines, and what a result says."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2k2lms.core.errors import Invalid
from p2k2lms.plugins.assessment.rules import draw, gain, score, timing
from tests.factories.assessment import MULTIPLE, SINGLE, an_item

NOW = datetime(2026, 11, 19, 2, 0, tzinfo=UTC)


def a_bank(groups=("tf", "m1-s01"), each=8):
    return [
        draw.Banked(f"q-{group}-{tag}-{n}", f"{group}-t{n % 3}", group, tag)
        for group in groups
        for tag in ("A", "B", "anchor")
        for n in range(each)
    ]


@given(shares=st.fixed_dictionaries({"tf": st.integers(1, 8), "m1-s01": st.integers(1, 8)}), seed=st.text(max_size=4))
def test_two_forms_are_parallel_and_share_at_least_a_fifth(shares, seed):
    bank = {item.id: item for item in a_bank()}
    forms = draw.draw_forms(list(bank.values()), shares, anchors=1, seed=seed)
    size = sum(shares.values())
    assert len(set(forms.a)) == len(set(forms.b)) == size
    assert set(forms.a) & set(forms.b) == forms.anchors
    assert len(forms.anchors) >= 0.2 * size
    assert {bank[i].tag for i in set(forms.a) - forms.anchors} <= {"A"}
    assert {bank[i].tag for i in set(forms.b) - forms.anchors} <= {"B"}
    for group, share in shares.items():
        for form in (forms.a, forms.b):
            assert sum(bank[i].group == group for i in form) == share


def test_the_same_seed_draws_the_same_forms_whatever_the_order_of_the_bank():
    shares = {"tf": 5, "m1-s01": 5}
    assert draw.draw_forms(a_bank(), shares, 3, "x") == draw.draw_forms(a_bank()[::-1], shares, 3, "x")
    assert draw.draw_forms(a_bank(), shares, 3, "x") != draw.draw_forms(a_bank(), shares, 3, "y")


def test_every_objective_is_asked_before_one_is_asked_twice():
    forms = draw.draw_forms(a_bank(), {"tf": 4}, 1, "x")
    objectives = Counter(item.objective for item in a_bank() if item.id in set(forms.a) - forms.anchors)
    assert max(objectives.values()) == 1


@pytest.mark.parametrize(
    ("shares", "anchors", "field"), [({"tf": 30}, 3, "shares"), ({"tf": 3}, 4, "anchors"), ({"zz": 2}, 1, "anchors")]
)
def test_a_bank_that_cannot_fill_a_form_says_which_part_lacks(shares, anchors, field):
    with pytest.raises(Invalid) as refusal:
        draw.draw_forms(a_bank(), shares, anchors, "x")
    assert refusal.value.field == field


@given(blocks=st.integers(1, 60), seed=st.text(max_size=6))
def test_after_each_block_of_four_both_orders_are_equally_many(blocks, seed):
    orders = [draw.order_at(position, seed) for position in range(4 * blocks)]
    for block in range(blocks):
        assert Counter(orders[4 * block : 4 * block + 4]) == {"AB": 2, "BA": 2}


def test_blocks_differ_so_that_nobody_can_tell_the_next_order():
    assert len({tuple(draw.order_at(4 * b + n, "kelas") for n in range(4)) for b in range(40)}) > 3


@pytest.mark.parametrize(
    ("order", "pre", "number", "form"),
    [("AB", True, 1, "A"), ("BA", True, 1, "B"), ("AB", False, 1, "B"), ("BA", False, 1, "A"), ("AB", False, 2, "A")],
)
def test_one_form_before_the_other_after_then_in_turns(order, pre, number, form):
    assert draw.form_for(order, pre, number) == form


def test_a_paper_adds_up_whole_and_per_objective():
    other = an_item("single", "a", objective="m1-s01-t2")
    mark = score.mark([(SINGLE, "b"), (MULTIPLE, ["a"]), (other, None)])
    assert (mark.points, mark.max) == (1.5, 3)
    assert mark.objectives == {"m1-s01-t1": (1.5, 2), "m1-s01-t2": (0.0, 1)}


@given(st.lists(st.sampled_from([None, ["a"], ["b"], ["a", "c"], ["a", "b", "c"]]), max_size=40))
def test_a_mark_stays_between_nothing_and_all(answers):
    mark = score.mark((MULTIPLE, answer) for answer in answers)
    assert 0 <= mark.points <= mark.max == len(answers)
    assert 0 <= score.percent(mark.points, mark.max) <= 100


@pytest.mark.parametrize(
    ("points", "most", "percent", "enough"),
    [
        (7, 10, 70, True),
        (6.99, 10, 69, False),
        (0, 0, 0, False),
        (13.99, 20, 69, False),
        (14, 20, 70, True),
        (0.7, 1, 70, True),
    ],
)
def test_69_and_a_half_is_not_70(points, most, percent, enough):
    assert score.percent(points, most) == percent
    assert score.is_enough(points, most, 70) is enough


def test_the_server_holds_the_time():
    deadline = timing.deadline_of(NOW, 45, 15)
    assert deadline == NOW + timedelta(hours=1)
    assert timing.still_takes(deadline, 120, deadline + timedelta(seconds=120))
    assert not timing.still_takes(deadline, 120, deadline + timedelta(seconds=121))
    assert timing.still_takes(None, 0, NOW)
    assert timing.seconds_left(deadline, NOW) == 3600
    assert timing.seconds_left(deadline, deadline + timedelta(days=1)) == 0
    assert timing.seconds_left(None, NOW) is None


@pytest.mark.parametrize(
    ("change", "items", "share", "said"),
    [
        (1, 20, 0.8, "likely"),
        (2, 20, 0.8, "likely"),
        (4, 20, 0.8, "maybe"),
        (5, 20, 0.8, "rarely"),
        (0, 10, 1.0, "likely"),
    ],
)
def test_a_small_change_is_called_chance_and_a_large_one_is_not(change, items, share, said):
    assert gain.doubt(change, items, share) == said
    assert gain.doubt(-change, items, share) == said


@given(st.none() | st.integers(0, 100), st.integers(0, 100), st.integers(0, 100))
def test_a_result_is_drawn_inside_its_line(before, now, limit):
    drawn = gain.scale(before, now, limit)
    assert all(8 <= x <= 288 for x in (drawn.now, drawn.limit, drawn.before or 8))
    assert (drawn.before is None) == (before is None)
    labels = [drawn.now_label] if before is None else sorted((drawn.before_label, drawn.now_label))
    assert all(32 <= x <= 264 for x in labels)
    assert labels[-1] - labels[0] >= (0 if before is None else 65.9)
