"""Questions in the neutral form, as hypothesis makes them: each kind, within what a format can say."""

from hypothesis import strategies as st

from p2k2lms.plugins.assessment.formats import plain
from p2k2lms.plugins.assessment.formats.question import (
    FALSE,
    KINDS,
    TRUE,
    Amount,
    Option,
    Pair,
    Question,
    Variant,
)

SIGNS = st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"), exclude_characters="\ufffe\uffff_±")
WORDS = st.one_of(
    st.text(SIGNS, min_size=1, max_size=12), st.sampled_from(["=x", "~{a}", "a:b#c", "<b>tebal</b>", "&amp;"])
)
LINE = WORDS.map(plain.line).filter(
    lambda text: text and not text.startswith(("%", "'")) and "->" not in text and "=>" not in text
)
STEM = st.lists(LINE, min_size=1, max_size=2).map("\n\n".join)
WHY = st.one_of(st.just(""), LINE)
FEW = {"min_size": 2, "max_size": 4, "unique": True}
NUMBERS = st.one_of(st.integers(-999, 999).map(float), st.sampled_from([0.5, -2.25, 1000.125]))
KEY = ("single", "multiple", "truefalse", "ordering", "matching", "short", "numeric")


@st.composite
def questions(draw, kind: str, reasons: bool = True) -> Question:
    """A question of a kind; without `reasons` only what GIFT and all others can say."""
    why = WHY if reasons else st.just("")
    parts = {"single": _choice, "multiple": _choice, "truefalse": _truth, "ordering": _order}
    parts |= {"matching": _match, "short": _short, "numeric": _number}
    return Question(kind, draw(STEM), why=draw(WHY), name=draw(LINE), **draw(parts[kind](kind, why)))


@st.composite
def _choice(draw, kind, why):
    texts = draw(st.lists(LINE, **(FEW | {"min_size": 3})))
    right = {draw(st.integers(0, len(texts) - 1))} if kind == "single" else {0, 1}
    return {"options": tuple(Option(text, n in right, draw(why)) for n, text in enumerate(texts))}


@st.composite
def _truth(draw, kind, why):
    true = draw(st.booleans())
    return {"options": (Option(TRUE, true, draw(why)), Option(FALSE, not true, draw(why)))}


@st.composite
def _order(draw, kind, why):
    return {"order": tuple(draw(st.lists(LINE, **FEW)))}


@st.composite
def _match(draw, kind, why):
    left, right = draw(st.lists(LINE, **FEW)), draw(st.lists(LINE, min_size=5, max_size=5, unique=True))
    spare = [Pair("", right[4])] if draw(st.booleans()) else []
    return {"pairs": (*map(Pair, left, right[: len(left)]), *spare)}


@st.composite
def _short(draw, kind, why):
    first, *others = draw(st.lists(LINE, **FEW))
    return {"variants": (Variant(first), *(Variant(text, 0.5) for text in others))}


@st.composite
def _number(draw, kind, why):
    return {"amounts": (Amount(draw(NUMBERS), draw(st.sampled_from([0.0, 0.5, 2.0]))),)}


assert set(KEY) == set(KINDS)
