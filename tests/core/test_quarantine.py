"""What is held waits until its own person sends it too, or an officer says whose it is; then it counts once."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from p2k2lms.core import audit, clock, intake, journal, quarantine, retention
from p2k2lms.core.access import Actor
from p2k2lms.core.db import db
from p2k2lms.core.errors import Fault, NotFound
from p2k2lms.core.models import Audit, Notice, Submission
from p2k2lms.core.unit_of_work import unit_of_work
from tests.conftest import an_actor
from tests.core.trial import NOON, notes

SENDER, OWNER, OFFICER = an_actor(1), an_actor(7), an_actor(9)


@pytest.fixture(autouse=True)
def noon():
    with clock.stopped(NOON):
        yield


@pytest.fixture
def sent(trial, envelope):
    """An envelope in the name of 7, which 1 has sent: it is held."""
    made = envelope("halo", person=7)
    [answer] = intake.receive(SENDER, [made])
    assert answer.status == "held"
    return made


def kept():
    return db.session.scalars(select(Submission).order_by(Submission.key).execution_options(populate_existing=True))


def key():
    return kept().first().key


def test_its_own_person_who_sends_the_same_takes_it_at_once(sent):
    [first], [again] = intake.receive(OWNER, [sent]), intake.receive(OWNER, [sent])
    assert (first.status, first.receipt, notes()) == ("accepted", journal.receipt(key()), ["halo"])
    assert (again.status, again.receipt, notes()) == ("duplicate", first.receipt, ["halo"])


def test_other_words_under_its_id_are_a_conflict_even_from_its_own_person(sent):
    [answer] = intake.receive(OWNER, [{**sent, "payload": {"text": "lain"}}])
    assert (answer.status, answer.faults[0].message, notes()) == ("rejected", "id_conflict", [])


def test_an_officer_takes_it_as_the_persons_own_and_the_sender_finds_it_taken(sent):
    with clock.stopped(NOON.replace(hour=9)):
        answer = quarantine.confirm(OFFICER, OWNER, key())
    assert (answer.status, answer.received_at, notes()) == ("accepted", NOON, ["halo"])
    [again] = intake.receive(SENDER, [sent])
    assert (again.status, again.receipt) == ("duplicate", answer.receipt)
    lines = db.session.scalars(select(Audit).where(Audit.use_case == "core.confirm_submission"))
    assert [(line.actor_id, line.subject) for line in lines] == [(OFFICER.id, f"submission:{key()}")]
    told = db.session.scalars(select(Notice)).one()
    assert (told.person_id, told.key, told.params["receipt"]) == (7, quarantine.TAKEN, answer.receipt)
    assert audit.broken_links() == []


def test_what_an_officer_turns_down_says_why_and_stays_so(sent):
    quarantine.turn_down(OFFICER, key(), (Fault("", "Bukan miliknya."),))
    [again] = intake.receive(SENDER, [sent])
    assert (again.status, again.faults[0].message, notes()) == ("rejected", "Bukan miliknya.", [])
    assert [n.key for n in db.session.scalars(select(Notice))] == [quarantine.REFUSED]
    with pytest.raises(NotFound):
        quarantine.confirm(OFFICER, OWNER, key())


def test_what_its_own_rules_refuse_is_rejected_in_their_words(trial, envelope):
    intake.receive(SENDER, [envelope("terlarang", person=7)])
    answer = quarantine.confirm(OFFICER, OWNER, key())
    assert (answer.status, answer.faults) == ("rejected", (Fault("text", "Kata ini tidak boleh."),))
    assert (kept().one().status, notes()) == ("rejected", [])


def test_what_was_told_meanwhile_in_another_sending_is_not_counted_again(sent, envelope):
    intake.receive(OWNER, [envelope("halo", person=7)])
    answer = quarantine.confirm(OFFICER, OWNER, key())
    assert (answer.status, answer.faults[0].message) == ("rejected", "Sudah tercatat lewat kiriman lain.")
    assert notes() == ["halo"]


@pytest.mark.parametrize("kind", ["trial.note", "trial.line"])
def test_a_closed_account_leaves_its_work_to_be_held_and_takes_it_up_when_it_is_open_again(trial, envelope, kind):
    work = [envelope(word, person=7, kind=kind) for word in ("a", "b")]
    leaving = intake.receive(Actor(7, "Siti", closed=True), work)
    again = intake.receive(Actor(7, "Siti", closed=True), work)
    assert [a.status for a in (*leaving, *again)] == ["held"] * 4
    assert (len(list(kept())), notes()) == (2, [])
    back = intake.receive(OWNER, work)
    assert ([a.status for a in back], notes()) == (["accepted", "accepted"], ["a", "b"])
    assert [a.receipt for a in back] == [a.receipt for a in leaving]
    assert [a.status for a in intake.receive(OWNER, work)] == ["duplicate", "duplicate"]


def test_only_what_is_held_can_be_decided(trial, envelope):
    intake.receive(SENDER, [envelope("halo")])
    for decide in (lambda: quarantine.confirm(OFFICER, OWNER, key()), lambda: quarantine.turn_down(OFFICER, key(), ())):
        with pytest.raises(NotFound):
            decide()
    assert (kept().one().status, notes()) == ("accepted", ["halo"])


def test_two_officers_at_once_let_it_count_once(sent, trial):
    found, number = [], key()
    db.session.rollback()

    def decide():
        with trial.app_context(), clock.stopped(NOON):
            try:
                found.append(quarantine.confirm(OFFICER, OWNER, number).status)
            except NotFound:
                found.append("too late")
            finally:
                db.session.remove()

    threads = [threading.Thread(target=decide) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (sorted(found), notes()) == (["accepted", "too late", "too late", "too late"], ["halo"])


def test_a_kind_that_nobody_takes_is_refused_and_never_falls_over(trial, envelope):
    sent = envelope("halo", person=7, kind="trial.unknown")
    intake.receive(SENDER, [sent])
    [answer] = intake.receive(OWNER, [sent])
    assert (answer.status, answer.faults[0].field) == ("rejected", "kind")


@pytest.mark.parametrize(("hours", "status"), [(23, "accepted"), (25, "rejected")])
def test_a_clock_ahead_is_held_against_the_day_on_which_it_came(trial, envelope, hours, status):
    intake.receive(SENDER, [envelope("halo", person=7, occurred_at=(NOON + timedelta(hours=hours)).isoformat())])
    with clock.stopped(NOON + timedelta(days=9)):
        assert quarantine.confirm(OFFICER, OWNER, key()).status == status


def test_a_number_that_no_person_has_shuts_nobody_out_of_the_list(trial, envelope):
    intake.receive(SENDER, [envelope("halo", person=2**40), envelope("dua", person=7)])
    assert journal.held_people() == [7]
    assert [row.person_id for row in journal.held_of([7], 10)] == [7]


def test_what_an_officer_decided_a_moment_before_is_told_as_decided(sent, monkeypatch):
    def too_late(*_about):
        monkeypatch.undo()
        quarantine.turn_down(OFFICER, key(), (Fault("", "Bukan miliknya."),))
        raise NotFound("held submission")

    monkeypatch.setattr(intake.quarantine, "confirm", too_late)
    [answer] = intake.receive(OWNER, [sent])
    assert (answer.status, answer.faults[0].message) == ("rejected", "Bukan miliknya.")


def test_words_that_wait_for_an_answer_are_not_swept_away_by_age(sent):
    with unit_of_work("test.sweep"):
        assert retention.OF_CORE[0].sweep(NOON.date() + timedelta(days=900)) == 0
    assert quarantine.confirm(OFFICER, OWNER, key()).status == "accepted"
    with unit_of_work("test.sweep"):
        assert retention.OF_CORE[0].sweep(NOON.date() + timedelta(days=900)) == 1
