"""Beginning a path by oneself, leaving it, and what the home page and the list of paths know."""

from dataclasses import dataclass
from datetime import date, timedelta

from p2k2lms.core import clock
from p2k2lms.core.access import Actor, require
from p2k2lms.core.errors import Conflict, Invalid, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import UnitOfWork, unit_of_work
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.coaching.models import CoachingPath, PathStage
from p2k2lms.plugins.coaching.permissions import CREATE_PATH
from p2k2lms.plugins.coaching.queries import paths as read
from p2k2lms.plugins.coaching.rules import paths as rules
from p2k2lms.plugins.coaching.values import About, PathCard, TemplateCard
from p2k2lms.plugins.coaching.values.words import FINISHED, RUNNING, STOPPED
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import COACHING, ON_A_PATH, Spell
from p2k2lms.plugins.identity import service as identity

HOUR = 60


@dataclass(frozen=True)
class Offer:
    """What somebody may begin: `why_not` is "" or the word for why nothing may be begun now."""

    templates: tuple[TemplateCard, ...]
    why_not: str = ""


def offer(actor: Actor, mine: list[PathCard]) -> Offer:
    """The paths that the actor may begin today: whoever is prepared, in a class or on a path needs none."""
    if "pendamping" not in actor.roles:
        return Offer((), "not_pendamping")
    if any(path.state == RUNNING for path in mine):
        return Offer((), "running")
    if enrolment.sits_in_class(actor.id or 0):
        return Offer((), "class")
    prepared = enrolment.is_prepared(actor.id or 0, clock.today())
    home = actor.paths("pendamping")[0]
    found = tuple(t for t in rules.nearest(read.published_templates(home), home) if t.modul or not prepared)
    return Offer(found, "prepared" if prepared and not found else "")


def begin(actor: Actor, template_id: int) -> int:
    """Begin a path at once; a coach is asked for, and nothing waits until there is one. Returns the path."""
    today = clock.today(identity.zone_of(actor.id or 0))
    require(actor, CREATE_PATH, About(actor.id or 0, today))
    with unit_of_work("coaching.begin_path", actor, f"template:{template_id}") as uow:
        found = offer(actor, read.paths_of([actor.id or 0], today))
        template = next((t for t in found.templates if t.id == template_id), None)
        if template is None:
            raise Conflict(_("Jalur ini tidak dapat dimulai sekarang. Lihat kembali halaman Bimbingan."))
        version = catalogue.latest(template.course)
        path = uow.add(
            CoachingPath(
                person_id=actor.id,
                course=version.course,
                version_id=version.id,
                template_id=template.id,
                valid_from=today,
                asked_on=today,
            )
        )
        _copy(uow, path, template)
        path.enrolment_id = enrolment.begin_path(path.id, path.person_id, version.course, version.id)
        record(path, RUNNING)
        _ask(uow, actor, path, today)
        return path.id


def _copy(uow: UnitOfWork, path: CoachingPath, template: TemplateCard) -> None:
    """The meetings as they are planned today; a sesi that the version does not have is left out."""
    known = catalogue.outline(path.version_id).sesi
    for number, stage in enumerate(template.stages, 1):
        told = stage.model_dump() | {"sesi": [sesi for sesi in stage.sesi if sesi in known]}
        uow.add(PathStage(path_id=path.id, number=number, **told))


def _ask(uow: UnitOfWork, actor: Actor, path: CoachingPath, today: date) -> None:
    supervisor = identity.supervisor_of(path.person_id, today)
    if supervisor is not None:
        uow.notify(supervisor, "coaching.asked", f"/bimbingan/jalur/{path.id}", name=actor.name)


def record(path: CoachingPath, state: str, minutes: int = 0) -> None:
    """Tell the exposure of a path: from its first day, until the day after its last."""
    enrolment.record_exposure(
        Spell(
            person_id=path.person_id,
            kind=COACHING,
            object_ref=f"path:{path.id}",
            mode=ON_A_PATH,
            status=state,
            valid_from=path.valid_from,
            valid_to=path.valid_to,
            hours=minutes / HOUR if state == FINISHED else None,
        )
    )


def stop(actor: Actor, path_id: int) -> None:
    """Leave a path; what was learned and observed stays, and another may be begun."""
    with unit_of_work("coaching.stop_path", actor, f"path:{path_id}"):
        row = read.path_row(path_id)
        if row is None or row.person_id != actor.id:
            raise NotFound("path")
        if row.state != RUNNING:
            raise Invalid(_("Jalur ini sudah berakhir."))
        end(row, STOPPED)


def end(row: CoachingPath, state: str, minutes: int = 0) -> None:
    """The last day of a path is today: its coach, its course and its exposure end with it."""
    day = clock.today(identity.zone_of(row.person_id))
    after = max(row.valid_from, day) + timedelta(days=1)
    row.state, row.valid_to, row.asked_on = state, after, None
    for assignment in read.assignments(row.id):
        if assignment.valid_to is None or assignment.valid_to > after:
            assignment.valid_to = max(after, assignment.valid_from + timedelta(days=1))
    if row.enrolment_id is not None and state == STOPPED:
        enrolment.set_state(row.enrolment_id, STOPPED)
    record(row, state, minutes)
