"""The head of a sesi in its editor: aim, objectives, what a meeting needs, and whether learners may see it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from p2k2lms.core.access import Actor, require
from p2k2lms.core.errors import Conflict, Fault, Invalid, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.plugins.catalogue import packing, paths, queries, sesi_source, yaml_source
from p2k2lms.plugins.catalogue.models import Document
from p2k2lms.plugins.catalogue.permissions import LIST_DOCUMENTS
from p2k2lms.plugins.catalogue.reading import LARGEST, read_course
from p2k2lms.plugins.catalogue.rules import quality_faults, structure_faults
from p2k2lms.plugins.catalogue.service.cards import published_texts
from p2k2lms.plugins.catalogue.service.drafting import changing, unreadable, write
from p2k2lms.plugins.catalogue.service.editing import near
from p2k2lms.plugins.catalogue.values.draft import ContentFault
from p2k2lms.plugins.catalogue.values.pack import Card


@dataclass(frozen=True)
class SesiPage:
    """A sesi as its authors see it; `minutes` is what its cards add up to."""

    course: str
    sesi: str
    revision: int
    fields: Mapping[str, str]
    minutes: int
    faults: tuple[ContentFault, ...]
    cards: tuple[Card, ...]


def sesi_draft(actor: Actor, course: str, sesi: str) -> SesiPage:
    """A sesi with its cards as they would look, and what is to mend in its head."""
    require(actor, LIST_DOCUMENTS, course)
    texts = queries.texts(course, [f"{paths.folder(course)}{sesi}/"])
    head = queries.document(f"{paths.folder(course)}{sesi}/{paths.SESI}")
    if head is None or head.course != course:
        raise NotFound(f"sesi {sesi}")
    try:
        fields = sesi_source.fields_of(head.text)
    except yaml_source.Unreadable as broken:
        raise unreadable(broken) from broken
    draft, faults = read_course(course, texts)
    mine = next((one for one in draft.sesi if one.id == sesi), None) if draft else None
    cards = packing.cards_of(draft, sesi) if draft and mine else ()
    if draft:
        faults = [*faults, *structure_faults(draft), *quality_faults(draft)]
    return SesiPage(
        course,
        sesi,
        head.revision,
        fields,
        sum(step.value.minutes for step in mine.steps) if mine else 0,
        tuple(sorted({one for one in faults if one.file == head.path})),
        cards,
    )


def save_sesi(actor: Actor, course: str, sesi: str, typed: Mapping[str, str], onto: int) -> None:
    """Write the head of a sesi as a draft. Conflict when it was changed after revision `onto`."""
    if sum(map(len, typed.values())) > LARGEST:
        raise Invalid(_("Teks ini paling panjang %(n)s huruf.", n=LARGEST), "body")
    with changing("catalogue.change_sesi", actor, course, f"sesi:{sesi}") as uow:
        kept = {one.path: one for one in queries.documents(course)}
        head = _head(course, sesi, kept)
        if head.revision != onto:
            raise Conflict(_("Sesi ini sudah diubah orang lain. Isian Anda masih ada di bawah."))
        texts = near(head, kept)
        before, _faults = read_course(course, texts)
        steps = next((one.steps for one in before.sesi if one.id == sesi), ()) if before else ()
        last = sesi_source.last_objective(sesi, _ever(course, sesi, kept)) if typed.get("objectives_new") else 0
        text = sesi_source.with_fields(head.text, typed, sum(step.value.minutes for step in steps), last)
        _draft, faults = read_course(course, texts | {head.path: text})
        if own := [Fault(one.key, one.message) for one in faults if one.file == head.path]:
            raise Invalid(_("Sesi ini belum lengkap. Isian Anda masih ada di bawah."), faults=own)
        write(uow, head, head, text, queries.last_revision() + 1)


def _ever(course: str, sesi: str, kept: Mapping[str, Document]) -> Iterator[str]:
    """Every text in which an id of this sesi may stand: drafts, what they were, and what was published."""
    folder = f"{paths.folder(course)}{sesi}/"
    yield from (one.text for path, one in kept.items() if path.startswith(folder))
    yield from queries.past_texts(course, folder)
    yield from published_texts(course)


def _head(course: str, sesi: str, kept: Mapping[str, Document]) -> Document:
    head = kept.get(f"{paths.folder(course)}{sesi}/{paths.SESI}")
    if head is None:
        raise NotFound(f"sesi {sesi}")
    return head
