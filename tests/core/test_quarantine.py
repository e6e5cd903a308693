"""What is held waits until its own person sends it too, or an officer says whose it is; then it counts once."""

import threading
import uuid
from dataclasses import replace
from datetime import timedelta
from typing import Literal

import pytest
from flask import g
from pydantic import BaseModel
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from p2k2lms.core import audit, clock, intake, journal, notices, photos, quarantine, retention, submissions
from p2k2lms.core.access import Actor
from p2k2lms.core.db import db
from p2k2lms.core.errors import Fault, NotFound
from p2k2lms.core.models import Audit, Notice, Photo, Submission
from p2k2lms.core.unit_of_work import unit_of_work
from tests.conftest import an_actor
from tests.core.trial import NOON, held_keys, notes
from tests.factories.photos import a_picture

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


def test_what_an_officer_decided_a_moment_before_is_told_as_decided(sent, monkeypatch):
    def too_late(*_about):
        monkeypatch.undo()
        quarantine.turn_down(OFFICER, key(), (Fault("", "Bukan miliknya."),))
        raise NotFound("held submission")

    monkeypatch.setattr(intake.quarantine, "confirm", too_late)
    [answer] = intake.receive(OWNER, [sent])
    assert (answer.status, answer.faults[0].message) == ("rejected", "Bukan miliknya.")


def sweep(days):
    with unit_of_work("test.sweep"):
        return retention.OF_CORE[0].sweep(NOON.date() + timedelta(days=days))


def test_what_waits_keeps_its_words_as_long_as_all_others_and_is_refused_when_they_go(sent):
    assert sweep(0) == 0
    assert (journal.held(key()).raw != "", sweep(1)) == (True, 1)
    row = kept().one()
    assert (row.status, row.raw, row.faults[0]["message"]) == ("rejected", "", "Tidak diputuskan dalam dua tahun.")
    with pytest.raises(NotFound):
        quarantine.confirm(OFFICER, OWNER, key())


def test_words_that_are_gone_can_only_be_said_again_by_their_own_person(sent):
    with unit_of_work("test.cover"):
        db.session.execute(update(Submission).values(raw=""))
    with pytest.raises(quarantine.NotYet):
        quarantine.confirm(OFFICER, OWNER, key())
    assert kept().one().status == "held"
    [answer] = intake.receive(OWNER, [{**sent, "device": "HP Siti", "seq": 7}])
    row = kept().one()
    assert (answer.status, notes(), row.device, row.seq) == ("accepted", ["halo"], "HP Siti", 7)
    assert '"halo"' in row.raw


def test_a_collision_is_tried_once_more_and_is_final_only_then(sent, monkeypatch):
    plain, tries = submissions.kinds()["trial.note"], []

    def collides_once(*about):
        tries.append(about)
        if len(tries) == 1:
            raise IntegrityError("insert", {}, Exception("somebody was in the way"))
        return plain.apply(*about)

    monkeypatch.setitem(submissions.kinds(), "trial.note", replace(plain, apply=collides_once))
    assert quarantine.confirm(OFFICER, OWNER, key()).status == "accepted"
    assert (len(tries), notes()) == (2, ["halo"])


def test_what_hangs_on_something_held_waits_for_it_and_is_refused_with_it(sent, envelope):
    [later, latest] = [envelope(f"tentang {sent['id']}", person=7), envelope("sendiri", person=7)]
    other = envelope(f"juga {sent['id']}", person=8)
    intake.receive(SENDER, [later, latest, other])
    first, second, _third, _other = held_keys()
    with pytest.raises(quarantine.NotYet, match=journal.receipt(first)):
        quarantine.confirm(OFFICER, OWNER, second)
    quarantine.turn_down(OFFICER, first, (Fault("", "Bukan miliknya."),))
    said = {row.raw: row.faults[0]["message"] for row in kept() if row.status == "rejected"}
    assert list(said.values()) == ["Bukan miliknya.", "Kiriman yang menjadi dasarnya ditolak."]
    assert len(held_keys()) == 2
    lines = list(db.session.scalars(select(Audit.subject).where(Audit.use_case == "core.refuse_submission")))
    assert lines == [f"submission:{first}", f"submission:{second}"]
    [told] = notices.of_person(7)
    assert told.text.endswith("ditolak: Bukan miliknya. 1 kiriman lain yang menyusulnya ikut ditolak.")
    assert notices.of_person(8) == []


@pytest.mark.parametrize(
    "written", [str.upper, lambda said: uuid.UUID(said).hex, "{{{}}}".format, "urn:uuid:{}".format]
)
def test_what_hangs_on_something_is_found_however_the_id_is_written_and_only_where_it_is_said(sent, envelope, written):
    later = envelope("lagi", person=7, payload={"text": written(sent["id"])})
    latest = envelope("tentang", person=7, payload={"text": written(later["id"])})
    beside = envelope("di HP lain", person=7, device=sent["id"])
    intake.receive(SENDER, [latest, later, beside])
    first, third, second, fourth = held_keys()
    for number in (second, third):
        with pytest.raises(quarantine.NotYet):
            quarantine.confirm(OFFICER, OWNER, number)
    quarantine.turn_down(OFFICER, first, (Fault("", "Bukan miliknya."),))
    assert held_keys() == [fourth]
    [told] = notices.of_person(7)
    assert "2 kiriman lain yang menyusulnya ikut ditolak." in told.text


@pytest.mark.parametrize("readers", ["id", "en"])
def test_the_choices_that_a_kept_refusal_names_carry_no_language(trial, envelope, monkeypatch, readers):
    class Choice(BaseModel):
        text: Literal["a", "b", "c"]

    plain = submissions.kinds()["trial.note"]
    monkeypatch.setitem(submissions.kinds(), "trial.note", replace(plain, versions={2: Choice}))
    intake.receive(SENDER, [envelope("d")])
    db.session.rollback()
    with trial.test_request_context():
        g.language = readers
        said = kept().one().faults[0]["message"]
    assert said == {"id": "Pilih salah satu: 'a', 'b', 'c'.", "en": "Choose one: 'a', 'b', 'c'."}[readers]


@pytest.mark.parametrize(
    ("officers", "readers", "told"), [("en", "id", "Paling banyak 80 huruf."), ("id", "en", "At most 80 characters.")]
)
def test_a_refusal_is_read_in_the_language_of_its_reader(trial, envelope, officers, readers, told):
    envelopes = [envelope("x" * 81, person=7)]
    intake.receive(SENDER, envelopes)
    with trial.test_request_context():
        g.language = officers
        quarantine.confirm(OFFICER, OWNER, key())
    db.session.rollback()
    with trial.test_request_context():
        g.language = readers
        assert kept().one().faults[0]["message"] == told
        assert told in notices.of_person(7)[0].text
        assert intake.receive(SENDER, envelopes)[0].faults[0].message == told


def test_what_an_officer_typed_is_read_as_it_was_typed(sent, trial):
    quarantine.turn_down(OFFICER, key(), (Fault("", "Isi alasannya."),))
    with trial.test_request_context():
        g.language = "en"
        assert kept().one().faults == [{"field": "", "message": "Isi alasannya."}]


LEAVER = Actor(7, "Siti", closed=True)


def photos_left():
    return db.session.scalar(select(func.count()).select_from(Photo))


@pytest.fixture
def pictured(trial, envelope):
    """A closed account's photo that has come, and the work held that names it."""
    sha = photos.receive(LEAVER, a_picture())
    made = envelope("bergambar", person=7)
    intake.receive(LEAVER, [{**made, "payload": {"text": "bergambar", "photo": sha}}])
    return sha


def night(days):
    with clock.stopped(NOON + timedelta(days=days)):
        retention.keep()


def test_a_photo_waits_as_long_as_the_work_that_names_it_is_held(pictured):
    stray = photos.receive(LEAVER, a_picture(300))
    photos.receive(an_actor(8), a_picture())
    assert (stray != pictured, photos_left()) == (True, 3)
    night(30)
    assert photos_left() == 1
    night(729)
    assert (photos_left(), len(held_keys())) == (1, 1)
    night(731)
    assert held_keys() == []
    night(732)
    assert photos_left() == 0


def test_a_photo_goes_with_the_work_that_is_refused_but_not_one_that_something_else_names(pictured, envelope):
    second = {**envelope("lagi", person=7), "payload": {"text": "lagi", "photo": pictured}}
    intake.receive(LEAVER, [second])
    for left in (1, 0):
        quarantine.turn_down(OFFICER, held_keys()[0], (Fault("", "Bukan miliknya."),))
        assert photos_left() == left


def test_a_photo_stays_for_a_week_when_its_own_person_is_told_what_to_mend(trial, envelope):
    sha = photos.receive(LEAVER, a_picture())
    made = envelope(person=7, payload={"text": "terlarang", "photo": sha})
    intake.receive(LEAVER, [made])
    with clock.stopped(NOON + timedelta(days=30)):
        [answer] = intake.receive(OWNER, [made])
        assert (answer.status, photos_left()) == ("rejected", 1)
    for day, left in ((36, 1), (37, 0)):
        night(day)
        assert photos_left() == left


def test_a_photo_goes_when_an_officer_takes_what_its_rules_refuse(trial, envelope):
    sha = photos.receive(LEAVER, a_picture())
    intake.receive(LEAVER, [envelope(person=7, payload={"text": "terlarang", "photo": sha})])
    assert quarantine.confirm(OFFICER, OWNER, key()).status == "rejected"
    assert photos_left() == 0


def test_a_photo_that_is_claimed_stays_when_other_work_with_it_is_refused(pictured):
    with unit_of_work("test.claim"):
        photos.claim(7, pictured, "test.thing", "a")
    quarantine.turn_down(OFFICER, held_keys()[0], (Fault("", "Bukan miliknya."),))
    night(30)
    assert photos_left() == 1
