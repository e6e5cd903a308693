"""A sheet of people: kept when it comes, looked at without changing anything, taken in, given back with reasons."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from p2k2lms.core import clock, sheets
from p2k2lms.core.access import Actor, require
from p2k2lms.core.errors import Invalid, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.identity.models import PeopleSheet
from p2k2lms.plugins.identity.permissions import IMPORT_PEOPLE
from p2k2lms.plugins.identity.queries import sheets as read
from p2k2lms.plugins.identity.rules import people_sheet as rules
from p2k2lms.plugins.identity.rules.people_sheet import WORDS, Line
from p2k2lms.plugins.identity.service import checks, sheet_write
from p2k2lms.plugins.identity.service.sheet_check import CHANGED, NEW, SAME, WRONG, Decision, decide
from p2k2lms.plugins.identity.values import SHEET_COLUMNS, RowFault

Table = Sequence[Sequence[str]]
AT_ONCE = 1_000  # a posting and a supervision each take a lock on PostgreSQL until the commit
KEPT = timedelta(days=1)
FORGET = "identity.forget_sheets"


@dataclass(frozen=True)
class SheetReport:
    """What a sheet would do, or did: rows by outcome, every fault, and the columns that are not read."""

    created: int
    changed: int
    same: int
    faults: tuple[RowFault, ...]
    verdicts: Mapping[int, str]
    unread: tuple[str, ...]

    @property
    def wrong(self) -> int:
        """How many rows are left out."""
        return sum(verdict == WRONG for verdict in self.verdicts.values())


def check_sheet(actor: Actor, table: Table) -> SheetReport:
    """Look at a table without changing anything; Invalid for one that is no list of people."""
    require(actor, IMPORT_PEOPLE)
    return check_table(actor.paths("admin"), table)


def check_table(tops: Sequence[str], table: Table) -> SheetReport:
    """The same for whoever holds the machine, with the paths of the units that may be filled."""
    lines, spoilt = _lines(table)
    return _report(table, decide(tops, lines, spoilt))


def import_table(actor: Actor, tops: Sequence[str], table: Table, subject: str = "people") -> SheetReport:
    """Take in every row without a fault, in the units `tops`; a second time changes nothing.

    Transactions hold a thousand rows each, those of supervisors and officers first, so an import that was
    broken off is finished by doing it again.
    """
    lines, spoilt = _lines(table)
    first = [line for line in lines if line.role != "pendamping"]
    then = [line for line in lines if line.role == "pendamping"]
    done: list[Decision] = []
    for part in (*_parts(first), *_parts(then)):
        with unit_of_work("identity.import_people", actor, subject) as uow:
            decided = decide(tops, part, spoilt)
            sheet_write.write(uow, decided)
            done += decided
    return _report(table, done)


def keep_sheet(actor: Actor, data: bytes, file_name: str) -> int:
    """Keep an uploaded file for a day, so that it can be looked at and then taken in; Invalid for no table."""
    require(actor, IMPORT_PEOPLE)
    table = sheets.read(data)
    _lines(table)
    with unit_of_work("identity.keep_sheet", actor) as uow:
        row = PeopleSheet(officer_id=actor.id, file_name=file_name[:120], rows=json.dumps(table))
        return uow.add(row).id


def kept_sheet(actor: Actor, sheet_id: int) -> tuple[PeopleSheet, SheetReport]:
    """A sheet that this officer uploaded, and what it would do now."""
    row = _own(actor, sheet_id)
    return row, check_sheet(actor, json.loads(row.rows))


def apply_sheet(actor: Actor, sheet_id: int) -> SheetReport:
    """Take in what was looked at."""
    table, subject = json.loads(_own(actor, sheet_id).rows), f"people_sheet:{sheet_id}"
    report = import_table(actor, actor.paths("admin"), table, subject)
    with unit_of_work("identity.note_import", actor, subject):
        row = _own(actor, sheet_id)
        row.applied_at = clock.now()
        row.created, row.changed = row.created + report.created, row.changed + report.changed
    return report


def sheet_with_reasons(actor: Actor, sheet_id: int) -> Iterator[list[str]]:
    """The same sheet with two more columns: what becomes of each row, and why not."""
    row, report = kept_sheet(actor, sheet_id)
    return with_reasons(json.loads(row.rows), report)


def with_reasons(table: Table, report: SheetReport) -> Iterator[list[str]]:
    """The rows of a table with outcome and reasons; those of an earlier time are replaced."""
    says = {NEW: _("baru"), CHANGED: _("berubah"), SAME: _("tetap"), WRONG: _("diperbaiki dahulu")}
    reasons: dict[int, list[str]] = defaultdict(list)
    for fault in report.faults:
        reasons[fault.row].append(fault.message)
    ours = {place for place, text in enumerate(table[0]) if text.lower() in rules.OURS}
    width = max(len(row) for row in table)
    for number, row in enumerate(table, 1):
        cells = [cell for place, cell in enumerate([*row, *[""] * (width - len(row))]) if place not in ours]
        outcome = _("Hasil") if number == 1 else says.get(report.verdicts.get(number, ""), "")
        yield [*cells, outcome, _("Alasan") if number == 1 else " ".join(reasons[number])]


def example_sheet() -> list[list[str]]:
    """The head of an empty sheet, and one line that shows how it is filled."""
    shown = {"name": "Nama Lengkap", "pkh_id": "123456", "phone": "0812xxxxxxxx", "role": "Pendamping"}
    shown |= {"unit_code": "62.03", "valid_from": "2026-01-01", "sex": "P", "supervisor": "123400"}
    return [[str(title) for title in SHEET_COLUMNS.values()], [shown.get(name, "") for name in SHEET_COLUMNS]]


def forget_sheets() -> None:
    """Sheets older than a day go."""
    with unit_of_work(FORGET):
        read.forget_sheets(clock.now() - KEPT)


def _own(actor: Actor, sheet_id: int) -> PeopleSheet:
    require(actor, IMPORT_PEOPLE)
    row = read.sheet(sheet_id)
    if row is None or row.officer_id != actor.id:
        raise NotFound("people sheet")
    return row


def _lines(table: Table) -> tuple[list[Line], dict[int, list[RowFault]]]:
    """The rows of a table, and what is wrong between them."""
    columns = rules.columns_of(table[0]) if table else {}
    if "name" not in columns or not columns.keys() & set(WORDS):
        raise Invalid(_("Baris 1 harus memuat judul kolom: Nama, dan Nomor SDM PKH, Nomor HP, atau E-mail."), "file")
    lines = rules.lines_of(table, columns)
    if not lines or len(lines) > rules.MOST_LINES:
        raise Invalid(_("Isi 1 sampai %(n)s orang dalam satu berkas.", n=rules.MOST_LINES), "file")
    spoilt: dict[int, list[RowFault]] = defaultdict(list)
    words = [(line.row, name, word) for line in lines for name, word in checks.words(line.data).items()]
    for fault in rules.doubles(words):
        spoilt[fault.row].append(fault)
    return lines, spoilt


def _parts(lines: Sequence[Line]) -> list[Sequence[Line]]:
    return [lines[start : start + AT_ONCE] for start in range(0, len(lines), AT_ONCE)]


def _report(table: Table, decided: Sequence[Decision]) -> SheetReport:
    verdicts = {one.line.row: one.verdict for one in decided}
    tally = Counter(verdicts.values())
    faults = sorted((fault for one in decided for fault in one.faults), key=lambda fault: fault.row)
    return SheetReport(tally[NEW], tally[CHANGED], tally[SAME], tuple(faults), verdicts, tuple(rules.strange(table[0])))
