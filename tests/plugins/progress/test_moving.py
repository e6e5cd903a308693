"""A class moves to a newer version: ticks stay, new cards open, papers stay, and two movers move it once."""

import pytest
from sqlalchemy import select

from p2k2lms.core import intake, jobs, notices
from p2k2lms.core.db import db
from p2k2lms.core.errors import Conflict, DomainError, NotAllowed, NotFound
from p2k2lms.core.models import Audit
from p2k2lms.plugins.assessment import service as assessment
from p2k2lms.plugins.assessment.models import Attempt, Form
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.delivery import service as delivery
from p2k2lms.plugins.delivery.models import StepDone
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.progress import service
from p2k2lms.plugins.progress.service import moving
from tests.factories.assessment import hand_in, sit
from tests.factories.catalogue import TINY, a_course, course_texts
from tests.factories.delivery import an_envelope, reads
from tests.factories.enrolment import BANJAR, a_member, an_angkatan, some_members, the_course
from tests.factories.identity import as_actor, someone, the_units
from tests.plugins.assessment.test_concurrency import at_once
from tests.plugins.assessment.test_service import mended

KEPT, GONE, NEW = "m1-s01-l01", "m1-s01-l03", "m1-s01-l04"


@pytest.fixture(autouse=True)
def places(both):
    the_units()
    the_course()


@pytest.fixture
def trainer(both):
    return as_actor(someone("widyaiswara", "R4"))


def words_of(end: str, *pairs: tuple[str, str]) -> dict[str, str]:
    """One document of the tiny course with other words in it, for `a_course`."""
    text = next(text for path, text in course_texts().items() if path.endswith(end))
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return {end: text}


def without_a_card() -> dict[str, str | None]:
    """The third card of m1-s01 is taken out of the course."""
    items = words_of("m1-s01/soal.yaml", (GONE, "m1-s01-l02"))
    return {"m1-s01/03-pujian.md": None} | words_of("m1-s01/_sesi.md", ("minutes: 25", "minutes: 20")) | items


def a_newer_version():
    """The tiny course with one card gone, one new, and one that says something else."""
    (third,) = words_of("m1-s01/03-pujian.md", (GONE, NEW), ("Memuji perbuatan", "Memeluk")).values()
    added = {f"modules_content/{TINY}/m1-s01/04-baru.md": third}
    told = words_of("m1-s01/01-meniru.md", ("merasa aman", "merasa dihargai"))
    return a_course(changes=without_a_card() | added | told)


def moved(trainer, angkatan) -> int:
    """The class moves to the newest version, and the worker does what follows."""
    done = service.move_class(trainer, angkatan.id, angkatan.version_id, catalogue.latest(TINY).id)
    jobs.run_due()
    return done


def test_ticks_of_cards_that_still_exist_stay_and_new_cards_open(both, trainer):
    angkatan = an_angkatan(trainer=trainer.id)
    card = a_member(angkatan)
    learner = as_actor(card.person_id)
    reads(learner, card, [KEPT, GONE, "tf-s01-l01"])
    newer = a_newer_version()
    assert moved(trainer, angkatan) == 1
    now = enrolment.enrolment(card.id)
    assert (now.version_id, enrolment.angkatan(angkatan.id).version_id) == (newer.id, newer.id)
    assert delivery.done_steps(learner.id, TINY) == {KEPT, GONE, "tf-s01-l01"}
    assert delivery.read(learner, TINY, KEPT).card.html != catalogue.card(angkatan.version_id, KEPT).html
    assert reads(learner, now, [NEW])[0].status == "accepted"
    with pytest.raises(NotFound):
        delivery.read(learner, TINY, GONE)
    assert service.state_in(now).read == 3  # the card that is gone counts no more
    assert [row.read for row in service.marks(trainer, angkatan.id).rows] == [3]
    assert [line.text for line in notices.of_person(learner.id)][:1] == [
        f"{angkatan.name} kini memakai versi 2. Yang sudah Anda baca tetap tercatat."
    ]


def test_the_audit_names_the_class_and_both_versions(both, trainer):
    angkatan, newer = an_angkatan(trainer=trainer.id), a_newer_version()
    moved(trainer, angkatan)
    row = db.session.scalar(select(Audit).where(Audit.use_case == "progress.move_class"))
    assert (row.actor_id, row.subject) == (
        trainer.id,
        f"angkatan:{angkatan.id} version:{angkatan.version_id}>{newer.id}",
    )


def test_who_has_passed_or_left_keeps_the_version_that_was_learned_and_who_comes_learns_the_newer(both, trainer):
    angkatan = an_angkatan(trainer=trainer.id)
    passed, left = a_member(angkatan, state="lulus"), a_member(angkatan, state="berhenti")
    newer = a_newer_version()
    assert moved(trainer, angkatan) == 0
    assert {enrolment.enrolment(card.id).version_id for card in (passed, left)} == {angkatan.version_id}
    assert a_member(angkatan).version_id == newer.id
    assert a_member(angkatan, left.person_id).version_id == newer.id


def test_a_class_in_which_somebody_sits_a_test_does_not_move_and_papers_that_were_sat_stay(both, trainer):
    angkatan = an_angkatan(trainer=trainer.id)
    card = a_member(angkatan)
    learner = as_actor(card.person_id)
    attempt = assessment.start(learner, card.id, "pre")
    a_newer_version()
    with pytest.raises(Conflict, match="1 orang sedang mengerjakan tes"):
        moved(trainer, angkatan)
    assert enrolment.enrolment(card.id).version_id == angkatan.version_id
    assert len(service.class_move(trainer, angkatan.id).tests) == 1
    hand_in(learner, attempt)
    before = assessment.scores_of([card.id])[card.id]["pre"]
    moved(trainer, angkatan)
    assert assessment.scores_of([card.id])[card.id]["pre"] == before
    form = db.session.scalar(select(Form).join(Attempt, Attempt.form_id == Form.id).where(Attempt.id == attempt))
    assert form.version_id == angkatan.version_id
    assert assessment.class_sheet(trainer, angkatan.id).newer is None  # no key has changed, so nothing to mark anew


def test_marking_anew_is_offered_to_a_class_that_moved_until_its_papers_are_marked_by_the_newest_keys(both, trainer):
    angkatan = an_angkatan(trainer=trainer.id)
    card = a_member(angkatan)
    sit(as_actor(card.person_id), card.id, "pre")
    assert assessment.class_sheet(trainer, angkatan.id).newer is None
    texts = course_texts()
    newer = a_course(changes={path: mended(text) for path, text in texts.items() if path.endswith("soal.yaml")})
    assert assessment.class_sheet(trainer, angkatan.id).newer == newer
    moved(trainer, angkatan)
    assert assessment.class_sheet(trainer, angkatan.id).newer == newer  # what was sat before the move can be mended
    assert assessment.rescore(trainer, angkatan.id, newer.id) == 1
    assert assessment.class_sheet(trainer, angkatan.id).newer is None
    sit(as_actor(a_member(angkatan).person_id), enrolment.members(angkatan.id)[-1].id, "pre")
    assert assessment.class_sheet(trainer, angkatan.id).newer is None  # sat on the newest keys already


def test_a_cek_cepat_that_was_passed_stays_passed(both, trainer):
    angkatan = an_angkatan(trainer=trainer.id)
    card = a_member(angkatan)
    learner = as_actor(card.person_id)
    sit(learner, card.id, "cek", sesi="m1-s01")
    a_newer_version()
    moved(trainer, angkatan)
    assert assessment.quick_marks(learner.id, TINY) == {"m1-s01": 100}


def test_the_post_test_opens_where_the_newer_version_asks_for_no_more_than_was_read(both, trainer):
    angkatan = an_angkatan(trainer=trainer.id)
    card = a_member(angkatan)
    learner = as_actor(card.person_id)
    asked = catalogue.required_steps(angkatan.version_id)
    reads(learner, card, [step for step in asked if step != GONE])
    with pytest.raises(Conflict):
        assessment.start(learner, card.id, "post")
    a_course(changes=without_a_card())
    moved(trainer, angkatan)
    assert assessment.start(learner, card.id, "post")


def test_a_member_who_cannot_follow_keeps_no_other_waiting(both, trainer, monkeypatch):
    angkatan = an_angkatan(trainer=trainer.id)
    cards = some_members(angkatan, 2)
    for card in cards:
        asked = catalogue.required_steps(angkatan.version_id)
        reads(as_actor(card.person_id), card, [step for step in asked if step != GONE])
    a_course(changes=without_a_card())
    usual = moving.note_reading

    def breaks(enrolment_id):
        if enrolment_id == cards[0].id:
            raise RuntimeError("padam")
        usual(enrolment_id)

    monkeypatch.setattr(moving, "note_reading", breaks)
    service.move_class(trainer, angkatan.id, angkatan.version_id, catalogue.latest(TINY).id)
    with pytest.raises(ExceptionGroup, match="could not follow"):
        service.follow(angkatan.id)
    assert assessment.start(as_actor(cards[1].person_id), cards[1].id, "post")


def test_a_tick_that_a_phone_still_holds_of_a_card_that_is_gone_is_not_lost(both, trainer):
    angkatan = an_angkatan(trainer=trainer.id)
    card = a_member(angkatan)
    learner = as_actor(card.person_id)
    late = an_envelope(learner, GONE, angkatan.version_id)
    a_newer_version()
    moved(trainer, angkatan)
    (answer,) = intake.receive(learner, [late])
    assert (answer.status, answer.flags) == ("accepted", (delivery.OTHER_VERSION,))
    row = db.session.scalar(select(StepDone).where(StepDone.step == GONE))
    assert row.version_id == angkatan.version_id


def test_two_who_move_a_class_at_once_move_it_once(both, trainer):
    other = as_actor(someone("widyaiswara", "R4", pkh_id="kedua"))
    angkatan = an_angkatan(trainer=trainer.id)
    enrolment.add_staff(trainer, angkatan.id, "kedua", "trainer")
    card, newer = a_member(angkatan), a_newer_version()
    works = [
        lambda who=who: service.move_class(who, angkatan.id, angkatan.version_id, newer.id) for who in (trainer, other)
    ]
    answers = at_once(both, *works)
    assert sorted(type(answer).__name__ for answer in answers) == ["Conflict", "int"]
    assert len([line for line in notices.of_person(card.person_id) if "versi 2" in line.text]) == 1


def test_a_class_moves_only_forward_in_its_own_course_while_it_is_open_and_by_its_own_widyaiswara(both, trainer):
    angkatan, newer = an_angkatan(trainer=trainer.id), a_newer_version()
    other = a_course("kursus-lain")
    for wrong in (other.id, angkatan.version_id, 2**40):
        with pytest.raises(NotFound):
            service.move_class(trainer, angkatan.id, angkatan.version_id, wrong)
    with pytest.raises(NotFound):
        service.move_class(as_actor(someone("widyaiswara", "R4")), angkatan.id, angkatan.version_id, newer.id)
    with pytest.raises(NotAllowed):
        service.move_class(as_actor(someone("pendamping", BANJAR)), angkatan.id, angkatan.version_id, newer.id)
    moved(trainer, angkatan)
    with pytest.raises(NotFound):
        service.move_class(trainer, angkatan.id, newer.id, angkatan.version_id)
    enrolment.close(trainer, angkatan.id)
    a_course(changes=words_of("tf-s01/02-duduk.md", ("merasa aman", "merasa nyaman")))
    with pytest.raises(DomainError, match="ditutup"):
        service.move_class(trainer, angkatan.id, newer.id, catalogue.latest(TINY).id)
