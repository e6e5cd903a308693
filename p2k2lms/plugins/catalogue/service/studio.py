"""Authors at work: the outline with what has changed, one card in its editor, and publishing by a second person."""

from collections.abc import Mapping
from dataclasses import dataclass

from p2k2lms.core.access import Actor, has_role, require
from p2k2lms.core.errors import Conflict, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.catalogue import card_source, paths, queries
from p2k2lms.plugins.catalogue.permissions import APPROVE_DOCUMENT, LIST_DOCUMENTS
from p2k2lms.plugins.catalogue.reading import read_course
from p2k2lms.plugins.catalogue.service.authoring import checked_draft, drafted_courses, publish
from p2k2lms.plugins.catalogue.service.drafting import changing
from p2k2lms.plugins.catalogue.service.losing import lost_items
from p2k2lms.plugins.catalogue.values.course import ModulDef
from p2k2lms.plugins.catalogue.values.draft import CourseDraft, SesiDraft
from p2k2lms.plugins.catalogue.values.pack import VersionCard

DRAFT, REVIEW, PUBLISHED = "draft", "review", "published"


@dataclass(frozen=True)
class Changed:
    """A document that is not published as it stands; `own` says that who asks had a hand in it since."""

    path: str
    name: str
    state: str
    step: str
    own: bool


@dataclass(frozen=True)
class Workbench:
    """A course as its authors see it; `draft` is None while the manifest cannot be used.

    `lost_items` are those that the newest version has and what was handed in does not.
    """

    course: str
    draft: CourseDraft | None
    newest: VersionCard | None
    changed: tuple[Changed, ...]
    states: Mapping[str, str]
    undo: str = ""
    opened: str = ""
    lost_items: tuple[str, ...] = ()

    @property
    def sesi(self) -> dict[str, SesiDraft]:
        """The sesi of the outline by id."""
        return {one.id: one for one in self.draft.sesi} if self.draft else {}

    @property
    def minutes(self) -> dict[str, int]:
        """What the cards of each sesi add up to."""
        return {name: sum(step.value.minutes for step in sesi.steps) for name, sesi in self.sesi.items()}

    def modul_minutes(self, modul: ModulDef) -> int:
        """What the cards of a modul add up to."""
        return sum(self.minutes[plan.id] for plan in modul.sesi)

    def archived_cards(self, sesi: SesiDraft) -> list[tuple[str, str]]:
        """The cards that were taken out of a sesi: ids and titles."""
        return [(step.value.id, step.value.title) for step in sesi.archived]

    @property
    def archived_parts(self) -> list[tuple[str, str]]:
        """The modul and sesi that were taken out of use: ids and titles."""
        moduls = self.draft.course.value.modul if self.draft else ()
        gone = [(modul.id, modul.title) for modul in moduls if modul.archived]
        return gone + [(p.id, p.title or p.id) for modul in moduls for p in modul.sesi if p.archived]

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


def studio_courses(actor: Actor) -> dict[str, str]:
    """The courses that have drafts: titles by id."""
    require(actor, LIST_DOCUMENTS)
    return drafted_courses()


def workbench(actor: Actor, course: str, opened: str = "") -> Workbench:
    """The outline of the drafts, and what has changed since the newest version; `opened` names a sesi or a card."""
    require(actor, LIST_DOCUMENTS, course)
    kept = queries.documents(course)
    if not kept:
        raise NotFound(f"course {course}")
    draft, _faults = read_course(course, {one.path: one.text for one in kept})
    sesi = draft.sesi if draft else ()
    steps = {w.source.file: w.value for s in sesi for w in s.steps}
    names = {w.source.file: w.value.title for s in sesi for w in s.archived}
    titles = {s.id: s.sesi.value.title for s in sesi if s.sesi}
    newest = queries.latest(course)
    since = newest.published_at if newest else None
    mine, changed = queries.touched(course, actor.id, since), []
    for one in kept:
        if one.state != PUBLISHED and one.path != paths.arrived(course):
            step = steps.get(one.path)
            name = step.title if step else names.get(one.path) or _named(course, one.path, titles)
            own = step.id if step else ""
            changed.append(Changed(one.path, name, one.state, own, one.author_id == actor.id or one.id in mine))
    states = {steps[one.path].id: one.state for one in kept if one.path in steps}
    last = queries.last_change(course, actor.id, since)
    undo = last[0].use_case if last else ""
    shown = opened.rpartition("-")[0] if card_source.is_step_id(opened) else opened
    handed_in = any(one.state == REVIEW for one in changed)
    lost = tuple(lost_items(newest, draft)) if newest and draft and handed_in else ()
    return Workbench(course, draft, newest, tuple(changed), states, undo, shown, lost)


def _named(course: str, path: str, titles: Mapping[str, str]) -> str:
    """A document that is no card, as its authors call it."""
    if path == paths.manifest(course):
        return _("Susunan dan aturan kursus")
    place, _slash, name = path.removeprefix(paths.folder(course)).rpartition("/")
    where = titles.get(place, place)
    called = {
        paths.RUBRIC: _("Rubrik amatan"),
        paths.ITEMS: _("Soal"),
        paths.SESI: _("Tujuan dan bahan sesi"),
    }.get(name, name)
    return f"{called}, {where}" if where else called


def hand_in(actor: Actor, course: str) -> int:
    """Ask a second person to approve all that has changed; returns how many documents. Invalid while faults remain."""
    with changing("catalogue.hand_in_course", actor, course):
        checked_draft(course, queries.texts(course))
        drafts = [one for one in queries.documents(course) if one.state == DRAFT and one.path != paths.arrived(course)]
        for document in drafts:
            document.state = REVIEW
        return len(drafts)


def approve(actor: Actor, course: str) -> VersionCard:
    """Publish what others have handed in. Conflict for one's own work, and for what is not handed in yet.

    Items that were taken out go: the page has named them to whoever approves.
    """
    require(actor, APPROVE_DOCUMENT, course)
    revision = queries.last_revision(course)
    found = workbench(actor, course)
    if any(one.own for one in found.waiting):
        raise Conflict(_("Sebagian naskah ini Anda tulis sendiri. Orang lain yang menyetujuinya."))
    if not found.may_approve:
        raise Conflict(_("Belum ada yang diajukan, atau masih ada naskah yang belum diajukan."))
    return publish(course, onto=revision, actor=actor, fewer_items=True)


def waiting_for(actor: Actor) -> dict[str, int]:
    """How many documents of others are handed in, by course: what the actor may approve."""
    return queries.waiting(actor.id) if has_role(actor, APPROVE_DOCUMENT) else {}


def send_back(actor: Actor, course: str) -> None:
    """Give what was handed in back to its authors."""
    with unit_of_work("catalogue.send_back_course", actor, f"course:{course}"):
        require(actor, APPROVE_DOCUMENT, course)
        for document in queries.documents(course):
            if document.state == REVIEW:
                document.state = DRAFT
