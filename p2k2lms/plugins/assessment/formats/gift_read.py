"""GIFT of Moodle, read: questions parted by empty lines, answers in braces, signs escaped by a backslash."""

import re
from collections.abc import Iterator

from p2k2lms.core.i18n import _
from p2k2lms.plugins.assessment.formats import gift_answers, plain
from p2k2lms.plugins.assessment.formats.basket import Basket, Found, NotCarried
from p2k2lms.plugins.assessment.formats.gift_answers import Text
from p2k2lms.plugins.assessment.formats.question import Question, tags_of

NAME = "GIFT"
ESCAPED = "~=#{}:"
_HELD = {sign: chr(0xE000 + number) for number, sign in enumerate("\\" + ESCAPED)}  # signs that mean themselves
_FREE = {held: sign for sign, held in _HELD.items()}
_ID = re.compile(r"\[id:([^\]]*)\]")
_TAG = re.compile(r"\[tag:(\w+)=([^\]]*)\]")
_NAME = re.compile(r"\s*::(.*?)::", re.DOTALL)
_BLANK = "_____"


def looks_like(text: str) -> bool:
    """True if something stands in braces."""
    return bool(re.search(r"(?<!\\)\{[^{}]*(?:\\[{}][^{}]*)*(?<!\\)\}", text))


def read(text: str) -> Found:
    """Every question of the file; faults by line."""
    basket = Basket(NAME)
    for line, comments, block in _blocks(text):
        said = block.strip()
        if said.startswith("$CATEGORY"):
            basket.leave(_("baris %(n)s", n=line), _("Kategori tidak terbawa: %(name)s", name=said[10:70].strip()))
        elif said:
            place = _("baris %(n)s", n=line)
            basket.add(place, lambda c=comments, s=said, p=place: _question(c, s, basket, p))  # type: ignore[misc]
    return basket.found()


def _blocks(text: str) -> Iterator[tuple[int, str, str]]:
    """Where each block begins, its comment lines, and its text with escaped signs held apart."""
    kept: list[str] = []
    comments: list[str] = []
    begins = depth = 0
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith("//"):
            comments.append(line)
            continue
        ends = depth > 0 if line.startswith("::") else depth <= 0 and not line.strip()
        if kept and ends:
            yield begins, "\n".join(comments), "\n".join(kept)
            kept, comments, depth = [], [], 0
        if line.strip():
            begins = begins if kept else number
            kept.append(_hold(line))
            depth += kept[-1].count("{") - kept[-1].count("}")
    yield begins, "\n".join(comments), "\n".join(kept)


def _hold(line: str) -> str:
    held = re.sub(r"\\([\\~=#{}:])", lambda found: _HELD[found[1]], line)
    return held.replace("\\n", "\n\n")


def free(text: str) -> str:
    """The signs that were held apart, as themselves."""
    for held, sign in _FREE.items():
        text = text.replace(held, sign)
    return text


def _question(comments: str, block: str, basket: Basket, place: str) -> Question:
    name, said = "", block
    if titled := _NAME.match(block):
        name, said = plain.line(free(titled[1])), block[titled.end() :]
    begin, end = said.find("{"), said.rfind("}")
    if begin < 0:
        raise NotCarried(_("Teks tanpa jawaban dalam kurung kurawal."))
    if end < begin:
        raise NotCarried(_("Kurung kurawal tidak ditutup."))
    inside, tail = said[begin + 1 : end], said[end + 1 :]
    text = Text(free, basket.lose(place))
    stem = said[:begin] + (_BLANK + tail if tail.strip() else "")
    told = dict(_TAG.findall(comments)) | ({"id": found[1]} if (found := _ID.search(comments)) else {})
    body, _sep, general = inside.partition("####")
    parts = gift_answers.parts(body.strip(), text)
    html = bool(re.match(r"\s*\[html\]", stem))
    return Question(**parts, stem=text.of(stem), why=text.of(general, html), name=name, points=1.0, tags=tags_of(told))
