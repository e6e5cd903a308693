"""The rubric of a course in its editor: what is observed in every sesi, and what it looks like in one of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from p2k2lms.core.access import Actor, require
from p2k2lms.core.errors import Conflict, Fault, Invalid, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.plugins.catalogue import paths, queries, rubric_source, yaml_source
from p2k2lms.plugins.catalogue.models import Document
from p2k2lms.plugins.catalogue.permissions import LIST_DOCUMENTS
from p2k2lms.plugins.catalogue.reading import LARGEST, read_course
from p2k2lms.plugins.catalogue.service.cards import published_texts
from p2k2lms.plugins.catalogue.service.drafting import changing, unreadable, write


@dataclass(frozen=True)
class RubricPage:
    """A rubric as its authors see it; `sesi` is "" for that of the whole course, `revision` 0 before there is one."""

    course: str
    sesi: str
    title: str
    revision: int
    fields: Mapping[str, str]
    behaviours: tuple[Mapping[str, Any], ...]


def rubric_draft(actor: Actor, course: str, sesi: str = "") -> RubricPage:
    """The behaviours of a course, or their examples in one sesi; NotFound for a sesi that is not there."""
    require(actor, LIST_DOCUMENTS, course)
    texts = queries.texts(course, [f"{paths.folder(course)}{sesi}/"])
    document = queries.document(_path(course, sesi))
    draft, _faults = read_course(course, texts)
    titles = {one.id: one.sesi.value.title for one in draft.sesi if one.sesi} if draft else {}
    if draft is None or (sesi and sesi not in titles):
        raise NotFound(f"rubric of {course} {sesi}")
    text = document.text if document else ""
    try:
        fields = rubric_source.examples(text) if sesi else rubric_source.fields_of(text)
        rows = tuple(rubric_source.behaviours(texts.get(paths.rubric(course), "")))
    except yaml_source.Unreadable as broken:
        raise unreadable(broken) from broken
    title = titles.get(sesi, draft.course.value.title)
    return RubricPage(course, sesi, title, document.revision if document else 0, fields, rows)


def save_rubric(actor: Actor, course: str, typed: Mapping[str, str], onto: int, sesi: str = "") -> None:
    """Write a rubric as a draft. Conflict when it was changed after revision `onto`, Invalid for what is none.

    Sheets that were filled keep the version that they were filled with: it lies in the pack, not here.
    """
    if sum(map(len, typed.values())) > LARGEST:
        raise Invalid(_("Teks ini paling panjang %(n)s huruf.", n=LARGEST))
    with changing("catalogue.change_rubric", actor, course, f"rubric:{course} {sesi}".rstrip()) as uow:
        kept = {one.path: one for one in queries.documents(course)}
        path, head = _path(course, sesi), f"{paths.folder(course)}{sesi}/{paths.SESI}"
        if paths.manifest(course) not in kept or (sesi and head not in kept):
            raise NotFound(f"rubric of {course} {sesi}")
        document = kept.get(path)
        if (document.revision if document else 0) != onto:
            raise Conflict(_("Rubrik ini sudah diubah orang lain. Isian Anda masih ada di bawah."))
        before = document.text if document else ""
        text = _examples(kept, course, before, typed) if sesi else _behaviours(course, before, typed)
        wanted = [paths.manifest(course), *([head] if sesi else [])]
        _draft, faults = read_course(course, {one: kept[one].text for one in wanted} | {path: text})
        own = [one for one in faults if one.file == path]
        if own:
            told = [Fault(one.key if sesi else rubric_source.field_of(one.key, text), one.message) for one in own]
            raise Invalid(_("Rubrik ini belum lengkap. Isian Anda masih ada di bawah."), faults=told)
        write(uow, document, Document(path=path, course=course), text, queries.last_revision() + 1)


def _path(course: str, sesi: str) -> str:
    return f"{paths.folder(course)}{sesi}/{paths.RUBRIC}" if sesi else paths.rubric(course)


def _behaviours(course: str, before: str, typed: Mapping[str, str]) -> str:
    ever = [*queries.past_texts(course, paths.rubric(course)), *published_texts(course)]
    return rubric_source.with_fields(before, typed, ever)


def _examples(kept: Mapping[str, Document], course: str, before: str, typed: Mapping[str, str]) -> str:
    whole = kept.get(paths.rubric(course))
    names = [str(row.get("id", "")) for row in rubric_source.behaviours(whole.text)] if whole else []
    return rubric_source.with_examples(before, typed, names)
