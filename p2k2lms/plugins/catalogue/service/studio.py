"""Authors at work: the outline with what has changed, one card in its editor, and publishing by a second person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from p2k2lms.core.access import Actor, require
from p2k2lms.core.errors import Conflict, Fault, Invalid, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.catalogue import card_source, packing, paths, queries, yaml_source
from p2k2lms.plugins.catalogue.models import Document
from p2k2lms.plugins.catalogue.permissions import APPROVE_DOCUMENT, CHANGE_DOCUMENT, LIST_DOCUMENTS
from p2k2lms.plugins.catalogue.reading import LARGEST, read_course
from p2k2lms.plugins.catalogue.rules import quality_faults, structure_faults, wording
from p2k2lms.plugins.catalogue.service.authoring import checked_draft, drafted_courses, publish
from p2k2lms.plugins.catalogue.service.items import write
from p2k2lms.plugins.catalogue.service.published import card as published_card
from p2k2lms.plugins.catalogue.values.draft import ContentFault, CourseDraft
from p2k2lms.plugins.catalogue.values.pack import Card, VersionCard

DRAFT, REVIEW, PUBLISHED = "draft", "review", "published"


@dataclass(frozen=True)
class Changed:
    """A document that is not published as it stands."""

    path: str
    name: str
    state: str
    step: str
    own: bool


@dataclass(frozen=True)
class Workbench:
    """A course as its authors see it; `draft` is None while the manifest cannot be used."""

    course: str
    draft: CourseDraft | None
    newest: VersionCard | None
    changed: tuple[Changed, ...]
    states: Mapping[str, str]

    @property
    def waiting(self) -> tuple[Changed, ...]:
        """What has been handed in for approval."""
        return tuple(one for one in self.changed if one.state == REVIEW)

    @property
    def unsent(self) -> tuple[Changed, ...]:
        """What its authors still work on."""
        return tuple(one for one in self.changed if one.state == DRAFT)

    @property
    def may_approve(self) -> bool:
        """True if everything was handed in, and nothing of it by who asks."""
        return bool(self.waiting) and not self.unsent and not any(one.own for one in self.waiting)


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


def studio_courses(actor: Actor) -> dict[str, str]:
    """The courses that have drafts: titles by id."""
    require(actor, LIST_DOCUMENTS)
    return drafted_courses()


def workbench(actor: Actor, course: str) -> Workbench:
    """The outline of the drafts, and what has changed since the newest version."""
    require(actor, LIST_DOCUMENTS, course)
    kept = queries.documents(course)
    if not kept:
        raise NotFound(f"course {course}")
    draft, _faults = read_course(course, {one.path: one.text for one in kept})
    steps = {w.source.file: w.value for s in (draft.sesi if draft else ()) for w in s.steps}
    changed = []
    for one in kept:
        if one.state != PUBLISHED and one.path != paths.arrived(course):
            step = steps.get(one.path)
            name, own = (step.title, step.id) if step else (one.path.removeprefix(paths.folder(course)), "")
            changed.append(Changed(one.path, name, one.state, own, one.author_id == actor.id))
    states = {steps[one.path].id: one.state for one in kept if one.path in steps}
    return Workbench(course, draft, queries.latest(course), tuple(changed), states)


def card_draft(actor: Actor, course: str, step: str, typed: Mapping[str, str] | None = None) -> CardDraft:
    """One card with its preview and faults; with `typed` as it would be, nothing is written."""
    require(actor, LIST_DOCUMENTS, course)
    kept = {one.path: one for one in queries.documents(course)}
    document = document_of(course, step, kept)
    text = document.text if typed is None else card_source.with_fields(document.text, typed)
    texts = {path: one.text for path, one in kept.items()} | {document.path: text}
    draft, faults = read_course(course, texts)
    card = None
    if draft is not None:
        own = replace(
            draft, sesi=tuple(one for one in draft.sesi if document.path.startswith(f"{draft.folder}{one.id}/"))
        )
        card, unseen = packing.one_card(draft, step)
        faults = [*faults, *unseen, *structure_faults(draft), *quality_faults(own)]
    newest = queries.latest(course)
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
    )


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
    return tuple(wording.changes(_said(before), _said(card)))


def _said(card: Card) -> Sequence[str]:
    """All that a card says in its three lives."""
    teach = card.teach
    taught = [teach.purpose, *teach.do, *teach.say, teach.ask, *teach.props, teach.adaptation]
    return [card.title, card.key, *wording.sentences(str(card.html)), card.try_today, *taught, card.prove]


def save_card(actor: Actor, course: str, step: str, typed: Mapping[str, str], onto: int) -> None:
    """Write a card as a draft. Conflict when it was changed after revision `onto`; Invalid for what is no card."""
    if len(typed.get("body", "")) > LARGEST:
        raise Invalid(_("Teks kartu paling panjang %(n)s huruf.", n=LARGEST), "body")
    with unit_of_work("catalogue.change_card", actor, f"card:{step}") as uow:
        require(actor, CHANGE_DOCUMENT, course)
        kept = {one.path: one for one in queries.documents(course)}
        document = document_of(course, step, kept)
        if document.revision != onto:
            raise Conflict(_("Kartu ini sudah diubah orang lain. Isian Anda masih ada di bawah."))
        text = card_source.with_fields(document.text, typed)
        _draft, faults = read_course(course, {path: one.text for path, one in kept.items()} | {document.path: text})
        own = [Fault(one.key, one.message) for one in faults if one.file == document.path]
        if own:
            raise Invalid(_("Kartu ini belum lengkap. Isian Anda masih ada di bawah."), faults=own)
        write(uow, document, document, text, queries.last_revision() + 1)


def hand_in(actor: Actor, course: str) -> int:
    """Ask a second person to approve all that has changed; returns how many documents. Invalid while faults remain."""
    require(actor, CHANGE_DOCUMENT, course)
    checked_draft(course, queries.texts(course))
    with unit_of_work("catalogue.hand_in_course", actor, f"course:{course}"):
        drafts = [one for one in queries.documents(course) if one.state == DRAFT and one.path != paths.arrived(course)]
        for document in drafts:
            document.state = REVIEW
        return len(drafts)


def approve(actor: Actor, course: str) -> VersionCard:
    """Publish what others have handed in. Conflict for one's own work, and for what is not handed in yet."""
    require(actor, APPROVE_DOCUMENT, course)
    revision = queries.last_revision(course)
    found = workbench(actor, course)
    if any(one.own for one in found.waiting):
        raise Conflict(_("Sebagian naskah ini Anda tulis sendiri. Orang lain yang menyetujuinya."))
    if not found.may_approve:
        raise Conflict(_("Belum ada yang diajukan, atau masih ada naskah yang belum diajukan."))
    return publish(course, onto=revision, actor=actor)


def send_back(actor: Actor, course: str) -> None:
    """Give what was handed in back to its authors."""
    with unit_of_work("catalogue.send_back_course", actor, f"course:{course}"):
        require(actor, APPROVE_DOCUMENT, course)
        for document in queries.documents(course):
            if document.state == REVIEW:
                document.state = DRAFT
