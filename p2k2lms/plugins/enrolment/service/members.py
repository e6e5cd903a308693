"""Coming into a class and leaving it."""

from collections.abc import Sequence

from p2k2lms.core import clock
from p2k2lms.core.access import Actor, require
from p2k2lms.core.errors import Conflict, Invalid, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import UnitOfWork, unit_of_work
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.enrolment import queries, rules
from p2k2lms.plugins.enrolment.events import Enrolled
from p2k2lms.plugins.enrolment.models import Enrolment
from p2k2lms.plugins.enrolment.permissions import JOIN_ANGKATAN
from p2k2lms.plugins.enrolment.queries import sessions
from p2k2lms.plugins.enrolment.service import reading
from p2k2lms.plugins.enrolment.service.spells import record_exposure
from p2k2lms.plugins.enrolment.values import (
    BY_DOOR,
    BY_STAFF,
    ENDED,
    MINUTES_OF_JP,
    PASSED,
    RUNNING,
    STOPPED,
    AngkatanCard,
    AttendanceShare,
    Call,
    EnrolmentCard,
    Spell,
)
from p2k2lms.plugins.identity import service as identity

ZONE = clock.HOME


def join(actor: Actor, angkatan_id: int) -> EnrolmentCard:
    """Walk in by an open door; coming twice is harmless, two classes of one course at once are refused."""
    require(actor, JOIN_ANGKATAN)
    assert actor.id is not None
    with unit_of_work("enrolment.join_angkatan", actor, f"angkatan:{angkatan_id}"):
        card = _held(angkatan_id)
        require(actor, JOIN_ANGKATAN, card)
        known = reading.enrolment_in(actor.id, card.course)
        if known is not None and known.state == RUNNING and known.angkatan_id not in (None, card.id):
            raise Conflict(_("Anda sudah belajar kursus ini di angkatan lain. Selesaikan dulu yang itu."))
        admit(card.id, [actor.id], Call(BY_DOOR, clock.today()))
        joined = reading.members_of(card.id, [actor.id])
    return joined[0]


def enrol(actor: Actor, angkatan_id: int, person_ids: Sequence[int]) -> int:
    """Put these people of the centre's area into the class; returns how many were not in it before."""
    with unit_of_work("enrolment.enrol", actor, f"angkatan:{angkatan_id}"):
        card = changeable(actor, angkatan_id)
        wanted = list(dict.fromkeys(person_ids))
        if strangers := outside(card, wanted):
            raise Invalid(_("%(number)s orang tidak ada di wilayah balai ini.", number=len(strangers)), "people")
        came = admit(card.id, wanted, Call(BY_STAFF, clock.today()))
        sessions.forget_waiting(card.id, wanted)
        return came


def admit(angkatan_id: int, person_ids: Sequence[int], call: Call | None = None) -> int:
    """Give these people their seats; no actor, for it has been decided that they may. Returns how many are new."""
    with unit_of_work("enrolment.admit", subject=f"angkatan:{angkatan_id}") as uow:
        card = _held(angkatan_id)
        known = {row.person_id: row for row in queries.enrolment_rows(card.id, person_ids)}
        new = [p for p in person_ids if p not in known or known[p].state == STOPPED]
        if rules.short_of_seats(card, new):
            say = _("Tempat tersisa %(left)s, yang akan masuk %(new)s orang.", left=card.seats_left, new=len(new))
            raise Invalid(say, "numbers")
        for person_id in new:
            _seat(uow, card, person_id, known.get(person_id), call)
    return len(new)


def enrol_numbers(actor: Actor, angkatan_id: int, person_ids: Sequence[int], numbers: Sequence[str]) -> int:
    """The same for people who were ticked and for people named by PKH id or phone number.

    Nobody comes in while one number is unknown here; each unknown one is named.
    """
    with unit_of_work("enrolment.enrol", actor, f"angkatan:{angkatan_id}"):
        card = changeable(actor, angkatan_id)
        found = identity.find_people(numbers)
        away = outside(card, [person.id for person in found.values()])
        unknown = [number for number in numbers if number not in found or found[number].id in away]
        if unknown:
            say = _("Belum ada yang ditambahkan. Tidak dikenal di wilayah balai ini: %(who)s.", who=", ".join(unknown))
            raise Invalid(say, "numbers")
        wanted = [*person_ids, *(found[number].id for number in numbers)]
        if not wanted:
            raise Invalid(_("Tandai orangnya, atau tulis ID PKH atau nomor HP."), "numbers")
        return enrol(actor, angkatan_id, wanted)


def withdraw(actor: Actor, angkatan_id: int, enrolment_id: int) -> None:
    """Take somebody out of the class; what was learned stays."""
    with unit_of_work("enrolment.withdraw", actor, f"enrolment:{enrolment_id}"):
        card = changeable(actor, angkatan_id)
        member = reading.enrolment(enrolment_id)
        if member.angkatan_id != card.id:
            raise NotFound("enrolment")
        if member.state == PASSED:
            raise Conflict(_("Peserta ini sudah lulus dan tidak bisa dikeluarkan."))
        set_state(enrolment_id, STOPPED)


def set_state(enrolment_id: int, state: str) -> None:
    """Bring an enrolment and its spell of exposure to this state; no actor, for a decision has been made."""
    with unit_of_work("enrolment.set_state", subject=f"enrolment:{enrolment_id}"):
        row = queries.enrolment_row(enrolment_id)
        if row is None:
            raise NotFound("enrolment")
        if row.state == state:
            return
        row.state = state
        if row.angkatan_id is not None:
            _record(reading.angkatan(row.angkatan_id), row, state)


def end_exposure(enrolment_id: int) -> None:
    """The class has ended for this person today without a pass: the spell ends, who learns may go on reading."""
    with unit_of_work("enrolment.end_exposure", subject=f"enrolment:{enrolment_id}"):
        row = queries.enrolment_row(enrolment_id)
        if row is None or row.angkatan_id is None:
            raise NotFound("enrolment")
        _record(reading.angkatan(row.angkatan_id), row, ENDED)


def begin_path(path_id: int, person_id: int, course: str, version_id: int) -> int:
    """Open a course to somebody on a path of coaching; no actor, the path has begun. Returns the enrolment.

    The exposure of a path is told by its owner, with the dates and hours that only the path knows.
    """
    with unit_of_work("enrolment.begin_path", subject=f"path:{path_id}") as uow:
        row = uow.add(Enrolment(person_id=person_id, path_id=path_id, course=course, version_id=version_id))
        uow.publish(
            Enrolled(
                enrolment_id=row.id,
                person_id=person_id,
                angkatan_id=None,
                path_id=path_id,
                course=course,
                version_id=version_id,
            )
        )
        return row.id


def _held(angkatan_id: int) -> AngkatanCard:
    """The class, its row locked, so that two people cannot take the last seat."""
    if queries.angkatan_row(angkatan_id) is None:
        raise NotFound("angkatan")
    return reading.angkatan(angkatan_id)


def changeable(actor: Actor, angkatan_id: int) -> AngkatanCard:
    """The class whose members the actor may change, its row held; Conflict once it is closed."""
    queries.angkatan_row(angkatan_id)
    card = reading.angkatan_to_change(actor, angkatan_id)
    if card.closed_at is not None:
        raise Conflict(_("Angkatan ini sudah ditutup. Pesertanya tidak berubah lagi."))
    return card


def outside(card: AngkatanCard, person_ids: Sequence[int]) -> set[int]:
    """Those who have no home unit in the centre's area."""
    homes = identity.home_units(person_ids, clock.today())
    return {p for p in person_ids if p not in homes or not homes[p].path.startswith(card.centre_path)}


def _seat(uow: UnitOfWork, card: AngkatanCard, person_id: int, row: Enrolment | None, call: Call | None) -> None:
    if row is None:
        row = uow.add(
            Enrolment(person_id=person_id, angkatan_id=card.id, course=card.course, version_id=card.version_id)
        )
    if row.state == STOPPED:
        row.version_id = card.version_id
    row.state = RUNNING
    _record(card, row, RUNNING, call)
    uow.publish(
        Enrolled(
            enrolment_id=row.id,
            person_id=person_id,
            angkatan_id=card.id,
            path_id=None,
            course=row.course,
            version_id=row.version_id,
        )
    )


def _record(card: AngkatanCard, row: Enrolment, status: str, call: Call | None = None) -> None:
    since = rules.exposed_from(card.starts, clock.on_day(row.enrolled_at, ZONE))
    share = _share(card.id, row.person_id) if status != RUNNING else None
    record_exposure(
        Spell(
            person_id=row.person_id,
            kind="kelas",
            object_ref=f"angkatan:{card.id}",
            mode=card.mode,
            status=status,
            valid_from=since,
            valid_to=None if status == RUNNING else rules.exposed_to(since, clock.today()),
            hours=_hours(row, share) if status != RUNNING else None,
            share_attended=share.earned / share.due if share and status != RUNNING else None,
            called_at=call.on if call else None,
            call_rule=call.rule if call else "",
            lottery_draw=call.draw if call else None,
        )
    )


def _share(angkatan_id: int, person_id: int) -> AttendanceShare | None:
    """What of the meetings so far a person was at; None if there were none."""
    due = sessions.held([angkatan_id], clock.today()).get(angkatan_id)
    if due is None:
        return None
    mine = [(m, n) for _a, p, m, n in sessions.earned([angkatan_id], clock.today()) if p == person_id]
    return AttendanceShare(mine[0][0] if mine else 0, due[0], mine[0][1] if mine else 0, due[1])


def _hours(row: Enrolment, share: AttendanceShare | None) -> float | None:
    """Hours of training: those attended, else the whole course for who has passed it."""
    if share is not None:
        return share.earned / 60
    return catalogue.version(row.version_id).jp * MINUTES_OF_JP / 60 if row.state == PASSED else None
