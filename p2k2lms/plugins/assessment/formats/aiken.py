"""Aiken: a stem, lettered options, and a line ANSWER; what Moodle reads and what it complains about."""

import re
from dataclasses import dataclass, field

from p2k2lms.core.i18n import _
from p2k2lms.plugins.assessment.formats import plain
from p2k2lms.plugins.assessment.formats.basket import Basket, Found, NotCarried
from p2k2lms.plugins.assessment.formats.question import SINGLE, Option, Question

NAME = "Aiken"
OPTION = re.compile(r"\s*([A-Z])[).]\s*(.*)")
ANSWER = re.compile(r"\s*ANSWER\s*:\s*(.*)")


@dataclass
class _Block:
    """One question as its lines came."""

    line: int
    stem: list[str] = field(default_factory=list)
    options: dict[str, str] = field(default_factory=dict)


def looks_like(text: str) -> bool:
    """True if a line says which option is right."""
    return bool(re.search(r"^[^\S\n]*ANSWER[^\S\n]*:", text, re.MULTILINE))


def read(text: str) -> Found:
    """Every question of the file; faults by line."""
    basket, block = Basket(NAME), _Block(1)
    for number, line in enumerate(text.splitlines(), 1):
        if answer := ANSWER.fullmatch(line):
            _end(basket, block, number, answer[1].strip())
            block = _Block(number + 1)
        elif option := OPTION.fullmatch(line):
            _option(basket, block, number, option)
        elif line.strip():
            if block.options:
                basket.leave(_place(block.line), _("Soal tidak punya ANSWER sebelum soal berikutnya mulai."))
                block = _Block(number)
            if not block.stem:
                block.line = number
            block.stem.append(line)
    if block.stem or block.options:
        basket.leave(_place(block.line), _("Soal tidak selesai: ANSWER tidak ada."))
    return basket.found()


def _option(basket: Basket, block: _Block, number: int, found: re.Match[str]) -> None:
    if not block.stem:
        basket.leave(_place(number), _("Pilihan tanpa soal di atasnya."))
    elif found[1] in block.options:
        basket.leave(_place(number), _("Huruf pilihan tertulis dua kali."))
    else:
        block.options[found[1]] = plain.tidy(found[2])


def _end(basket: Basket, block: _Block, number: int, letter: str) -> None:
    if not block.stem:
        basket.leave(_place(number), _("ANSWER tanpa soal di atasnya."))
    else:
        basket.add(_place(block.line), lambda: _question(block, letter))


def _question(block: _Block, letter: str) -> Question:
    if letter not in block.options:
        raise NotCarried(_("Kunci %(key)s tidak ada di antara pilihan.", key=letter[:20] or "–"))
    options = tuple(Option(text, name == letter) for name, text in block.options.items())
    return Question(SINGLE, plain.tidy("\n".join(block.stem)), options)


def _place(line: int) -> str:
    return _("baris %(n)s", n=line)
