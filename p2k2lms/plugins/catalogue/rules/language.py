"""Rules of plain, standard Indonesian: no sentence too long to be said aloud, no non-standard spelling."""

import re
from collections.abc import Iterator

from p2k2lms.core.i18n import _
from p2k2lms.plugins.catalogue.rules import prose
from p2k2lms.plugins.catalogue.rules.spelling import STANDARD
from p2k2lms.plugins.catalogue.values.draft import BODY, ContentFault, CourseDraft, Written

LONGEST = 25  # words that one breath carries
LONGEST_SAID = 16  # words of a sentence that is spoken to a group
_ASKS_TWICE = re.compile(
    r"\?.*\?|\bdan (?:apa|siapa|bagaimana|kapan|mana|di mana|mengapa|berapa|apakah)\b", re.IGNORECASE
)
_NON_STANDARD = re.compile(rf"\b(?:{'|'.join(STANDARD)})\b", re.IGNORECASE)


def sentences_can_be_said(draft: CourseDraft) -> Iterator[ContentFault]:
    """No sentence has more than 25 words."""
    for source, path, text in prose.passages(draft):
        for sentence in _too_long(text):
            yield source.fault(_complaint(sentence), *path)
    for piece in _with_body(draft):
        for sentence in _too_long(piece.body):
            yield ContentFault(piece.source.file, _line_of(piece, sentence), BODY, _complaint(sentence))


def what_is_spoken_is_short(draft: CourseDraft) -> Iterator[ContentFault]:
    """No sentence that a card gives to say or to ask has more than 16 words."""
    for step in draft.steps():
        teach = step.value.teach
        for key, texts in (("say", teach.say), ("ask", (teach.ask,))):
            for sentence in (sentence for text in texts for sentence in prose.sentences(text)):
                if (count := len(prose.words(sentence))) > LONGEST_SAID:
                    told = {"n": count, "most": LONGEST_SAID, "said": sentence[:50]}
                    said = _("ucapan %(n)s kata, paling banyak %(most)s: %(said)s", **told)
                    yield step.source.fault(said, "teach", key)


def one_question_is_asked(draft: CourseDraft) -> Iterator[ContentFault]:
    """A card gives one question at a time; two at once silence a group."""
    for step in draft.steps():
        if _ASKS_TWICE.search(step.value.teach.ask):
            yield step.source.fault(_("dua pertanyaan sekaligus"), "teach", "ask")


def _too_long(text: str) -> list[str]:
    return [sentence for sentence in prose.sentences(text) if len(prose.words(sentence)) > LONGEST]


def _complaint(sentence: str) -> str:
    told = {"n": len(prose.words(sentence)), "most": LONGEST, "said": sentence[:50]}
    return _("kalimat %(n)s kata, paling banyak %(most)s: %(said)s...", **told)


def _line_of(piece: Written[object], sentence: str) -> int:
    """The line of a body on which a sentence begins, as well as its first two words can tell."""
    first = r"\W+".join(map(re.escape, sentence.split()[:2]))
    found = re.search(first, piece.body)
    return piece.body_line + (piece.body.count("\n", 0, found.start()) if found else 0)


def spelling_is_standard(draft: CourseDraft) -> Iterator[ContentFault]:
    """None of the well-known non-standard forms stands in a text."""
    for source, path, text in prose.passages(draft):
        for word in _NON_STANDARD.findall(text):
            yield source.fault(_mend(word), *path)
    for piece in _with_body(draft):
        for found in _NON_STANDARD.finditer(piece.body):
            line = piece.body_line + piece.body.count("\n", 0, found.start())
            yield ContentFault(piece.source.file, line, BODY, _mend(found[0]))


def _mend(word: str) -> str:
    return _("%(word)s: yang baku %(standard)s", word=word, standard=STANDARD[word.lower()])


def _with_body(draft: CourseDraft) -> list[Written[object]]:
    return [piece for piece in prose.pieces(draft) if piece.body]


RULES = (sentences_can_be_said, what_is_spoken_is_short, one_question_is_asked, spelling_is_standard)
