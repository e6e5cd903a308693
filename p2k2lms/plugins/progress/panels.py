"""What progress shows on pages that are not its own."""

from flask import render_template
from markupsafe import Markup

from p2k2lms.core import clock
from p2k2lms.core.access import Actor, allowed
from p2k2lms.core.i18n import _, counted
from p2k2lms.core.panels import HomeCard
from p2k2lms.plugins.coaching import service as coaching
from p2k2lms.plugins.coaching.values import PathCard, StageCard
from p2k2lms.plugins.enrolment.values import AngkatanCard, EnrolmentCard
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.progress import service, words
from p2k2lms.plugins.progress.permissions import CHANGE_VERSION, DECIDE_COMPLETION, DECIDE_EQUIVALENCE, READ_MARKS
from p2k2lms.web.login import current_actor

CLOSE_URGENCY = 70


def class_tabs(angkatan: AngkatanCard) -> Markup:
    """Marks and closing, beside the roster of a class."""
    actor = current_actor()
    return Markup(
        render_template(
            "progress/tabs.html",
            angkatan=angkatan,
            may_read=allowed(actor, READ_MARKS, angkatan),
            may_decide=allowed(actor, DECIDE_COMPLETION, angkatan),
            newer=allowed(actor, CHANGE_VERSION, angkatan) and service.newer_than(angkatan),
        )
    )


def outline_bottom(enrolment: EnrolmentCard) -> Markup:
    """At the foot of an outline: completed, or what is still missing, in words."""
    return Markup(render_template("progress/state.html", state=service.state_in(enrolment)))


def person_page(person_id: int) -> Markup:
    """On a person's page: every decision about them."""
    found = service.completions_of(person_id)
    return Markup(render_template("progress/person.html", completions=found, decided=words.decided))


def person_ladder(person_id: int) -> Markup:
    """Beside the coaching of a person on a path: the rungs at a glance."""
    path = coaching.path_of(person_id)
    if path is None:
        return Markup("")
    rungs = service.rungs_of(person_id, path.course, path.version_id)
    return Markup(render_template("progress/ladder.html", rungs=rungs, ready=sum(rung.ready for rung in rungs)))


def home_cards(actor: Actor) -> list[HomeCard]:
    """A widyaiswara is reminded of classes that are over and not closed, and of finished paths."""
    return [
        HomeCard(
            CLOSE_URGENCY,
            _("Putuskan kelulusan %(name)s", name=c.name),
            counted("Angkatan selesai, %(n)s peserta menunggu.", c.taken),
            f"/angkatan/{c.id}/tutup",
            _("Buka putusan"),
            icon="tick",
        )
        for c in service.classes_over(actor)
    ] + paths_to_decide(actor)


def path_bottom(path: PathCard) -> Markup:
    """At the foot of a path: what was decided about it."""
    decided = service.equivalence_of(path.id) if path.state == "selesai" else None
    return Markup(render_template("progress/verdict.html", path=path, decided=decided))


def path_stage(path: PathCard, stage: StageCard) -> Markup:
    """In a meeting of a path: the rungs of its sesi."""
    rungs = service.rungs_of(path.person_id, path.course, path.version_id, stage.sesi)
    return Markup(render_template("progress/rungs.html", rungs=rungs, named=words.rungs))


def teach_before(person_id: int, course: str, version_id: int, sesi: str) -> Markup:
    """Before a sesi is taught: what the leader lacks; the duty stands, so nothing is locked."""
    if service.may_lead(person_id, course, sesi):
        return Markup("")
    rung = next(iter(service.rungs_of(person_id, course, version_id, [sesi])), None)
    missing = words.rungs(rung.missing) if rung else ""
    return Markup(render_template("progress/before.html", missing=missing)) if missing else Markup("")


def group_page(person_id: int, course: str, version_id: int, sesi: str) -> Markup:
    """On the page of a group: whether its leader is ready for the next sesi, for himself and who looks after him."""
    if not identity.may_see(current_actor(), person_id, clock.today()):
        return Markup("")
    rung, ready = service.next_rung(person_id, course, version_id, sesi)
    if rung is None:
        return Markup("")
    return Markup(render_template("progress/group.html", rung=rung, ready=ready, missing=words.rungs(rung.missing)))


def paths_to_decide(actor: Actor) -> list[HomeCard]:
    """A widyaiswara is reminded of finished paths."""
    found = service.paths_waiting(actor) if actor.roles & DECIDE_EQUIVALENCE.roles else []
    new = [one for one in found if one.decided is None]
    if not new:
        return []
    title = counted("%(n)s jalur menunggu putusan", len(new))
    return [HomeCard(66, title, new[0].name, "/bimbingan/keputusan", _("Buka putusan"), icon="tick")]
