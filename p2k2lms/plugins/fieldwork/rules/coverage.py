"""What a group has had of each sesi, and what comes next."""

from collections.abc import Mapping, Sequence
from datetime import date

from p2k2lms.plugins.catalogue.values import OutlineSesi
from p2k2lms.plugins.fieldwork.rules.meetings import is_whole, was_given
from p2k2lms.plugins.fieldwork.values import Coverage, Given, Report
from p2k2lms.plugins.fieldwork.values.words import DONE

WHOLE, HALF, PASSED_OVER, NEXT, EMPTY = "d", "h", "o", "n", ""
MET, NOT_MET, SILENT, FREE = "sudah", "tidak", "belum", "bebas"


def row(group_id: int, sesi: Sequence[OutlineSesi], meetings: Sequence[Given]) -> Mapping[str, Coverage]:
    """The line of one group: what is whole, half, passed over, and one cell that is next."""
    own = [m for m in meetings if any(p.group_id == group_id for p in m.present)]
    of_sesi: dict[str, list[Given]] = {s.id: [] for s in sesi}
    for meeting in own:
        of_sesi.get(meeting.sesi, []).append(meeting)
    found = {key: _cell(given) for key, given in of_sesi.items()}
    last = max((n for n, s in enumerate(sesi) if found[s.id].state), default=-1)
    for s in sesi[: max(last, 0)]:
        if not found[s.id].state:
            found[s.id] = Coverage(PASSED_OVER)
    coming = _next(sesi, found)
    if coming is not None and found[coming].state == EMPTY:
        found[coming] = Coverage(NEXT)
    return found


def _cell(meetings: Sequence[Given]) -> Coverage:
    given = [m for m in meetings if was_given(m.steps)]
    if not given:
        return Coverage(EMPTY)
    return Coverage(WHOLE if is_whole(together([m.steps for m in given])) else HALF, max(m.on_day for m in given))


def together(ticks: Sequence[str]) -> str:
    """The ticks of several meetings of one sesi: a langkah that was done once is done."""
    if len(ticks) == 1:
        return ticks[0]
    longest = max(ticks, key=len)
    return "".join(DONE if any(len(t) > n and t[n] == DONE for t in ticks) else sign for n, sign in enumerate(longest))


def _next(sesi: Sequence[OutlineSesi], found: Mapping[str, Coverage]) -> str | None:
    """What was passed over comes first, then what was left half last time, then the first that is new."""
    taught = [s.id for s in sesi if found[s.id].state in {WHOLE, HALF}]
    unfinished = [s for s in taught[-1:] if found[s].state == HALF]
    waiting = [s.id for s in sesi if found[s.id].state == PASSED_OVER]
    return next((s for s in (*waiting, *unfinished, *(s.id for s in sesi if s.id not in taught))), None)


def next_sesi(group_id: int, sesi: Sequence[OutlineSesi], meetings: Sequence[Given]) -> OutlineSesi | None:
    """What to teach this group next; None when it has had everything."""
    return following(sesi, row(group_id, sesi, meetings))


def following(sesi: Sequence[OutlineSesi], found: Mapping[str, Coverage]) -> OutlineSesi | None:
    """The same, from the line of the group."""
    new = next((s for s in sesi if found[s.id].state == NEXT), None)
    return new or next((s for s in sesi if s.id == _next(sesi, found)), None)


def report_of(group_id: int, month: date, meetings: Sequence[Given], not_met: Sequence[tuple[int, date]]) -> Report:
    """What was told of a group in a month, which is given by its first day."""
    if here := met_in(group_id, month, meetings):
        return Report(MET, here)
    days = [m.on_day for m in meetings if _was_there(group_id, m)]
    return Report(NOT_MET if (group_id, month) in not_met else SILENT, max(days, default=None))


def met_in(group_id: int, month: date, meetings: Sequence[Given]) -> date | None:
    """When a group met last in a month, which is given by its first day."""
    days = [m.on_day for m in meetings if _was_there(group_id, m)]
    return max((day for day in days if (day.year, day.month) == (month.year, month.month)), default=None)


def _was_there(group_id: int, meeting: Given) -> bool:
    return any(present.group_id == group_id for present in meeting.present)


def as_owed(report: Report, *, owes: bool, before: date | None) -> Report:
    """The same report; of a group that owes no meeting in the month the silence counts for nothing."""
    return report if owes or report.state != SILENT else Report(FREE, before)
