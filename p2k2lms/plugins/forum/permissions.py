"""Who may ask and answer where, who confirms, and who looks at what was reported.

A realm is what decides: a course (`kursus:<code>`), the obstacles (`kendala`), a class (`angkatan:<id>`), the
alumni of a centre (`alumni:<unit id>`). `reach` is the list twin of `in_reach`.
"""

from p2k2lms.core.access import ANYONE, Actor, anything, permission
from p2k2lms.core.once import once_per_page
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import PASSED, STOPPED
from p2k2lms.plugins.forum.values import OF_ALUMNI, OF_CLASS, OF_COURSE, OF_OBSTACLES, Reach

STAFF = frozenset({"widyaiswara", "panitia", "admin"})
FIELD = frozenset({"pendamping", "supervisor", "koordinator", "widyaiswara", "admin"})
LOOKS_AFTER = {  # who judges what was reported, by the kind of realm
    OF_COURSE: frozenset({"widyaiswara", "admin"}),
    OF_OBSTACLES: frozenset({"widyaiswara", "koordinator", "admin"}),
    OF_CLASS: STAFF,
    OF_ALUMNI: STAFF,
}


@once_per_page
def reach(actor: Actor) -> Reach:
    """Everything that the actor takes part in."""
    own = [one for one in enrolment.own_classes(actor) if one.enrolment.state != STOPPED]
    learnt = {card.course for card in enrolment.enrolments_of(actor.id or 0) if card.state != STOPPED}
    staff = bool(actor.roles & STAFF)
    run = enrolment.trains(actor) if staff else []
    centres = {one.angkatan.centre_unit_id for one in own if one.enrolment.state == PASSED}
    return Reach(
        courses=frozenset(learnt),
        every_course=staff,
        obstacles=bool(actor.roles & FIELD),
        classes=tuple({card.id: card for card in (*(one.angkatan for one in own), *run)}.values()),
        centres=frozenset(centres | {card.centre_unit_id for card in run}),
    )


def in_reach(actor: Actor, realm: str) -> bool:
    """The actor takes part in it, or runs the class however long ago."""
    if reach(actor).holds(realm):
        return True
    return realm.startswith(OF_CLASS) and enrolment.in_own_angkatan(actor, int(realm.removeprefix(OF_CLASS)))


def looks_after(actor: Actor, realm: str) -> bool:
    """It is in reach, and the actor's role judges there; in a class only those who run it."""
    kind = next((begin for begin in LOOKS_AFTER if realm.startswith(begin)), "")
    if not actor.roles & LOOKS_AFTER.get(kind, frozenset()) or not in_reach(actor, realm):
        return False
    return kind != OF_CLASS or _runs(actor, int(realm.removeprefix(OF_CLASS)))


def judged(actor: Actor) -> Reach:
    """Of all that is in reach, that in which the actor judges what is reported: the list twin of `looks_after`."""
    mine = reach(actor)
    may = {kind: bool(actor.roles & roles) for kind, roles in LOOKS_AFTER.items()}
    return Reach(
        courses=mine.courses if may[OF_COURSE] else frozenset(),
        every_course=mine.every_course and may[OF_COURSE],
        obstacles=mine.obstacles and may[OF_OBSTACLES],
        classes=tuple(card for card in mine.classes if may[OF_CLASS] and _runs(actor, card.id)),
        centres=mine.centres if may[OF_ALUMNI] else frozenset(),
    )


def _runs(actor: Actor, angkatan_id: int) -> bool:
    """Trainer, panitia or admin of the class; asked of the database only for one that is not on the actor's list."""
    card = next((card for card in reach(actor).classes if card.id == angkatan_id), None)
    if card is None:
        return enrolment.in_own_angkatan(actor, angkatan_id)
    of_unit = any(card.centre_path.startswith(path) for path in actor.paths("admin"))
    return of_unit or any(member.person_id == actor.id for member in card.staff)


LIST_THREADS = permission("forum.list_threads", (ANYONE, anything))
READ_THREAD = permission("forum.read_thread", (ANYONE, in_reach))
CREATE_POST = permission("forum.create_post", (ANYONE, in_reach))
APPROVE_POST = permission("forum.approve_post", ("widyaiswara", in_reach))
CHANGE_POST = permission("forum.change_post", ("widyaiswara panitia koordinator admin", looks_after))
PERMISSIONS = (LIST_THREADS, READ_THREAD, CREATE_POST, APPROVE_POST, CHANGE_POST)
