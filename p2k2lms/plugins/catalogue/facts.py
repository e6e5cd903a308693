"""The facts of all courses that carry a year, on one page for the yearly review."""

import re
from collections.abc import Iterable, Iterator, Mapping

from p2k2lms.plugins.catalogue.rules import prose
from p2k2lms.plugins.catalogue.values.draft import CourseDraft, Written
from p2k2lms.plugins.catalogue.values.register import SourceDef
from p2k2lms.plugins.catalogue.values.sesi import StepDef

TITLE = "# Fakta bertanggal"
ADVICE = "Baca setiap tahun. Yang berubah diperbaiki dalam kartunya, lengkap dengan tahunnya."
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_HELP = re.compile(r"\b(?:110|119|129|157)\b")  # numbers to call: a change of one touches every card that names it
_AGES = re.compile(r"(?:H-|L-|UU |PP |Perpres |Permen)")  # sources of health, money and law: these grow old


def page(drafts: Iterable[CourseDraft]) -> str:
    """Markdown by course: cards with dated sentences, sources and questions; what lacks a year; numbers to call."""
    parts = [TITLE, ADVICE]
    for draft in drafts:
        cards = list(draft.steps())
        dated = [(card, said) for card in cards if (said := sentences_with_a_year(card))]
        silent = [card for card in cards if _grows_old(card) and not sentences_with_a_year(card)]
        parts.append(f"## {draft.course.value.title}: {len(dated)} kartu bertanggal")
        parts += [_entry(card, said, draft.register or {}) for card, said in dated]
        if silent:
            parts.append(f"### Bersumber kesehatan, uang, atau hukum, tanpa tahun dalam teks: {len(silent)} kartu")
            parts.append(_listed(silent))
        if calling := [card for card in cards if _HELP.search(card.body + card.value.model_dump_json())]:
            parts += [f"### Menyebut nomor pertolongan (110, 119, 129, 157): {len(calling)} kartu", _listed(calling)]
    return "\n\n".join(parts) + "\n"


def _listed(cards: Iterable[Written[StepDef]]) -> str:
    return "\n".join(f"- {card.value.id} {card.value.title}" for card in cards)


def sentences_with_a_year(card: Written[StepDef]) -> list[str]:
    """The sentences of a card that name a year."""
    return [sentence for sentence in prose.sentences(card.body) if _YEAR.search(sentence)]


def _grows_old(card: Written[StepDef]) -> bool:
    return any(_AGES.match(name) for name in card.value.sources)


def _entry(card: Written[StepDef], said: list[str], register: Mapping[str, SourceDef]) -> str:
    return "\n".join([f"### {card.value.id} {card.value.title}", "", *_lines(card.value, said, register)])


def _lines(card: StepDef, said: list[str], register: Mapping[str, SourceDef]) -> Iterator[str]:
    for sentence in said:
        yield f"- {sentence}"
    for name in card.sources:
        yield f"- Sumber {name}: {register.get(name, 'tidak ada dalam daftar')}"
    if card.review_question:
        yield f"- Tanyakan: {card.review_question}"
