"""Who coaches: a supervisor who takes a path, a peer who agreed, a hand-over on a day, a coach who leaves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from p2k2lms.core import clock
from p2k2lms.core.access import Actor, allowed, require
from p2k2lms.core.errors import Conflict, Invalid, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import UnitOfWork, unit_of_work
from p2k2lms.plugins.coaching.models import CoachAssignment, CoachingPath, WillingPeer
from p2k2lms.plugins.coaching.permissions import CHANGE_ASSIGNMENT
from p2k2lms.plugins.coaching.queries import paths as read
from p2k2lms.plugins.coaching.rules import paths as rules
from p2k2lms.plugins.coaching.values import About, PathCard
from p2k2lms.plugins.coaching.values.words import BY_PEER, BY_SUPERVISOR, RUNNING
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.identity import service as identity

FURTHEST = timedelta(days=60)


def may_assign(actor: Actor, person_id: int) -> bool:
    """True for the supervisor of this person and for the koordinator of the unit."""
    return allowed(actor, CHANGE_ASSIGNMENT, About(person_id, clock.today()))


def _kabupaten_of(path: str) -> str:
    return "/".join(path.split("/")[:5]) + "/"


def peers_for(actor: Actor, card: PathCard) -> list[int]:
    """Prepared peers who agreed to coach: of the same kabupaten, or wherever the actor is koordinator of both."""
    home = identity.home_unit(card.person_id, clock.today())
    own = [path for path in actor.paths("koordinator") if home and home.path.startswith(path)]
    near = read.willing_near(min([*own, _kabupaten_of(home.path)], key=len)) if home else []
    return [person for person in near if person != card.person_id]


@dataclass(frozen=True)
class Seat:
    """A path whose coach may be chosen: who walks it, who coaches now, who may."""

    card: PathCard
    name: str
    coach: str
    choices: list[tuple[int, str]]
    waiting: rules.Waiting | None


def seat(actor: Actor, path_id: int) -> Seat:
    """The choice of a coach, for who may make it: the supervisor first, then the peers who agreed."""
    require(actor, CHANGE_ASSIGNMENT)
    card = read.path(path_id, clock.today())
    if card is None or not may_assign(actor, card.person_id):
        raise NotFound("path")
    supervisor = identity.supervisor_of(card.person_id, clock.today())
    peers = [peer for peer in peers_for(actor, card) if peer != supervisor]
    known = [card.person_id, *peers, *(p for p in (supervisor, card.coach_id) if p)]
    names = identity.names(known)
    first = [(p, _("%(name)s (supervisor)", name=names[p])) for p in [supervisor] if p in names]
    rest = sorted(((p, names[p]) for p in peers if p in names), key=lambda pair: pair[1])
    return Seat(
        card=card,
        name=names.get(card.person_id, ""),
        coach=names.get(card.coach_id or 0, ""),
        choices=[*first, *((p, _("%(name)s (rekan)", name=name)) for p, name in rest)],
        waiting=rules.waiting(card.asked_on, supervisor is not None, clock.today()),
    )


def willing(actor: Actor) -> bool:
    """True if the actor agreed to coach."""
    return actor.id is not None and read.willing_row(actor.id) is not None


def agree(actor: Actor, yes: bool) -> None:
    """A prepared pendamping says that he will coach peers, or takes it back; running paths stay."""
    today = clock.today()
    with unit_of_work("coaching.agree_to_coach", actor, f"person:{actor.id}") as uow:
        if "pendamping" not in actor.roles or not enrolment.is_prepared(actor.id or 0, today):
            raise Conflict(_("Membimbing rekan terbuka bagi pendamping yang sudah lulus kelas atau selesai jalur."))
        row, home = read.willing_row(actor.id or 0), identity.home_unit(actor.id or 0, today)
        if yes and row is None and home is not None:
            uow.add(WillingPeer(person_id=actor.id, home_path=home.path, agreed_on=today))
        elif not yes and row is not None:
            read.remove_willing(row.person_id)


def assign(actor: Actor, path_id: int, coach_id: int, from_day: date) -> None:
    """Let somebody coach a path from a day on; who coached until then ends the day before, nothing else changes."""
    require(actor, CHANGE_ASSIGNMENT)
    with unit_of_work("coaching.assign_coach", actor, f"path:{path_id}") as uow:
        row = read.path_row(path_id)
        card = read.path(path_id, clock.today())
        if row is None or card is None:
            raise NotFound("path")
        require(actor, CHANGE_ASSIGNMENT, About(card.person_id, clock.today()))
        if row.state != RUNNING:
            raise Conflict(_("Jalur ini sudah berakhir."))
        if not row.valid_from <= from_day <= clock.today() + FURTHEST:
            raise Invalid(_("Isi tanggal sejak jalur dimulai, paling jauh 60 hari ke depan."), "from_day")
        supervisor = identity.supervisor_of(card.person_id, from_day)
        if coach_id not in {supervisor, *peers_for(actor, card)} or coach_id == card.person_id:
            raise Invalid(_("Pilih supervisor atau rekan yang sudah bersedia."), "coach_id")
        if _coaches(read.assignments(row.id), coach_id, from_day):
            name = identity.names([coach_id]).get(coach_id, "")
            raise Invalid(_("Pada tanggal itu %(name)s sudah membimbing jalur ini.", name=name), "coach_id")
        hand_to(uow, row, coach_id, from_day, by=actor.id)


def _coaches(known: Iterable[CoachAssignment], coach_id: int | None, day: date) -> bool:
    held = (a for a in known if a.coach_id == coach_id)
    return any(a.valid_from <= day and (a.valid_to is None or a.valid_to > day) for a in held)


def hand_to(uow: UnitOfWork, row: CoachingPath, coach_id: int | None, day: date, by: int | None = None) -> None:
    """From this day on somebody else coaches, or nobody; talks, sheets and agreements stay where they are."""
    before = read.assignments(row.id)
    if _coaches(before, coach_id, day):
        return
    for held in before:
        if held.valid_from >= day:
            read.remove_assignment(held.id)
        elif held.valid_to is None or held.valid_to > day:
            held.valid_to = day
    if coach_id is None:
        row.asked_on = max(day, row.valid_from)
        uow.notify(row.person_id, "coaching.coach_gone", f"/bimbingan/jalur/{row.id}")
        return
    own = coach_id == identity.supervisor_of(row.person_id, day)
    kind = BY_SUPERVISOR if own else BY_PEER
    uow.add(CoachAssignment(path_id=row.id, coach_id=coach_id, kind=kind, valid_from=day, assigned_by=by))
    row.asked_on = None
    name = identity.names([coach_id, row.person_id])
    uow.notify(row.person_id, "coaching.coach_found", f"/bimbingan/jalur/{row.id}", name=name.get(coach_id, ""))
    uow.notify(coach_id, "coaching.you_coach", f"/bimbingan/jalur/{row.id}", name=name.get(row.person_id, ""))


def supervision_changed(pendamping_id: int, old: int | None, new: int | None, day: date) -> None:
    """A new supervisor takes over what the old one coached, from that day; a peer who coaches goes on."""
    with unit_of_work("coaching.follow_supervision", subject=f"person:{pendamping_id}") as uow:
        for card in read.running_of([pendamping_id], day):
            row = read.path_row(card.id)
            if row is not None and card.coach_id is not None and card.coach_id == old:
                hand_to(uow, row, new, day)


def coach_left(person_id: int, day: date) -> None:
    """A posting ended: what this person coached waits for somebody else from that day, unless another posting holds."""
    held = {p.role for p in identity.postings_of(person_id) if p.holds_on(day)}
    if held & {"pendamping", "supervisor"}:
        return
    with unit_of_work("coaching.follow_posting", subject=f"person:{person_id}") as uow:
        for assignment in read.open_assignments(person_id, day):
            row = read.path_row(assignment.path_id)
            if row is not None and row.state == RUNNING:
                hand_to(uow, row, None, day)
