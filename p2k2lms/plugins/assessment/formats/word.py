"""Plain text pasted from a word processor: numbered questions, lettered options, a star or a line for the key."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from p2k2lms.core.i18n import _
from p2k2lms.plugins.assessment.formats import plain
from p2k2lms.plugins.assessment.formats import question as q
from p2k2lms.plugins.assessment.formats.basket import Basket, Found, NotCarried
from p2k2lms.plugins.assessment.formats.question import Question

NAME = "Teks"
_BLANKS = re.compile(r"[^\S\n]{2,}")
_NUMBERED = re.compile(r"\s*(\d{1,4})\s*[.)]\s+(.*)")
_OPTION = re.compile(r"\s*(\*?)\s*\(?([A-Ha-h])\s*[.)]\s*(\*?)\s*(.*?)\s*(\*?)\s*")
_KEY = re.compile(r"\s*(?:kunci(?: jawaban)?|jawaban|jawab|answer|ans)\s*[:=]\s*(.*)", re.IGNORECASE)
_WHY = re.compile(r"\s*(?:penjelasan|pembahasan|alasan|explanation)\s*[:=]\s*(.*)", re.IGNORECASE)
_TRUTH = {"benar": True, "b": True, "true": True, "salah": False, "s": False, "false": False}


@dataclass
class _Block:
    """One question as its lines came."""

    line: int
    stem: list[str] = field(default_factory=list)
    options: list[tuple[str, str, bool]] = field(default_factory=list)
    key: str = ""
    why: list[str] = field(default_factory=list)


def read(text: str) -> Found:
    """Every question of the text; faults by line."""
    basket = Basket(NAME)
    for block in _blocks(text):
        basket.add(_("baris %(n)s", n=block.line), lambda b=block: _question(b))  # type: ignore[misc]
    return basket.found()


def _blocks(text: str) -> Iterator[_Block]:
    """A number begins a question; without numbers an empty line after options or a key does."""
    lines = text.replace("\r\n", "\n").replace("\u2028", "\n").replace("\x0b", "\n").split("\n")
    numbered = any(_NUMBERED.fullmatch(line) for line in lines)
    block, ended = _Block(0), False
    for number, line in enumerate(lines, 1):
        begins = _NUMBERED.fullmatch(line) if numbered else None
        if begins or (not numbered and ended and line.strip()):
            if block.line:
                yield block
            block, ended = _Block(number), False
        if block.line or line.strip():
            block.line = block.line or number
            _take(block, begins[2] if begins else line)
        ended = ended or (not line.strip() and bool(block.options or block.key))
    if block.line:
        yield block


def _take(block: _Block, line: str) -> None:
    line = _BLANKS.sub(" ", line)  # long runs of them would be tried in every way that they can be shared out
    if key := _KEY.fullmatch(line):
        block.key = key[1].strip()
    elif why := _WHY.fullmatch(line):
        block.why.append(why[1])
    elif (option := _OPTION.fullmatch(line)) and block.stem:
        block.options.append((option[2].lower(), plain.line(option[4]), bool(option[1] or option[3] or option[5])))
    elif block.why:
        block.why.append(line)
    elif block.options and line.strip():
        letter, said, right = block.options[-1]
        block.options[-1] = (letter, plain.line(f"{said} {line}"), right)
    else:
        block.stem.append(line)


def _question(block: _Block) -> Question:
    stem, why = plain.tidy("\n".join(block.stem)), plain.tidy("\n".join(block.why))
    if not block.options:
        return _open(block, stem, why)
    right = {letter for letter, _text, starred in block.options if starred} | _letters(block)
    options = tuple(q.Option(text, letter in right) for letter, text, _starred in block.options)
    if len({letter for letter, _text, _starred in block.options}) < len(block.options):
        raise NotCarried(_("Huruf pilihan tertulis dua kali."))
    if not right:
        raise NotCarried(_("Kunci tidak ada: beri bintang pada pilihan yang benar, atau tulis Kunci: B."))
    if [option.text for option in options] == [q.TRUE, q.FALSE]:
        return Question(q.TRUE_FALSE, stem, options, why=why)
    return Question(q.SINGLE if len(right) == 1 else q.MULTIPLE, stem, options, why=why)


def _letters(block: _Block) -> set[str]:
    found = set(re.findall(r"\b[a-h]\b", block.key.lower()))
    if not found <= {letter for letter, _text, _starred in block.options}:
        raise NotCarried(_("Kunci %(key)s tidak ada di antara pilihan.", key=block.key[:20]))
    return found


def _open(block: _Block, stem: str, why: str) -> Question:
    """Without options: true or false, a number, or a short text."""
    if not block.key:
        raise NotCarried(_("Soal uraian tidak punya bentuk di sini."))
    if (truth := _TRUTH.get(block.key.lower().rstrip("."))) is not None:
        return Question(q.TRUE_FALSE, stem, (q.Option(q.TRUE, truth), q.Option(q.FALSE, not truth)), why=why)
    if (value := plain.number(block.key)) is not None:
        return Question(q.NUMERIC, stem, amounts=(q.Amount(value),), why=why)
    variants = tuple(q.Variant(plain.line(part)) for part in re.split(r"\s*[/|]\s*", block.key) if part.strip())
    return Question(q.SHORT, stem, variants=variants, why=why)
