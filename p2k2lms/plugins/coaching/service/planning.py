"""Templates of paths: which there are, and a new version of one, by a widyaiswara for the own centre."""

from collections.abc import Sequence
from dataclasses import dataclass

from p2k2lms.core.access import Actor, require
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
from p2k2lms.plugins.identity import service as identity

LONGEST_NAME = 80


@dataclass(frozen=True)
class Plan:
    """What a template is to say."""

    unit_id: int
    course: str
    name: str
    modul: str
    stages: Sequence[StageDef]


def templates(actor: Actor) -> list[TemplateCard]:
    """The newest version of each template that holds for the actor's units, and of those below."""
    require(actor, LIST_TEMPLATES)
    newest: dict[tuple[int, str], TemplateCard] = {}
    for card in read.templates():
        if _concerns(actor, card.unit_path):
            newest[card.unit_id, card.name] = card
    return sorted(newest.values(), key=lambda card: (card.retired, card.unit_path, card.modul != "", card.name))


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


def save(actor: Actor, plan: Plan, retired: bool = False) -> int:
    """A new version of a template, or its first; running paths stay as they are. Returns the id."""
    require(actor, CHANGE_TEMPLATE)
    with unit_of_work("coaching.save_template", actor, f"unit:{plan.unit_id}") as uow:
        unit = identity.unit(plan.unit_id)
        require(actor, CHANGE_TEMPLATE, unit.path)
        name = " ".join(plan.name.split())
        if not 3 <= len(name) <= LONGEST_NAME:
            raise Invalid(_("Isi %(min)s sampai %(max)s huruf.", min=3, max=LONGEST_NAME), "name")
        outline = catalogue.outline(catalogue.latest(plan.course).id)
        if faults := rules.faults_of(plan.stages, outline.sesi):
            raise Invalid(str(faults[0].message), "stages", faults)
        if plan.modul and plan.modul not in {modul.id for modul in outline.modul}:
            raise Invalid(_("Pilih salah satu."), "modul")
        row = PathTemplate(
            unit_id=unit.id,
            unit_path=unit.path,
            course=plan.course,
            name=name,
            number=read.last_number(unit.id, name) + 1,
            modul=plan.modul,
            stages=[stage.model_dump() for stage in plan.stages],
            author_id=actor.id,
            retired=retired,
        )
        return uow.add(row).id


def units_for(actor: Actor) -> list[tuple[int, str]]:
    """The units for which the actor may plan paths."""
    ids = {posting.unit_id for posting in actor.postings if posting.role == "widyaiswara"}
    return sorted(((unit.id, unit.name) for unit in identity.units(ids).values()), key=lambda pair: pair[1])


def newest_outline(course: str) -> Outline:
    """The outline that new paths of a course will follow."""
    return catalogue.outline(catalogue.latest(course).id)


def of_modul(course: str, modul_id: str) -> list[StageDef]:
    """The meetings that a path through one modul begins with."""
    found = rules.of_modul(catalogue.outline(catalogue.latest(course).id), modul_id)
    if not found:
        raise Conflict(_("Modul ini belum punya sesi."))
    return found


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
            uow.add(PathTemplate(**known, number=1, stages=stages))
