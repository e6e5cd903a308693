"""The indicators of coaching on a small world that was counted by hand: talks, micro teaching, random visits."""

from datetime import date

import pytest

from p2k2lms.core import indicators as declared
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import Spell
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.indicators import service as indicators
from tests.factories.coaching import sends, watches
from tests.factories.enrolment import BANJAR, KAPUAS, a_member, an_angkatan, the_course, the_unit
from tests.factories.fieldlog import on
from tests.factories.identity import a_person, a_posting, as_actor, someone, supervised

MARCH, MAY = date(2026, 3, 1), date(2026, 5, 1)


def figure(key: str, month: date = MARCH, code: str = BANJAR) -> tuple[int, ...]:
    unit = identity.unit_by_code(code).id
    return tuple(indicators.figures([unit], [declared.declared()[key]], month)[unit, key].counts)


def on_duty(since: date, code: str = BANJAR) -> int:
    person = a_person()
    a_posting(person, "pendamping", code, valid_from=since)
    return person


def prepared(person: int, until: date) -> None:
    told = {"kind": "kelas", "object_ref": "angkatan:0", "mode": "luring", "status": "lulus"}
    enrolment.record_exposure(Spell(person_id=person, valid_from=date(2026, 1, 5), valid_to=until, **told))


@pytest.fixture
def coach(both):
    the_unit(BANJAR)
    the_unit(KAPUAS)
    with on("2026-06-02"):
        yield as_actor(someone("supervisor", BANJAR))


def talk(coach, people: list[int], day: date) -> None:
    told = {"people": people, "minutes": 30, "mode": "telepon", "topic": "Membuka sesi"}
    assert sends(coach, "contact", told | {"on_day": day.isoformat()}).status == "accepted"


def test_unprepared_people_there_for_half_the_month_count_and_each_talk_counts_once(coach):
    called, _silent, ready, late = (on_duty(day) for day in (date(2025, 1, 1), MARCH, MARCH, date(2026, 3, 18)))
    just = on_duty(date(2026, 3, 17))  # from the 17th to the 31st: fifteen days
    on_duty(MARCH, KAPUAS)
    prepared(ready, date(2026, 3, 20))
    for person in (called, ready, late, just):
        supervised(coach.id, person)
    talk(coach, [called, ready, late], date(2026, 3, 20))
    talk(coach, [called], date(2026, 3, 31))
    talk(coach, [just], date(2026, 4, 1))
    indicators.count_months([date(2026, 4, 1), MARCH])
    assert figure("R-07") == (1, 3, 3, 0)  # called, silent and just are asked about; only the first was called
    assert figure("R-07", code="ID") == (1, 4, 4, 0)
    assert figure("R-07", date(2026, 4, 1)) == (1, 4, 4, 0)  # late is there now; only just was called


def test_a_talk_and_a_preparation_are_counted_again_by_their_marks(coach):
    person = on_duty(MARCH)
    supervised(coach.id, person)
    talk(coach, [person], date(2026, 5, 20))
    indicators.roll_up()
    assert figure("R-07", MAY) == (1, 1, 1, 0)
    prepared(person, date(2026, 5, 25))
    indicators.roll_up()
    assert figure("R-07", MAY) == (0, 0, 0, 0)


def test_micro_teaching_counts_what_others_saw_of_what_could_be_seen(coach):
    trainer = as_actor(someone("widyaiswara", the_unit("R4").kemendagri_code))
    angkatan, version = an_angkatan(trainer=trainer.id), the_course()
    good, fair = (a_member(angkatan, on_duty(MARCH)).person_id for _ in range(2))
    here = {"context": "micro_teaching", "subject": f"angkatan:{angkatan.id}", "on_day": date(2026, 3, 9)}
    for rater, person, scores in (
        (trainer, good, "323"),  # 8 of 9
        (trainer, fair, "1-2"),  # 3 of 6
        (trainer, fair, "---"),  # nothing rated: set apart
        (as_actor(good), good, "333"),  # of himself: not counted
    ):
        assert watches(rater, person, version.id, scores=scores, **here).status == "accepted"
    watches(trainer, good, version.id, scores="000", context="latihan", on_day=date(2026, 3, 9))
    indicators.count_months([MARCH])
    assert figure("L2-07") == (11, 15, 2, 1)


def test_only_random_visits_of_half_a_year_speak_for_the_field(coach):
    seen, other, version = on_duty(MARCH), on_duty(MARCH), the_course()
    for person in (seen, other):
        supervised(coach.id, person)
    for person, context, scores, day in (
        (seen, "acak", "222", date(2026, 3, 9)),  # 6 of 9
        (seen, "acak", "333", date(2026, 5, 9)),  # 9 of 9
        (other, "acak", "01-", date(2026, 5, 9)),  # 1 of 6
        (other, "pertemuan", "333", date(2026, 5, 10)),  # invited: set apart
    ):
        assert watches(coach, person, version.id, context=context, scores=scores, on_day=day).status == "accepted"
    indicators.roll_up()
    assert figure("L3-06") == (6, 9, 1, 0)
    assert figure("L3-06", MAY) == (16, 24, 2, 1)
    assert figure("L3-06", date(2026, 8, 1))[:2] == (16 - 6 + 6, 24)  # March to August: all of it still
    assert figure("L3-06", date(2026, 9, 1))[:2] == (10, 15)  # April to September
