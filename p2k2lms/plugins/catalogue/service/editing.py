"""One card in its editor: what is typed, its three lives, what is to mend, what it said before."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from p2k2lms.core import clock
from p2k2lms.core.access import Actor, require
from p2k2lms.core.errors import Conflict, Fault, Invalid, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.plugins.catalogue import card_source, packing, pasted, paths, queries, yaml_source
from p2k2lms.plugins.catalogue.models import Document
from p2k2lms.plugins.catalogue.permissions import CHANGE_DOCUMENT, LIST_DOCUMENTS
from p2k2lms.plugins.catalogue.reading import LARGEST, read_course
from p2k2lms.plugins.catalogue.rules import quality_faults, structure_faults, wording
from p2k2lms.plugins.catalogue.service import drafting
from p2k2lms.plugins.catalogue.service.drafting import write
from p2k2lms.plugins.catalogue.service.published import card as published_card
from p2k2lms.plugins.catalogue.values.draft import ContentFault
from p2k2lms.plugins.catalogue.values.pack import Card, VersionCard

_ID = re.compile(r"^id: *['\"]?([a-z0-9-]+)", re.MULTILINE)


@dataclass(frozen=True)
class CardDraft:
    """One card in its editor: what is typed, how it will look, and what is to mend; `revision` is what was read."""

    course: str
    sesi: str
    step: str
    revision: int
    state: str
    fields: Mapping[str, str]
    faults: tuple[ContentFault, ...]
    preview: Card | None
    differs: tuple[wording.Change, ...]
    row: Mapping[str, str]
    objectives: Mapping[str, str]
    others: bool


def card_draft(actor: Actor, course: str, step: str, typed: Mapping[str, str] | None = None) -> CardDraft:
    """One card with its preview and faults; with `typed` as it would be, nothing is written."""
    require(actor, LIST_DOCUMENTS, course)
    kept = {one.path: one for one in queries.documents(course)}
    document = document_of(course, step, kept)
    text = document.text if typed is None else card_source.with_fields(document.text, typed)
    draft, faults = read_course(course, near(document, kept) | {document.path: text})
    card = None
    if draft is not None:
        card, unseen = packing.one_card(draft, step, _addresses(kept))
        faults = [*faults, *unseen, *structure_faults(draft), *quality_faults(draft)]
    newest = queries.latest(course)
    sesi = next((one for one in draft.sesi if one.id == step.rpartition("-")[0]), None) if draft else None
    return CardDraft(
        course=course,
        sesi=step.rpartition("-")[0],
        step=step,
        revision=document.revision,
        state=document.state,
        fields=card_source.fields_of(text) if typed is None else typed,
        faults=tuple(sorted({one for one in faults if one.file == document.path})),
        preview=card,
        differs=_differs(newest, card),
        row={one.value.id: one.value.title for one in sesi.steps} if sesi else {},
        objectives={goal.id: goal.text for goal in sesi.sesi.value.objectives} if sesi and sesi.sesi else {},
        others=_others_write(actor, document),
    )


def _others_write(actor: Actor, document: Document) -> bool:
    """True if somebody else wrote here a moment ago and is perhaps still at it."""
    fresh = clock.now() - document.updated_at < drafting.ONE_SITTING
    return fresh and document.state == "draft" and document.author_id not in (None, actor.id)


def near(document: Document, kept: Mapping[str, Document]) -> dict[str, str]:
    """What one must read to judge a document of a sesi: its folder, and what belongs to the whole course."""
    folder = document.path.rpartition("/")[0] + "/"
    own = {paths.manifest(document.course), paths.rubric(document.course)}
    return {path: one.text for path, one in kept.items() if path.startswith(folder) or path in own}


def _addresses(kept: Mapping[str, Document]) -> set[str]:
    """Where links from card to card may lead: every card, by the line of its text that says its id."""
    found = (_ID.search(one.text, 0, 400) for path, one in kept.items() if paths.is_step(path))
    return {f"../{name[1].rpartition('-')[0]}/{name[1]}" for name in found if name}


def document_of(course: str, step: str, kept: Mapping[str, Document]) -> Document:
    """The document of a card, found by its permanent id."""
    folder = f"{paths.folder(course)}{step.rpartition('-')[0]}/"
    for path, document in kept.items():
        if path.startswith(folder) and paths.is_step(path) and _id_of(document.text) == step:
            return document
    raise NotFound(f"card {step}")


def _id_of(text: str) -> str:
    try:
        return str(card_source.split(text)[0].get("id", ""))
    except yaml_source.Unreadable:
        return ""


def _differs(newest: VersionCard | None, card: Card | None) -> tuple[wording.Change, ...]:
    if newest is None or card is None:
        return ()
    try:
        before = published_card(newest.id, card.id)
    except NotFound:
        return ()
    return tuple(wording.changes(said(before), said(card)))


def said(card: Card) -> Sequence[str]:
    """All that a card says in its three lives."""
    teach = card.teach
    taught = [teach.purpose, *teach.do, *teach.say, teach.ask, *teach.props, teach.adaptation]
    return [card.title, card.key, *wording.sentences(str(card.html)), card.try_today, *taught, card.prove]


@dataclass(frozen=True)
class Told:
    """An earlier text of a card, and how it differs from what the card says now."""

    earlier: drafting.Earlier
    differs: tuple[wording.Change, ...]


@dataclass(frozen=True)
class CardHistory:
    """What a card said before, the newest first."""

    course: str
    step: str
    title: str
    told: tuple[Told, ...]


def card_history(actor: Actor, course: str, step: str) -> CardHistory:
    """The earlier texts of a card."""
    require(actor, LIST_DOCUMENTS, course)
    document = document_of(course, step, {one.path: one for one in queries.documents(course)})
    now = _lines(document.text)
    told = [Told(one, tuple(wording.changes(_lines(one.text), now))) for one in drafting.earlier(actor, document)]
    return CardHistory(course, step, card_source.fields_of(document.text)["title"], tuple(told))


def _lines(text: str) -> list[str]:
    """What a card says, as it is typed: its fields in their order; all of a text whose head cannot be read."""
    try:
        fields = card_source.fields_of(text)
    except yaml_source.Unreadable:
        fields = {"body": text}
    return [said for value in fields.values() for said in wording.sentences(value)]


def cleaned(typed: Mapping[str, str]) -> dict[str, str]:
    """What was typed, its body as Markdown where it came over as the HTML of another program."""
    body = typed.get("body", "")
    return {**typed, "body": pasted.markdown(body) if pasted.is_copied(body) else body}


def from_elsewhere(actor: Actor, html: str) -> str:
    """Text that was copied in another program, as Markdown."""
    require(actor, CHANGE_DOCUMENT)
    if len(html) > pasted.LARGEST:
        raise Invalid(_("Tempelan ini terlalu besar. Tempel sebagian-sebagian."), "body")
    return pasted.markdown(html)


def save_card(actor: Actor, course: str, step: str, typed: Mapping[str, str], onto: int) -> None:
    """Write a card as a draft. Conflict when it was changed after revision `onto`; Invalid for what is no card."""
    typed = cleaned(typed)
    if len(typed["body"]) > LARGEST:
        raise Invalid(_("Teks kartu paling panjang %(n)s huruf.", n=LARGEST), "body")
    with drafting.changing(drafting.TYPED, actor, course, f"card:{step}") as uow:
        kept = {one.path: one for one in queries.documents(course)}
        document = document_of(course, step, kept)
        text = card_source.with_fields(document.text, typed)
        if text == document.text:
            return
        if document.revision != onto:
            raise Conflict(_("Kartu ini sudah diubah orang lain. Isian Anda masih ada di bawah."))
        _draft, faults = read_course(course, near(document, kept) | {document.path: text})
        own = [Fault(one.key, one.message) for one in faults if one.file == document.path]
        if own:
            raise Invalid(_("Kartu ini belum lengkap. Isian Anda masih ada di bawah."), faults=own)
        write(uow, document, document, text, queries.last_revision() + 1)
