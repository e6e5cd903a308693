"""Indicators add up from pendamping to kabupaten, and a report sent twice or called off changes none of them."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from p2k2lms.plugins.outcomes.figures.log import load
from p2k2lms.stats import fieldlog, indicators
from tests.stats.reference import DATA, GOLDEN

LOG = load(Path(DATA / "10_fieldlog"))
ADDED = ("groups_due", "groups_met", "attend_num", "attend_den", "groups_no_meeting_45d", "kpm_end", "grad_mandiri")


def everything(log):
    counted = fieldlog.counted(log)
    found = []
    for month in indicators.months(counted):
        units = [indicators.by_unit(counted, month, level) for level in ("kecamatan", "kabupaten")]
        found.append([indicators.by_pendamping(counted, month), *units, indicators.coverage(counted, month)])
    return found, indicators.doubtful(counted)


WANTED = everything(LOG)


def with_meeting(log, **changed):
    """The log with the first meeting again, some of its fields changed, and with its attendance."""
    row = {key: getattr(log.meetings, key)[:1] for key in vars(log.meetings)} | {"code": np.array(["M99"])}
    row |= {key: np.array([value]) for key, value in changed.items()}
    meetings = fieldlog.Meetings(*(np.append(getattr(log.meetings, key), row[key]) for key in vars(log.meetings)))
    own = log.attendance.meeting == log.meetings.code[0]
    attendance = fieldlog.Attendance(
        np.append(log.attendance.meeting, np.full(own.sum(), "M99")),
        np.append(log.attendance.group, log.attendance.group[own]),
        np.append(log.attendance.present, log.attendance.present[own]),
    )
    return replace(log, meetings=meetings, attendance=attendance)


def test_children_add_up_to_their_parent():
    for pendamping, kecamatan, kabupaten, _coverage in WANTED[0]:
        for key in ADDED:
            whole = sum(getattr(s, key) for s in kabupaten.values())
            assert sum(getattr(s, key) for s in kecamatan.values()) == whole
            assert sum(getattr(s, key) for s in pendamping.values()) == whole


@pytest.mark.parametrize(
    "changed",
    [
        {"uuid": "again", "received": 99_999},
        {"what": "MOD9/S9", "received": 99_999},
        {"uuid": "other", "status": "batal", "day": 20_480},
        {"uuid": "other", "status": "ditolak"},
    ],
    ids=["sent twice by another phone", "the same number", "called off", "refused"],
)
def test_a_meeting_that_does_not_count_changes_nothing(changed):
    assert everything(with_meeting(LOG, **changed)) == WANTED


def test_the_report_received_first_stays():
    early = with_meeting(LOG, uuid="again", received=int(LOG.meetings.day[0]) - 1)
    assert "M99" in fieldlog.counted(early).meetings.code
    assert "M01" not in fieldlog.counted(early).meetings.code


def test_another_meeting_does_count():
    found = everything(with_meeting(LOG, uuid="other", day=int(LOG.meetings.day[0]) + 3, received=99_999))
    assert found != WANTED


def test_the_order_of_rows_changes_nothing():
    def turned(part):
        return type(part)(*(column[::-1] for column in vars(part).values()))

    mixed = replace(
        LOG,
        **{key: turned(getattr(LOG, key)) for key in ("groups", "members", "holders", "posts", "prepared")},
        meetings=turned(LOG.meetings),
        attendance=turned(LOG.attendance),
        exits=LOG.exits[::-1],
    )
    found, doubtful = everything(mixed)
    assert (found, sorted(d.meeting for d in doubtful)) == (WANTED[0], ["M09"])


def test_a_year_later_everything_is_a_year_later():
    def later(spans):
        return replace(
            spans, start=spans.start + 365, end=np.where(spans.end == fieldlog.OPEN, spans.end, spans.end + 365)
        )

    moved = replace(
        LOG,
        **{key: later(getattr(LOG, key)) for key in ("groups", "members", "holders", "posts", "prepared")},
        meetings=replace(LOG.meetings, day=LOG.meetings.day + 365, received=LOG.meetings.received + 365),
    )
    assert everything(moved) == WANTED
    assert [m.name for m in indicators.months(moved)] == ["2027-01", "2027-02", "2027-03"]


def test_the_later_holder_answers_for_a_month_shared_in_half():
    first, after = (int(np.datetime64(day).astype(int)) for day in ("2026-02-01", "2026-03-01"))
    assert fieldlog.responsible(LOG, "G3", first, after) == "PD3"
    assert fieldlog.responsible(LOG, "G3", first - 31, first) == "PD2"
    assert fieldlog.responsible(LOG, "G6", first, after) == ""


def test_more_people_than_members_is_set_aside_but_the_group_has_met():
    march = WANTED[0][2][0]["PD3"]
    assert (march.groups_met, march.attend_den) == (1, 0)
    assert WANTED[1] == [indicators.Doubtful("M09", "G3", 40, 16)]
    assert GOLDEN["indicators"]["flags"][0]["present"] == 40


def test_a_group_that_never_met_is_silent_since_somebody_was_assigned():
    january = indicators.months(fieldlog.counted(LOG))[0]
    young = replace(LOG, holders=replace(LOG.holders, start=np.maximum(LOG.holders.start, january.last - 10)))
    silent = [g.silent for g in indicators.due_groups(fieldlog.counted(young), january) if not g.met]
    assert silent == [0, 0]
    nobody = replace(LOG, holders=fieldlog.Spans(*(part[:0] for part in vars(LOG.holders).values())))
    assert [g.silent for g in indicators.due_groups(fieldlog.counted(nobody), january) if not g.met] == [1, 1]


def test_without_meetings_there_is_no_month():
    none = replace(LOG, meetings=fieldlog.Meetings(*(part[:0] for part in vars(LOG.meetings).values())))
    assert indicators.months(none) == []


def test_a_unit_outside_the_tree_belongs_to_no_kabupaten():
    assert LOG.above("DES1", "kabupaten") == "KAB1"
    assert LOG.above("entah", "kabupaten") == ""
