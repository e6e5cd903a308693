"""Templates of paths: which there are, and a new version of one, by a widyaiswara for the own centre."""

from collections.abc import Sequence
from dataclasses import dataclass

from p2k2lms.core.access import Actor, allowed, require
from p2k2lms.core.errors import Conflict, Invalid, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.catalogue.values import Outline, RubricDef, VersionCard
from p2k2lms.plugins.coaching.models import PathTemplate
from p2k2lms.plugins.coaching.permissions import CHANGE_TEMPLATE, LIST_TEMPLATES
from p2k2lms.plugins.coaching.queries import paths as read
from p2k2lms.plugins.coaching.rules import paths as rules
from p2k2lms.plugins.coaching.service.observing import Agreement, agreement
from p2k2lms.plugins.coaching.values import StageDef, TemplateCard
from p2k2lms.plugins.coaching.values.first import COURSE, NAME, STAGES
from p2k2lms.plugins.coaching.values.words import DRAFT, PUBLISHED, REVIEW
from p2k2lms.plugins.identity import service as identity

LONGEST_NAME = 80


@dataclass(frozen=True)
class Plan:
    """What a template is to say."""

    unit_id: int
    name: str
    modul: str
    stages: Sequence[StageDef]
    retired: bool = False


class Overtaken(Conflict):
    """Somebody has saved another version of this very template since it was looked at."""


def templates(actor: Actor) -> list[TemplateCard]:
    """The newest version of each template that holds for the actor's units, and of those below."""
    require(actor, LIST_TEMPLATES)
    found = read.templates(actor.paths("widyaiswara"))
    return sorted(found, key=lambda card: (card.retired, card.unit_path, card.modul != "", card.name))


def _concerns(actor: Actor, unit_path: str) -> bool:
    own = actor.paths("widyaiswara")
    return any(path.startswith(unit_path) or unit_path.startswith(path) for path in own)


def template(actor: Actor, template_id: int) -> TemplateCard:
    """One template for who may see it."""
    require(actor, LIST_TEMPLATES)
    card = read.template(template_id)
    if card is None or not _concerns(actor, card.unit_path):
        raise NotFound("template")
    return card


@dataclass(frozen=True)
class TemplateWork:
    """A version of a template at work: the newest that is published, and what differs from it in words.

    `newest` is what stands now, with its meetings in words; its number tells a later save from this one. Where nothing
    of its own is published, it is held against the template of this name of a unit above, which it will replace.
    `place` is whom it is for; one of another's, which is not `own`, is saved as one for the own centre.
    """

    card: TemplateCard
    published: TemplateCard | None
    newest: TemplateCard
    stands: Sequence[str]
    went: Sequence[str]
    came: Sequence[str]
    may_approve: bool
    place: str
    own: bool


def at_work(actor: Actor, template_id: int) -> TemplateWork:
    """One version of a template with what its authors and who approves need to know."""
    card = template(actor, template_id)
    versions = read.versions_of(card.unit_id, card.name)
    published = next((one for one in versions if one.state == PUBLISHED), None)
    before = published or _above(card)
    went, came = rules.difference(before, card) if card.state != PUBLISHED else ([], [])
    waits = card.state == REVIEW and card.id == versions[0].id
    own = allowed(actor, CHANGE_TEMPLATE, card.unit_path)
    may = waits and rules.others_may_approve(versions, actor.id) and own
    place = identity.unit(card.unit_id).name
    return TemplateWork(card, published, versions[0], rules.lines(versions[0]), went, came, may, place, own)


def _above(card: TemplateCard) -> TemplateCard | None:
    """What is offered under this name by the nearest unit above."""
    found = [one for one in read.published_templates(card.unit_path) if (one.name, one.id) != (card.name, card.id)]
    return max((one for one in found if one.name == card.name), key=lambda one: len(one.unit_path), default=None)


def places(cards: Sequence[TemplateCard]) -> dict[int, str]:
    """What the units of these templates are called."""
    return {unit.id: unit.name for unit in identity.units({card.unit_id for card in cards}).values()}


def hand_in(actor: Actor, template_id: int) -> None:
    """Ask a second person to approve the newest version of a template."""
    with unit_of_work("coaching.hand_in_template", actor, f"template:{template_id}"):
        _newest(actor, template_id, DRAFT).state = REVIEW


def send_back(actor: Actor, template_id: int) -> None:
    """Give a version that was handed in back to its authors."""
    with unit_of_work("coaching.send_back_template", actor, f"template:{template_id}"):
        _newest(actor, template_id, REVIEW).state = DRAFT


def approve(actor: Actor, template_id: int) -> None:
    """Offer what others have handed in; running paths stay as they are. Conflict for one's own work."""
    with unit_of_work("coaching.approve_template", actor, f"template:{template_id}"):
        row = _newest(actor, template_id, REVIEW)
        if not rules.others_may_approve(read.versions_of(row.unit_id, row.name), actor.id):
            raise Conflict(_("Sebagian jalur ini Anda tulis sendiri. Orang lain yang menyetujuinya."))
        row.state, row.approved_by = PUBLISHED, actor.id


def _newest(actor: Actor, template_id: int, state: str) -> PathTemplate:
    """The row of a template, held; Conflict unless it is the newest version and in this state."""
    row = read.template_row(template_id)
    card = template(actor, template_id)
    require(actor, CHANGE_TEMPLATE, card.unit_path)
    if row is None or row.state != state or read.last_number(card.unit_id, card.name) != card.number:
        raise Conflict(_("Jalur ini sudah diubah orang lain. Buka lagi versi terbarunya."))
    return row


def save(actor: Actor, template_id: int, plan: Plan, seen: int) -> int:
    """A new version of a template as a draft, or under another name or unit a template of its own; returns the id.

    `seen` is the number of the newest version that was looked at: Overtaken when there is another since. Conflict
    when the unit has another template of this name.
    """
    require(actor, CHANGE_TEMPLATE)
    with unit_of_work("coaching.save_template", actor, f"unit:{plan.unit_id}") as uow:
        card = template(actor, template_id)
        unit = identity.unit(plan.unit_id)
        require(actor, CHANGE_TEMPLATE, unit.path)
        name = " ".join(plan.name.split())
        if not 3 <= len(name) <= LONGEST_NAME:
            raise Invalid(_("Isi %(min)s sampai %(max)s huruf.", min=3, max=LONGEST_NAME), "name")
        outline = newest_outline(card.course)
        if faults := rules.faults_of(plan.stages, outline.sesi):
            raise Invalid(str(faults[0].message), "stages", faults)
        if plan.modul and plan.modul not in {modul.id for modul in outline.modul}:
            raise Invalid(_("Pilih salah satu."), "modul")
        last = read.last_number(unit.id, name)
        same = (unit.id, name) == (card.unit_id, card.name)
        if same and last > seen:
            raise Overtaken(_("Jalur ini sudah diubah orang lain. Isian Anda masih ada di bawah."))
        if last and not same:
            raise Conflict(_("Balai Anda sudah punya jalur dengan nama ini. Buka dan ubah jalur itu."))
        row = PathTemplate(
            unit_id=unit.id,
            unit_path=unit.path,
            course=card.course,
            name=name,
            number=last + 1,
            modul=plan.modul,
            stages=[stage.model_dump() for stage in plan.stages],
            author_id=actor.id,
            retired=plan.retired,
        )
        return uow.add(row).id


def units_for(actor: Actor) -> list[tuple[int, str]]:
    """The units for which the actor may plan paths."""
    ids = {posting.unit_id for posting in actor.postings if posting.role == "widyaiswara"}
    return sorted(((unit.id, unit.name) for unit in identity.units(ids).values()), key=lambda pair: pair[1])


def newest_outline(course: str) -> Outline:
    """The outline that new paths of a course will follow."""
    return catalogue.outline(catalogue.latest(course).id)


@dataclass(frozen=True)
class RubricPage:
    """One course's rubric, and how far two raters agree on it."""

    version: VersionCard
    rubric: RubricDef
    agreement: Agreement


def rubrics(actor: Actor) -> list[RubricPage]:
    """The rubrics of the newest version of each course."""
    require(actor, LIST_TEMPLATES)
    found = [(version, catalogue.rubric(version.id)) for version in catalogue.courses()]
    return [RubricPage(version, rubric, agreement(version.id)) for version, rubric in found if rubric]


def ship() -> None:
    """The path that every database begins with, for the whole country; once."""
    try:
        top = identity.unit_by_code("ID")
    except NotFound:
        return
    with unit_of_work("coaching.ship_template", subject=f"unit:{top.id}") as uow:
        if read.last_number(top.id, NAME) == 0:
            stages = [stage.model_dump() for stage in STAGES]
            known = {"unit_id": top.id, "unit_path": top.path, "course": COURSE, "name": NAME}
            uow.add(PathTemplate(**known, number=1, stages=stages, state=PUBLISHED))
