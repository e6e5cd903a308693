"""Which answer stands first, what stays beside a card, what holds a text back."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from p2k2lms.plugins.forum import rules
from p2k2lms.plugins.forum.values import HARM, HELD, NAMES_SOMEBODY, PostCard

NOON = datetime(2026, 11, 21, 4, tzinfo=UTC)


def said(number: int, helpful: int = 0, confirmed: bool = False, **traits) -> PostCard:
    ordinary = {"text": f"Jawaban {number}", "look": "tampak", "tip": "", "at": NOON + timedelta(hours=number)}
    who = {"person_id": number, "confirmed_by": 99 if confirmed else None}
    return PostCard(id=uuid.UUID(int=number), thread_id=uuid.UUID(int=0), helpful=helpful, **who, **ordinary | traits)


def test_what_is_confirmed_stands_first_then_what_helped_then_what_came_early():
    answers = [said(1), said(2, 5), said(3, 1, confirmed=True), said(4, 5), said(5, 9, look=HELD)]
    assert [a.person_id for a in rules.ranked(answers)] == [3, 2, 4, 1, 5]


def test_beside_a_card_stay_three_that_helped_with_the_tip_in_place_of_the_answer():
    answers = [said(1), said(2, 1), said(3, 4), said(4, 2), said(5, confirmed=True, tip="Coba berpasangan.")]
    best = rules.best(answers)
    assert [one.text for one in best] == ["Coba berpasangan.", "Jawaban 3", "Jawaban 4"]
    assert [(one.tip, one.confirmed, one.helpful) for one in best][:2] == [(True, True, 0), (False, False, 4)]
    assert rules.best([said(1), said(2, 3, look=HELD)]) == []


def test_a_long_answer_is_cut_between_words():
    cut = rules.beginning("kata " * 100)
    assert cut.endswith("kata …")
    assert len(cut) <= rules.BEGINNING + 2
    assert rules.beginning("pendek\n sekali") == "pendek sekali"


@pytest.mark.parametrize(
    ("reasons", "held"),
    [
        ([], False),
        (["kasar", "keliru"], False),
        (["kasar"] * 3, True),
        ([NAMES_SOMEBODY], True),
        (["kasar", HARM], True),
    ],
)
def test_one_report_holds_what_concerns_a_person_and_three_hold_anything(reasons, held):
    assert rules.is_held(reasons) is held


def test_a_text_keeps_its_paragraphs_and_loses_the_rest():
    assert rules.tidy("  satu \t dua\n\n\n tiga\x00 \n") == "satu dua\n\ntiga"
