"""GIFT of Moodle, written: each question with its tags in a comment, every sign of the format escaped."""

import re
from collections.abc import Callable, Iterable, Mapping

from p2k2lms.plugins.assessment.formats import plain
from p2k2lms.plugins.assessment.formats import question as q
from p2k2lms.plugins.assessment.formats.question import Question

_SIGNS = re.compile(r"[\\~=#{}:]")


def write(questions: Iterable[Question]) -> str:
    """The file."""
    return "\n\n".join(map(_block, questions)) + "\n"


def _block(question: Question) -> str:
    body = _BODIES[question.kind](question)
    general = f"####{_text(question.why)}" if question.why else ""
    name = f"::{_signs(question.name)}::" if question.name else ""
    return f"{_comment(question)}{name}{_text(question.stem)}{{{body}{general}\n}}"


def _comment(question: Question) -> str:
    told = dict(question.tags)
    parts = [f"[id:{told.pop('id')}]"] if "id" in told else []
    parts += [f"[tag:{name}={value}]" for name, value in told.items()]
    return f"// {' '.join(parts)}\n" if parts else ""


def _signs(text: str) -> str:
    """On one line; the break between paragraphs is a sign of its own."""
    return "\\n".join(_SIGNS.sub(lambda found: "\\" + found[0], part) for part in text.split("\n\n"))


def _text(text: str) -> str:
    """A text; one that could be taken for something else says that it is plain."""
    marked = plain.looks_like_html(text) or text.startswith(("[", "//", "$", "%", "::")) or "->" in text
    return ("[plain]" if marked else "") + _signs(text)


def _why(reason: str) -> str:
    return f"#{_text(reason)}" if reason else ""


def _choice(question: Question) -> str:
    right = sum(option.right for option in question.options)
    single = question.kind == q.SINGLE
    share, cost = round(100 / max(right, 1), 5), round(-100 / max(len(question.options) - right, 1), 5)
    lines = []
    for option in question.options:
        sign = "=" if single and option.right else "~" if single else f"~%{share if option.right else cost}%"
        lines.append(f"\n\t{sign}{_text(option.text)}{_why(option.why)}")
    return "".join(lines)


def _true_false(question: Question) -> str:
    right = next(option for option in question.options if option.right)
    wrong = next(option for option in question.options if not option.right)
    said = "TRUE" if right.text == q.TRUE else "FALSE"
    return said + (f"#{_text(wrong.why)}#{_text(right.why)}" if wrong.why or right.why else "")


def _matching(question: Question) -> str:
    return "".join(f"\n\t={_text(pair.left)} -> {_text(pair.right)}" for pair in question.pairs)


def _ordering(question: Question) -> str:
    return ">" + "".join(f"\n{_text(one)}" for one in question.order)


def _share(share: float) -> str:
    return "" if share == 1 else f"%{plain.shown(round(share * 100, 5))}%"


def _short(question: Question) -> str:
    return "".join(f"\n\t={_share(v.share)}{_text(v.text)}{_why(v.why)}" for v in question.variants)


def _numeric(question: Question) -> str:
    lines = (
        f"\n\t={_share(a.share)}{plain.shown(a.value)}:{plain.shown(a.tolerance)}{_why(a.why)}"
        for a in question.amounts
    )
    return "#" + "".join(lines)


_BODIES: Mapping[str, Callable[[Question], str]] = {
    q.SINGLE: _choice,
    q.MULTIPLE: _choice,
    q.TRUE_FALSE: _true_false,
    q.MATCHING: _matching,
    q.ORDERING: _ordering,
    q.SHORT: _short,
    q.NUMERIC: _numeric,
}
