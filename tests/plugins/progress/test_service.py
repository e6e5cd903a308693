"""Who completes a class, when, by whose decision; and who sees whose marks."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from p2k2lms.core import clock, notices
from p2k2lms.core.access import SYSTEM
from p2k2lms.core.db import db
from p2k2lms.core.errors import Conflict, Invalid, NotAllowed, NotFound
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.assessment.models import PostOpening
from p2k2lms.plugins.assessment.values import PRE
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.models import ExposureSpell
from p2k2lms.plugins.progress import service
from p2k2lms.plugins.progress.events import CompletionDecided
from p2k2lms.plugins.progress.models import Completion
from p2k2lms.plugins.progress.values import FAILED, PASSED
from tests.factories.delivery import a_learner, reads
from tests.factories.enrolment import BANJAR, KAPUAS, a_member, an_angkatan, on_a_course, some_members
from tests.factories.identity import as_actor, someone, supervised, the_units
from tests.factories.progress import a_reader, a_score, read_all


@pytest.fixture(autouse=True)
def places(both):
    the_units()


@pytest.fixture
def told(both):
    """The CompletionDecided events that were published."""
    heard: list[CompletionDecided] = []
    reactions = both.extensions["event_bus"]._reactions[CompletionDecided]
    reactions.append(heard.append)
    yield heard
    reactions.remove(heard.append)


def decisions() -> list[Completion]:
    return list(db.session.scalars(select(Completion).order_by(Completion.id)))


def opened(card) -> bool:
    return db.session.scalar(select(PostOpening).where(PostOpening.enrolment_id == card.id)) is not None


def a_taught_class(members: int = 2, **traits):
    """A widyaiswara with a class of people who have read everything."""

    def build() -> tuple[int, int]:
        trainer = someone("widyaiswara", "R4")
        angkatan = an_angkatan(trainer=trainer, **traits)
        for card in some_members(angkatan, members) if members else ():
            read_all(as_actor(card.person_id), card)
        return trainer, angkatan.id

    trainer, angkatan_id = on_a_course(f"a taught class {members} {sorted(traits.items())}", build)
    return as_actor(trainer), enrolment.angkatan(angkatan_id), enrolment.members(angkatan_id)


def test_the_post_test_opens_with_the_last_required_card(both):
    actor, card = a_learner(open_door=True)
    *most, last = catalogue.required_steps(card.version_id)
    reads(actor, card, most)
    assert not opened(card)
    reads(actor, card, [last])
    assert opened(card)


def test_who_read_the_course_in_an_earlier_class_finds_the_post_test_open_in_the_next(both):
    actor, first = a_reader()
    enrolment.set_state(first.id, "berhenti")
    second = a_member(an_angkatan(), actor.id)
    assert opened(second)


def test_in_an_open_daring_class_the_rule_decides_in_the_moment_of_the_last_condition(both, told):
    actor, card = a_reader(open_door=True)
    a_score(card, 13)
    assert decisions() == []
    a_score(card, 14)
    (row,) = decisions()
    assert (row.decision, row.decided_by, row.person_id, row.version_id) == (PASSED, None, actor.id, card.version_id)
    assert row.reasons == [
        {"key": "cards", "wanted": 5, "there": 5, "met": True},
        {"key": "post_test", "wanted": 70, "there": 70, "met": True},
    ]
    assert [(e.completion_ids, e.person_ids, e.decision) for e in told] == [((row.id,), (actor.id,), PASSED)]
    assert enrolment.enrolment(card.id).state == "lulus"
    spell = db.session.scalars(select(ExposureSpell).where(ExposureSpell.person_id == actor.id)).one()
    assert spell.status == "lulus"
    assert notices.of_person(actor.id)[0].url.startswith("/")


def test_the_order_does_not_matter_the_last_card_may_come_after_the_test(both, told):
    actor, card = a_learner(open_door=True)
    a_score(card, 20)
    assert decisions() == []
    read_all(actor, card)
    assert [row.decision for row in decisions()] == [PASSED]


def test_a_pass_is_decided_once_however_often_the_test_is_passed(both, told):
    _, card = a_reader(open_door=True)
    for points in (15, 18, 3):
        a_score(card, points)
    assert [row.decision for row in decisions()] == [PASSED]
    assert len(told) == 1


def test_if_the_consequence_fails_there_is_no_decision_either(both):
    _, card = a_reader(open_door=True)

    def refuse(event):
        raise RuntimeError("no certificate")

    reactions = both.extensions["event_bus"]._reactions[CompletionDecided]
    reactions.append(refuse)
    try:
        with pytest.raises(RuntimeError):
            a_score(card, 20)
    finally:
        reactions.remove(refuse)
    assert decisions() == []
    assert enrolment.enrolment(card.id).state == "berjalan"


@pytest.mark.parametrize("traits", [{"mode": "daring", "open_door": False}, {"mode": "luring"}, {"mode": "campuran"}])
def test_everywhere_else_nothing_is_decided_without_a_widyaiswara(both, traits):
    _, card = a_reader(**traits)
    a_score(card, 20)
    assert decisions() == []
    assert service.state_of(card.id).decision == ""


def test_what_is_missing_is_said_in_words(both):
    actor, card = a_learner(open_door=True)
    assert service.state_of(card.id).missing == ("5 kartu wajib", "post-test")
    read_all(actor, card)
    a_score(card, 9)
    assert service.state_of(card.id).missing == ("post-test paling sedikit 70, nilai terbaik sejauh ini 45",)
    a_score(card, 16)
    state = service.state_of(card.id)
    assert (state.missing, state.decision, state.post) == ((), PASSED, 80)


def test_a_widyaiswara_accepts_all_proposals_of_the_class_at_once(both, told):
    trainer, angkatan, (good, weak) = a_taught_class()
    a_score(good, 18)
    assert [p.row.passes for p in service.closing(trainer, angkatan.id).waiting].count(True) == 1
    assert service.decide_all(trainer, angkatan.id) == 1
    assert [(r.person_id, r.decision, r.decided_by) for r in decisions()] == [(good.person_id, PASSED, trainer.id)]
    assert service.decide_all(trainer, angkatan.id, also_failed=True) == 1
    assert [r.decision for r in decisions()] == [PASSED, FAILED]
    assert [r.person_id for r in decisions()] == [good.person_id, weak.person_id]
    assert service.decide_all(trainer, angkatan.id, also_failed=True) == 0


def test_against_the_proposal_only_with_a_reason_which_is_kept(both):
    trainer, angkatan, (card, _) = a_taught_class()
    with pytest.raises(Invalid, match="alasannya"):
        service.decide(trainer, angkatan.id, card.id, PASSED)
    service.decide(trainer, angkatan.id, card.id, PASSED, "Tes diulang di kertas, nilai 80.")
    assert decisions()[0].note == "Tes diulang di kertas, nilai 80."
    assert decisions()[0].reasons[1] == {"key": "post_test", "wanted": 70, "there": None, "met": False}


def test_who_did_not_pass_may_pass_later_and_a_pass_is_not_taken_back_here(both):
    trainer, angkatan, (card, _) = a_taught_class()
    service.decide(trainer, angkatan.id, card.id, FAILED)
    a_score(card, 16)
    service.decide(trainer, angkatan.id, card.id, PASSED)
    assert [r.decision for r in decisions()] == [PASSED]
    with pytest.raises(Conflict):
        service.decide(trainer, angkatan.id, card.id, FAILED, "Ternyata tidak.")


def test_who_does_not_pass_is_exposed_until_the_day_of_the_decision_and_to_a_later_pass(both):
    trainer, angkatan, (card, _) = a_taught_class()
    spell_of = select(ExposureSpell).where(ExposureSpell.person_id == card.person_id)
    with clock.stopped(datetime(2030, 3, 2, 12, tzinfo=UTC)):
        service.decide(trainer, angkatan.id, card.id, FAILED)
    spell = db.session.scalars(spell_of).one()
    assert (spell.status, spell.valid_to, spell.hours) == ("selesai", date(2030, 3, 3), None)
    assert enrolment.enrolment(card.id).state == "berjalan"
    a_score(card)
    with clock.stopped(datetime(2030, 3, 9, 12, tzinfo=UTC)):
        service.decide(trainer, angkatan.id, card.id, PASSED)
    spell = db.session.scalars(spell_of).one()
    assert (spell.status, spell.valid_to) == ("lulus", date(2030, 3, 10))


def test_nobody_decides_about_oneself(both):
    trainer, angkatan, _ = a_taught_class(0)
    card = a_member(angkatan, trainer.id)
    read_all(trainer, card)
    a_score(card, 20)
    with pytest.raises(Conflict, match="diri sendiri"):
        service.decide(trainer, angkatan.id, card.id, PASSED)
    assert service.decide_all(trainer, angkatan.id) == 0
    assert service.closing(trainer, angkatan.id).waiting[0].oneself


def test_the_database_itself_refuses_a_decision_about_oneself(both):
    _, card = a_reader()
    with pytest.raises(Exception, match="not_about_oneself"), unit_of_work("test.cheat") as uow:
        uow.add(
            Completion(
                person_id=card.person_id,
                course=card.course,
                angkatan_id=card.angkatan_id,
                enrolment_id=card.id,
                version_id=card.version_id,
                decision=PASSED,
                rule_version=1,
                reasons=[],
                decided_by=card.person_id,
                decided_on=date(2026, 11, 21),
            )
        )


@pytest.mark.parametrize("decision", ["", "belum", "LULUS"])
def test_a_decision_that_is_none_is_refused(both, decision):
    trainer, angkatan, (card, _) = a_taught_class()
    with pytest.raises(Invalid):
        service.decide(trainer, angkatan.id, card.id, decision)


def test_somebody_of_another_class_cannot_be_decided_here(both):
    trainer, angkatan, _ = a_taught_class(1)
    _, stranger = a_reader()
    with pytest.raises(NotFound):
        service.decide(trainer, angkatan.id, stranger.id, PASSED)


def test_several_are_decided_at_once_or_nobody_is(both):
    trainer, angkatan, (good, weak) = a_taught_class()
    a_score(good, 18)
    _, stranger = a_reader()
    said = {good.id: (PASSED, ""), weak.id: (PASSED, "Tes diulang di kertas.")}
    for wrong in ({stranger.id: (PASSED, "")}, {weak.id: (PASSED, " ")}):
        with pytest.raises((NotFound, Invalid)):
            service.decide_each(trainer, angkatan.id, said | wrong)
        assert decisions() == []
    service.decide_each(trainer, angkatan.id, said)
    assert [(r.person_id, r.decision, r.note) for r in decisions()] == [
        (good.person_id, PASSED, ""),
        (weak.person_id, PASSED, "Tes diulang di kertas."),
    ]


def test_a_class_closes_only_when_everybody_is_decided(both):
    trainer, angkatan, (card,) = a_taught_class(1)
    with pytest.raises(Conflict, match="1 orang"):
        service.close(trainer, angkatan.id)
    service.decide(trainer, angkatan.id, card.id, FAILED)
    service.close(trainer, angkatan.id)
    assert enrolment.angkatan(angkatan.id).closed_at is not None


def test_where_the_rule_decides_nobody_else_does_until_the_door_is_shut(both):
    trainer, angkatan, (card,) = a_taught_class(1, open_door=True)
    for act in (
        lambda: service.decide(trainer, angkatan.id, card.id, FAILED),
        lambda: service.decide_all(trainer, angkatan.id, also_failed=True),
        lambda: service.close(trainer, angkatan.id),
    ):
        with pytest.raises(Conflict, match="aturan yang memutuskan"):
            act()
    enrolment.set_door(trainer, angkatan.id, is_open=False)
    service.decide(trainer, angkatan.id, card.id, FAILED)
    assert [r.decision for r in decisions()] == [FAILED]


def test_only_those_who_work_in_the_class_see_its_marks_and_only_its_widyaiswara_decides(both):
    trainer, panitia = someone("widyaiswara", "R4"), someone("panitia", "R4")
    angkatan = an_angkatan(trainer=trainer, panitia=panitia)
    a_member(angkatan)
    other, learner, admin = someone("widyaiswara", "R4"), someone("pendamping", BANJAR), someone("admin", "R4")
    for who in (trainer, panitia, admin):
        assert len(service.marks(as_actor(who), angkatan.id).rows) == 1
    with pytest.raises(NotFound):
        service.marks(as_actor(other), angkatan.id)
    with pytest.raises(NotAllowed):
        service.marks(as_actor(learner), angkatan.id)
    for who in (panitia, admin, learner):
        with pytest.raises(NotAllowed):
            service.decide_all(as_actor(who), angkatan.id)
    with pytest.raises(NotFound):
        service.decide_all(as_actor(other), angkatan.id)
    with pytest.raises(NotAllowed):
        service.decide_all(SYSTEM, angkatan.id)


def test_the_marks_grid_has_reading_both_tests_the_gain_and_the_decision(both):
    trainer, angkatan, (good, _) = a_taught_class()
    a_score(good, 10, PRE)
    a_score(good, 15)
    service.decide(trainer, angkatan.id, good.id, PASSED)
    found = service.marks(trainer, angkatan.id)
    row = next(r for r in found.rows if r.person_id == good.person_id)
    assert (row.read, row.required, row.pre, row.post, row.gain, row.decision) == (5, 5, 50, 75, 25, PASSED)
    shown = {name: len(rows) for name, rows in service.shown_rows(found).items()}
    assert shown == {"": 2, "belum": 1, "bawah": 0, "lulus": 1}
    assert service.counts(found) == {"read": 2, "pre": 1, "post": 1, "attendance": 0, "gain": 1, "decision": 1}


def test_people_in_care_are_those_of_the_own_classes_supervision_or_units(both):
    trainer, supervisor = someone("widyaiswara", "R4"), someone("supervisor", BANJAR)
    taught = a_member(an_angkatan(trainer=trainer)).person_id
    guided = someone("pendamping", BANJAR)
    supervised(supervisor, guided)
    away = someone("pendamping", KAPUAS)

    def seen(person_id: int) -> list[int]:
        return [row.person_id for row in service.people(as_actor(person_id))]

    assert seen(trainer) == [taught]
    assert seen(supervisor) == [guided]
    assert seen(someone("koordinator", BANJAR)) == sorted([taught, guided])
    assert seen(someone("admin", "R4")) == sorted([taught, guided, away])
    with pytest.raises(NotAllowed):
        service.people(as_actor(away))


def test_a_trainer_sees_of_each_person_the_own_class_only(both):
    trainer = someone("widyaiswara", "R4")
    mine = a_member(an_angkatan(trainer=trainer), state="berhenti")
    other = a_member(an_angkatan(), mine.person_id)
    a_score(other, 20)
    (row,) = service.people(as_actor(trainer))
    assert row.post is None


def test_people_come_in_parts_without_a_gap_or_a_double(both):
    admin = as_actor(someone("admin", "R4"))
    everybody = sorted(someone("pendamping", BANJAR) for _ in range(7))
    walked, after = [], 0
    while part := service.people(admin, after, 3):
        walked += [row.person_id for row in part]
        after = part[-1].person_id
    assert walked == everybody
    assert [row.person_id for row in service.all_people(admin)] == everybody
