"""A list of people from an office file: looked at first, cell by cell, then taken in as a whole."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from p2k2lms.core import clock, sheets
from p2k2lms.core.access import Actor
from p2k2lms.core.errors import Invalid
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.enrolment.queries import sessions as read
from p2k2lms.plugins.enrolment.rules import rosters as rules
from p2k2lms.plugins.enrolment.rules.rosters import CellFault, Line
from p2k2lms.plugins.enrolment.service import reading
from p2k2lms.plugins.enrolment.service.members import changeable, enrol, outside
from p2k2lms.plugins.enrolment.service.waiting import queue
from p2k2lms.plugins.enrolment.values import AngkatanCard
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.identity.values import PersonCard


@dataclass(frozen=True)
class RosterCheck:
    """What a file would do: who is ready, who would wait for a seat, what is wrong where, and what is only odd."""

    angkatan: AngkatanCard
    lines: int
    ready: tuple[tuple[int, PersonCard], ...]
    faults: tuple[CellFault, ...]
    notes: tuple[CellFault, ...]

    @property
    def waiting(self) -> int:
        """How many of the ready ones would find no seat."""
        left = self.angkatan.seats_left
        return 0 if left is None else max(len(self.ready) - left, 0)


def check_roster(actor: Actor, angkatan_id: int, data: bytes) -> RosterCheck:
    """Look at a file without changing anything; Invalid for a file that cannot be read at all."""
    card = reading.angkatan_to_change(actor, angkatan_id)
    table = sheets.read(data)
    columns = rules.columns_of(table[0]) if table else {}
    if not columns.keys() & {"number", "phone"}:
        raise Invalid(_("Baris 1 harus memuat judul kolom: Nama, dan Nomor SDM PKH atau Nomor HP."), "file")
    lines = rules.lines_of(table, columns)
    if not lines:
        raise Invalid(_("Berkas ini tidak memuat satu orang pun."), "file")
    if len(lines) > rules.MOST_LINES:
        raise Invalid(_("Paling banyak %(n)s orang dalam satu berkas.", n=rules.MOST_LINES), "file")
    return _checked(card, lines)


def _checked(card: AngkatanCard, lines: Sequence[Line]) -> RosterCheck:
    people = identity.find_people({word for line in lines for word in line.words})
    faults, notes, found = [*_double(lines)], list[CellFault](), dict[int, PersonCard]()
    spoilt, same_name = {fault.row for fault in faults}, rules.doubles(lines, "name")
    for line in lines:
        if line.row in spoilt:
            continue
        person, problem = _person(line, people)
        if person and person.id in {p.id for p in found.values()}:
            faults.append(CellFault(line.row, "number", _("Orang ini sudah ada di baris lain.")))
        elif person:
            found[line.row] = person
        elif problem:
            faults.append(_same_name(line.row, same_name[line.row]) if line.row in same_name else problem)
    refused, already = _refused(card, found)
    ready = tuple((row, p) for row, p in found.items() if row not in refused and row not in already)
    faults += refused.values()
    notes += already.values()
    notes += _notes(lines, dict(ready), same_name)
    return RosterCheck(card, len(lines), ready, tuple(sorted(faults)), tuple(sorted(notes)))


def _notes(lines: Sequence[Line], ready: Mapping[int, PersonCard], same_name: Mapping[int, int]) -> Iterator[CellFault]:
    """What somebody should look at in rows that are right: another name on the account, two people of one name."""
    for line in lines:
        person = ready.get(line.row)
        if person and rules.is_other_name(line.name, person.name):
            yield CellFault(line.row, "name", _("Di akun tertulis %(name)s.", name=person.name))
        if person and line.row in same_name:
            say = _("Nama ini juga ada di baris %(row)s. Nomornya milik akun lain, jadi ini dua orang.")
            yield CellFault(line.row, "name", say % {"row": same_name[line.row]})


def _double(lines: Sequence[Line]) -> list[CellFault]:
    say = {
        "number": _("Nomor SDM PKH ini sudah ada di baris %(row)s."),
        "phone": _("Nomor HP ini sudah ada di baris %(row)s."),
    }
    found: dict[int, CellFault] = {}
    for key, text in say.items():
        for row, earlier in rules.doubles(lines, key).items():
            found.setdefault(row, CellFault(row, key, text % {"row": earlier}))
    return list(found.values())


def _same_name(row: int, earlier: int) -> CellFault:
    """A name for the second time, without a number that leads to an account of its own."""
    say = _("Nama ini sudah ada di baris %(row)s. Kalau orangnya lain, isi nomor SDM PKH atau nomor HP akunnya.")
    return CellFault(row, "name", say % {"row": earlier})


def _person(line: Line, people: Mapping[str, PersonCard]) -> tuple[PersonCard | None, CellFault | None]:
    """The one whom a row means, or what is wrong with it."""
    if not line.words:
        return None, CellFault(line.row, "number", _("Isi nomor SDM PKH atau nomor HP."))
    known = {people[word].id: people[word] for word in line.words if word in people}
    if len(known) > 1:
        return None, CellFault(line.row, "phone", _("Nomor SDM PKH dan nomor HP milik dua orang yang berbeda."))
    if not known:
        column = "number" if line.number else "phone"
        return None, CellFault(line.row, column, _unknown())
    return next(iter(known.values())), None


def _unknown() -> str:
    return _("Tidak dikenal di wilayah balai ini. Periksa angkanya, atau minta admin membuat akunnya.")


def _refused(card: AngkatanCard, found: Mapping[int, PersonCard]) -> tuple[dict[int, CellFault], dict[int, CellFault]]:
    """Rows of people who may not come in, and rows of those who are in already."""
    ids = [person.id for person in found.values()]
    away = outside(card, ids)
    elsewhere = read.running_elsewhere(card.course, card.id, ids)
    here = {m.person_id for m in reading.members_of(card.id, ids)}
    refused, already = dict[int, CellFault](), dict[int, CellFault]()
    for row, person in found.items():
        if person.id in here:
            already[row] = CellFault(row, "", _("Sudah menjadi peserta."))
        elif person.id in away:  # as unknown as nobody: a number tells no name
            refused[row] = CellFault(row, "number", _unknown())
        elif person.id in elsewhere:
            say = _("Sedang belajar kursus ini di %(name)s.", name=elsewhere[person.id])
            refused[row] = CellFault(row, "", say)
    return refused, already


def apply_roster(actor: Actor, angkatan_id: int, person_ids: Sequence[int]) -> tuple[int, int]:
    """Take these people in, in this order; who finds no seat waits. Returns how many came in and how many wait."""
    with unit_of_work("enrolment.apply_roster", actor, f"angkatan:{angkatan_id}"):
        card = changeable(actor, angkatan_id)
        wanted = list(dict.fromkeys(person_ids))
        here = {m.person_id for m in reading.members_of(card.id, wanted)}
        elsewhere = read.running_elsewhere(card.course, card.id, wanted)
        new = [p for p in wanted if p not in here and p not in elsewhere]
        if not new:
            raise Invalid(_("Tidak ada orang baru di daftar ini."), "file")
        room = len(new) if card.seats_left is None else card.seats_left
        enrol(actor, angkatan_id, new[:room])
        if late := new[room:]:
            if outside(card, late):
                raise Invalid(_("Ada orang di luar wilayah balai ini."), "file")
            queue(angkatan_id, late)
    return min(room, len(new)), len(late)


def template() -> list[tuple[str, ...]]:
    """The head of an empty list and one line that shows how it is filled."""
    day = f"{clock.today():%d%m}"
    return [("Nama", "Nomor SDM PKH", "Nomor HP"), ("Nama Lengkap", f"12345678{day}", "0812xxxxxxxx")]
