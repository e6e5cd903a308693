"""The indicators of enrolment, counted on both engines: prepared on duty, soon prepared, passed, finished in time."""

from datetime import date

import pytest

from p2k2lms.core import indicators as declared
from p2k2lms.core.db import db
from p2k2lms.plugins.enrolment import service
from p2k2lms.plugins.enrolment.values import Spell
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.indicators import service as indicators
from tests.factories.enrolment import KAPUAS, a_member, an_angkatan, the_unit
from tests.factories.fieldlog import Log, golden, on
from tests.factories.identity import a_person, a_posting

MARCH = date(2026, 3, 1)


def on_duty(since: date) -> int:
    person = a_person()
    a_posting(person, "pendamping", KAPUAS, valid_from=since)
    return person


def exposed(person: int, kind: str, status: str, since: date, until: date | None = None) -> None:
    service.record_exposure(
        Spell(
            person_id=person,
            kind=kind,
            object_ref=f"x:{kind}",
            mode="luring",
            status=status,
            valid_from=since,
            valid_to=until,
        )
    )


def figure(key: str, month: date = MARCH, code: str = KAPUAS):
    one = declared.declared()[key]
    unit = identity.unit_by_code(code).id
    return indicators.figures([unit], [one], month)[unit, key].counts


@pytest.fixture
def kapuas(both):
    the_unit(KAPUAS)
    with on("2026-04-02"):
        yield both


def test_a_passed_class_and_a_finished_path_prepare_from_their_end_on(kapuas):
    passed, coached, running, _none = (on_duty(date(2025, 1, 1)) for _ in range(4))
    exposed(passed, "kelas", "lulus", date(2026, 2, 1), date(2026, 2, 20))
    exposed(coached, "coaching", "selesai", date(2026, 1, 1), date(2026, 3, 10))
    exposed(running, "kelas", "berjalan", date(2026, 3, 1))
    indicators.roll_up()
    assert (figure("R-01"), figure("R-02")) == ((1, 4, 4, 0), (2, 4, 4, 0))
    assert figure("R-02", date(2026, 2, 1), "ID") == (1, 4, 4, 0)


def test_waiting_counts_as_not_yet_prepared(kapuas):
    soon, slow, _waits = (on_duty(date(2026, 1, 15)) for _ in range(3))
    on_duty(date(2026, 3, 20))
    exposed(soon, "coaching", "berjalan", date(2026, 3, 16))
    exposed(slow, "kelas", "berjalan", date(2026, 3, 17))
    indicators.count_months([MARCH])
    assert figure("R-04") == (1, 3, 3, 0)


def test_who_stopped_did_not_pass(kapuas):
    angkatan = an_angkatan(mode="luring", starts=date(2026, 3, 1), ends=date(2026, 3, 9))
    for state in ("lulus", "lulus", "berhenti"):
        a_member(angkatan, on_duty(date(2025, 1, 1)), state)
    indicators.count_months([MARCH])
    assert figure("R-05") == (2, 3, 3, 0)


def test_a_path_is_counted_sixty_days_after_it_began(kapuas):
    quick, slow, to_class = (on_duty(date(2025, 1, 1)) for _ in range(3))
    exposed(quick, "coaching", "selesai", date(2026, 1, 10), date(2026, 2, 20))
    exposed(slow, "coaching", "selesai", date(2026, 1, 10), date(2026, 3, 30))
    exposed(to_class, "coaching", "berhenti", date(2026, 1, 10), date(2026, 2, 1))
    exposed(to_class, "kelas", "berjalan", date(2026, 2, 1))
    indicators.count_months([MARCH])
    assert figure("R-06") == (1, 2, 3, 1)


def test_the_reference_log_gives_its_alumni_and_prepared(both):
    log = Log()
    log.exposures()
    with on("2026-04-15"):
        indicators.count_months([date(2026, 1, 1), date(2026, 2, 1), MARCH])
    for row in golden():
        if row["unit"] == "coverage":
            month = date.fromisoformat(f"{row['month']}-01")
            assert figure("R-01", month)[:2] == (row["class_alumni"], row["active_end"])
            assert figure("R-02", month)[:2] == (row["prepared"], row["active_end"])


def test_an_arm_is_what_was_finished_before_the_month_and_what_runs_is_neither(kapuas):
    passed, coached, running, ended_now, stopped = (on_duty(date(2025, 1, 1)) for _ in range(5))
    exposed(passed, "kelas", "lulus", date(2026, 2, 1), date(2026, 2, 20))
    exposed(passed, "coaching", "selesai", date(2025, 2, 1), date(2025, 3, 1))
    exposed(coached, "coaching", "selesai", date(2026, 1, 1), date(2026, 3, 1))
    exposed(running, "kelas", "berjalan", date(2026, 3, 30))
    exposed(ended_now, "coaching", "selesai", date(2026, 2, 1), date(2026, 3, 2))
    exposed(stopped, "kelas", "berhenti", date(2026, 2, 1), date(2026, 4, 20))
    found = {person: arm for person, arm in db.session.execute(service.arms(MARCH))}
    assert found == {
        passed: "kelas",
        coached: "bimbingan",
        running: "transisi",
        ended_now: "transisi",
        stopped: "belum",
    }


def test_a_class_that_ended_without_a_pass_prepares_nobody(kapuas):
    exposed(on_duty(date(2025, 1, 1)), "kelas", "selesai", date(2026, 2, 1), date(2026, 2, 20))
    indicators.roll_up()
    assert figure("R-02") == (0, 1, 1, 0)
