"""Rules without which a course cannot be published: ids, references, pictures, and a whole sesi."""

from collections.abc import Iterator
from typing import Any

from p2k2lms.core.i18n import _
from p2k2lms.plugins.catalogue.values.draft import BODY, ContentFault, CourseDraft, Source, Written
from p2k2lms.plugins.catalogue.values.sesi import UNWRITTEN, StepDef


def ids_are_unique(draft: CourseDraft) -> Iterator[ContentFault]:
    """Modul, sesi, langkah, objectives, items and scenes have an id that nothing else in the course has."""
    seen: dict[str, Source] = {}
    for name, source, path in _ids(draft):
        if name in seen:
            yield source.fault(_("%(id)s sudah dipakai di %(file)s", id=name, file=seen[name].file), *path)
        seen.setdefault(name, source)


def _ids(draft: CourseDraft) -> Iterator[tuple[str, Source, tuple[object, ...]]]:
    source = draft.course.source
    for m, modul in enumerate(draft.course.value.modul):
        yield modul.id, source, ("modul", m, "id")
        for s, plan in enumerate(modul.sesi):
            yield plan.id, source, ("modul", m, "sesi", s)
    for sesi in draft.ready:
        if sesi.sesi:
            for number, objective in enumerate(sesi.sesi.value.objectives):
                yield objective.id, sesi.sesi.source, ("objectives", number, "id")
    archived = (step for sesi in draft.ready for step in sesi.archived)
    pieces: list[Written[Any]] = [*draft.steps(), *archived, *draft.items(), *draft.scenes()]
    for piece in pieces:
        yield piece.value.id, piece.source, ("id",)


def objectives_exist(draft: CourseDraft) -> Iterator[ContentFault]:
    """Every objective that a card or item names is declared in a written sesi."""
    known = {o.id for s in draft.ready if s.sesi for o in s.sesi.value.objectives}
    for step in draft.steps():
        for number, name in enumerate(step.value.objectives):
            if name not in known:
                yield step.source.fault(_("tujuan %(id)s tidak ada", id=name), "objectives", number)
    for item in draft.items():
        if item.value.objective not in known:
            yield item.source.fault(_("tujuan %(id)s tidak ada", id=item.value.objective), "objective")


def cards_to_reread_exist(draft: CourseDraft) -> Iterator[ContentFault]:
    """The card to which an item sends people back exists."""
    known = {step.value.id for step in draft.steps()}
    for item in draft.items():
        if item.value.reread not in known:
            yield item.source.fault(_("langkah %(id)s tidak ada", id=item.value.reread), "reread")


def pictures_exist(draft: CourseDraft) -> Iterator[ContentFault]:
    """The picture of a card stands in its folder."""
    for sesi in draft.ready:
        for step in sesi.steps:
            if step.value.picture and step.value.picture not in {*sesi.pictures, *sesi.photos}:
                yield step.source.fault(_("gambar %(name)s tidak ada", name=step.value.picture), "picture")


def written_sesi_are_usable(draft: CourseDraft) -> Iterator[ContentFault]:
    """A written sesi has an aim, objectives and cards."""
    for sesi in draft.ready:
        if sesi.sesi is None:
            continue
        if not sesi.steps:
            yield sesi.sesi.source.fault(_("sesi tertulis tanpa langkah"), "written")
        for key in ("aim", "objectives"):
            if not getattr(sesi.sesi.value, key):
                yield sesi.sesi.source.fault(_("wajib diisi dalam sesi yang tertulis"), key)


def planned_sesi_have_a_title(draft: CourseDraft) -> Iterator[ContentFault]:
    """A sesi without a folder has at least a title in the manifest."""
    plans = {plan.id: plan for modul in draft.course.value.modul for plan in modul.sesi}
    for sesi in draft.sesi:
        if sesi.sesi is None and not plans[sesi.id].title:
            said = _("sesi %(id)s belum punya map dan belum punya judul", id=sesi.id)
            yield draft.course.source.fault(said, *sesi.plan_path)


def nothing_is_left_blank(draft: CourseDraft) -> Iterator[ContentFault]:
    """What stands in a card while nobody has written it yet never reaches a phone."""
    for step in draft.steps():
        for key, text in [(BODY, step.body), *_told(step.value)]:
            if UNWRITTEN in text:
                yield step.source.fault(_("belum ditulis"), *key.split("."))
    for written in (sesi.sesi for sesi in draft.ready if sesi.sesi):
        told = [("aim", written.value.aim), *(("objectives", goal.text) for goal in written.value.objectives)]
        for key, text in told:
            if UNWRITTEN in text:
                yield written.source.fault(_("belum ditulis"), key)


def _told(step: StepDef) -> Iterator[tuple[str, str]]:
    teach = step.teach
    yield from (("key", step.key), ("prove", step.prove), ("teach.purpose", teach.purpose), ("teach.ask", teach.ask))
    yield from (("teach.do", " ".join(teach.do)), ("teach.say", " ".join(teach.say)))
    yield ("teach.adaptation", teach.adaptation)


def examples_are_of_behaviours(draft: CourseDraft) -> Iterator[ContentFault]:
    """An example of a sesi belongs to a behaviour of the course's rubric."""
    known = {behaviour.id for behaviour in draft.rubric.value.behaviours} if draft.rubric else set()
    for sesi in draft.ready:
        for name in sesi.rubric.value.examples if sesi.rubric else ():
            if sesi.rubric and name not in known:
                said = _("perilaku %(id)s tidak ada dalam rubrik kursus", id=name)
                yield sesi.rubric.source.fault(said, "examples", name)


RULES = (
    ids_are_unique,
    objectives_exist,
    cards_to_reread_exist,
    pictures_exist,
    written_sesi_are_usable,
    planned_sesi_have_a_title,
    nothing_is_left_blank,
    examples_are_of_behaviours,
)
