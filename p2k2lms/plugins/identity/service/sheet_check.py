"""A sheet of people held against who is there: what each row would do, and what is wrong with it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from p2k2lms.core import clock
from p2k2lms.core.i18n import _
from p2k2lms.plugins.identity.models import Posting, Unit
from p2k2lms.plugins.identity.queries import sheets as read
from p2k2lms.plugins.identity.queries import units as read_units
from p2k2lms.plugins.identity.rules import is_within, kabupaten_path
from p2k2lms.plugins.identity.rules import people_sheet as rules
from p2k2lms.plugins.identity.rules.people_sheet import WORDS, Known, Line
from p2k2lms.plugins.identity.service import checks
from p2k2lms.plugins.identity.values import ROLES, RowFault

NEW, CHANGED, SAME, WRONG = "new", "changed", "same", "wrong"


@dataclass(frozen=True)
class Decision:
    """What one row would do: the columns to write, the posting and the supervisor to give."""

    line: Line
    clean: Mapping[str, object]
    faults: tuple[RowFault, ...] = ()
    person_id: int | None = None
    columns: Mapping[str, object] | None = None
    unit: Unit | None = None
    day: date | None = None
    posts: bool = False
    supervised: bool = False
    supervisor_id: int | None = None

    @property
    def verdict(self) -> str:
        """`new`, `changed`, `same` or `wrong`."""
        if self.faults:
            return WRONG
        if self.person_id is None:
            return NEW
        return CHANGED if self.columns or self.posts or self.supervised else SAME


class Standing:
    """Who and what is there already, read for all rows at once."""

    def __init__(self, lines: Sequence[Line], cleans: Sequence[checks.Clean]) -> None:
        self.day = clock.today()
        self.bosses = {line.row: rules.word_of(line.supervisor) for line in lines if line.supervisor}
        words: dict[str, set[str]] = {name: {str(c[name]) for c in cleans if c[name]} for name in WORDS}
        for column, word in self.bosses.values():
            words[column].add(word)
        people = read.people_with(words)
        self.closed = {row.id for row in people if row.status == "closed"}
        self.rows = {row.id: row for row in people}
        self.known = {
            (name, str(getattr(row, name))): Known(row.id, row.pkh_id, row.phone, row.email)
            for row in people
            for name in WORDS
            if getattr(row, name)
        }
        self.postings: dict[int, list[tuple[Posting, str]]] = defaultdict(list)
        for posting, path in read.postings(self.rows):
            self.postings[posting.person_id].append((posting, path))
        codes = sorted({line.unit_code for line in lines if line.unit_code})
        self.units = {row.kemendagri_code: row for row in read_units.with_codes(codes)} if codes else {}
        self.supervised = read.supervisions(self.rows, self.day) if self.bosses else {}

    def holds(self, person_id: int, day: date) -> list[tuple[Posting, str]]:
        """The postings of a person that hold on the day."""
        return [
            (row, path)
            for row, path in self.postings.get(person_id, ())
            if row.valid_from <= day and (row.valid_to is None or row.valid_to > day)
        ]

    def lies_in(self, tops: Sequence[str], person_id: int) -> bool:
        """The person was or is posted in these units, and is nothing anywhere else today."""
        ever = [path for _row, path in self.postings.get(person_id, ())]
        today = [path for _row, path in self.holds(person_id, self.day)]
        return any(is_within(path, tops) for path in ever) and all(is_within(path, tops) for path in today)


def decide(tops: Sequence[str], lines: Sequence[Line], spoilt: Mapping[int, list[RowFault]]) -> list[Decision]:
    """What each row would do for an officer of the units `tops`; `spoilt`: faults found between the rows."""
    checked = [checks.person(line.data, new=True) for line in lines]
    standing = Standing(lines, [clean for clean, _faults in checked])
    found = []
    for line, (clean, faults) in zip(lines, checked, strict=True):
        wrong = [*line.faults, *(RowFault(line.row, f.field, f.message) for f in faults), *spoilt.get(line.row, ())]
        found.append(_one(tops, line, clean, wrong, standing))
    bosses = _bosses(found, standing)
    return [_with_supervisor(one, standing, bosses) if one.line.supervisor else one for one in found]


def _one(tops: Sequence[str], line: Line, clean: checks.Clean, wrong: list[RowFault], standing: Standing) -> Decision:
    person, other = rules.whom({name: clean[name] for name in WORDS}, standing.known)  # type: ignore[misc]
    if other or (person and not standing.lies_in(tops, person.id)):
        column = other or next(name for name in WORDS if getattr(person, name) == clean[name])
        wrong.append(RowFault(line.row, column, _("Nomor ini milik orang lain yang tidak Anda kelola.")))
    elif person and person.id in standing.closed:
        wrong.append(RowFault(line.row, "", _("Akun orang ini ditutup. Buka dahulu di halamannya.")))
    unit, more = _place(tops, line, standing, needed=person is None)
    wrong += more
    columns = _differences(line, clean, standing.rows[person.id]) if person else {}
    day = line.valid_from or standing.day
    if person:
        day = max(day, standing.day)  # what is given to somebody known begins today at the earliest
    posts = unit is not None and not (person and _is_posted(standing, person.id, line.role, unit.id, day))
    return Decision(line, clean, tuple(wrong), person.id if person else None, columns, unit, day, posts)


def _place(tops: Sequence[str], line: Line, standing: Standing, needed: bool) -> tuple[Unit | None, list[RowFault]]:
    """The unit of the posting that a row asks for; who is new needs one."""
    if not needed and not line.role and not line.unit_code:
        return None, []
    wrong = []
    unit = standing.units.get(line.unit_code)
    if unit is None or not is_within(unit.path, tops):
        unit = None
        wrong.append(RowFault(line.row, "unit_code", _("Kode ini tidak ada di wilayah Anda. Contoh: 62.03.")))
    if line.role not in ROLES:
        wrong.append(RowFault(line.row, "role", _("Peran ini tidak dikenal. Contoh: Pendamping, Supervisor.")))
    if line.valid_from and not checks.may_begin(line.valid_from):
        wrong.append(RowFault(line.row, "valid_from", checks.begin_says()))
    return unit, wrong


def _differences(line: Line, clean: checks.Clean, row: object) -> dict[str, object]:
    """The columns that the row says and that are kept otherwise; an empty cell leaves what is known."""
    named = line.given & clean.keys()
    return {name: clean[name] for name in sorted(named) if clean[name] != getattr(row, name)}


def _is_posted(standing: Standing, person_id: int, role: str, unit_id: int, day: date) -> bool:
    """Such a posting holds on the day or later."""
    return any(
        row.role == role and row.unit_id == unit_id and (row.valid_to is None or row.valid_to > day)
        for row, _path in standing.postings.get(person_id, ())
    )


Bosses = Mapping[tuple[str, str], tuple[int | None, set[str]]]


def _bosses(found: Sequence[Decision], standing: Standing) -> Bosses:
    """The supervisors by their words, with the kabupaten they work in; from the database, then from the sheet."""
    bosses: dict[tuple[str, str], tuple[int | None, set[str]]] = {}
    for (column, word), person in standing.known.items():
        held = standing.holds(person.id, standing.day)
        paths = {kabupaten_path(path) for row, path in held if row.role == "supervisor"}
        if paths and person.id not in standing.closed:
            bosses[column, word] = (person.id, paths)
    for one in found:
        if one.line.role == "supervisor" and one.unit and not one.faults:
            for name in WORDS:
                if one.clean[name]:
                    known = bosses.get((name, str(one.clean[name])), (one.person_id, set()))
                    bosses[name, str(one.clean[name])] = (known[0], known[1] | {kabupaten_path(one.unit.path)})
    return bosses


def _with_supervisor(one: Decision, standing: Standing, bosses: Bosses) -> Decision:
    """The same with the supervisor that the row names, or with what is wrong with that."""
    boss_id, paths = bosses.get(standing.bosses[one.line.row], (None, set()))
    current = standing.supervised.get(one.person_id or 0)
    says = ""
    if one.line.role != "pendamping":
        says = _("Supervisor hanya untuk pendamping.")
    elif not paths or one.unit is None or kabupaten_path(one.unit.path) not in paths or _is_oneself(one, boss_id):
        says = _("Bukan supervisor di kabupaten ini. Tulis nomor SDM PKH atau nomor HP supervisor.")
    elif current is not None and current != boss_id:
        says = _("Sudah ada supervisor lain. Gantilah di halaman orangnya.")
    if says:
        return replace(one, faults=(*one.faults, RowFault(one.line.row, "supervisor", says)))
    return one if current else replace(one, supervised=True, supervisor_id=boss_id)


def _is_oneself(one: Decision, boss_id: int | None) -> bool:
    return boss_id is not None and boss_id == one.person_id
