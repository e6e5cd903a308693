"""Families are visited by lot and by number; several witnesses are told side by side."""

import uuid
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2k2lms.plugins.evaluation import service
from p2k2lms.plugins.evaluation.queries import waves as read
from p2k2lms.plugins.evaluation.rules import asking, sides
from tests.conftest import WHO_ACTS
from tests.factories.evaluation import a_wave, passed, reply, some_answers
from tests.factories.fieldwork import a_group
from tests.factories.identity import as_actor, someone, supervised, the_units

DOES = {"P1": "ya", "P3": "ya", "P4": "ya", "P5": "ya", "P6": "bicara", "P7": "tidak-berlaku"}
DOES_NOT = {"P1": "ya", "P3": "tidak", "P4": "tidak", "P5": "tidak", "P6": "marah", "P7": "tidak"}


@given(st.lists(st.tuples(st.integers(1, 99), st.integers(0, 60)), max_size=6, unique_by=lambda g: g[0]))
def test_families_are_drawn_from_the_roster_once_each(groups):
    drawn = asking.families("benih", 7, groups)
    assert drawn == asking.families("benih", 7, list(reversed(groups)))
    assert len(set(drawn)) == len(drawn) == min(4, sum(size for _group, size in groups))
    sizes = dict(groups)
    assert all(1 <= number <= sizes[group] for group, number in drawn)


def test_half_of_the_visits_are_made_by_somebody_else():
    assert asking.interviewers(5, 9, 4) == [9, 9, 5, 5]
    assert asking.interviewers(5, 9, 3) == [9, 9, 5]
    assert asking.interviewers(5, None, 4) == [5] * 4
    assert asking.interviewers(5, 9, 0) == []


def test_nineteen_pendamping_of_a_kabupaten_are_enough():
    homes = {person: person % 3 for person in range(1, 91)} | {500: 7}
    chosen = asking.some_of_each("benih", homes)
    assert Counter(homes[person] for person in chosen) == {0: 19, 1: 19, 2: 19, 7: 1}


def test_two_witnesses_of_the_same_people_are_counted_person_by_person():
    first = dict.fromkeys(range(6), True) | {9: True}
    second = {n: n < 2 for n in range(6)}
    found = sides.pairs(first, second)
    assert (found.n, found.both, found.first, round(found.agree), round(found.gap)) == (6, 2, 4, 33, 67)
    assert sides.pairs(first, {0: True, 1: True, 2: True, 3: True}) is None
    assert sides.side("x", "y", {1: 100.0, 2: 0.0}).percent is None


@pytest.fixture
def visited(app):
    """Six pendamping with a supervisor and a group each, asked about themselves, by the supervisor, and at families."""
    the_units()
    evaluator, boss = as_actor(someone("evaluator", "R4")), someone("supervisor", "63.03", name="Bu Atasan")
    people = [someone("pendamping", "63.03", name=f"Siti {n}") for n in range(6)]
    for person in people:
        passed(person)
        supervised(boss, person)
        a_group(person, members=10 + person % 3)
    waves = {code: a_wave(evaluator, code, untrained=False) for code in ("em-alumni", "em-atasan", "em-kpm")}
    return evaluator, as_actor(boss), [as_actor(person) for person in people], waves


def test_an_interviewer_is_told_the_group_and_the_number_and_never_a_name(visited, sign_in):
    _evaluator, boss, people, waves = visited
    rows = read.everybody(waves["em-kpm"].id)
    assert len(rows) == 24
    assert Counter(row.respondent_id == boss.id for row in rows) == {True: 12, False: 12}
    tasks = [task for task in service.tasks(boss) if task.version.code == "em-kpm"]
    assert len(tasks) == 12
    assert all(" · " in task.family for task in tasks)
    page = sign_in(boss).get(f"/evaluasi/isi/{tasks[0].assignment.id}")
    assert (page.status_code, tasks[0].family in page.text, "SAPA 129" in page.text) == (200, True, True)
    assert reply(boss, tasks[0].assignment.id, DOES).status == "accepted"
    assert reply(people[0], tasks[0].assignment.id, DOES).status == "rejected"


def test_several_sides_of_the_same_people_stand_beside_one_another(visited, sign_in, count_queries):
    evaluator, boss, people, waves = visited
    for n, actor in enumerate(people):
        own = next(task for task in service.tasks(actor) if task.version.code == "em-alumni")
        often = "selalu" if n < 4 else "jarang"
        said = some_answers(F1=often, F2=None if n < 4 else ["waktu"], A1="200", G1="120")
        assert reply(actor, own.assignment.id, said).status == "accepted"
        for task in service.tasks(actor):
            if task.version.code == "em-kpm":
                reply(actor, task.assignment.id, DOES_NOT)
    for task in service.tasks(boss):
        if task.version.code == "em-atasan":
            able = "mandiri" if task.assignment.subject_id in {a.id for a in people[:2]} else "didampingi"
            told = {"S1": able, "S2": "belum", "S3": "tetap", "S5": ["telepon"]}
            assert reply(boss, task.assignment.id, told).status == "accepted"
        else:
            assert reply(boss, task.assignment.id, DOES).status == "accepted"
    leading, applying = service.sides_page(evaluator, waves["em-alumni"].id).claims
    assert [(s.n, s.percent and round(s.percent, 1)) for s in leading.sides] == [(6, 66.7), (0, None), (6, 33.3)]
    (_own, _boss, pair), *rest = leading.pairs
    assert (pair.both, pair.first, pair.second, pair.neither, rest) == (2, 2, 0, 2, [])
    assert [(s.n, round(s.percent, 1)) for s in applying.sides] == [(6, 60.0), (6, 44.4)]
    page = sign_in(evaluator)
    with count_queries() as seen:
        shown = page.get(f"/evaluasi/gelombang/{waves['em-alumni'].id}/sisi").text
    assert len(seen) + WHO_ACTS <= 6
    assert all(words in shown for words in ("66,7%", "44,4%", "bukan bukti pengaruh"))
    assert "Siti" not in shown
    assert page.get(f"/evaluasi/gelombang/{waves['em-atasan'].id}/sisi").status_code == 404


def test_one_who_was_silent_and_drawn_is_asked_by_phone(visited, sign_in):
    evaluator, _boss, people, waves = visited
    wave = waves["em-alumni"]
    first = next(row for row in read.everybody(wave.id) if row.respondent_id == people[0].id)
    assert reply(evaluator, first.id, some_answers()).status == "rejected"
    assert service.draw_phones(evaluator, wave.id) == 1
    drawn = next(row for row in read.everybody(wave.id) if row.drawn)
    page, url = sign_in(evaluator), f"/evaluasi/isi/{drawn.id}"
    assert f'href="{url}"' in page.get(f"/evaluasi/gelombang/{wave.id}").text
    assert page.get(url).status_code == 200
    answer = page.post(url, data={**some_answers(), "sent_id": str(uuid.uuid4())})
    assert (answer.status_code, answer.location) == (303, f"/evaluasi/gelombang/{wave.id}")
    other = next(row for row in read.everybody(wave.id) if not row.drawn)
    assert page.get(f"/evaluasi/isi/{other.id}").status_code == 404
    assert sign_in(as_actor(someone("evaluator", "ID"))).get(url).status_code == 404
    assert sign_in(as_actor(someone("evaluator", "64"))).get(url).status_code == 404


def test_who_was_drawn_and_then_answered_alone_is_read_by_nobody_else(visited, sign_in):
    evaluator, _boss, people, waves = visited
    service.draw_phones(evaluator, waves["em-alumni"].id)
    drawn = next(row for row in read.everybody(waves["em-alumni"].id) if row.drawn)
    actor = next(one for one in people if one.id == drawn.respondent_id)
    assert reply(actor, drawn.id, some_answers()).status == "accepted"
    assert sign_in(evaluator).get(f"/evaluasi/isi/{drawn.id}").status_code == 404
    assert reply(evaluator, drawn.id, some_answers()).status == "rejected"
