"""The decisions about learning: tables for the locks, properties for the share."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2k2lms.plugins.catalogue.values import Outline, OutlineModul, OutlineSesi, OutlineStep
from p2k2lms.plugins.delivery import rules
from p2k2lms.plugins.delivery.values import PositionCard


def a_sesi(sesi_id: str, steps: int, optional: int = 0, written: bool = True) -> OutlineSesi:
    """A sesi with so many required cards of five minutes, then optional ones: a1, a2, ..."""
    cards = tuple(
        OutlineStep(id=f"{sesi_id}{n}", title=f"Langkah {n}", minutes=5, kb=2, required=n <= steps)
        for n in range(1, steps + optional + 1)
    )
    about = {"title": f"Sesi {sesi_id}", "number": None, "minutes": 5 * steps, "kb": 2 * steps, "aim": ""}
    return OutlineSesi(id=sesi_id, modul_id=sesi_id[0], written=written, steps=cards, **about)


def an_outline(*moduls: tuple[OutlineSesi, ...]) -> Outline:
    made = tuple(OutlineModul(id=f"m{n}", title=f"Modul {n}", group="inti", jp=4, sesi=m) for n, m in enumerate(moduls))
    return Outline(course="k", title="Kursus", subtitle="", notice="", jp=8, modul=made)


A, B, C = a_sesi("a", 2), a_sesi("b", 2, optional=1), a_sesi("c", 1)
LATER = a_sesi("l", 0, written=False)
COURSE = an_outline((A, LATER, B), (C,))


def shown(read: set[str], order: str = rules.ORDERED) -> str:
    """The states of every sesi in one line."""
    return " ".join(s.state for m in rules.modul_states(COURSE, read, order) for s in m.sesi)


@pytest.mark.parametrize(
    ("read", "order", "states"),
    [
        (set(), "berurut", "open later lock open"),
        ({"a1"}, "berurut", "half later lock open"),
        ({"a1", "a2"}, "berurut", "done later open open"),
        ({"a1", "a2", "b1"}, "berurut", "done later half open"),
        ({"b3"}, "berurut", "open later half open"),  # begun on a phone without signal: it stays open
        ({"a1", "a2", "b1", "b2"}, "berurut", "done later done open"),  # an optional card is not asked for
        ({"c1"}, "berurut", "open later lock done"),
        (set(), "bebas", "open later open open"),
        ({"zz"}, "berurut", "open later lock open"),
    ],
)
def test_a_sesi_opens_when_those_before_it_in_its_modul_are_done(read, order, states):
    assert shown(read, order) == states


@pytest.mark.parametrize(("read", "missing", "place"), [(set(), 2, "a1"), ({"a1"}, 1, "a2"), ({"a2"}, 1, "a1")])
def test_a_lock_says_what_opens_it_and_how_much_is_missing(read, missing, place):
    lock = rules.lock_on(COURSE, "b1", read)
    assert (lock.missing, lock.waits_for.step.id, lock.waits_for.sesi.id) == (missing, place, "a")
    assert rules.lock_on(COURSE, "a2", read) is None


@pytest.mark.parametrize(
    ("read", "states"),
    [
        (set(), "open open"),
        ({"a1"}, "half open"),
        ({"a1", "a2", "b1", "b2"}, "done open"),
        ({"c1"}, "open done"),
    ],
)
def test_a_modul_is_done_when_its_written_sesi_are(read, states):
    assert " ".join(m.state for m in rules.modul_states(COURSE, read)) == states
    (unwritten,) = rules.modul_states(an_outline((LATER,)), read)
    assert unwritten.state == "later"


def at(step: str, scroll: float = 0.5) -> PositionCard:
    return PositionCard(step, scroll, "HP", datetime(2026, 11, 21, tzinfo=UTC))


@pytest.mark.parametrize(
    ("read", "last", "goes_on_at"),
    [
        (set(), None, "a1"),
        (set(), at("a2"), "a2"),
        ({"a1", "a2"}, None, "b1"),
        ({"a1", "c1"}, at("c1"), "a2"),
        ({"a1", "a2", "b1"}, at("b1"), "b2"),
        ({"a1", "a2", "b1", "b2"}, at("b2"), "b3"),
        ({"c1"}, at("gone"), "a1"),
        ({"a1", "a2", "b1", "b2", "b3", "c1"}, at("c1"), None),
    ],
)
def test_one_goes_on_at_the_card_left_unread_or_the_next_unread_open_one(read, last, goes_on_at):
    place = rules.resume(COURSE, read, last)
    assert (place.step.id if place else None) == goes_on_at


def test_the_scroll_is_kept_only_for_the_card_that_was_left_unread():
    assert rules.resume(COURSE, set(), at("a2", 0.4)).scroll == 0.4
    assert rules.resume(COURSE, {"a1"}, at("a1", 0.4)).scroll == 0


def test_cards_have_neighbours_across_sesi_and_none_at_the_ends():
    said = [rules.neighbour(COURSE, step, +1) for step in COURSE.steps]
    assert [p.step.id for p in said if p] == ["a2", "b1", "b2", "b3", "c1"]
    assert rules.neighbour(COURSE, "a1", -1) is None
    assert rules.neighbour(COURSE, "c1", +1) is None


STEPS = st.lists(st.sampled_from([f"s{n}" for n in range(12)]))


@given(STEPS, st.frozensets(st.sampled_from([f"s{n}" for n in range(20)])))
def test_the_share_is_between_0_and_100_and_full_only_when_nothing_is_missing(required, read):
    part = rules.share(required, read)
    assert 0 <= part.percent <= 100
    assert 0 <= part.done <= part.required == len(set(required))
    assert (part.percent == 100) is (part.required > 0 and set(required) <= read) is part.full


@given(STEPS, STEPS, st.sampled_from([f"s{n}" for n in range(20)]))
def test_reading_one_more_card_never_lowers_the_share_and_repeating_changes_nothing(required, read, step):
    before = rules.share(required, set(read))
    after = rules.share(required, {*read, step})
    assert before.done <= after.done <= before.done + 1
    assert before.percent <= after.percent
    assert rules.share(required * 2, {*read, step}) == after


@given(st.lists(st.sampled_from(COURSE.steps), unique=True))
def test_what_is_open_stays_open_whatever_is_read_next(order):
    read: set[str] = set()
    open_before = {s for s in COURSE.steps if rules.lock_on(COURSE, s, read) is None}
    assert "a1" in open_before
    for step in order:
        read.add(step)
        open_now = {s for s in COURSE.steps if rules.lock_on(COURSE, s, read) is None}
        assert open_before <= open_now
        open_before = open_now


@given(st.frozensets(st.sampled_from(COURSE.steps)))
def test_there_is_always_a_way_on_until_everything_is_read(read):
    place = rules.resume(COURSE, read, None)
    assert (place is None) is (read == set(COURSE.steps))
    if place is not None:
        assert rules.lock_on(COURSE, place.step.id, read) is None
