"""Each kind of question: asked without its key, read only when it fits, marked between nothing and all."""

import dataclasses
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2k2lms.core.errors import Invalid
from p2k2lms.plugins.assessment.kinds import KINDS, kind_of
from p2k2lms.plugins.assessment.rules.score import points_of
from tests.factories.assessment import (
    FULL,
    MATCHING,
    MULTIPLE,
    NUMERIC,
    ONE_OF_EACH,
    ORDERING,
    SHORT,
    SINGLE,
    TRUE_FALSE,
)

each = pytest.mark.parametrize("item", ONE_OF_EACH, ids=lambda item: item.kind)


@pytest.mark.parametrize(
    ("item", "raw", "points"),
    [
        (SINGLE, "b", 1.0),
        (SINGLE, "a", 0.0),
        (TRUE_FALSE, "a", 1.0),
        (TRUE_FALSE, "b", 0.0),
        (MULTIPLE, ["a", "b"], 1.0),
        (MULTIPLE, ["a"], 0.5),
        (MULTIPLE, ["a", "c"], 0.17),
        (MULTIPLE, ["a", "b", "c"], 0.67),
        (MULTIPLE, ["c", "d"], 0.0),
        (MULTIPLE, ["a", "b", "c", "d", "e"], 0.0),
        (ORDERING, ["c", "a", "b", "d"], 1.0),
        (ORDERING, ["c", "b", "a", "d"], 0.5),
        (ORDERING, ["d", "c", "a", "b"], 0.0),
        (ORDERING, {"c": "1"}, 0.25),
        (ORDERING, {"c": 1, "a": 1, "b": 1, "d": 1}, 0.25),
        (MATCHING, {"a": "rb", "b": "ra", "c": "rc"}, 1.0),
        (MATCHING, {"a": "rb", "b": "rb"}, 0.33),
        (MATCHING, {"a": "ra"}, 0.0),
        (SHORT, "  banjarBARU ", 1.0),
        (SHORT, "banjar", 0.5),
        (SHORT, "Martapura", 0.0),
        (NUMERIC, "2,7", 1.0),
        (NUMERIC, "2.3", 1.0),
        (NUMERIC, 2.71, 0.0),
    ],
)
def test_an_answer_earns_what_the_table_says(item, raw, points):
    assert points_of(item, kind_of(item).read(item, raw)) == points


@each
def test_the_full_answer_earns_everything_and_no_answer_nothing(item):
    answer = kind_of(item).read(item, FULL[item.kind])
    assert kind_of(item).is_whole(item, answer)
    assert points_of(item, answer) == 1.0
    for empty in (None, kind_of(item).read(item, None), kind_of(item).read(item, kind_of(item).from_fields({}))):
        assert empty is None
        assert points_of(item, empty) == 0.0


@each
def test_a_paper_holds_no_key_mark_or_explanation(item):
    said = json.dumps(dataclasses.asdict(kind_of(item).paper(item, 7)))
    assert "Sebab" not in said
    assert "Karena" not in said
    assert not {f.name for f in dataclasses.fields(kind_of(item).paper(item, 7))} & {"key", "why"}


@each
@given(seed=st.integers(0, 10_000))
def test_the_order_of_a_paper_depends_on_the_seed_alone(item, seed):
    paper = kind_of(item).paper(item, seed)
    turned = dataclasses.replace(item, choices=item.choices[::-1], targets=item.targets[::-1])
    assert sorted(paper.choices) == sorted((c.id, c.text) for c in item.choices)
    if item.kind != "truefalse":
        assert kind_of(item).paper(turned, seed) == paper


def test_an_order_is_asked_in_more_than_one_order():
    asked = {tuple(c for c, _ in kind_of(ORDERING).paper(ORDERING, seed).choices) for seed in range(20)}
    assert len(asked) > 3


ODD = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 9)
    | st.floats(allow_nan=False)
    | st.sampled_from("abcdex")
    | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.dictionaries(st.sampled_from(["a", "b", "c", "d", "ra", "z"]), inner, max_size=4)
    ),
    max_leaves=8,
)


@each
@given(raw=ODD)
def test_whatever_is_sent_is_marked_between_0_and_1_or_refused(item, raw):
    kind = kind_of(item)
    try:
        answer = kind.read(item, raw)
    except Invalid:
        return
    assert 0.0 <= points_of(item, answer) <= 1.0
    assert kind.read(item, json.loads(json.dumps(answer))) == answer
    assert kind.is_whole(item, answer) in (True, False)
    assert kind.review(item, answer)


@each
@given(seed=st.integers(0, 99))
def test_the_order_of_the_options_never_changes_a_mark(item, seed):
    kind = kind_of(item)
    turned = dataclasses.replace(
        item, choices=item.choices[seed % 2 :] + item.choices[: seed % 2], targets=item.targets[::-1]
    )
    for raw in (FULL[item.kind], None):
        assert points_of(turned, kind.read(turned, raw)) == points_of(item, kind.read(item, raw))


@each
@pytest.mark.parametrize("raw", ["zzz", ["a", "a"], {"zzz": "a"}, {"a": "zzz"}, 5, True, {"a": None}, ["zzz"]], ids=str)
def test_an_answer_that_fits_no_option_is_refused(item, raw):
    with pytest.raises(Invalid, match="tidak cocok") as refusal:
        kind_of(item).read(item, raw)
    assert refusal.value.field == "answer"


def test_the_fields_of_a_form_say_the_same_as_json():
    fields = {"answer": ["b"], "answer.a": ["2"], "answer.c": ["1"], "answer.b": [""], "soal": ["7"]}
    assert KINDS["single"].from_fields(fields) == "b"
    assert KINDS["multiple"].from_fields(fields) == ["b"]
    assert KINDS["ordering"].from_fields(fields) == {"a": "2", "c": "1"}
    assert ORDERING.kind == "ordering"
    assert KINDS["ordering"].read(ORDERING, {"a": "2", "c": "1"}) == {"a": 2, "c": 1}


def test_a_partial_order_is_kept_but_not_whole():
    answer = KINDS["ordering"].read(ORDERING, {"a": "2"})
    assert not KINDS["ordering"].is_whole(ORDERING, answer)
    assert not KINDS["matching"].is_whole(MATCHING, {"a": "ra"})


def test_the_review_names_the_right_answer_and_why():
    taken = {line.text: line for line in kind_of(SINGLE).review(SINGLE, "a")}
    assert taken["Pilihan a"].state == "false"
    assert taken["Pilihan b"].state == "missed"
    assert taken["Pilihan c"].state == "left"
    assert taken["Pilihan b"].why == "Sebab b"
    assert [line.wanted for line in kind_of(ORDERING).review(ORDERING, None)] == ["1", "2", "3", "4"]
    assert [line.state for line in kind_of(MATCHING).review(MATCHING, {"a": "rb"})] == ["hit", "missed", "missed"]


@pytest.mark.parametrize("item", [SHORT, NUMERIC], ids=lambda item: item.kind)
@given(raw=ODD)
def test_whatever_is_typed_is_marked_between_0_and_1_or_refused(item, raw):
    kind = kind_of(item)
    try:
        answer = kind.read(item, raw)
    except Invalid:
        return
    assert 0.0 <= points_of(item, answer) <= 1.0
    assert kind.read(item, json.loads(json.dumps(answer))) == answer


@pytest.mark.parametrize("raw", [["2"], {"a": "2"}, True, "dua", "nan", "1e400", float("inf")], ids=str)
def test_what_is_no_number_is_refused(raw):
    with pytest.raises(Invalid, match="tidak cocok"):
        kind_of(NUMERIC).read(NUMERIC, raw)


def test_the_review_of_a_typed_answer_shows_it_and_what_is_accepted():
    assert [(v.text, v.state) for v in kind_of(SHORT).review(SHORT, "Martapura")] == [
        ("Martapura", "false"),
        ("Banjarbaru", "missed"),
    ]
    assert [(v.text, v.state) for v in kind_of(SHORT).review(SHORT, "banjarbaru")] == [("Banjarbaru", "hit")]
    assert [(v.text, v.state) for v in kind_of(NUMERIC).review(NUMERIC, 3.0)] == [
        ("3", "false"),
        ("2,5 ± 0,2", "missed"),
    ]
    for item in (SHORT, NUMERIC):
        assert "accepted" not in json.dumps(dataclasses.asdict(kind_of(item).paper(item, 7)))
