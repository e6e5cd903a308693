"""The timetable of a class: laid out from the curriculum, changed by hand, with who teaches what."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from itertools import groupby

from p2k2lms.core.access import Actor, require
from p2k2lms.core.errors import Conflict, Invalid, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.enrolment.models import ClassSession, SubjectTrainer
from p2k2lms.plugins.enrolment.permissions import READ_ANGKATAN
from p2k2lms.plugins.enrolment.queries import sessions as read
from p2k2lms.plugins.enrolment.rules import timetable as rules
from p2k2lms.plugins.enrolment.service import reading
from p2k2lms.plugins.enrolment.service.classes import open_class
from p2k2lms.plugins.enrolment.values import TRAINER, AngkatanCard, SessionCard, SessionPlan
from p2k2lms.plugins.identity import service as identity


@dataclass(frozen=True)
class SubjectRow:
    """A mata diklat: its hours, how many are planned, who teaches it and who stands in."""

    modul: str
    title: str
    jp: int
    planned: int
    trainer: int | None
    substitute: int | None


@dataclass(frozen=True)
class Timetable:
    """The meetings of a class by day, its subjects, the names of its trainers, and who is wanted in two places."""

    angkatan: AngkatanCard
    days: tuple[tuple[date, tuple[SessionCard, ...]], ...]
    subjects: tuple[SubjectRow, ...]
    names: Mapping[int, str]
    clashes: tuple[tuple[str, SessionCard], ...]

    @property
    def trainers(self) -> dict[int, str]:
        """Who teaches in the class and may be chosen for a subject."""
        teaching = {s.person_id for s in self.angkatan.staff if s.role == TRAINER}
        return {person: name for person, name in self.names.items() if person in teaching}


def timetable(actor: Actor, angkatan_id: int) -> Timetable:
    """The whole timetable, for the staff of the class; NotFound for all others."""
    card = reading.angkatan(angkatan_id)
    require(actor, READ_ANGKATAN, card)
    meetings = read.of_angkatan(angkatan_id)
    chosen = {(t.modul, t.substitute): t.person_id for t in read.trainers_of(angkatan_id)}
    planned: dict[str, int] = {}
    for meeting in meetings:
        planned[meeting.modul] = planned.get(meeting.modul, 0) + meeting.jp
    subjects = tuple(
        SubjectRow(m.id, m.title, m.jp, planned.get(m.id, 0), chosen.get((m.id, False)), chosen.get((m.id, True)))
        for m in catalogue.outline(card.version_id).modul
    )
    names = identity.names({s.person_id for s in card.staff} | set(chosen.values()))
    days = tuple((day, tuple(found)) for day, found in groupby(meetings, key=lambda m: m.on_day))
    return Timetable(card, days, subjects, names, _clashes(card, meetings, chosen, names))


def _clashes(
    card: AngkatanCard,
    meetings: list[SessionCard],
    chosen: Mapping[tuple[str, bool], int],
    names: Mapping[int, str],
) -> tuple[tuple[str, SessionCard], ...]:
    """Meetings whose trainer teaches elsewhere at the same time."""
    people = sorted({person for (_modul, substitute), person in chosen.items() if not substitute})
    if not people or not meetings:
        return ()
    elsewhere = read.taught_elsewhere(card.id, people, meetings[0].on_day, meetings[-1].on_day)
    return tuple(
        (names.get(person, ""), meeting)
        for meeting in meetings
        if (person := chosen.get((meeting.modul, False))) is not None
        and any(person == whose and rules.meet(meeting, other) for whose, other in elsewhere)
    )


def session(session_id: int) -> SessionCard:
    """The meeting with this id; raises NotFound."""
    found = read.card(session_id)
    if found is None:
        raise NotFound("session")
    return found


def session_of(actor: Actor, angkatan_id: int, session_id: int) -> SessionCard:
    """A meeting of this class for its staff; NotFound for all others."""
    card = reading.angkatan(angkatan_id)
    require(actor, READ_ANGKATAN, card)
    return session_in_class(card, session_id)


def session_in_class(card: AngkatanCard, session_id: int) -> SessionCard:
    """A meeting of a class that the caller may see; NotFound for one of another class."""
    found = session(session_id)
    if found.angkatan_id != card.id:
        raise NotFound("session")
    return found


def fill_timetable(actor: Actor, angkatan_id: int) -> int:
    """Lay the hours of the curriculum out over the days of the class; returns how many JP found no place."""
    with unit_of_work("enrolment.fill_timetable", actor, f"angkatan:{angkatan_id}") as uow:
        card = open_class(actor, angkatan_id)[1]
        if read.of_angkatan(angkatan_id):
            raise Conflict(_("Jadwal sudah berisi. Hapus pertemuannya dahulu, atau tambah satu per satu."))
        if card.ends is None:
            raise Conflict(_("Isi hari terakhir angkatan dahulu, lalu buat jadwalnya."))
        first = card.starts if card.online_until is None else card.online_until + timedelta(days=1)
        subjects = [rules.Subject(m.id, m.title, m.jp) for m in catalogue.outline(card.version_id).modul]
        plans, left = rules.lay_out(subjects, first, card.ends)
        for plan in plans:
            uow.add(ClassSession(angkatan_id=angkatan_id, **asdict(plan)))
    return left


def empty_timetable(actor: Actor, angkatan_id: int) -> None:
    """Take every meeting that nobody was marked at off the timetable."""
    with unit_of_work("enrolment.empty_timetable", actor, f"angkatan:{angkatan_id}"):
        open_class(actor, angkatan_id)
        kept = read.mark_counts(angkatan_id)
        for meeting in read.of_angkatan(angkatan_id):
            if meeting.id not in kept and meeting.closed_at is None:
                read.forget(meeting.id)


def add_session(actor: Actor, angkatan_id: int, plan: SessionPlan) -> int:
    """Put one meeting on the timetable."""
    with unit_of_work("enrolment.add_session", actor, f"angkatan:{angkatan_id}") as uow:
        card = open_class(actor, angkatan_id)[1]
        _must_be_sound(card, plan)
        return uow.add(ClassSession(angkatan_id=angkatan_id, **asdict(plan))).id


def change_session(actor: Actor, angkatan_id: int, session_id: int, plan: SessionPlan) -> None:
    """Change a meeting; once somebody is marked, its time and hours stay."""
    with unit_of_work("enrolment.change_session", actor, f"session:{session_id}"):
        card = open_class(actor, angkatan_id)[1]
        known = session_of(actor, angkatan_id, session_id)
        _must_be_sound(card, plan, session_id)
        fixed = ("on_day", "starts", "minutes", "jp")
        if read.mark_counts(angkatan_id).get(session_id) and any(
            getattr(plan, name) != getattr(known, name) for name in fixed
        ):
            raise Conflict(_("Kehadiran sudah dicatat. Waktu dan JP pertemuan ini tidak berubah lagi."))
        row = read.row(session_id)
        for name, value in asdict(plan).items():
            setattr(row, name, value)


def remove_session(actor: Actor, angkatan_id: int, session_id: int) -> None:
    """Take a meeting off the timetable, unless somebody is marked there."""
    with unit_of_work("enrolment.remove_session", actor, f"session:{session_id}"):
        open_class(actor, angkatan_id)
        known = session_of(actor, angkatan_id, session_id)
        if known.closed_at is not None or read.mark_counts(angkatan_id).get(session_id):
            raise Conflict(_("Kehadiran sudah dicatat. Pertemuan ini tidak bisa dihapus."))
        read.forget(session_id)


def name_trainers(actor: Actor, angkatan_id: int, chosen: Mapping[tuple[str, bool], int]) -> None:
    """Say for each mata diklat who teaches it and who stands in; both from the trainers of the class."""
    with unit_of_work("enrolment.name_trainers", actor, f"angkatan:{angkatan_id}") as uow:
        card = open_class(actor, angkatan_id)[1]
        known = {s.person_id for s in card.staff if s.role == TRAINER}
        moduls = {m.id for m in catalogue.outline(card.version_id).modul}
        if not set(chosen.values()) <= known or not {modul for modul, _s in chosen} <= moduls:
            raise Invalid(_("Pilih dari pelatih angkatan ini."), "trainers")
        if any(chosen.get((modul, True)) == person for (modul, s), person in chosen.items() if not s):
            raise Invalid(_("Pengganti harus orang lain."), "trainers")
        read.forget_trainers(angkatan_id)
        for (modul, substitute), person_id in chosen.items():
            uow.add(SubjectTrainer(angkatan_id=angkatan_id, modul=modul, substitute=substitute, person_id=person_id))


def copy_plan(source_id: int, card: AngkatanCard) -> None:
    """Bring trainers of subjects and the timetable of an earlier class into a new one, its days moved along.

    No actor: whoever makes the class has been asked. What the new version no longer teaches stays behind.
    """
    with unit_of_work("enrolment.copy_plan", subject=f"angkatan:{card.id}") as uow:
        moved = card.starts - reading.angkatan(source_id).starts
        moduls = {m.id for m in catalogue.outline(card.version_id).modul} | {""}
        teaching = {s.person_id for s in card.staff}
        for entry in read.trainers_of(source_id):
            if entry.modul in moduls and entry.person_id in teaching:
                uow.add(SubjectTrainer(angkatan_id=card.id, **entry._asdict()))
        for meeting in read.of_angkatan(source_id):
            day = meeting.on_day + moved
            if meeting.modul in moduls and card.starts <= day <= (card.ends or date.max):
                plan = {name: getattr(meeting, name) for name in ("starts", "minutes", "modul", "title", "jp")}
                uow.add(ClassSession(angkatan_id=card.id, on_day=day, **plan))


def _must_be_sound(card: AngkatanCard, plan: SessionPlan, own_id: int | None = None) -> None:
    others = [m for m in read.of_angkatan(card.id) if m.id != own_id]
    faults = rules.faults_of(plan, card.starts, card.ends, others)
    if plan.modul and plan.modul not in {m.id for m in catalogue.outline(card.version_id).modul}:
        raise Invalid(_("Mata diklat ini tidak ada di kursus."), "modul")
    if faults:
        raise Invalid(faults[0].message, faults[0].field, faults)
