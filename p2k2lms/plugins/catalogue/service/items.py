"""The items of a course as drafts: read for their pages, changed one by one in their documents."""

from collections import defaultdict
from collections.abc import Sequence

from p2k2lms.core.access import Actor
from p2k2lms.core.errors import Conflict, Invalid, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.plugins.catalogue import item_source, paths, queries, yaml_source
from p2k2lms.plugins.catalogue.models import Document
from p2k2lms.plugins.catalogue.reading import read_course
from p2k2lms.plugins.catalogue.service.drafting import changing, write
from p2k2lms.plugins.catalogue.values.bank import Bank, BankItem, BankSesi, ItemChange
from p2k2lms.plugins.catalogue.values.draft import SesiDraft


def bank(course: str, sesi: str = "") -> Bank:
    """The items of a course, or of one sesi, and what has arrived; NotFound for a course without drafts."""
    texts = queries.texts(course, [f"{paths.folder(course)}{sesi}/"] if sesi else ())
    draft, _faults = read_course(course, texts)
    if draft is None:
        raise NotFound(f"course {course}")
    titles = {plan.id: plan.title for modul in draft.course.value.modul for plan in modul.sesi}
    places = {one.id: _place(one, titles) for one in draft.sesi if one.written}
    found = [
        BankItem(place, block.mark, block.data)
        for place, path in [("", paths.arrived(course)), *((one, paths.items(course, one)) for one in places)]
        for block in _blocks(path, texts.get(path, ""))
    ]
    return Bank(course, draft.course.value.title, places, tuple(found))


def _place(sesi: SesiDraft, titles: dict[str, str | None]) -> BankSesi:
    assert sesi.sesi is not None, "a written sesi is there"
    told = sesi.sesi.value
    objectives = {objective.id: objective.text for objective in told.objectives}
    steps = {step.value.id: step.value.title for step in sesi.steps}
    return BankSesi(sesi.id, told.title or titles.get(sesi.id) or sesi.id, objectives, steps)


def _blocks(path: str, text: str) -> list[item_source.Block]:
    try:
        return item_source.blocks(text) if text.strip() else []
    except yaml_source.Unreadable as fault:
        raise Invalid(f"{path}:{fault.line}: {fault.message}") from fault


def change_items(actor: Actor, course: str, changes: Sequence[ItemChange]) -> int:
    """Write these changes of a bank, all or none; returns the revision of the course afterwards.

    Conflict when an item was changed meanwhile: whoever asks has not seen what stands there now.
    """
    with changing("catalogue.change_items", actor, course) as uow:
        kept = {document.path: document for document in queries.documents(course)}
        if paths.manifest(course) not in kept:
            raise NotFound(f"course {course}")
        by_path = defaultdict(list)
        for change in changes:
            by_path[paths.items(course, change.sesi) if change.sesi else paths.arrived(course)].append(change)
        revision = queries.last_revision() + 1
        for path, several in by_path.items():
            before = kept[path].text if path in kept else ""
            write(uow, kept.get(path), Document(path=path, course=course), _changed(path, before, several), revision)
        return revision


def _changed(path: str, text: str, changes: Sequence[ItemChange]) -> str:
    blocks = {block.mark: block for block in _blocks(path, text)}
    fresh = []
    for change in changes:
        if change.old and change.old not in blocks:
            raise Conflict(_("Soal ini sudah diubah orang lain. Isian Anda masih ada di bawah."))
        if change.old:
            text = item_source.replaced(text, blocks[change.old], change.data)
        elif change.data is not None:
            fresh.append(change.data)
    whole = item_source.added(text, fresh)
    if len(whole) > yaml_source.LARGEST:
        raise Invalid(_("Terlalu banyak soal sekaligus. Bagi berkasnya, atau lengkapi dulu yang sudah masuk."), "file")
    return whole
