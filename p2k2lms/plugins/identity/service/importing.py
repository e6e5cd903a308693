"""Units from a table: every row is read and checked, good rows are kept, faults are named by row and column."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib.resources import files
from io import StringIO
from typing import Any

from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.identity import rules
from p2k2lms.plugins.identity.models import Unit
from p2k2lms.plugins.identity.queries import units as read
from p2k2lms.plugins.identity.values import LEVELS, ZONES, ImportReport, RowFault, UnitData

COLUMNS = {"kemendagri_code", "name", "parent_code", "bps_code", "zone"}
NEEDED = ("kemendagri_code", "name")
SINCE = date(2000, 1, 1)
SHIPPED = "regional4.csv"


@dataclass(frozen=True)
class UnitRow:
    """A row as it was understood."""

    code: str
    name: str
    level: str
    parent_code: str
    bps_code: str | None
    zone: str


@dataclass
class Known:
    """What stands already, and what the rows so far will add: level, zone and BPS code by Kemendagri code."""

    levels: dict[str, str] = field(default_factory=dict)
    zones: dict[str, str] = field(default_factory=dict)
    bps: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, units: Iterable[Unit]) -> "Known":
        known = cls()
        for unit in units:
            known.note(unit.kemendagri_code, unit.level, unit.zone, unit.bps_code)
        return known

    def note(self, code: str, level: str, zone: str, bps_code: str | None) -> None:
        self.levels[code], self.zones[code] = level, zone
        if bps_code:
            self.bps[bps_code] = code


@dataclass
class Plan:
    """What an import would do."""

    create: list[UnitRow] = field(default_factory=list)
    change: dict[str, UnitRow] = field(default_factory=dict)
    same: int = 0
    faults: list[RowFault] = field(default_factory=list)

    def report(self) -> ImportReport:
        return ImportReport(len(self.create), len(self.change), self.same, tuple(self.faults))


def import_units(text: str, apply: bool = False) -> ImportReport:
    """Read a CSV of units: make what is new, mend names, BPS codes and zones; without `apply` only say so."""
    with unit_of_work("identity.import_units", subject="units"):
        standing = read.by_codes()
        plan = _plan(text, standing)
        if apply:
            _carry_out(plan, standing)
    return plan.report()


def ship_units() -> ImportReport:
    """Load the units that come with the product: the top, Regional IV and its provinces, kabupaten and kecamatan."""
    return import_units((files("p2k2lms.plugins.identity") / "data" / SHIPPED).read_text("utf-8"), apply=True)


def _plan(text: str, standing: Mapping[str, Unit]) -> Plan:
    plan, known, seen = Plan(), Known.of(standing.values()), set[str]()
    for number, cells, message in _rows(text):
        if message:
            plan.faults.append(RowFault(number, "", message))
            continue
        row, faults = check(UnitData(**cells), known, number)
        if row.code in seen:
            faults.append(RowFault(number, "kemendagri_code", _("Kode ini sudah ada di baris sebelumnya.")))
        seen.add(row.code)
        plan.faults += faults
        if not faults:
            _place(plan, row, standing.get(row.code))
            known.note(row.code, row.level, row.zone, row.bps_code)
    return plan


def _place(plan: Plan, row: UnitRow, unit: Unit | None) -> None:
    if unit is None:
        plan.create.append(row)
    elif (unit.name, unit.bps_code, unit.zone) != (row.name, row.bps_code, row.zone):
        plan.change[row.code] = row
    else:
        plan.same += 1


def _rows(text: str) -> Iterator[tuple[int, dict[str, str], str]]:
    """Row number, cells and, where the row cannot be read at all, why."""
    first = text.lstrip("\ufeff").partition("\n")[0]
    reader = csv.DictReader(
        StringIO(text.lstrip("\ufeff")), delimiter=";" if first.count(";") > first.count(",") else ","
    )
    try:
        names = [name.strip().lower() for name in reader.fieldnames or ()]
        if set(NEEDED) - set(names) or set(names) - COLUMNS or len(set(names)) != len(names):
            yield 1, {}, _("Judul kolom harus: %(names)s.", names=", ".join(sorted(COLUMNS)))
            return
        reader.fieldnames = names
        for cells in reader:
            whole = None not in cells and None not in cells.values()
            yield reader.line_num, cells, "" if whole else _("Jumlah kolom baris ini tidak sama dengan judul.")
    except csv.Error as error:
        yield max(reader.line_num, 1), {}, _("Baris ini tidak terbaca: %(why)s.", why=error)


def check(data: UnitData, known: Known, number: int = 0) -> tuple[UnitRow, list[RowFault]]:
    """A row as understood, and what is wrong with it."""
    code, name = rules.plain(data.kemendagri_code).upper(), rules.plain(data.name)
    level = rules.level_of(code) or ""
    parent = rules.plain(data.parent_code).upper() or rules.parent_code_of(code) or ""
    bps = rules.plain(data.bps_code) or None
    zone = rules.plain(data.zone) or known.zones.get(code) or known.zones.get(parent, "Asia/Jakarta")
    row = UnitRow(code, name, level, parent, bps, zone)
    wrong = {
        "kemendagri_code": not level,
        "name": not 2 <= len(name) <= 120,
        "parent_code": bool(level) and not _fits_below(row, known),
        "bps_code": bps is not None and (not bps.isdecimal() or len(bps) > 10 or known.bps.get(bps, code) != code),
        "zone": zone not in ZONES,
    }
    return row, [RowFault(number, column, says(column)) for column, is_wrong in wrong.items() if is_wrong]


def _fits_below(row: UnitRow, known: Known) -> bool:
    """The unit above stands already and is the one that the code, or for a province its level, asks for."""
    if row.level == "nasional":
        return row.parent_code == ""
    asked = rules.parent_code_of(row.code)
    above = list(LEVELS)[list(LEVELS).index(row.level) - 1]
    return known.levels.get(row.parent_code) == above and asked in {None, row.parent_code}


def says(column: str) -> str:
    """What is said about a wrong cell."""
    return {
        "kemendagri_code": _("Bentuk kode tidak dikenal. Contoh: 62, 62.03, 62.03.01, 62.03.01.2001."),
        "name": _("Nama wilayah: 2 sampai 120 huruf."),
        "parent_code": _("Wilayah di atasnya belum ada, atau tidak sesuai dengan kode ini."),
        "bps_code": _("Kode BPS hanya angka, dan satu kode untuk satu wilayah."),
        "zone": _("Zona waktu: Asia/Jakarta, Asia/Pontianak, Asia/Makassar, atau Asia/Jayapura."),
    }[column]


def cells_of(row: UnitRow, above: Unit | None) -> dict[str, Any]:
    """The columns of a new unit below this one."""
    return {
        "kemendagri_code": row.code,
        "bps_code": row.bps_code,
        "name": row.name,
        "level": row.level,
        "parent_id": above.id if above else None,
        "path": f"{above.path if above else '/'}{row.code}/",
        "ancestors": [above.id, *above.ancestors] if above else [],
        "zone": row.zone,
        "valid_from": SINCE,
    }


def _carry_out(plan: Plan, standing: dict[str, Unit]) -> None:
    for code, row in plan.change.items():
        unit = standing[code]
        unit.name, unit.bps_code, unit.zone = row.name, row.bps_code, row.zone
    for level in LEVELS:
        new = [row for row in plan.create if row.level == level]
        if new:
            read.insert_rows(Unit, [cells_of(row, standing.get(row.parent_code)) for row in new])
            standing |= read.by_codes(level)
