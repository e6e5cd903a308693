"""Talk is taken in from who may see the place, rises when it helped, and goes when it should not stand there."""

import uuid

import pytest

from p2k2lms.core import notices
from p2k2lms.core.errors import Invalid, NotAllowed, NotFound
from p2k2lms.plugins.enrolment.values import PASSED, STOPPED
from p2k2lms.plugins.forum import service
from tests.factories.delivery import a_learner
from tests.factories.enrolment import BANJAR, a_member, an_angkatan
from tests.factories.forum import CARD, a_question, an_answer, says
from tests.factories.identity import as_actor, someone

KEY = CARD.partition(":")[2]


def a_class_of(*states: str, **traits):
    """A class with members in these states, as actors; its staff come last."""
    angkatan = an_angkatan(**traits)
    return angkatan, [as_actor(a_member(angkatan, state=state).person_id) for state in states]


def peers():
    """Two learners of one class, and a widyaiswara of the centre."""
    angkatan, (one, two) = a_class_of("berjalan", "berjalan")
    return angkatan, one, two, as_actor(someone("widyaiswara", "R4"))


def bell(actor) -> list[str]:
    return [line.text for line in notices.of_person(actor.id)]


def test_a_question_is_answered_and_who_asked_is_told(both):
    _angkatan, one, two, _trainer = peers()
    thread = a_question(one)
    an_answer(two, thread)
    an_answer(one, thread, "Terima kasih, saya coba.")
    page = service.page(one, thread)
    assert [a.text for a in page.answers] == ["Mulai berpasangan dulu.", "Terima kasih, saya coba."]
    assert page.thread.answers == 2
    assert bell(one) == [f"{two.name} menjawab pertanyaan Anda."]
    assert service.shelf("langkah", KEY).questions == 1


def test_an_answer_that_helped_rises_and_stays_beside_the_card(both):
    _angkatan, one, two, trainer = peers()
    thread = a_question(one)
    first, second = an_answer(two, thread, "Pertama"), an_answer(trainer, thread, "Kedua")
    assert service.shelf("langkah", KEY).best == ()
    for _twice in range(2):
        service.say_helpful(one, second, True)
    page = service.page(one, thread)
    assert [(a.id, a.helpful, a.mine) for a in page.answers] == [(second, 1, True), (first, 0, False)]
    assert [b.text for b in service.shelf("langkah", KEY).best] == ["Kedua"]
    service.say_helpful(one, second, False)
    assert service.shelf("langkah", KEY).best == ()
    with pytest.raises(Invalid):
        service.say_helpful(two, first, True)


def test_a_widyaiswara_confirms_and_makes_a_tip_but_never_of_the_own_answer(both):
    _angkatan, one, two, trainer = peers()
    thread = a_question(one)
    answer, own = an_answer(two, thread), an_answer(trainer, thread, "Kata saya")
    service.confirm(trainer, answer, "Mulai berpasangan dua menit.")
    assert [(b.text, b.tip) for b in service.shelf("langkah", KEY).best] == [("Mulai berpasangan dua menit.", True)]
    assert service.page(one, thread).thread.state == "terjawab"
    assert bell(two) == [f"Jawaban Anda ditegaskan oleh {trainer.name}."]
    for wrong in ("Seperti Bu Sari di RT 3", "x" * 301):
        with pytest.raises(Invalid):
            service.confirm(trainer, answer, wrong)
    with pytest.raises(Invalid, match="widyaiswara lain"):
        service.confirm(trainer, own)
    with pytest.raises(NotAllowed):
        service.confirm(one, answer)
    service.unconfirm(trainer, answer)
    assert service.page(one, thread).thread.state == "terbuka"


def test_what_names_somebody_is_held_at_once_and_judged_by_staff(both):
    angkatan, (one, two) = a_class_of("berjalan", "berjalan")
    trainer = as_actor(someone("widyaiswara", "R4"))
    angkatan = an_angkatan(trainer=trainer.id)
    for actor in (one, two):
        a_member(angkatan, actor.id)
    thread = a_question(one, place=f"angkatan:{angkatan.id}")
    answer = an_answer(two, thread, "Ibu itu tinggal di RT 3")
    service.report(one, answer, "identitas")
    service.report(one, answer, "kasar")
    shown = service.page(one, thread)
    assert not shown.shows(shown.answers[0])
    assert service.page(two, thread).shows(shown.answers[0])
    assert shown.thread.answers == 0
    assert bell(trainer) == ["Ada tulisan di Tanya rekan yang perlu diperiksa."]
    assert [r.reasons for r in service.reports(trainer)] == [("identitas",)]
    panitia = as_actor(someone("panitia", "R4"))  # of no class: nothing to judge, so nothing that waits
    assert (service.desk(panitia).waiting, service.reports(panitia)) == (0, [])
    service.keep(trainer, answer)
    assert service.page(one, thread).thread.answers == 1
    assert service.reports(trainer) == []
    service.cover(trainer, answer)
    gone = service.page(two, thread).answers[0]
    assert (gone.text, gone.look) == ("", "ditutup")
    assert "ditutup setelah diperiksa" in bell(two)[0]
    assert "sudah diperiksa" in bell(one)[0]
    with pytest.raises(NotAllowed):
        service.reports(one)


def test_one_may_take_back_the_own_text_and_a_question_takes_its_thread_along(both):
    _angkatan, one, two, _trainer = peers()
    thread = a_question(one)
    with pytest.raises(NotAllowed):
        service.cover(two, thread)
    service.cover(one, thread)
    assert service.page(two, thread).thread.state == "ditutup"
    assert service.shelf("langkah", KEY).questions == 0
    late = says(two, thread=str(thread), text="Terlambat")
    assert (late.status, late.faults[0].message) == ("rejected", "Pertanyaan ini sudah ditutup.")


def test_long_numbers_are_hidden_and_a_word_of_violence_is_put_before_who_judges(both):
    _angkatan, one, two, trainer = peers()
    answer = says(one, text="NIK 6203010101010001 dipukul")
    assert answer.flags == ("angka_16", "kata_kekerasan")
    assert service.page(two, uuid.UUID(answer.id)).question.text == "NIK [nomor ditutup] dipukul"
    assert [r.reasons for r in service.reports(trainer)] == [("aturan",)]
    assert bell(trainer) == ["Ada tulisan di Tanya rekan yang perlu diperiksa."]


def test_a_place_is_for_those_who_belong_to_it(both):
    angkatan, (one, left, passed) = a_class_of("berjalan", STOPPED, PASSED)
    other = as_actor(someone("pendamping", BANJAR))
    class_, centre = f"angkatan:{angkatan.id}", f"alumni:{angkatan.centre_unit_id}"
    may = {
        (one, CARD): True, (one, class_): True, (one, centre): False, (one, "obstacle:alat"): True,
        (left, CARD): False, (left, class_): False, (passed, centre): True, (passed, class_): True,
        (other, CARD): False, (other, class_): False, (other, "obstacle:alat"): True,
    }  # fmt: skip
    told = {(who, place): says(who, place=place).status == "accepted" for who, place in may}
    assert told == may
    seen = {who: {t.realm for t in service.desk(who).threads} for who in (one, left, passed, other)}
    assert seen[one] == {"kursus:kursus-kecil", class_, "kendala"}
    assert seen[left] == seen[other] == {"kendala"}
    assert seen[passed] == {"kursus:kursus-kecil", class_, centre, "kendala"}
    thread = next(t.id for t in service.desk(one).threads if t.realm == class_)
    with pytest.raises(NotFound):
        service.page(other, thread)
    assert says(other, thread=str(thread)).faults[0].field == "payload.thread"


@pytest.mark.parametrize(
    "wrong",
    [
        {"place": "langkah:kursus-kecil/tidak-ada"},
        {"place": "obstacle:tidak_ada"},
        {"place": "rumah:1"},
        {"place": "angkatan:99999999999999"},
        {"place": "", "thread": None},
        {"thread": str(uuid.uuid4()), "place": CARD},
        {"text": "  "},
        {"text": "x" * 1001},
    ],
)
def test_what_makes_no_sense_is_rejected_and_leaves_nothing(app, wrong):
    actor, _card = a_learner()
    assert says(actor, **wrong).status == "rejected"
    assert service.desk(actor).threads == ()
