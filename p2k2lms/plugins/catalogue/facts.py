"""The facts of all courses that carry a year, on one page for the yearly review."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from p2k2lms.core.i18n import _, counted
from p2k2lms.plugins.catalogue.rules import prose
from p2k2lms.plugins.catalogue.values.draft import CourseDraft, Written
from p2k2lms.plugins.catalogue.values.register import SourceDef
from p2k2lms.plugins.catalogue.values.sesi import StepDef

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_HELP = re.compile(r"\b(?:110|119|129|157)\b")  # numbers to call: a change of one touches every card that names it
_AGES = re.compile(r"(?:H-|L-|UU |PP |Perpres |Permen)")  # sources of health, money and law: these grow old


@dataclass(frozen=True)
class Gathered:
    """What of a course must be looked at again, in the order of its cards."""

    asked: tuple[StepDef, ...]  # wait to be verified, each with its question
    dated: tuple[tuple[StepDef, tuple[str, ...]], ...]  # with the sentences that name a year
    silent: tuple[StepDef, ...]  # rest on sources that grow old, and name no year
    calling: tuple[StepDef, ...]  # name a number to call


def gathered(draft: CourseDraft) -> Gathered:
    """The cards of a course that wait to be verified, grow old, or name a number to call."""
    cards = [(card, sentences_with_a_year(card)) for card in draft.steps()]
    return Gathered(
        asked=tuple(card.value for card, _said in cards if card.value.review),
        dated=tuple((card.value, tuple(said)) for card, said in cards if said),
        silent=tuple(card.value for card, said in cards if not said and _grows_old(card.value)),
        calling=tuple(card.value for card, _said in cards if _HELP.search(card.body + card.value.model_dump_json())),
    )


def page(drafts: Iterable[CourseDraft]) -> str:
    """Markdown by course: cards with dated sentences, sources and questions; what lacks a year; numbers to call."""
    advice = _("Baca setiap tahun. Yang berubah diperbaiki dalam kartunya, lengkap dengan tahunnya.")
    parts = ["# " + _("Fakta bertanggal"), advice]
    for draft in drafts:
        found = gathered(draft)
        dated = counted("%(course)s: %(n)s kartu bertanggal", len(found.dated), course=draft.course.value.title)
        parts.append(f"## {dated}")
        parts += [_entry(card, said, draft.register or {}) for card, said in found.dated]
        silent = _("Bersumber kesehatan, uang, atau hukum, tanpa tahun dalam teks")
        parts += _listed(silent, found.silent)
        parts += _listed(_("Menyebut nomor pertolongan (110, 119, 129, 157)"), found.calling)
    return "\n\n".join(parts) + "\n"


def _listed(heading: str, cards: tuple[StepDef, ...]) -> list[str]:
    lines = "\n".join(f"- {card.id} {card.title}" for card in cards)
    number = counted("%(n)s kartu", len(cards))
    return [f"### {heading}: {number}", lines] if cards else []


def sentences_with_a_year(card: Written[StepDef]) -> list[str]:
    """The sentences of a card that name a year."""
    return [sentence for sentence in prose.sentences(card.body) if _YEAR.search(sentence)]


def _grows_old(card: StepDef) -> bool:
    return any(_AGES.match(name) for name in card.sources)


def _entry(card: StepDef, said: Iterable[str], register: Mapping[str, SourceDef]) -> str:
    return "\n".join([f"### {card.id} {card.title}", "", *_lines(card, said, register)])


def _lines(card: StepDef, said: Iterable[str], register: Mapping[str, SourceDef]) -> Iterator[str]:
    for sentence in said:
        yield f"- {sentence}"
    for name in card.sources:
        known = register.get(name) or _("tidak ada dalam daftar")
        yield "- " + _("Sumber %(name)s: %(known)s", name=name, known=known)
    if card.review_question:
        yield "- " + _("Tanyakan: %(question)s", question=card.review_question)
