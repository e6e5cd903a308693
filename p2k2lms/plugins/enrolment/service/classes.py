"""Changing a class, its door, its staff, and its end."""

from dataclasses import asdict

from p2k2lms.core import clock
from p2k2lms.core.access import Actor
from p2k2lms.core.errors import Conflict, Invalid, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.enrolment import queries, rules
from p2k2lms.plugins.enrolment.models import Angkatan, AngkatanStaff
from p2k2lms.plugins.enrolment.permissions import MAKERS, STAFF
from p2k2lms.plugins.enrolment.queries import sessions
from p2k2lms.plugins.enrolment.service import reading
from p2k2lms.plugins.enrolment.values import STAFF_ROLES, AngkatanCard, AngkatanPlan
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.identity.values import UnitCard


def centres_of(actor: Actor) -> list[UnitCard]:
    """The units in which the actor may hold a class."""
    makers = set(MAKERS.split())
    return [identity.unit(unit_id) for unit_id in sorted({p.unit_id for p in actor.postings if p.role in makers})]


def change(actor: Actor, angkatan_id: int, plan: AngkatanPlan) -> None:
    """Change the plan of a class that is not closed; course and centre stay."""
    with unit_of_work("enrolment.change_angkatan", actor, f"angkatan:{angkatan_id}"):
        row, card = open_class(actor, angkatan_id)
        must_be_sound(plan, card.centre_unit_id, card)
        _must_hold_its_meetings(plan, angkatan_id)
        for name, value in asdict(plan).items():
            setattr(row, name, value)


def set_door(actor: Actor, angkatan_id: int, is_open: bool) -> None:
    """Open or shut the door of an online class."""
    with unit_of_work("enrolment.set_door", actor, f"angkatan:{angkatan_id}"):
        row, card = open_class(actor, angkatan_id)
        if is_open and card.mode != "daring":
            raise Conflict(_("Pintu terbuka hanya untuk angkatan daring."))
        row.open_door = is_open


def add_staff(actor: Actor, angkatan_id: int, number: str, role: str) -> None:
    """Let somebody, named by PKH id or phone number, teach or run the class."""
    with unit_of_work("enrolment.change_staff", actor, f"angkatan:{angkatan_id}") as uow:
        open_class(actor, angkatan_id)
        if role not in STAFF_ROLES:
            raise Invalid(_("Pilih pelatih atau panitia."), "role")
        person = identity.find_people([number]).get(number)
        if person is None or not may_work(person.id):
            raise Invalid(_("Tidak ada orang dengan nomor SDM PKH atau nomor HP ini."), "number")
        known = queries.staff_row(angkatan_id, person.id)
        if known is not None:
            known.role = role
        else:
            uow.add(AngkatanStaff(angkatan_id=angkatan_id, person_id=person.id, role=role))


def may_work(person_id: int) -> bool:
    """True for who teaches or runs classes today. All others are as unknown here as a number that nobody has: a
    phone number tells no name to whoever makes a class."""
    return any(p.role in STAFF.split() and p.holds_on(clock.today()) for p in identity.postings_of(person_id))


def remove_staff(actor: Actor, angkatan_id: int, person_id: int) -> None:
    """Take somebody off the staff; nobody takes himself off, so that no class is left alone by mistake."""
    with unit_of_work("enrolment.change_staff", actor, f"angkatan:{angkatan_id}"):
        open_class(actor, angkatan_id)
        if person_id == actor.id:
            raise Conflict(_("Anda tidak bisa mengeluarkan diri sendiri. Minta petugas lain."))
        queries.remove_staff(angkatan_id, person_id)


def learn_newer(actor: Actor, angkatan_id: int, seen: int, version_id: int) -> list[int]:
    """Let a class, and all who still learn in it, learn a newer version of its course; returns who they are.

    Who has passed or left keeps the version that was learned. `seen` is the version of the class that was looked at:
    Conflict when it learns another by now. Whether something speaks against moving is asked above (by progress).
    """
    with unit_of_work("enrolment.learn_newer", actor, f"angkatan:{angkatan_id} version:{seen}>{version_id}"):
        row, card = open_class(actor, angkatan_id)
        numbers = {version.id: version.number for version in catalogue.versions_of(card.course)}
        known = numbers[card.version_id]
        if card.version_id != seen:
            raise Conflict(_("Angkatan ini sudah dipindah ke versi %(n)s oleh petugas lain.", n=known))
        if numbers.get(version_id, 0) <= known:
            raise NotFound("newer version")
        row.version_id = version_id
        return queries.learn_version(angkatan_id, version_id)


def close(actor: Actor, angkatan_id: int) -> None:
    """End a class once all marks are decided (by progress): its door shuts, its roster no longer changes."""
    with unit_of_work("enrolment.close_angkatan", actor, f"angkatan:{angkatan_id}"):
        row, _card = open_class(actor, angkatan_id)
        row.open_door = False
        row.closed_at = clock.now()


def open_class(actor: Actor, angkatan_id: int) -> tuple[Angkatan, AngkatanCard]:
    """The class to change, its row held; NotFound for who may not, Conflict once it is closed."""
    row = queries.angkatan_row(angkatan_id)
    card = reading.angkatan_to_change(actor, angkatan_id)
    if row is None:
        raise NotFound("angkatan")
    if card.closed_at is not None:
        raise Conflict(_("Angkatan ini sudah ditutup dan tidak berubah lagi."))
    return row, card


def must_be_sound(plan: AngkatanPlan, centre_unit_id: int, known: AngkatanCard | None = None) -> None:
    """Invalid for a plan that cannot be held, or whose name another class of the centre has."""
    faults = rules.faults_of(plan, known.taken if known else 0)
    if faults:
        raise Invalid(faults[0].message, faults[0].field, faults)
    namesake = queries.angkatan_named(centre_unit_id, plan.name)
    if namesake is not None and (known is None or namesake != known.id):
        raise Invalid(_("Balai ini sudah punya angkatan dengan nama itu."), "name")


def _must_hold_its_meetings(plan: AngkatanPlan, angkatan_id: int) -> None:
    """A class does not shrink below what has taken place: no meeting with marks may fall outside its days."""
    marked = sessions.mark_counts(angkatan_id)
    for meeting in sessions.of_angkatan(angkatan_id):
        if meeting.id not in marked and meeting.closed_at is None:
            continue
        if meeting.on_day < plan.starts:
            raise Invalid(_("Ada kehadiran tercatat sebelum hari ini."), "starts")
        if plan.ends is not None and meeting.on_day > plan.ends:
            raise Invalid(_("Ada kehadiran tercatat sesudah hari ini."), "ends")
