"""Own groups from an office file: looked at cell by cell, taken in as a whole, given back with what is to mend."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from p2k2lms.core import clock
from p2k2lms.core.access import Actor, require
from p2k2lms.core.errors import Fault, Invalid
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.fieldwork.permissions import CREATE_GROUP
from p2k2lms.plugins.fieldwork.rules import names
from p2k2lms.plugins.fieldwork.rules import sheets as rules
from p2k2lms.plugins.fieldwork.rules.sheets import DESA, MEMBERS, NAME, PLACE, SINCE, CellFault
from p2k2lms.plugins.fieldwork.service import groups
from p2k2lms.plugins.fieldwork.service.groups import GroupData
from p2k2lms.plugins.identity.values import UnitCard

Table = Sequence[Sequence[str]]
MOST_MEMBERS = 500
LONGEST_NAME, LONGEST_PLACE = 60, 120


@dataclass(frozen=True)
class SheetCheck:
    """What a file would do: the groups that are ready, and what is wrong where."""

    ready: tuple[GroupData, ...]
    faults: tuple[CellFault, ...]
    rows: int


def check_sheet(actor: Actor, table: Table) -> SheetCheck:
    """Look at a table without changing anything; Invalid for one without the columns that are needed."""
    require(actor, CREATE_GROUP)
    columns = rules.columns_of(table[0]) if table else {}
    if not set(rules.NEEDED) <= columns.keys():
        raise Invalid(_("Baris 1 harus memuat judul kolom: Kelompok, Desa, Keluarga."), "file")
    lines = [(n, rules.cells(row, columns)) for n, row in enumerate(table[1:], 2) if any(row)]
    if not lines or len(lines) > rules.MOST_ROWS:
        raise Invalid(_("Isi 1 sampai %(n)s kelompok dalam satu berkas.", n=rules.MOST_ROWS), "file")
    desa = groups.places_for(actor)
    ready, faults, seen = list[GroupData](), list[CellFault](), dict[tuple[int, str], int]()
    for number, line in lines:
        data, wrong = _row(number, line, desa)
        wrong += _double(number, data, seen)
        wrong += _refused(number, data, desa) if not wrong else []
        faults += wrong
        if not wrong:
            ready.append(data)
    return SheetCheck(tuple(ready), tuple(sorted(faults)), len(lines))


def _row(number: int, line: dict[str, str], desa: Sequence[UnitCard]) -> tuple[GroupData, list[CellFault]]:
    """The group of a row, and what is wrong with the shape of its cells."""
    wrong = []
    named = [unit for unit in desa if names.heard(unit.name) == names.heard(line[DESA])]
    if len(named) != 1:
        say = _("Desa ini tidak ada di wilayah tugas Anda.") if not named else _("Ada dua desa dengan nama ini.")
        wrong.append(CellFault(number, DESA, say))
    members = int(line[MEMBERS]) if line[MEMBERS].isdecimal() and len(line[MEMBERS]) < 5 else 0
    if not 1 <= members <= MOST_MEMBERS:
        wrong.append(CellFault(number, MEMBERS, _("Isi 1 sampai 500 keluarga.")))
    since: date | None = rules.day_of(line[SINCE]) if line.get(SINCE) else clock.today().replace(day=1)
    if since is None:
        wrong.append(CellFault(number, SINCE, _("Isi dengan tanggal, misalnya 2026-11-21.")))
    unit = named[0].id if len(named) == 1 else 0
    name, place = names.kept(line[NAME]), names.kept(line.get(PLACE, ""))
    if len(name) < 2:
        wrong.append(CellFault(number, NAME, _("Tulis nama kelompok, misalnya Melati.")))
    for column, said, longest in ((NAME, name, LONGEST_NAME), (PLACE, place, LONGEST_PLACE)):
        if len(said) > longest:
            wrong.append(CellFault(number, column, _("Paling banyak %(max)s huruf.", max=longest)))
    return GroupData(unit, name, place, members, since or clock.today()), wrong


def _double(number: int, data: GroupData, seen: dict[tuple[int, str], int]) -> list[CellFault]:
    key = (data.unit_id, names.heard(data.name))
    earlier = seen.setdefault(key, number)
    double = data.name and earlier != number
    return [CellFault(number, NAME, _("Kelompok ini sudah ada di baris %(row)s.", row=earlier))] if double else []


def _refused(number: int, data: GroupData, desa: Sequence[UnitCard]) -> list[CellFault]:
    """What the use-case itself would refuse."""
    columns = {"name": NAME, "unit_id": DESA, "members": MEMBERS, "since": SINCE}
    unit = next((one for one in desa if one.id == data.unit_id), None)
    found: list[Fault] = groups.faults_of_data(data, unit)
    return [CellFault(number, columns[fault.field], fault.message) for fault in found]


def import_groups(actor: Actor, table: Table) -> int:
    """Take in every group of a table without a fault; with one, none. Returns how many."""
    require(actor, CREATE_GROUP)
    with unit_of_work("fieldwork.import_groups", actor, f"person:{actor.id}"):
        check = check_sheet(actor, table)
        if check.faults:
            raise Invalid(check.faults[0].message, "file")
        for data in check.ready:
            groups.add_group(actor, data)
        return len(check.ready)


def with_faults(table: Table, check: SheetCheck) -> Iterator[list[str]]:
    """The same sheet with one more column: what is to mend in each row."""
    width = max(len(row) for row in table)
    yield [*table[0], *[""] * (width - len(table[0])), _("Yang perlu diperbaiki")]
    for number, row in enumerate(table[1:], 2):
        told = " ".join(fault.message for fault in check.faults if fault.row == number)
        yield [*row, *[""] * (width - len(row)), told]
