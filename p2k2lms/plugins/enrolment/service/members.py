"""Coming into a class and leaving it."""

from collections.abc import Mapping, Sequence

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
from p2k2lms.plugins.enrolment.queries.attending import meetings_until
from p2k2lms.plugins.enrolment.service import reading
from p2k2lms.plugins.enrolment.service.spells import record_exposures
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
Earned = tuple[AttendanceShare | None, float | None]
NOTHING: Earned = (None, None)


def join(actor: Actor, angkatan_id: int) -> EnrolmentCard:
    """Walk in by an open door; coming twice is harmless, two classes of one course at once are refused."""
    require(actor, JOIN_ANGKATAN)
    assert actor.id is not None
    with unit_of_work("enrolment.join_angkatan", actor, f"angkatan:{angkatan_id}"):
        card = _held(angkatan_id)
        require(actor, JOIN_ANGKATAN, card)
        if sessions.running_elsewhere(card.course, card.id, [actor.id]):
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
        _seat(uow, card, new, known, call)
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
            raise Invalid(_("Tandai orangnya, atau tulis nomor SDM PKH atau nomor HP."), "numbers")
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
    set_states([enrolment_id], state)


def set_states(enrolment_ids: Sequence[int], state: str) -> None:
    """The same for several, asked for together."""
    with unit_of_work("enrolment.set_state", subject=f"enrolment:{enrolment_ids[0]}"):
        changed = [row for row in _rows(enrolment_ids) if row.state != state]
        for row in changed:
            row.state = state
        _record([row for row in changed if row.angkatan_id is not None], state)


def end_exposures(enrolment_ids: Sequence[int]) -> None:
    """A class has ended for these people today without a pass: the spell ends, who learns may go on reading."""
    with unit_of_work("enrolment.end_exposure", subject=f"enrolment:{enrolment_ids[0]}"):
        rows = _rows(enrolment_ids)
        if any(row.angkatan_id is None for row in rows):
            raise NotFound("enrolment")
        _record(rows, ENDED)


def _rows(enrolment_ids: Sequence[int]) -> list[Enrolment]:
    rows = queries.rows_with_ids(enrolment_ids)
    if len(rows) != len(set(enrolment_ids)):
        raise NotFound("enrolment")
    return rows


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


def _seat(
    uow: UnitOfWork, card: AngkatanCard, people: Sequence[int], known: Mapping[int, Enrolment], call: Call | None
) -> None:
    same = {"angkatan_id": card.id, "course": card.course, "version_id": card.version_id}
    rows = [known.get(person_id) or Enrolment(person_id=person_id, **same) for person_id in people]
    for row in rows:
        if row.state == STOPPED:
            row.version_id = card.version_id
        row.state = RUNNING
    uow.add_all(rows)
    _record(rows, RUNNING, call)
    for row in rows:
        uow.publish(
            Enrolled(
                enrolment_id=row.id,
                person_id=row.person_id,
                angkatan_id=card.id,
                path_id=None,
                course=row.course,
                version_id=row.version_id,
            )
        )


def _record(rows: Sequence[Enrolment], status: str, call: Call | None = None) -> None:
    """Write the spells of exposure that follow from these enrolments in classes."""
    classes, earned = reading.angkatan_by_ids(list({row.angkatan_id or 0 for row in rows})), _earned(rows, status)
    if rows:
        record_exposures(
            [_spell(classes[row.angkatan_id or 0], row, status, earned.get(row.id, NOTHING), call) for row in rows]
        )


def _spell(card: AngkatanCard, row: Enrolment, status: str, earned: Earned, call: Call | None) -> Spell:
    since = rules.exposed_from(card.starts, clock.on_day(row.enrolled_at, ZONE))
    share, hours = earned
    return Spell(
        person_id=row.person_id,
        kind="kelas",
        object_ref=f"angkatan:{card.id}",
        mode=card.mode,
        status=status,
        valid_from=since,
        valid_to=None if status == RUNNING else rules.exposed_to(since, clock.today()),
        hours=hours,
        share_attended=share.earned / share.due if share else None,
        called_at=call.on if call else None,
        call_rule=call.rule if call else "",
        lottery_draw=call.draw if call else None,
    )


def _earned(rows: Sequence[Enrolment], status: str) -> dict[int, Earned]:
    """By enrolment the share of the meetings, and the hours: those attended, else the whole course for who passed."""
    if status == RUNNING:
        return {}
    met = meetings_until(tuple(sorted({row.angkatan_id or 0 for row in rows})), clock.today())
    versions = {row.version_id for row in rows}
    whole = {v: catalogue.version(v).jp * MINUTES_OF_JP / 60 for v in versions} if status == PASSED else {}
    found = dict[int, Earned]()
    for row in rows:
        share = met.share(row.angkatan_id or 0, row.person_id)
        found[row.id] = share, share.earned / 60 if share else whole.get(row.version_id)
    return found
