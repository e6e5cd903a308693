"""What is known of few people in few months: a sheet of a random visit, and families who were asked in a wave."""

import uuid
from collections.abc import Mapping
from datetime import date, timedelta

from p2k2lms.core import clock
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.coaching.models import Observation
from p2k2lms.plugins.evaluation.models import AnswerValue, Assignment, Reply, Wave
from p2k2lms.plugins.identity import service as identity
from tests.factories.enrolment import the_course
from tests.factories.evaluation import the_instruments

OF_12 = "2" * 12


def a_visit(person_id: int, observer_id: int, day: date, points: int, context: str = "acak") -> None:
    """Somebody saw the person lead, and gave so many of 36 points."""
    version, now = the_course(), clock.now()
    sheet = {"context": context, "course": version.course, "version_id": version.id, "sesi": "m1-s01", "on_day": day}
    with unit_of_work("test.visit") as uow:
        told = Observation(id=uuid.uuid4(), person_id=person_id, observer_id=observer_id, scores=OF_12, **sheet)
        told.points, told.max_points, told.occurred_at = points, 36, now
        uow.add(told)


def families(day: date, said: Mapping[tuple[int, int], list[dict[str, str]]], code: str = "W3") -> None:
    """A wave that opened on this day; by interviewer and pendamping, the answers of each family by code."""
    version, unit = the_instruments()["em-kpm"], identity.unit_by_code("R4")
    with unit_of_work("test.families") as uow:
        wave = Wave(code=code, title="Keluarga", instrument_code="em-kpm", version_id=version.id, unit_id=unit.id)
        wave.unit_path, wave.anchor, wave.opens, wave.closes = unit.path, day, day, day + timedelta(days=42)
        uow.add(wave)
        for (respondent, subject), homes in said.items():
            for n, home in enumerate(homes):
                who = {"respondent_id": respondent, "subject_id": subject, "subject_ref": f"group:1:{n}"}
                asked = uow.add(Assignment(wave_id=wave.id, unit_path=unit.path, state="dijawab", **who))
                sheet = {"wave_id": wave.id, "assignment_id": asked.id, "version_id": version.id}
                made = uow.add(Reply(id=uuid.uuid4(), mode="daring", consent_sha="", occurred_at=clock.now(), **sheet))
                for question, choice in home.items():
                    missing = "" if choice else "kosong"
                    uow.add(AnswerValue(reply_id=made.id, code=question, part="", choice=choice, missing=missing))
