"""The indicators of assessment: pairs of first tests by their month, and the line reached at the first try."""

from datetime import UTC, date, datetime

import pytest

from p2k2lms.core import indicators as declared
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.assessment.models import Attempt, Form, Score
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.indicators import service as indicators
from tests.factories.enrolment import BANJAR, an_angkatan, some_members, the_course
from tests.factories.fieldlog import on

MARCH = date(2026, 3, 1)


def sat(member, form: int, purpose: str, points: float, day: int, *, number: int = 1, timing: str = "ok") -> None:
    at = datetime(2026, 3, day, 4, tzinfo=UTC)
    with unit_of_work("test.sat") as uow:
        who = {"person_id": member.person_id, "enrolment_id": member.id, "form_id": form, "timing": timing}
        made = uow.add(Attempt(**who, purpose=purpose, number=number, started_at=at, finished_at=at))
        mark = {"attempt_id": made.id, "max_points": 3, "objectives": {}, "made_at": at}
        uow.add(Score(**mark, key_version_id=member.version_id, points=points))


@pytest.fixture
def form(both) -> int:
    version = the_course()
    rule = {"size": 3, "grace_seconds": 60, "attempts_post": 3, "review": "langsung", "pass_percent": 60, "about": {}}
    with unit_of_work("test.form") as uow:
        return uow.add(Form(version_id=version.id, course=version.course, name="uji", **rule)).id


def figure(key: str, code: str = BANJAR, month: date = MARCH):
    unit = identity.unit_by_code(code).id
    found = indicators.figures([unit], [declared.declared()[key]], month)[unit, key]
    return found.counts, found.value


def test_the_first_pair_counts_in_the_month_of_its_post_test(form):
    angkatan = an_angkatan()
    rose, fell, alone, waits = some_members(angkatan, 4)
    sat(rose, form, "pre", 1, 2)
    sat(rose, form, "post", 3, 9)
    sat(fell, form, "pre", 2, 2)
    sat(fell, form, "post", 1, 9)
    sat(fell, form, "post", 3, 10, number=2)
    sat(alone, form, "post", 2, 9)
    sat(waits, form, "post", 1, 9, timing="unverified")
    sat(waits, form, "post", 3, 10, number=2)
    with on("2026-04-15"):
        indicators.count_months([MARCH, date(2026, 4, 1)])
    counts, value = figure("L2-01")
    assert counts == (6667 - 3334, 2, 2, 1)
    assert value == pytest.approx(16.665)
    assert figure("L2-03")[0] == figure("L2-03", "ID")[0] == (2, 3, 3, 0)
    assert figure("L2-03", month=date(2026, 4, 1))[0] == (0, 0, 0, 0)
