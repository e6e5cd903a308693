"""Sheets: taken in from whoever may watch, compared with the learner's own, followed over time."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from p2k2lms.core import clock
from p2k2lms.core.errors import NotFound
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.coaching import service
from p2k2lms.plugins.coaching.service import observing
from p2k2lms.plugins.enrolment.models import AngkatanStaff
from tests.factories.catalogue import TINY, a_course, course_texts
from tests.factories.coaching import a_walk, watches
from tests.factories.enrolment import BANJAR, KAPUAS, a_member, an_angkatan, the_course, the_unit
from tests.factories.identity import as_actor, someone

TODAY = clock.today()
RUBRIC = f"modules_content/{TINY}/rubrik.yaml"


def test_the_learner_rates_first_and_both_see_the_difference(both):
    walk = a_walk()
    about = (walk.path.person_id, walk.version_id)
    own = watches(walk.learner, *about, scores="321")
    seen = watches(walk.coach, *about, scores="222", evidence="Bertanya kepada ibu yang diam")
    assert (own.flags, seen.flags) == ((), ())
    found = service.seen(walk.learner, service.sheets_of(about[0])[0].id)
    assert [row.gap for row in found.rows] == [1, 0, -1]
    assert found.rows[0].behaviour.levels[3] == "Tujuan dan harapan peserta."
    assert (found.seen.points, found.seen.max, found.seen.evidence[:8]) == (6, 9, "Bertanya")


def test_a_coach_who_rates_first_is_marked(app):
    walk = a_walk()
    assert watches(walk.coach, walk.path.person_id, walk.version_id).flags == ("tanpa_nilai_diri",)


def test_what_gave_way_for_a_reason_or_was_not_seen_does_not_count(app):
    walk = a_walk()
    watches(walk.coach, walk.path.person_id, walk.version_id, scores="20-", adapted="waktu")
    assert [(s.points, s.max) for s in service.sheets_of(walk.path.person_id)] == [(2, 3)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"scores": "22"},
        {"scores": "224"},
        {"scores": ""},
        {"scores": "---", "steps": ""},
        {"steps": "yy"},
        {"steps": "yyx"},
        {"sesi": "zz-s01"},
        {"version_id": 999_999},
        {"context": "pesta"},
        {"on_day": TODAY + timedelta(days=2)},
        {"person": 999_999},
        {"evidence": "x" * 501},
        {"subject": "angkatan:x"},
    ],
)
def test_a_sheet_that_cannot_be_is_refused(app, wrong):
    walk = a_walk()
    about = {"person_id": walk.path.person_id, "version_id": walk.version_id} | wrong
    about |= {"person_id": about.pop("person")} if "person" in about else {}
    assert watches(walk.coach, **about).status == "rejected"


def test_who_is_out_of_scope_is_refused_and_learns_nothing(both):
    walk = a_walk()
    about = (walk.path.person_id, walk.version_id)
    watches(walk.coach, *about)
    sheet = service.sheets_of(about[0])[0].id
    the_unit(KAPUAS)
    strangers = [someone(role, KAPUAS) for role in ("supervisor", "widyaiswara", "pendamping", "koordinator")]
    for stranger in map(as_actor, [*strangers, someone("pendamping", BANJAR)]):
        assert watches(stranger, *about).status == "rejected"
        with pytest.raises(NotFound):
            service.seen(stranger, sheet)
        with pytest.raises(NotFound):
            service.course(stranger, about[0])
    koordinator = as_actor(someone("koordinator", BANJAR))
    assert watches(koordinator, *about).status == "rejected"  # may read, does not rate
    assert service.seen(koordinator, sheet).sheet.id == sheet


def test_a_trainer_rates_micro_teaching_in_the_own_class(both):
    trainer = someone("widyaiswara", the_unit("R4").kemendagri_code)
    angkatan = an_angkatan(trainer=trainer)
    member, version = a_member(angkatan), the_course()
    told = {"context": "micro_teaching", "subject": f"angkatan:{angkatan.id}"}
    assert watches(as_actor(trainer), member.person_id, version.id, **told).status == "accepted"
    assert service.micro_teaching([angkatan.id]) == {(angkatan.id, member.person_id): (6, 9)}
    other = as_actor(someone("widyaiswara", the_unit("R4").kemendagri_code))
    assert watches(other, member.person_id, version.id, **told).status == "rejected"
    page = service.class_sheets(as_actor(trainer), angkatan.id)
    assert len(page.sheets[member.person_id]) == 1
    with pytest.raises(NotFound):
        service.class_sheets(other, angkatan.id)


def test_two_raters_of_one_sheet_give_a_weighted_kappa(app):
    one, two = (someone("widyaiswara", the_unit("R4").kemendagri_code) for _ in range(2))
    angkatan = an_angkatan(trainer=one)
    with unit_of_work("test.second_trainer") as uow:
        uow.add(AngkatanStaff(angkatan_id=angkatan.id, person_id=two, role="trainer"))
    version = the_course()
    for scores in (("320", "321"), ("123", "123"), ("012", "022")):
        member = a_member(angkatan)
        for rater, said in zip((one, two), scores, strict=True):
            told = {"context": "micro_teaching", "subject": f"angkatan:{angkatan.id}"}
            watches(as_actor(rater), member.person_id, version.id, scores=said, **told)
    found = service.agreement(version.id)
    assert service.class_sheets(as_actor(one), angkatan.id).agreement == found
    elsewhere = an_angkatan(trainer=one)
    assert service.class_sheets(as_actor(one), elsewhere.id).agreement.kappa is None
    assert found.pairs == 3
    assert found.kappa == pytest.approx(1 - 2 / (164 / 9))  # two ratings one level apart; 164/9 by chance
    assert found.each[0][1] == pytest.approx(1)


def test_a_behaviour_is_followed_over_time(app):
    walk = a_walk()
    about = (walk.path.person_id, walk.version_id)
    with clock.stopped(clock.now() + timedelta(days=20)):
        for days, scores in ((0, "012"), (10, "112"), (20, "312")):
            watches(walk.coach, *about, scores=scores, on_day=TODAY + timedelta(days=days))
        trends = service.course(walk.coach, about[0]).trends
    assert [trend.change for trend in trends] == [3, 0, 0]
    assert [value for _day, value in trends[0].seen] == [0, 1, 3]


def behaviours_turned():
    """A newer version: the first behaviour stands last, a new one in the middle, and the second is gone."""
    head, *told = next(t for p, t in course_texts().items() if p == RUBRIC).split("  - id: ")
    first, _second, third = told
    return a_course(changes={RUBRIC: "  - id: ".join((head, third, third.replace("b03", "b04"), first))})


def test_what_two_versions_ask_alike_is_compared_by_its_id_and_not_by_its_place(both):
    walk = a_walk()
    person, older = walk.path.person_id, walk.version_id
    newer = behaviours_turned().id
    assert len(catalogue.rubric(newer).behaviours) == len(catalogue.rubric(older).behaviours)
    day = timedelta(days=1)
    watches(walk.learner, person, older, scores="123")
    watches(walk.coach, person, older, scores="123", on_day=TODAY - day)
    watches(walk.coach, person, newer, scores="312")
    with clock.stopped(clock.now() + day):
        watches(walk.coach, person, newer, scores="201")
        trends = {trend.behaviour.id: trend.seen for trend in service.course(walk.coach, person).trends}
    assert {name: [level for _day, level in seen] for name, seen in trends.items()} == {
        "b03": [3, 3, 2],
        "b04": [1, 0],
        "b01": [1, 2, 1],
    }
    mixed = next(s for s in service.sheets_of(person) if s.version_id == newer and s.on_day == TODAY)
    rows = {row.behaviour.id: (row.own, row.seen) for row in service.seen(walk.coach, mixed.id).rows}
    assert rows == {"b03": (3, 3), "b04": (None, 1), "b01": (1, 2)}


def test_two_raters_on_two_versions_are_compared_behaviour_by_behaviour(app):
    walk = a_walk()
    newer = behaviours_turned().id
    watches(walk.coach, walk.path.person_id, walk.version_id, scores="123")
    (old,) = service.sheets_of(walk.path.person_id)
    other = replace(old, id=uuid4(), observer_id=walk.coach.id + 1, version_id=newer, scores="301")
    told = observing.agreement_on(newer, [old, other])
    assert (told.pairs, told.kappa) == (1, 1)
    foreign = replace(other, course="kursus-lain")
    assert observing.agreement_on(newer, [old, foreign]).pairs == 0
