"""Moodle XML, read: the kinds that have a form here; categories, essays and the rest are named and left."""

from collections.abc import Callable, Mapping
from typing import Any
from xml.etree.ElementTree import Element

from p2k2lms.core.foreign_xml import Tree
from p2k2lms.core.i18n import _
from p2k2lms.plugins.assessment.formats import plain
from p2k2lms.plugins.assessment.formats import question as q
from p2k2lms.plugins.assessment.formats.basket import Basket, Found, NotCarried
from p2k2lms.plugins.assessment.formats.question import Question, tags_of

NAME, ROOT = "Moodle XML", "quiz"
Lose = Callable[[str], None]


def read(tree: Tree) -> Found:
    """Every question of the file; faults by number and name."""
    basket, number = Basket(NAME), 0
    for element in tree.root.iter("question"):
        kind = element.get("type", "")
        if kind == "category":
            basket.leave(
                _("kategori"), _("Kategori tidak terbawa: %(name)s", name=_plain(element, "category/text")[:60])
            )
            continue
        number += 1
        name = plain.line(element.findtext("name/text") or "")
        place = _("soal ke-%(n)s (%(name)s)", n=number, name=name[:40]) if name else _("soal ke-%(n)s", n=number)
        basket.add(place, lambda e=element, k=kind, p=place: _question(e, k, basket.lose(p)))  # type: ignore[misc]
    if tree.broken_at:
        basket.leave(_("baris %(n)s", n=tree.broken_at), _("XML rusak mulai baris ini; sesudahnya tidak terbaca."))
    return basket.found()


def _question(element: Element, kind: str, lose: Lose) -> Question:
    if kind not in _READERS:
        raise NotCarried(_("Jenis soal %(kind)s tidak punya bentuk di sini.", kind=kind[:30] or "?"))
    points = plain.number(element.findtext("defaultgrade") or "1")
    told = {"id": element.findtext("idnumber") or ""}
    for tag in element.iterfind("tags/tag/text"):
        name, _sep, value = (tag.text or "").partition("=")
        told[name] = value
    return Question(
        stem=_text(element.find("questiontext"), lose),
        why=_text(element.find("generalfeedback"), lose),
        name=plain.line(element.findtext("name/text") or ""),
        points=1.0 if points is None else points,
        tags=tags_of(told),
        **_READERS[kind](element, lose),
    )


def _plain(element: Element, path: str) -> str:
    return plain.line(element.findtext(path) or "")


def _text(element: Element | None, lose: Lose) -> str:
    """The words of an element with a text below it, in whatever form it says."""
    if element is None:
        return ""
    said = element.findtext("text") or ""
    told = element.get("format", "")
    rich = told == "html" or (told in ("", "moodle_auto_format") and plain.looks_like_html(said))
    return plain.from_html(said, lose) if rich else plain.tidy(said)


def _percent(answer: Element) -> float:
    return plain.number(answer.get("fraction", "0")) or 0.0


def _choice(element: Element, lose: Lose) -> dict[str, Any]:
    answers = element.findall("answer")
    one = _plain(element, "single").lower() in ("true", "1", "")
    most = max(map(_percent, answers), default=0)
    right = [_percent(a) > 0 and (not one or _percent(a) == most) for a in answers]
    if one and sum(_percent(a) > 0 for a in answers) > sum(right):
        lose("share")
    options = tuple(
        q.Option(_text(a, lose), ok, _text(a.find("feedback"), lose)) for a, ok in zip(answers, right, strict=True)
    )
    return {"kind": q.SINGLE if one and sum(right) == 1 else q.MULTIPLE, "options": options}


def _true_false(element: Element, lose: Lose) -> dict[str, Any]:
    found = {_plain(a, "text").lower(): a for a in element.findall("answer")}
    if set(found) != {"true", "false"}:
        raise NotCarried(_("Jawaban bukan true dan false."))
    options = tuple(
        q.Option(said, _percent(found[name]) > 0, _text(found[name].find("feedback"), lose))
        for name, said in (("true", q.TRUE), ("false", q.FALSE))
    )
    return {"kind": q.TRUE_FALSE, "options": options}


def _short(element: Element, lose: Lose) -> dict[str, Any]:
    variants = []
    for answer in element.findall("answer"):
        said, share = _text(answer, lose), _percent(answer) / 100
        why = _text(answer.find("feedback"), lose)
        if said == "*" and share <= 0:
            _otherwise(why, lose)
        else:
            variants.append(q.Variant(said.replace("\\*", "*"), round(max(share, 0.0), 4), why))
    return {"kind": q.SHORT, "variants": tuple(variants), "exact_case": _plain(element, "usecase") == "1"}


def _numeric(element: Element, lose: Lose) -> dict[str, Any]:
    amounts = []
    for answer in element.findall("answer"):
        said, share = _plain(answer, "text"), _percent(answer) / 100
        why = _text(answer.find("feedback"), lose)
        if said == "*":
            _otherwise(why, lose)
            continue
        value, tolerance = plain.number(said), plain.number(answer.findtext("tolerance") or "0")
        if value is None or tolerance is None:
            raise NotCarried(_("Angka tidak terbaca: %(said)s", said=said[:40]))
        amounts.append(q.Amount(value, abs(tolerance), round(max(share, 0.0), 4), why))
    return {"kind": q.NUMERIC, "amounts": tuple(amounts)}


def _otherwise(why: str, lose: Lose) -> None:
    if why:
        lose("otherwise")


def _matching(element: Element, lose: Lose) -> dict[str, Any]:
    pairs = [
        q.Pair(_text(sub, lose), plain.tidy(sub.findtext("answer/text") or ""))
        for sub in element.findall("subquestion")
    ]
    return {"kind": q.MATCHING, "pairs": tuple(pairs)}


def _ordering(element: Element, lose: Lose) -> dict[str, Any]:
    return {"kind": q.ORDERING, "order": tuple(_text(answer, lose) for answer in element.findall("answer"))}


_READERS: Mapping[str, Callable[[Element, Lose], dict[str, Any]]] = {
    "multichoice": _choice,
    "truefalse": _true_false,
    "shortanswer": _short,
    "numerical": _numeric,
    "matching": _matching,
    "ordering": _ordering,
}
