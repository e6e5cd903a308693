"""A home page has one next action and at most three cards; the greeting follows the hour."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2k2lms.core.panels import HomeCard
from p2k2lms.plugins.dashboards.rules import compose, greeting


def a_card(urgency: int) -> HomeCard:
    return HomeCard(urgency, f"Kartu {urgency}", "", "/", "Buka")


@given(st.lists(st.integers(0, 100), max_size=12))
def test_at_most_one_next_action_and_three_cards_the_most_urgent_ones(urgencies):
    home = compose([a_card(u) for u in urgencies])
    shown = ([home.next] if home.next else []) + list(home.cards)
    assert len(home.cards) <= 3
    assert [c.urgency for c in shown] == sorted(urgencies, reverse=True)[: len(shown)]


def test_nothing_is_called_next_when_nothing_is_due():
    home = compose([a_card(20), a_card(49)])
    assert home.next is None
    assert [c.urgency for c in home.cards] == [49, 20]


@pytest.mark.parametrize(
    ("hour", "words"),
    [
        (0, "Selamat malam"),
        (4, "Selamat pagi"),
        (10, "Selamat pagi"),
        (11, "Selamat siang"),
        (15, "Selamat sore"),
        (18, "Selamat malam"),
        (23, "Selamat malam"),
    ],
)
def test_the_greeting_follows_the_hour(hour, words):
    assert greeting(hour) == words
