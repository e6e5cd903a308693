"""Who is no longer on duty is asked, reminded, drawn and counted as silent no more, on both databases."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from p2k2lms.core import clock, jobs
from p2k2lms.core.db import db
from p2k2lms.core.errors import NotFound
from p2k2lms.core.models import DirtyMark
from p2k2lms.plugins.evaluation import service
from p2k2lms.plugins.evaluation.queries import counts
from p2k2lms.plugins.evaluation.queries import waves as read
from p2k2lms.plugins.evaluation.values import RESPONSE
from p2k2lms.plugins.identity import service as identity
from tests.factories.evaluation import a_wave, passed, reply, some_answers
from tests.factories.fieldwork import a_group
from tests.factories.identity import a_posting, as_actor, someone, supervised, the_units

KAPUAS, BANJAR = "62.03", "63.03"
ONE_DAY = timedelta(days=1)


@pytest.fixture
def evaluator(both):
    the_units()
    with time_machine.travel(datetime(2026, 11, 15, 4, tzinfo=UTC), tick=False):
        yield as_actor(someone("evaluator", "R4"))


def some_trained(number: int) -> list[int]:
    """So many pendamping of Banjar who passed the class of the wave."""
    people = [someone("pendamping", BANJAR) for _one in range(number)]
    for person in people:
        passed(person)
    return people


def leaves(person: int, role: str = "pendamping", days: int = 0) -> None:
    """An admin ends every posting of the person in this role so many days from today."""
    admin = as_actor(someone("admin", "R4"))
    for posting in identity.postings_of(person):
        if posting.role == role:
            identity.end_posting(admin, posting.id, clock.today() + days * ONE_DAY, "pindah")


def states(wave_id: int) -> dict[tuple[int, int], str]:
    return {(one.respondent_id, one.subject_id): one.state for one in read.everybody(wave_id)}


def test_a_leaver_is_neither_asked_nor_reminded_nor_drawn_nor_counted_as_silent(evaluator):
    stays, goes = some_trained(2)
    wave = a_wave(evaluator)
    sheet = service.tasks(as_actor(goes))[0].assignment.id
    leaves(goes)
    assert states(wave.id) == {(stays, stays): "menunggu", (goes, goes): "dilepas"}
    assert service.tasks(as_actor(goes)) == []
    with pytest.raises(NotFound):
        service.sheet(as_actor(goes), sheet)
    assert service.remind(evaluator, wave.id) == 1
    assert service.draw_phones(evaluator, wave.id) == 1
    assert [one.respondent_id for one in read.everybody(wave.id) if one.drawn] == [stays]
    page = service.wave_page(evaluator, wave.id)
    assert (page.rate.asked, page.silent_all, [one.respondent_id for one in page.silent]) == (1, 1, [stays])


def test_the_share_that_answered_is_of_those_still_on_duty_and_is_counted_again(evaluator):
    answers, _stays, goes = some_trained(3)
    wave = a_wave(evaluator)
    assert reply(as_actor(answers), service.tasks(as_actor(answers))[0].assignment.id, some_answers())
    db.session.query(DirtyMark).delete()
    db.session.commit()
    leaves(goes)
    banjar = identity.unit_by_code(BANJAR).id
    month = wave.closes.replace(day=1)
    assert [tuple(row) for row in db.session.execute(counts.response(month, None))] == [(banjar, "", 1, 2, 2, 0)]
    marks = db.session.query(DirtyMark).filter_by(fact=RESPONSE)
    assert [(mark.unit_id, mark.month) for mark in marks] == [(banjar, month)]


def test_an_answer_given_while_on_duty_stays_and_so_does_a_closed_wave(evaluator):
    answers, silent = some_trained(2)
    wave = a_wave(evaluator)
    assert reply(as_actor(answers), service.tasks(as_actor(answers))[0].assignment.id, some_answers())
    leaves(answers)
    service.close(evaluator, wave.id)
    leaves(silent)
    assert states(wave.id) == {(answers, answers): "dijawab", (silent, silent): "menunggu"}


def test_whoever_has_another_duty_as_pendamping_is_asked_on(evaluator):
    (moves,) = some_trained(1)
    wave = a_wave(evaluator)
    old = identity.postings_of(moves)[0]
    a_posting(moves, "pendamping", KAPUAS, valid_from=clock.today() + 7 * ONE_DAY)
    identity.end_posting(as_actor(someone("admin", "R4")), old.id, clock.today(), "pindah")
    assert states(wave.id) == {(moves, moves): "menunggu"}


def test_a_duty_that_ends_later_is_asked_until_that_day(evaluator):
    (goes,) = some_trained(1)
    wave = a_wave(evaluator)
    leaves(goes, days=3)
    jobs.run_due()
    assert states(wave.id) == {(goes, goes): "menunggu"}
    with time_machine.travel(datetime(2026, 11, 18, 4, tzinfo=UTC), tick=False):
        jobs.run_due()
    assert states(wave.id) == {(goes, goes): "dilepas"}


def test_a_supervisor_is_no_longer_asked_about_who_left_and_the_queue_forgets_them(evaluator):
    boss, (stays, goes, queued) = someone("supervisor", BANJAR), some_trained(3)
    supervised(boss, stays), supervised(boss, goes)
    wave = a_wave(evaluator, "em-atasan")
    assert service.wave_page(evaluator, wave.id).lacks == {"atasan": 1}
    leaves(goes), leaves(queued)
    assert states(wave.id) == {(boss, stays): "menunggu", (boss, goes): "dilepas"}
    assert service.wave_page(evaluator, wave.id).lacks == {}


def test_nobody_visits_the_families_of_a_leaver_as_such(evaluator):
    boss, (goes,) = someone("supervisor", BANJAR), some_trained(1)
    supervised(boss, goes)
    a_group(goes, members=10)
    wave = a_wave(evaluator, "em-kpm")
    assert set(states(wave.id).values()) == {"menunggu"}
    leaves(goes)
    assert states(wave.id) == {(boss, goes): "dilepas", (goes, goes): "dilepas"}


def test_a_supervisor_who_leaves_is_asked_about_nobody(evaluator):
    boss, (person,) = someone("supervisor", BANJAR), some_trained(1)
    supervised(boss, person)
    own, about = a_wave(evaluator), a_wave(evaluator, "em-atasan")
    leaves(boss, "supervisor")
    assert states(about.id) == {(boss, person): "dilepas"}
    assert states(own.id) == {(person, person): "menunggu"}


def test_a_pendamping_who_becomes_supervisor_is_asked_about_others_on(evaluator):
    rises, person = some_trained(2)
    a_posting(rises, "supervisor", BANJAR)
    supervised(rises, person)
    own, about = a_wave(evaluator), a_wave(evaluator, "em-atasan")
    leaves(rises)
    assert states(own.id)[rises, rises] == "dilepas"
    assert states(about.id) == {(rises, person): "menunggu"}
