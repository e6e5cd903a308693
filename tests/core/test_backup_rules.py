"""Which copies stay, and how one value reads the same from either engine."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2k2lms.core.backup.forms import FORMS
from p2k2lms.core.backup.rules import Keep, superfluous

UTC_TEXT, MAKASSAR = "2026-11-27T01:02:03.000004", timezone(timedelta(hours=8))
NIGHT = datetime(2026, 11, 27, 18, tzinfo=UTC)
YEAR = [NIGHT - timedelta(days=days) for days in range(365)]


def test_a_year_of_nights_keeps_seven_days_four_weeks_and_six_months():
    stay = sorted(set(YEAR) - superfluous(YEAR, Keep()), reverse=True)
    days = [NIGHT - timedelta(days=n) for n in range(7)]
    sundays = [datetime(2026, 11, n, 18, tzinfo=UTC) for n in (22, 15, 8)]
    month_ends = [datetime(2026, m, d, 18, tzinfo=UTC) for m, d in ((10, 31), (9, 30), (8, 31), (7, 31), (6, 30))]
    assert stay == sorted({*days, *sundays, *month_ends}, reverse=True)


@given(st.sets(st.sampled_from(YEAR)), st.builds(Keep, *[st.integers(0, 5)] * 3))
def test_the_newest_stays_and_thinning_twice_takes_nothing_more(made, keep):
    stay = made - superfluous(made, keep)
    assert not made or max(made) in stay
    assert superfluous(stay, keep) == set()


def test_a_pause_costs_no_old_copy():
    before_the_pause = [NIGHT - timedelta(days=200 + n) for n in range(3)]
    assert superfluous(before_the_pause, Keep(3, 0, 0)) == set()


@pytest.mark.parametrize("text", ["", "7", "7,4", "7,4,6,1", "a,b,c", "-1,4,6"])
def test_what_is_no_rule_of_keeping_is_refused(text):
    with pytest.raises(ValueError):
        Keep.read(text)


@pytest.mark.parametrize(
    ("kind", "from_sqlite", "from_postgres", "plain"),
    [
        ("instant", "2026-11-27 01:02:03.000004", datetime(2026, 11, 27, 9, 2, 3, 4, MAKASSAR), UTC_TEXT),
        ("instant", "2026-11-27 01:02:03", datetime(2026, 11, 27, 1, 2, 3, 0, UTC), "2026-11-27T01:02:03.000000"),
        ("day", "2026-11-27", date(2026, 11, 27), "2026-11-27"),
        ("time", "07:30:00.000000", time(7, 30), "07:30:00.000000"),
        ("yes_no", 1, True, True),
        ("number", 2.0, 2.0, 2.0),
        ("uuid", "5e" * 16, UUID("5e" * 16), "5e" * 16),
        ("bytes", b"\x00\xff", b"\x00\xff", "AP8="),
        ("json", '{"b":1, "a":0.10}', '{"b":1, "a":0.10}', '{"b":1, "a":0.10}'),
    ],
)
def test_both_engines_are_written_with_the_same_word(kind, from_sqlite, from_postgres, plain):
    form = FORMS[kind]
    assert form.plain(from_sqlite) == form.plain(from_postgres) == plain
    assert form.plain(form.for_sqlite(plain)) == plain
