"""Figures from a folder with the field log: monthly indicators by pendamping, kecamatan and kabupaten."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from p2k2lms.plugins.outcomes.sheets import Sheet, read
from p2k2lms.stats import indicators
from p2k2lms.stats.arithmetic import Labels
from p2k2lms.stats.fieldlog import OPEN, Attendance, Log, Meetings, Spans, counted

FINISHED = ("lulus", "selesai")


def fieldlog(folder: Path) -> dict[str, Any]:
    """Every month from the first counted meeting to the last, and the attendances that cannot be."""
    log = counted(load(folder))
    rows: list[dict[str, Any]] = []
    for month in indicators.months(log):
        rows += _rows(month.name, "pendamping", indicators.by_pendamping(log, month))
        for level in ("kecamatan", "kabupaten"):
            rows += _rows(month.name, level, indicators.by_unit(log, month, level))
        rows += _rows(month.name, "coverage", indicators.coverage(log, month))
    flags = [
        {"meeting": d.meeting, "kelompok": d.group, "present": d.present, "members": d.members}
        for d in indicators.doubtful(log)
    ]
    return {"indicators": {"flags": flags, "rows": rows}}


def _rows(month: str, unit: str, found: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"month": month, "unit": unit, "key": key} | asdict(sums) for key, sums in found.items()]


def load(folder: Path) -> Log:
    """The eight tables of the folder, each checked, names across tables too."""
    units = read(folder / "org_unit.csv")
    codes, levels, parents = units.once("code"), units.texts("level"), units.cells("parent")
    groups = read(folder / "kelompok.csv")
    names = groups.once("kelompok")
    members, holders = read(folder / "keanggotaan_kpm.csv"), read(folder / "penugasan.csv")
    posts = read(folder / "pendamping_post.csv")
    meetings = _meetings(folder / "pertemuan.csv")
    return Log(
        parents=dict(zip(codes.tolist(), parents, strict=True)),
        levels=dict(zip(codes.tolist(), levels.tolist(), strict=True)),
        groups=_spans(groups, names, groups.among("desa", codes, units.name)),
        members=_spans(members, members.texts("kpm"), members.among("kelompok", names, groups.name)),
        exits=np.array(members.cells("exit_reason"), dtype=np.str_),
        holders=_spans(holders, holders.among("kelompok", names, groups.name), holders.texts("pendamping")),
        posts=_spans(posts, posts.texts("pendamping"), posts.among("org", codes, units.name)),
        prepared=_prepared(read(folder / "exposure.csv")),
        meetings=meetings,
        attendance=_attendance(read(folder / "pertemuan_kelompok.csv"), meetings, names),
    )


def _spans(sheet: Sheet, what: Labels, of: Labels) -> Spans:
    return Spans(what, of, sheet.days("from"), sheet.days("to", blank=int(OPEN)))


def _prepared(sheet: Sheet) -> Spans:
    every = _spans(sheet, sheet.texts("pendamping"), sheet.texts("kind"))
    done = np.isin(sheet.texts("status"), FINISHED) & (every.end < OPEN)
    return Spans(every.what[done], every.of[done], every.start[done], every.end[done])


def _meetings(path: Path) -> Meetings:
    sheet = read(path)
    what = np.char.add(np.char.add(sheet.texts("module"), "/"), sheet.texts("session"))
    return Meetings(
        code=sheet.once("meeting"),
        uuid=sheet.texts("client_uuid"),
        leader=sheet.texts("leader"),
        day=sheet.days("date"),
        what=what,
        status=sheet.texts("status"),
        received=sheet.days("received"),
    )


def _attendance(sheet: Sheet, meetings: Meetings, groups: Labels) -> Attendance:
    return Attendance(
        sheet.among("meeting", meetings.code, "pertemuan.csv"),
        sheet.among("kelompok", groups, "kelompok.csv"),
        sheet.wholes("present"),
    )
