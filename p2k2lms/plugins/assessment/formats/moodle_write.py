"""Moodle XML, written: plain texts that say so, tags for what a course knows of its items."""

from collections.abc import Callable, Iterable, Mapping
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from p2k2lms.plugins.assessment.formats import plain
from p2k2lms.plugins.assessment.formats import question as q
from p2k2lms.plugins.assessment.formats.question import Question

HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n'
KINDS = {
    q.SINGLE: "multichoice",
    q.MULTIPLE: "multichoice",
    q.TRUE_FALSE: "truefalse",
    q.SHORT: "shortanswer",
    q.NUMERIC: "numerical",
    q.MATCHING: "matching",
    q.ORDERING: "ordering",
}


def write(questions: Iterable[Question]) -> bytes:
    """The file."""
    quiz = Element("quiz")
    for question in questions:
        _question(quiz, question)
    indent(quiz)
    return HEAD + bytes(tostring(quiz, "utf-8"))


def _question(quiz: Element, question: Question) -> None:
    element = SubElement(quiz, "question", type=KINDS[question.kind])
    _say(SubElement(element, "name"), question.name or plain.line(question.stem)[:60])
    _rich(element, "questiontext", question.stem)
    _rich(element, "generalfeedback", question.why)
    SubElement(element, "defaultgrade").text = plain.shown(question.points)
    told = dict(question.tags)
    SubElement(element, "idnumber").text = told.pop("id", "")
    _WRITERS[question.kind](element, question)
    if told:
        tags = SubElement(element, "tags")
        for name, value in told.items():
            _say(SubElement(tags, "tag"), f"{name}={value}")


def _say(parent: Element, text: str) -> None:
    SubElement(parent, "text").text = text


def _rich(parent: Element, name: str, text: str) -> Element:
    made = SubElement(parent, name, format="plain_text")
    _say(made, text)
    return made


def _answer(parent: Element, text: str, percent: float, why: str = "") -> Element:
    made = SubElement(parent, "answer", fraction=plain.shown(round(percent, 5)), format="plain_text")
    _say(made, text)
    _rich(made, "feedback", why)
    return made


def _choice(element: Element, question: Question) -> None:
    right = sum(option.right for option in question.options)
    single = question.kind == q.SINGLE
    cost = 0.0 if single else -100 / max(len(question.options) - right, 1)
    SubElement(element, "single").text = str(single).lower()
    SubElement(element, "shuffleanswers").text = "true"
    for option in question.options:
        _answer(element, option.text, 100 / max(right, 1) if option.right else cost, option.why)


def _true_false(element: Element, question: Question) -> None:
    for option in question.options:
        _answer(element, "true" if option.text == q.TRUE else "false", 100.0 * option.right, option.why)


def _short(element: Element, question: Question) -> None:
    SubElement(element, "usecase").text = "1" if question.exact_case else "0"
    for variant in question.variants:
        _answer(element, variant.text.replace("*", "\\*"), variant.share * 100, variant.why)


def _numeric(element: Element, question: Question) -> None:
    for amount in question.amounts:
        made = _answer(element, plain.shown(amount.value), amount.share * 100, amount.why)
        SubElement(made, "tolerance").text = plain.shown(amount.tolerance)


def _matching(element: Element, question: Question) -> None:
    SubElement(element, "shuffleanswers").text = "true"
    for pair in question.pairs:
        sub = SubElement(element, "subquestion", format="plain_text")
        _say(sub, pair.left)
        _say(SubElement(sub, "answer"), pair.right)


def _ordering(element: Element, question: Question) -> None:
    SubElement(element, "layouttype").text = "VERTICAL"
    SubElement(element, "selecttype").text = "ALL"
    for one in question.order:
        _answer(element, one, 100.0)


_WRITERS: Mapping[str, Callable[[Element, Question], None]] = {
    q.SINGLE: _choice,
    q.MULTIPLE: _choice,
    q.TRUE_FALSE: _true_false,
    q.SHORT: _short,
    q.NUMERIC: _numeric,
    q.MATCHING: _matching,
    q.ORDERING: _ordering,
}
