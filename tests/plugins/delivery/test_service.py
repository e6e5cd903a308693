"""Reading cards through the one door, and the place where somebody stopped."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from p2k2lms.core import clock, intake, submissions
from p2k2lms.core.access import Actor
from p2k2lms.core.db import db
from p2k2lms.core.errors import NotAllowed, NotFound
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.delivery import queries, service
from p2k2lms.plugins.delivery.events import StepFinished
from p2k2lms.plugins.delivery.models import ReadCount, StepDone
from p2k2lms.plugins.delivery.values import PositionIn
from p2k2lms.plugins.enrolment import service as enrolment
from tests.factories.catalogue import TINY, a_course, course_texts
from tests.factories.delivery import a_learner, a_longer_course, an_envelope, reads
from tests.factories.enrolment import a_member, an_angkatan, the_unit
from tests.factories.identity import as_actor, someone

FIRST, SECOND, OPTIONAL = "tf-s01-l01", "tf-s01-l02", "m1-s01-l03"


@pytest.fixture(autouse=True)
def places(both):
    the_unit("R4")


@pytest.fixture
def told(both):
    """The StepFinished events that were published."""
    heard: list[StepFinished] = []
    reactions = both.extensions["event_bus"]._reactions[StepFinished]
    reactions.append(heard.append)
    yield heard
    reactions.remove(heard.append)


def rows() -> int:
    return db.session.scalar(select(func.count()).select_from(StepDone))


def send(actor: Actor, envelope: dict) -> submissions.Answer:
    return intake.receive(actor, [envelope])[0]


def test_a_card_read_is_kept_with_its_receipt_and_told_once(both, told):
    actor, card = a_learner()
    (answer,) = reads(actor, card, [FIRST])
    assert (answer.status, answer.flags) == ("accepted", ())
    assert answer.receipt.startswith("K-")
    assert service.done_steps(actor.id, TINY) == {FIRST}
    (event,) = told
    assert (event.person_id, event.enrolment_id, event.version_id, event.step) == (
        actor.id,
        card.id,
        card.version_id,
        FIRST,
    )


def test_the_same_submission_twice_gives_the_first_receipt_again(both, told):
    actor, card = a_learner()
    envelope = an_envelope(actor, FIRST, card.version_id)
    first, again = send(actor, envelope), send(actor, envelope)
    assert (first.status, again.status) == ("accepted", "duplicate")
    assert first.receipt == again.receipt
    assert (rows(), len(told)) == (1, 1)


def test_the_same_card_under_another_id_is_accepted_and_changes_nothing(both, told):
    actor, card = a_learner()
    answers = [*reads(actor, card, [FIRST]), *reads(actor, card, [FIRST])]
    assert [a.status for a in answers] == ["accepted", "accepted"]
    assert (rows(), len(told)) == (1, 1)


def test_another_persons_submission_id_is_refused_and_reveals_nothing(both):
    actor, card = a_learner()
    other, _others = a_learner()
    envelope = an_envelope(actor, FIRST, card.version_id)
    send(actor, envelope)
    theft = send(other, {**envelope, "person": other.id})
    assert (theft.status, theft.receipt) == ("rejected", "")
    assert service.done_steps(other.id, TINY) == frozenset()
    held = send(other, an_envelope(actor, SECOND, card.version_id))
    assert held.status == "held"
    assert service.done_steps(actor.id, TINY) == {FIRST}


@pytest.mark.parametrize("step", ["tf-s01-l99", "x", "tf-s02-l01"])
def test_a_card_that_is_not_in_the_persons_version_is_refused(both, step):
    actor, card = a_learner()
    (answer,) = reads(actor, card, [step])
    assert answer.status == "rejected"
    assert [f.field for f in answer.faults] == ["payload.step"]
    assert rows() == 0


def test_a_card_of_a_newer_version_is_refused_until_the_person_learns_in_it(both):
    actor, card = a_learner()
    texts = course_texts()
    path = next(p for p in texts if p.endswith("tf-s01/03-catatan.md"))
    fourth = texts[path].replace("tf-s01-l03", "tf-s01-l04")
    sheet = next(p for p in texts if p.endswith("tf-s01/_sesi.md"))
    minutes = texts[sheet].replace("minutes: 15", "minutes: 20")
    newer = a_course(changes={path.replace("03-catatan", "04-baru"): fourth, sheet: minutes})
    assert "tf-s01-l04" in catalogue.outline(newer.id).places
    refused = send(actor, an_envelope(actor, "tf-s01-l04", newer.id))
    assert refused.status == "rejected"
    odd = send(actor, an_envelope(actor, FIRST, newer.id))
    assert (odd.status, odd.flags) == ("accepted", (service.OTHER_VERSION,))
    assert db.session.scalar(select(StepDone.version_id)) == card.version_id


def test_reading_ahead_without_signal_is_accepted_with_a_flag(both):
    a_longer_course()
    actor, card = a_learner()
    (answer,) = reads(actor, card, ["tf-s02-l02"])
    assert (answer.status, answer.flags) == ("accepted", (service.OUT_OF_ORDER,))
    assert service.read(actor, TINY, "tf-s02-l01").lock is None
    (answer,) = reads(actor, card, ["m1-s01-l02"])
    assert answer.flags == ()  # the first sesi of each modul is open


def test_the_button_leads_on_only_to_what_is_open_once_this_card_is_read(both):
    a_longer_course()
    actor, card = a_learner()
    last = service.read(actor, TINY, "tf-s01-l03")
    assert (last.following, last.beside) == (None, None)
    locked = service.read(actor, TINY, "tf-s02-l01")
    assert (locked.lock.waits_for.step.id, locked.lock.missing) == (FIRST, 2)
    reads(actor, card, [FIRST])
    assert service.read(actor, TINY, SECOND).following.step.id == "tf-s01-l03"
    reads(actor, card, [SECOND])
    assert service.read(actor, TINY, "tf-s01-l03").following.step.id == "tf-s02-l01"
    assert service.read(actor, TINY, "tf-s02-l01").lock is None


@pytest.mark.parametrize("payload", [{}, {"course": TINY}, {"course": TINY, "version_id": 1, "step": FIRST, "x": 1}])
def test_a_malformed_payload_is_refused_by_field(both, payload):
    actor, card = a_learner()
    answer = send(actor, an_envelope(actor, FIRST, card.version_id, payload=payload))
    assert answer.status == "rejected"
    assert answer.faults


def test_who_is_not_enrolled_reads_nothing(both):
    _, card = a_learner()
    stranger = as_actor(someone("pendamping", "63.03"))
    answer = send(stranger, an_envelope(stranger, FIRST, card.version_id))
    assert (answer.status, answer.faults[0].field) == ("rejected", "payload.course")
    for look in (
        lambda: service.outline(stranger, TINY, "HP"),
        lambda: service.read(stranger, TINY, FIRST),
        lambda: service.keep_position(stranger, a_place(FIRST)),
    ):
        with pytest.raises(NotFound):
            look()
    with pytest.raises(NotAllowed):
        service.outline(Actor(), TINY, "HP")


def test_who_has_left_the_class_reads_no_more_but_who_has_passed_may(both):
    actor, card = a_learner()
    enrolment.set_state(card.id, "lulus")
    assert reads(actor, card, [FIRST])[0].status == "accepted"
    enrolment.set_state(card.id, "berhenti")
    assert reads(actor, card, [SECOND])[0].status == "rejected"
    with pytest.raises(NotFound):
        service.read(actor, TINY, FIRST)


def test_the_outline_counts_distinct_required_cards_and_says_where_to_go_on(both):
    actor, card = a_learner()
    view = service.outline(actor, TINY, "HP")
    assert (view.share.done, view.share.required, view.next.step.id) == (0, 5, FIRST)
    reads(actor, card, [FIRST, FIRST, OPTIONAL])
    view = service.outline(actor, TINY, "HP")
    required = set(catalogue.required_steps(card.version_id))
    assert view.share.done == len({FIRST, OPTIONAL} & required)
    assert view.next.step.id == SECOND


def test_the_version_of_the_enrolment_is_shown_not_the_newest(both):
    actor, _card = a_learner()
    texts = course_texts()
    path = next(p for p in texts if p.endswith("tf-s01/01-sapaan.md"))
    a_course(changes={path: texts[path] + "\n\nKalimat versi dua.\n"})
    assert "Kalimat versi dua" not in service.read(actor, TINY, FIRST).card.html
    newcomer = as_actor(a_member(an_angkatan(version_id=catalogue.latest(TINY).id)).person_id)
    assert "Kalimat versi dua" in service.read(newcomer, TINY, FIRST).card.html


def a_place(step: str, minutes: int = 0, **traits) -> PositionIn:
    at = clock.now() + timedelta(minutes=minutes)
    return PositionIn(**{"course": TINY, "step": step, "scroll": 0.25, "device": "HP A", "at": at} | traits)


def test_the_newest_place_wins_whatever_order_the_phones_tell_it_in(both):
    actor, _card = a_learner()
    assert service.keep_position(actor, a_place(SECOND, -5, device="HP B"))
    assert not service.keep_position(actor, a_place(FIRST, -10, device="HP A"))
    view = service.outline(actor, TINY, "HP A")
    assert (view.next.step.id, view.next.scroll, view.elsewhere.device) == (SECOND, 0.25, "HP B")
    assert service.outline(actor, TINY, "HP B").elsewhere is None
    assert service.keep_position(actor, a_place(FIRST, -1))
    assert service.outline(actor, TINY, "HP A").next.step.id == FIRST


def test_a_clock_that_runs_ahead_does_not_block_later_places(both):
    actor, _card = a_learner()
    service.keep_position(actor, a_place(FIRST, 60 * 24 * 365))
    with clock.stopped(clock.now() + timedelta(minutes=1)):
        assert service.keep_position(actor, a_place(SECOND))


def test_a_place_in_a_card_of_another_version_is_not_there(both):
    actor, _card = a_learner()
    with pytest.raises(NotFound):
        service.keep_position(actor, a_place("tf-s01-l99"))


def test_counts_of_many_people_take_one_grouped_query(both):
    people = [a_learner() for _ in range(3)]
    required = catalogue.required_steps(people[0][1].version_id)
    reads(*people[0], required)
    reads(*people[1], [required[0], OPTIONAL])
    ids = [actor.id for actor, _ in people]
    assert service.done_counts(ids, TINY, required) == {
        ids[0]: len(required),
        ids[1]: len({required[0], OPTIONAL} & set(required)),
    }
    assert service.done_counts([], TINY, required) == {}


def test_what_was_read_of_several_versions_takes_one_query(both, count_queries):
    people = [a_learner() for _ in range(2)]
    first, ids = people[0][1].version_id, [actor.id for actor, _ in people]
    for actor, card in people:
        reads(actor, card, [FIRST, OPTIONAL])
    card = course_texts()[f"modules_content/{TINY}/tf-s01/01-sapaan.md"]
    later = a_course(changes={"tf-s01/01-sapaan.md": card.replace("required: true", "required: false")})
    asked = {first: ids, later.id: ids[:1]}
    for version_id in asked:
        catalogue.ever_taught(version_id)
    with count_queries() as seen:
        found = service.done_by_version(asked, {TINY: set(asked)})
    assert len(seen) == 1
    assert found == {
        (version_id, person_id): number
        for version_id, those in asked.items()
        for person_id, number in service.done_counts(those, TINY, catalogue.required_steps(version_id)).items()
    }
    assert found[first, ids[0]] > found.get((later.id, ids[0]), 0)


def test_who_knows_the_versions_counts_the_same_also_when_a_card_is_required_no_longer(both):
    people = [a_learner() for _ in range(3)]
    reads(*people[0], catalogue.required_steps(people[0][1].version_id))
    reads(*people[1], [FIRST, OPTIONAL])
    card = course_texts()[f"modules_content/{TINY}/tf-s01/01-sapaan.md"]
    later = a_course(changes={"tf-s01/01-sapaan.md": card.replace("required: true", "required: false")})
    ids, versions = [actor.id for actor, _ in people], {people[0][1].version_id, later.id}
    for version_id in versions:
        required = catalogue.required_steps(version_id)
        counted = service.done_counts(ids, TINY, required)
        known = service.done_by_version({version_id: ids}, {TINY: versions})
        assert known == service.done_by_version({version_id: ids}, {})
        assert known == {(version_id, person_id): number for person_id, number in counted.items()}
        assert counted[ids[1]] == len({FIRST, OPTIONAL} & set(required))


def test_the_desk_shows_each_course_once_and_doors_only_to_courses_not_being_learned(both):
    actor, card = a_learner()
    an_angkatan(open_door=True)
    desk = service.desk(actor, "HP")
    assert ([v.enrolment.id for v in desk.courses], desk.doors) == ([card.id], ())
    newcomer = as_actor(someone("pendamping", "63.03"))
    desk = service.desk(newcomer, "HP")
    assert (desk.courses, [title for _, title in desk.doors]) == ((), ["Kursus Kecil"])


def test_what_is_counted_is_what_was_read_however_it_came(both):
    (one, first), (_two, second), (three, third) = a_learner(), a_learner(), a_learner()
    reads(one, first, [FIRST, SECOND, FIRST, OPTIONAL])
    reads(three, third, [FIRST])
    same = {"course": TINY, "version_id": second.version_id, "occurred_at": clock.now()}
    for card, step in ((second, FIRST), (second, SECOND), (third, SECOND)):
        who = {"person_id": card.person_id, "enrolment_id": card.id, "step": step}
        with unit_of_work("test.read_cards"):
            queries.insert_many([same | who])
    by_hand = select(StepDone.person_id, StepDone.course, func.count()).group_by(StepDone.person_id, StepDone.course)
    counted = select(ReadCount.person_id, ReadCount.course, ReadCount.number)
    assert sorted(map(tuple, db.session.execute(counted))) == sorted(map(tuple, db.session.execute(by_hand)))
    assert sorted(number for *_who, number in db.session.execute(counted)) == [2, 2, 3]
