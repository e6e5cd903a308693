"""The answers of a wave as a file without names, and what its columns mean."""

import hashlib
import hmac
from collections import Counter
from collections.abc import Iterator

from p2k2lms.core.access import Actor, allowed, require
from p2k2lms.core.i18n import _
from p2k2lms.core.workbook import Cell
from p2k2lms.plugins.evaluation.models import Assignment, Wave
from p2k2lms.plugins.evaluation.permissions import EXPORT_REPLIES
from p2k2lms.plugins.evaluation.rules.answers import Sheet
from p2k2lms.plugins.evaluation.rules.items import K
from p2k2lms.plugins.evaluation.service.wave_data import WaveData, wave_data
from p2k2lms.plugins.evaluation.values import ANSWERED, ARMS, MISSING
from p2k2lms.plugins.identity import service as identity


def may_hold_sheets(actor: Actor, unit_path: str) -> bool:
    """True for who may have one row for each person of a wave here: not for the nation, which reads kabupaten."""
    return allowed(actor, EXPORT_REPLIES, unit_path)


def rows_without_names(actor: Actor, wave_id: int) -> list[list[Cell]]:
    """One row for each sheet under a pseudonym, free words left out; only the head where fewer than five answered."""
    data = wave_data(actor, wave_id)
    require(actor, EXPORT_REPLIES, data.wave.unit_path)
    columns = [column for column, _what in _columns(data)]
    head: list[Cell] = [*_about(), *columns]
    if len(data.sheets) < K:
        return [head]
    crowd = Counter(one.kabupaten_id for one in data.frame if one.state == ANSWERED)
    names = {unit.id: unit.name for unit in identity.units([k for k in crowd if k is not None]).values()}
    rows: list[list[Cell]] = []
    for one in (one for one in data.frame if one.id in data.sheets):
        place = names.get(one.kabupaten_id or 0, "") if crowd[one.kabupaten_id] >= K else ""
        cells = dict(_cells(data.sheets[one.id]))
        about: list[Cell] = [_pseudonym(data.wave, one), one.arm, place, one.sex, one.age_band, one.log_band]
        rows.append([*about, *(cells.get(column) for column in columns)])
    return [head, *sorted(rows, key=lambda row: str(row[0]))]


def codebook(actor: Actor, wave_id: int) -> list[list[Cell]]:
    """What each column of that file means."""
    data = wave_data(actor, wave_id)
    reasons = "; ".join(f"{code} = {label}" for code, label in MISSING.items())
    head: list[Cell] = [_("Kolom"), _("Artinya"), _("Nilai")]
    rows: list[list[Cell]] = [[column, *what] for column, what in _columns(data)]
    values = {"kelompok": "; ".join(f"{arm} = {label}" for arm, label in ARMS.items() if arm)}
    known: list[list[Cell]] = [[column, meaning, values.get(column, "")] for column, meaning in _about().items()]
    return [head, *known, *rows, [_("(kosong atau alasan)"), "", reasons]]


def _about() -> dict[str, str]:
    """The columns before the answers, each with its meaning."""
    return {
        "responden": _("sandi orang: sama dalam satu gelombang saja, tidak bisa dibalik menjadi nama"),
        "kelompok": _("bekal saat gelombang dibuat"),
        "kabupaten": _("tempat bertugas; kosong bila yang menjawab di sana kurang dari %(k)s", k=K),
        "jenis_kelamin": _("L atau P, dari daftar orang"),
        "kelompok_umur": _("umur saat gelombang dibuat"),
        "log": _("P2K2 yang dipimpin menurut catatan, tiga bulan terakhir"),
    }


def _columns(data: WaveData) -> Iterator[tuple[str, tuple[str, str]]]:
    for question in data.version.instrument.questions:
        if question.kind == "text" or question.about:
            continue
        values = "; ".join(f"{choice.code} = {choice.label}" for choice in getattr(question, "choices", ()))
        asked = f"{question.ask} {f'({question.period})' if question.period else ''}".strip()
        if question.kind == "matrix":
            yield from ((f"{question.code}.{row.code}", (f"{asked} {row.label}", values)) for row in question.rows)
        elif question.kind == "many":
            yield from ((f"{question.code}.{c.code}", (f"{asked} {c.label}", "1; 0")) for c in question.choices)
        else:
            yield question.code, (asked, values or _("bilangan"))


def _cells(sheet: Sheet) -> Iterator[tuple[str, Cell]]:
    for code, parts in sheet.items():
        for given in parts:
            if given.missing:
                yield code, given.missing
            elif given.part and given.part == given.choice:
                yield f"{code}.{given.part}", 1
            else:
                yield f"{code}.{given.part}" if given.part else code, given.choice or given.number


def _pseudonym(wave: Wave, one: Assignment) -> str:
    """The same person has the same word within a wave, and nobody finds the person from it without the wave's key."""
    return hmac.new(wave.draw_seed.encode(), str(one.respondent_id).encode(), hashlib.sha256).hexdigest()[:10]
