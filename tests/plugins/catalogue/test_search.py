"""A search finds the cards that hold every word in some form, the same on both databases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2k2lms.plugins.catalogue import service
from p2k2lms.plugins.catalogue.rules.ranking import build, rank
from p2k2lms.plugins.catalogue.service.searching import excerpt
from p2k2lms.plugins.catalogue.stemming import stem
from tests.factories.catalogue import a_course

CARDS = {
    "a": (["asuh"], ["anak", "ayah", "asuh"]),
    "b": (["uang"], ["anak", "tabung", "amplop"]),
    "c": (["gizi"], ["anak", "telur"]),
}


@pytest.mark.parametrize(
    ("one", "other"),
    [("mengasuh", "pengasuhan"), ("membaca", "bacaan"), ("bermain", "permainan"), ("Anak", "anaknya")],
)
def test_forms_of_one_word_share_their_stem(one, other):
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("stems", "typed", "wanted"),
    [
        (["anak"], "anak", ["c", "a", "b"]),
        (["anak", "asuh"], "asuh", ["a"]),
        (["tabung"], "tabung", ["b"]),
        (["telu"], "telu", ["c"]),
        (["te"], "te", []),
        (["kapal"], "kapal", []),
        ([], "", []),
    ],
)
def test_every_word_must_be_there_and_the_last_may_be_unfinished(stems, typed, wanted):
    assert [step for _, step in rank(build(CARDS), stems, typed)] == wanted


def test_a_word_in_the_title_counts_more_than_one_in_the_text():
    index = build({"text": ([], ["uang", "anak", "air"]), "title": (["uang"], ["anak", "air"])})
    assert rank(index, ["uang"])[0][1] == "title"


@given(
    st.dictionaries(
        st.text("abc", min_size=1, max_size=3), st.lists(st.sampled_from(["x", "y", "z"]), max_size=6), max_size=6
    )
)
def test_a_card_is_found_exactly_when_it_holds_the_word(texts):
    index = build({name: ([], words) for name, words in texts.items()})
    assert {step for _, step in rank(index, ["x"])} == {name for name, words in texts.items() if "x" in words}


def test_an_excerpt_shows_the_word_as_it_stands_in_the_text():
    text = "Kelompok di tepi Sungai Barito mulai mengasuh anak bersama-sama."
    before, match, after = excerpt(text, [stem("pengasuhan")], "pengasuhan")
    assert (match, before + match + after) == ("mengasuh", text)


def test_an_excerpt_begins_and_ends_with_a_whole_word():
    text = " ".join(f"kata{number}" for number in range(40))
    before, _match, after = excerpt(text, [stem("kata20")], "kata20")
    assert (before[:2], after[-2:]) == ("… ", " …")
    assert {*before.split(), *after.split()} - {"…"} <= {*text.split()}
    assert excerpt("satu dua", [], "tiga") == ("", "", "satu dua")


def test_cards_are_found_by_any_form_of_their_words(both):
    version = a_course()
    card = next(iter(service.open_pack(version.id).cards.values()))
    hits = service.search([version.id], card.title)
    assert hits[0].step_id == card.id
    assert service.search([version.id], "") == []
    assert service.search([version.id], "<script>'\"%;--") == []
    assert service.search([], card.title) == []


def test_the_items_of_the_tests_are_not_searched(both):
    version = a_course()
    sealed = " ".join(service.items(version.id)[0].stem.split()[:6])
    assert all(sealed not in hit.before + hit.match + hit.after for hit in service.search([version.id], sealed))
