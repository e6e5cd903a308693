"""What stands in the braces of GIFT: which kind it makes, its options, shares and reasons."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from p2k2lms.core.i18n import _
from p2k2lms.plugins.assessment.formats import plain
from p2k2lms.plugins.assessment.formats import question as q
from p2k2lms.plugins.assessment.formats.basket import NotCarried

_FORMAT = re.compile(r"\s*\[(html|plain|markdown|moodle)\]")
_TRUTH = re.compile(r"\s*(T|TRUE|F|FALSE)\s*(?:#(.*))?", re.DOTALL)
_SHARE = re.compile(r"\s*%(-?\d+(?:\.\d+)?)%")
_ORDER = re.compile(r"\s*>[^\n]*\n(.*)", re.DOTALL)


@dataclass(frozen=True)
class Text:
    """How a text of the file becomes plain: signs freed, HTML read."""

    free: Callable[[str], str]
    lose: Callable[[str], None]

    def of(self, raw: str, html: bool = False) -> str:
        """The plain text; `html` where nothing is said and the question is HTML."""
        told = _FORMAT.match(raw)
        said = self.free(raw[told.end() :] if told else raw)
        rich = told[1] == "html" if told and told[1] != "moodle" else html or plain.looks_like_html(said)
        return plain.from_html(said, self.lose) if rich else plain.tidy(said)


@dataclass(frozen=True)
class _Answer:
    """One answer: its sign, how much it is worth in percent (None: not said), its raw text and reason."""

    sign: str
    percent: float | None
    raw: str
    why: str


def parts(body: str, text: Text) -> dict[str, Any]:
    """The kind and its fields."""
    if not body:
        raise NotCarried(_("Soal uraian tidak punya bentuk di sini."))
    if body.startswith("#"):
        return _numeric(body[1:], text)
    if ordered := _ORDER.fullmatch(body):
        return {"kind": q.ORDERING, "order": tuple(s for s in map(text.of, ordered[1].split("\n")) if s)}
    if truth := _TRUTH.fullmatch(body):
        return _true_false(truth[1][0] == "T", (truth[2] or "").split("#"), text)
    answers = _answers(body)
    if all("->" in one.raw for one in answers):
        return _matching(answers, text)
    return _choice(answers, text) if any(one.sign == "~" for one in answers) else _short(answers, text)


def _answers(body: str) -> list[_Answer]:
    found = []
    for piece in re.findall(r"[=~][^=~]*", body):
        said = _SHARE.match(piece[1:])
        rest = piece[1:][said.end() :] if said else piece[1:]
        raw, _sep, why = rest.partition("#")
        found.append(_Answer(piece[0], float(said[1]) if said else None, raw, why))
    if not found:
        raise NotCarried(_("Jawaban tidak dikenali."))
    return found


def _true_false(true: bool, reasons: list[str], text: Text) -> dict[str, Any]:
    """The first reason is for who errs, the second for who is right."""
    wrong, right = (text.of(reasons[n]) if n < len(reasons) else "" for n in (0, 1))
    options = (q.Option(q.TRUE, true, right if true else wrong), q.Option(q.FALSE, not true, wrong if true else right))
    return {"kind": q.TRUE_FALSE, "options": options}


def _choice(answers: list[_Answer], text: Text) -> dict[str, Any]:
    rightful = [one.sign == "=" if one.percent is None else one.percent > 0 for one in answers]
    one_is_best = any(one.sign == "=" for one in answers)
    if one_is_best:
        rightful = [one.sign == "=" and (one.percent is None or one.percent > 0) for one in answers]
        if any(one.sign == "~" and (one.percent or 0) > 0 for one in answers):
            text.lose("share")
    options = tuple(q.Option(text.of(a.raw), ok, text.of(a.why)) for a, ok in zip(answers, rightful, strict=True))
    return {"kind": q.SINGLE if one_is_best and sum(rightful) == 1 else q.MULTIPLE, "options": options}


def _short(answers: list[_Answer], text: Text) -> dict[str, Any]:
    """What is accepted; a catch-all star that earns nothing is the reason for everybody else."""
    variants, otherwise = [], []
    for one in answers:
        said, why, share = text.of(one.raw), text.of(one.why), _share(one)
        if said == "*" and share == 0:
            otherwise.append(why)
        else:
            variants.append(q.Variant(said, share, why))
    if any(otherwise):
        text.lose("otherwise")
    return {"kind": q.SHORT, "variants": tuple(variants)}


def _share(one: _Answer) -> float:
    return 1.0 if one.percent is None else max(0.0, round(one.percent / 100, 4))


def _matching(answers: list[_Answer], text: Text) -> dict[str, Any]:
    sides = [one.raw.split("->", 1) for one in answers]
    return {"kind": q.MATCHING, "pairs": tuple(q.Pair(text.of(left), text.of(right)) for left, right in sides)}


def _numeric(body: str, text: Text) -> dict[str, Any]:
    amounts = []
    begins_bare = bool(re.split(r"[=~]", body, maxsplit=1)[0].strip())
    for one in _answers("=" + body if begins_bare else body):
        if one.sign == "~" or not one.raw.strip() or one.raw.strip() == "*":
            if one.why.strip():
                text.lose("otherwise")
            continue
        value, tolerance = _amount(one.raw, text)
        amounts.append(q.Amount(value, tolerance, _share(one), text.of(one.why)))
    return {"kind": q.NUMERIC, "amounts": tuple(amounts)}


def _amount(raw: str, text: Text) -> tuple[float, float]:
    said = text.free(raw).strip()
    low, ranged, high = said.partition("..")
    first, _sep, second = said.partition(":")
    ends = (plain.number(low), plain.number(high)) if ranged else (plain.number(first), plain.number(second or "0"))
    if ends[0] is None or ends[1] is None:
        raise NotCarried(_("Angka tidak terbaca: %(said)s", said=said[:40]))
    return ((ends[0] + ends[1]) / 2, (ends[1] - ends[0]) / 2) if ranged else (ends[0], ends[1])
