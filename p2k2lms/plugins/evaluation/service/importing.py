"""What earlier years left on paper or elsewhere: alumni with their certificates, and the answers to a form."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from p2k2lms.core import clock
from p2k2lms.core.access import Actor, allowed, require
from p2k2lms.core.errors import Conflict, Invalid
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.core.workbook import Cell
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import Spell
from p2k2lms.plugins.evaluation.models import Wave
from p2k2lms.plugins.evaluation.permissions import CHANGE_WAVE
from p2k2lms.plugins.evaluation.queries import waves as read
from p2k2lms.plugins.evaluation.rules import sheets
from p2k2lms.plugins.evaluation.rules.sheets import AlumnusRow, AnswerRow, RowFault
from p2k2lms.plugins.evaluation.service.bulk import Filled, keep_sheets
from p2k2lms.plugins.evaluation.service.instruments import version_card
from p2k2lms.plugins.evaluation.service.known import frame_of
from p2k2lms.plugins.evaluation.values import PUBLISHED, SPECIAL, TRAINED, UNTRAINED, WAITING, VersionCard
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.identity.values import UnitCard

SOURCE = "impor"
AT_ONCE = 250  # rows of one transaction, so that others may write between two


@dataclass(frozen=True)
class Imported:
    """What a sheet holds: rows that can be taken, those without an answer among them, and the faults by row."""

    good: int
    silent: int
    faults: list[RowFault]
    kept: bool


@dataclass(frozen=True, kw_only=True)
class OldWave:
    """An evaluation of before: what was asked, where, and between which days."""

    version_id: int
    unit_id: int
    title: str
    opens: date
    closes: date


def import_alumni(actor: Actor, rows: Sequence[Sequence[str]], keep: bool) -> Imported:
    """Take the good rows as finished classes; said again, nothing doubles. Without `keep` only say what would be."""
    require(actor, CHANGE_WAVE)
    found, faults = sheets.alumni(rows, clock.today())
    people, strangers = _people(actor, [(row.row, row.person) for row in found])
    holders = enrolment.people_with([_ref(row) for row in found])
    taken = [row for row in found if row.row in people and holders.get(_ref(row), people[row.row]) != people[row.row]]
    faults += [RowFault(row.row, sheets.NUMBER, _("nomor ini sudah tercatat untuk orang lain")) for row in taken]
    good = [row for row in found if row.row in people and row not in taken]
    for start in range(0, len(good) if keep else 0, AT_ONCE):
        part = good[start : start + AT_ONCE]
        with unit_of_work("evaluation.import_alumni", actor, f"rows:{len(part)}"):
            enrolment.record_exposures([_spell(people[row.row], row) for row in part])
    return Imported(len(good), 0, sorted([*faults, *strangers], key=lambda f: f.row), keep)


def _ref(row: AlumnusRow) -> str:
    return f"sttpp:{row.certificate}"


def _spell(person_id: int, row: AlumnusRow) -> Spell:
    plain = {"kind": "kelas", "mode": "luring", "status": "lulus", "source": SOURCE, "call_rule": "sebelum platform"}
    span = {"valid_from": row.first, "valid_to": row.last + timedelta(days=1), "hours": row.hours}
    return Spell(person_id=person_id, object_ref=_ref(row), **plain, **span)  # type: ignore[arg-type]


def import_answers(actor: Actor, about: OldWave, rows: Sequence[Sequence[str]], keep: bool) -> Imported:
    """Take everybody in the sheet as asked in a wave that is over, and their answers as its replies."""
    unit, version = identity.unit(about.unit_id), version_card(about.version_id)
    require(actor, CHANGE_WAVE, unit.path)
    if about.closes < about.opens or about.closes > clock.today():
        raise Invalid(_("Hari terakhir harus sesudah hari pertama, dan sudah lewat."), "closes")
    if version.state != PUBLISHED:
        raise Invalid(_("Versi ini belum bisa dipakai di gelombang ini."), "version")
    found, faults = sheets.answers(version.instrument, rows)
    people, strangers = _people(actor, [(row.row, row.person) for row in found])
    bad = {fault.row for fault in (*faults, *strangers)}
    good = [row for row in found if row.row in people and row.row not in bad]
    silent = sum(not row.sheet for row in good)
    if keep and good:
        _keep(actor, about, version, unit, [(people[row.row], row) for row in good])
    return Imported(len(good), silent, sorted([*faults, *strangers], key=lambda f: f.row), keep and bool(good))


def _people(actor: Actor, rows: Sequence[tuple[int, str]]) -> tuple[dict[int, int], list[RowFault]]:
    """Who each row is about; somebody who works elsewhere looks like nobody at all."""
    known = identity.find_people([person for _row, person in rows])
    homes = identity.home_units({card.id for card in known.values()}, clock.today())
    people: dict[int, int] = {}
    faults = []
    for row, person in rows:
        card = known.get(person)
        if card is not None and card.id in homes and allowed(actor, CHANGE_WAVE, homes[card.id].path):
            people[row] = card.id
        else:
            faults.append(RowFault(row, sheets.PERSON, _("tidak ada pendamping dengan ID ini di wilayah Anda")))
    return people, faults


def _keep(
    actor: Actor, about: OldWave, version: VersionCard, unit: UnitCard, rows: Sequence[tuple[int, AnswerRow]]
) -> None:
    with unit_of_work("evaluation.import_answers", actor, f"unit:{unit.id}") as uow:
        if read.waves_like(SPECIAL, version.code, unit.id, about.opens):
            raise Conflict(_("Gelombang ini sudah ada untuk wilayah dan tanggal yang sama."))
        days = {"anchor": about.opens, "opens": about.opens, "closes": about.closes, "closed_at": clock.now()}
        where = {"unit_id": unit.id, "unit_path": unit.path, "version_id": version.id}
        plain = {"code": SPECIAL, "title": about.title, "instrument_code": version.code, "made_by": actor.id}
        wave = uow.add(Wave(**plain, **where, **days, draw_seed=secrets.token_hex(16)))
        read.insert_assignments(_frame(wave, rows))
        asked = {one.subject_id: one.id for one in read.everybody(wave.id)}
        now = clock.now()
        keep_sheets(
            wave.id,
            version,
            [
                Filled(assignment_id=asked[person], sheet=row.sheet, at=now, mode=SOURCE)
                for person, row in rows
                if row.sheet
            ],
        )


def _frame(wave: Wave, rows: Sequence[tuple[int, AnswerRow]]) -> list[dict[str, object]]:
    people = [person for person, _row in rows]
    homes = identity.home_units(people, clock.today())
    done = {spell.person_id for spell in enrolment.finished_spells(people)}
    bands = frame_of(people, wave.opens, log=False)
    return [
        {
            "wave_id": wave.id,
            "respondent_id": person,
            "subject_id": person,
            "subject_ref": "",
            "arm": TRAINED if person in done else UNTRAINED,
            "kabupaten_id": identity.kabupaten_of(homes[person]),
            "unit_path": homes[person].path,
            "state": WAITING,
            **bands[person],
        }
        for person, _row in rows
    ]


def alumni_template() -> list[list[Cell]]:
    """The head of the sheet of alumni with one row to look at."""
    return [list(sheets.ALUMNI_COLUMNS), ["pkh-0001", "094/2.1/DL.02/08/2019", "2019-08-05", "2019-08-14", "75"]]


def answers_template(version_id: int) -> list[list[Cell]]:
    """The head of the sheet of answers, and below each column what may stand there."""
    instrument = version_card(version_id).instrument
    head: list[Cell] = [sheets.PERSON, *sheets.columns_of(instrument)]
    return [head]
