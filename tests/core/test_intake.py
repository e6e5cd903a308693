"""The door for what people send: nothing is lost, nothing counts twice, every answer says why."""

import json
import threading
import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from sqlalchemy import func, select, text
from sqlalchemy.exc import OperationalError

from p2k2lms.core import clock, intake, journal, submissions
from p2k2lms.core.db import db
from p2k2lms.core.errors import Invalid, ReadOnly
from p2k2lms.core.models import Submission
from tests import databases
from tests.conftest import an_actor
from tests.core.trial import BREAKS, NOON, notes

SENDER = an_actor(1)


@pytest.fixture(autouse=True)
def noon():
    with clock.stopped(NOON):
        yield


def send(*envelopes, actor=SENDER):
    return intake.receive(actor, envelopes)


def rows(*wanted):
    return db.session.scalar(select(func.count()).select_from(Submission).where(*wanted))


def test_what_is_accepted_took_effect_and_is_kept_with_a_receipt(trial, envelope):
    sent = envelope("halo")
    [answer] = send(sent)
    assert (answer.status, answer.id, answer.received_at) == ("accepted", sent["id"], NOON)
    kept = db.session.scalars(select(Submission)).one()
    assert answer.receipt == journal.receipt(kept.key)
    assert json.loads(kept.raw)["payload"] == {"text": "halo"}
    assert notes() == ["halo"]


def test_the_same_again_gets_the_first_receipt_and_changes_nothing(trial, envelope):
    sent = envelope(payload={"text": "halo", "flags": ["terlambat"]})
    [first], [again] = send(sent), send({**sent, "seq": 9, "device": "HP lain"})
    assert (first.flags, again.flags) == (("terlambat",), ("terlambat",))
    assert (again.status, again.receipt, again.received_at) == ("duplicate", first.receipt, first.received_at)
    assert (notes(), rows()) == (["halo"], 1)


def test_a_twin_that_comes_alone_is_met_before_its_use_case_runs(trial, envelope, monkeypatch):
    sent, ran = envelope("halo"), []
    [first] = send(sent)
    watched = replace(submissions.kinds()["trial.note"], apply=lambda *about: ran.append(about) or [])
    monkeypatch.setitem(submissions.kinds(), "trial.note", watched)
    [again], [other] = send(sent), send({**sent, "payload": {"text": "lain"}})
    assert (again.status, again.receipt, other.faults[0].message) == ("duplicate", first.receipt, "id_conflict")
    assert ran == []
    send(envelope("lain"))
    assert len(ran) == 1


def test_the_same_id_with_other_content_is_a_conflict_and_the_first_stays(trial, envelope):
    sent = envelope("halo")
    send(sent)
    [answer] = send({**sent, "payload": {"text": "lain"}})
    assert (answer.status, answer.faults[0].message, answer.receipt) == ("rejected", "id_conflict", "")
    assert notes() == ["halo"]
    assert rows(Submission.status == "conflict") == 1


def test_another_persons_id_reveals_nothing_of_the_first(trial, envelope):
    sent = envelope("rahasia")
    send(sent)
    [answer] = send({**sent, "person": 2}, actor=an_actor(2))
    assert answer == submissions.Answer(sent["id"], "rejected", faults=answer.faults)
    assert [f.message for f in answer.faults] == ["id_conflict"]
    assert notes() == ["rahasia"]


def test_what_names_somebody_else_is_held(trial, envelope):
    [answer] = send(envelope("halo", person=7))
    assert (answer.status, notes()) == ("held", [])
    assert rows(Submission.status == "held", Submission.person_id == 7, Submission.sender_id == 1) == 1


def test_what_a_rule_refuses_is_kept_raw_and_says_the_field(trial, envelope):
    sent = envelope("terlarang")
    [answer], [again] = send(sent), send(sent)
    assert (answer.status, [(f.field, f.message) for f in answer.faults]) == (
        "rejected",
        [("text", "Kata ini tidak boleh.")],
    )
    assert (again.status, again.faults, again.receipt) == ("rejected", answer.faults, answer.receipt)
    assert (notes(), rows()) == ([], 1)


def test_a_payload_of_the_wrong_shape_is_told_in_indonesian(trial, envelope):
    [answer] = send(envelope(payload={"text": "", "lebih": 1}))
    assert {(f.field, f.message) for f in answer.faults} == {
        ("payload.text", "Paling sedikit 1 huruf."),
        ("payload.lebih", "Bagian ini tidak dikenal."),
    }


@pytest.mark.parametrize(("hours", "status"), [(23, "accepted"), (25, "rejected"), (-24 * 365 * 30, "accepted")])
def test_only_a_clock_more_than_a_day_ahead_is_refused(trial, envelope, hours, status):
    [answer] = send(envelope(occurred_at=(NOON + timedelta(hours=hours)).isoformat()))
    assert answer.status == status


@pytest.mark.parametrize(("change", "field"), [({"kind": "trial.unknown"}, "kind"), ({"v": 3}, "v")])
def test_an_unknown_kind_or_version_is_refused_and_kept(trial, envelope, change, field):
    [answer] = send(envelope(**change))
    assert (answer.status, answer.faults[0].field, rows()) == ("rejected", field, 1)


def test_an_older_version_is_lifted(trial, envelope):
    [answer] = send(envelope(v=1, payload={"word": "lama"}))
    assert (answer.status, notes()) == ("accepted", ["lama"])


def test_one_bad_envelope_does_not_stop_the_next(trial, envelope):
    answers = send(envelope("a"), "bukan kiriman", {"id": 5}, envelope("terlarang"), envelope("b"))
    assert [a.status for a in answers] == ["accepted", "rejected", "rejected", "rejected", "accepted"]
    assert notes() == ["a", "b"]


@pytest.mark.parametrize("kind", ["trial.note", "trial.line"])
@pytest.mark.parametrize("word", ["rusak", "rusak di basis data"])
def test_an_envelope_that_breaks_by_a_fault_of_ours_is_left_without_answer_and_stops_no_other(
    trial, envelope, caplog, monkeypatch, kind, word
):
    sent = [envelope(said, kind=kind) for said in ("a", word, "b")]
    assert [(a.id, a.status) for a in send(*sent)] == [(one["id"], "accepted") for one in (sent[0], sent[2])]
    assert [a.status for a in send(*sent)] == ["duplicate", "duplicate"]
    assert (send(sent[1]), notes(), rows()) == ([], ["a", "b"], 2)
    assert f"an envelope has no answer: {sent[1]['id']}" in caplog.text
    monkeypatch.delitem(BREAKS, word)
    assert [a.status for a in send(*sent)] == ["duplicate", "accepted", "duplicate"]
    assert notes() == ["a", "b", word]


@pytest.mark.parametrize("kind", ["trial.note", "trial.line"])
@pytest.mark.parametrize("written", [str, str.upper, lambda said: uuid.UUID(said).hex, "urn:uuid:{}".format])
def test_what_speaks_of_something_left_without_answer_is_left_too_and_counts_after_it(
    trial, envelope, monkeypatch, kind, written
):
    report = envelope("rusak")
    photo = envelope(f"foto {written(report['id'])}", kind=kind)
    correction = envelope(f"koreksi {written(photo['id'])}", kind=kind)
    sent = [envelope("a"), report, photo, envelope("b", kind=kind), envelope("c", kind=kind), correction]
    assert [a.status for a in send(*sent)] == ["accepted"] * 3
    assert (notes(), rows()) == (["a", "b", "c"], 3)
    monkeypatch.delitem(BREAKS, "rusak")
    assert [a.id for a in send(*sent) if a.status == "accepted"] == [one["id"] for one in (report, photo, correction)]


def test_what_speaks_of_something_that_is_refused_is_answered(trial, envelope):
    report = envelope("terlarang")
    assert [a.status for a in send(report, envelope(report["id"]))] == ["rejected", "accepted"]


def test_a_database_in_trouble_is_told_as_such_and_nothing_passes_what_met_it(trial, envelope, monkeypatch):
    sent = [envelope(said) for said in ("a", "basis data hilang", "b")]
    with pytest.raises(OperationalError):
        send(*sent)
    assert notes() == ["a"]
    monkeypatch.delitem(BREAKS, "basis data hilang")
    assert [a.status for a in send(*sent)] == ["duplicate", "accepted", "accepted"]
    assert notes() == ["a", "basis data hilang", "b"]


def test_who_may_change_nothing_is_told_so_once_for_all(trial, envelope):
    with pytest.raises(ReadOnly):
        send(envelope("a"), envelope("b"), actor=replace(SENDER, read_only=True))
    assert rows() == 0


def test_what_breaks_from_a_form_is_a_fault_of_its_page(trial):
    with pytest.raises(LookupError):
        intake.receive_one(SENDER, "trial.note", {"text": "rusak"}, sent_id=str(uuid.uuid4()), device="", v=2)
    assert rows() == 0


def test_a_fault_of_ours_in_taking_many_is_logged_and_takes_nothing_along(trial, envelope, caplog):
    sent = [envelope(word, kind="trial.line") for word in ("a", "rusak bersama", "b")]
    assert [answer.status for answer in send(*sent)] == ["accepted"] * 3
    assert notes() == ["a", "rusak bersama", "b"]
    assert "trial.line: 3 envelopes could not be taken together" in caplog.text


def test_many_that_are_taken_together_are_all_kept_with_flags_and_receipts_of_their_own(trial, envelope):
    flagged = envelope(kind="trial.line", payload={"text": "b", "flags": ["terlambat"]})
    answers = send(envelope("a", kind="trial.line"), flagged, envelope("c"), envelope("d", kind="trial.line"))
    assert [(a.status, a.flags) for a in answers] == [("accepted", f) for f in ((), ("terlambat",), (), ())]
    kept = db.session.scalars(select(Submission).order_by(Submission.key)).all()
    assert [journal.receipt(row.key) for row in kept] == [a.receipt for a in answers]


def test_a_malformed_envelope_is_kept_once_and_leaves_its_id_free(trial, envelope):
    sent = envelope("halo")
    broken = {**sent, "occurred_at": "kemarin"}
    [first], [again] = send(broken), send(broken)
    assert (first.status, first.receipt, rows(Submission.status == "malformed")) == ("rejected", again.receipt, 1)
    [mended] = send(sent)
    assert (mended.status, notes()) == ("accepted", ["halo"])


HOSTILE = {
    "a NUL in the payload": {"payload": {"text": "a\x00b"}},
    "half a character in the payload": {"payload": {"text": "\ud800"}},
    "half a character as a key": {"payload": {"\udfff": 1}},
    "a NUL in the device": {"device": "HP\x00"},
    "a NUL in the kind": {"kind": "trial.\x00"},
    "a person beyond every number": {"person": 10**30},
    "the year one": {"occurred_at": "0001-01-01T00:00:00+14:00"},
    "the last year": {"occurred_at": "9999-12-31T23:59:59-12:00"},
    "no zone": {"occurred_at": "2026-11-21T10:00:00"},
    "a list for a payload": {"payload": []},
    "a version below one": {"v": 0},
}


@pytest.mark.parametrize("change", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_values_are_refused_not_feared(trial, envelope, change):
    [answer, after] = send(envelope(**change), envelope("sesudah"))
    assert (answer.status, after.status, notes()) == ("rejected", "accepted", ["sesudah"])
    assert all(f.message and "should" not in f.message.lower() for f in answer.faults)


def test_a_backslash_before_u0000_is_only_text(trial, envelope):
    [answer] = send(envelope("C:\\u0000"))
    assert answer.status == "accepted"


def test_more_than_a_hundred_at_once_are_refused_whole(trial, envelope):
    with pytest.raises(Invalid, match="100"):
        send(*[envelope(str(n)) for n in range(101)])
    assert rows() == 0


def test_a_form_without_script_uses_the_same_door(trial):
    sent_id = str(uuid.uuid4())
    first, again = (
        intake.receive_one(SENDER, "trial.note", {"text": "halo"}, sent_id=sent_id, device="x" * 200, v=2)
        for _ in range(2)
    )
    assert (first.status, again.status, again.receipt) == ("accepted", "duplicate", first.receipt)


@pytest.mark.parametrize("sent_id", ["", "bukan-id", "a\x00b", "x" * 500, "6b3b7f7e-3f4a-4d0e-9b1a-0c8f9c5f2a10"])
def test_a_form_whose_id_is_none_or_was_used_for_something_else_gets_a_fresh_one(trial, sent_id):
    """The second sending is another text under the same id, the third is of somebody else."""
    senders = ((SENDER, "a"), (SENDER, "b"), (an_actor(2), "a"))
    answers = [
        intake.receive_one(actor, "trial.note", {"text": word}, sent_id=sent_id, device="HP", v=2)
        for actor, word in senders
    ]
    assert [answer.status for answer in answers] == ["accepted"] * 3
    assert len({answer.id for answer in answers}) == len({answer.receipt for answer in answers}) == 3
    assert (notes(), rows(Submission.status != "accepted")) == (["a", "b", "a"], 0)


def test_the_whole_payload_and_the_envelope_itself_are_named_without_a_dot(trial, envelope):
    [whole] = send(envelope("siang", kind="trial.whole"))
    assert [(f.field, f.message) for f in whole.faults] == [("payload", "Pagi saja.")]
    with pytest.raises(ValidationError) as unreadable:
        submissions.Envelope.model_validate_json('{"id": 5}')
    assert {f.field for f in submissions.faults_of(unreadable.value)} >= {"id", "kind", "payload"}


def test_two_phones_sending_one_fact_count_once(trial, envelope):
    """The natural key is the law: the second id is kept, and says that it was there already."""
    answers = send(envelope("satu"), envelope("satu"))
    assert [a.status for a in answers] == ["accepted", "rejected"]
    assert answers[1].faults[0].message == "Sudah tercatat lewat kiriman lain."
    assert notes() == ["satu"]


def test_twins_racing_through_the_door_take_effect_once(trial, envelope):
    sent, gate, answers = envelope("kembar"), threading.Barrier(4), []

    def race():
        with trial.app_context(), clock.stopped(NOON):
            gate.wait()
            answers.extend(send(sent))
            db.session.remove()

    threads = [threading.Thread(target=race) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(a.status for a in answers) == ["accepted", "duplicate", "duplicate", "duplicate"]
    assert len({a.receipt for a in answers}) == 1
    assert (notes(), rows()) == (["kembar"], 1)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_repetition_and_order_gives_one_effect_and_one_receipt_each(trial, envelope, data):
    db.session.remove()
    databases.empty()
    sent = [envelope(f"kata {n}") for n in range(5)]
    order = data.draw(st.lists(st.sampled_from(range(5)), min_size=5, max_size=25))
    answers = send(*[sent[n] for n in order])
    receipts: dict[str, set[str]] = {}
    for answer in answers:
        receipts.setdefault(answer.id, set()).add(answer.receipt)
    assert {a.status for a in answers} <= {"accepted", "duplicate"}
    assert [a.status for a in answers].count("accepted") == len(set(order)) == rows()
    assert all(len(found) == 1 for found in receipts.values())
    assert sorted(notes()) == sorted({f"kata {n}" for n in order})


def test_the_door_looks_an_id_up_by_its_index(trial):
    wanted = f"SELECT * FROM core_submission WHERE id = 'x' AND {intake.journal.TAKES_THE_ID}"
    if db.engine.dialect.name == "sqlite":
        [plan] = db.session.execute(text(f"EXPLAIN QUERY PLAN {wanted}")).all()
        assert "SEARCH" in plan[-1]
        assert "ux_core_submission_id" in plan[-1]


@given(st.sets(st.integers(1, 32**6 - 1), min_size=2, max_size=50))
def test_receipts_are_one_to_one(keys):
    assert len({journal.receipt(key) for key in keys}) == len(keys)


def test_a_receipt_has_six_signs_that_cannot_be_misread():
    receipt = journal.receipt(1)
    assert len(receipt) == 9
    assert not set(receipt.replace("K-", "", 1)) & set("ILOU")
