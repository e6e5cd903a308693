"""A path: begun alone, signed by two, coached by who may, and nothing is lost when a coach changes or leaves."""

from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import false, literal, select

from p2k2lms.core import clock
from p2k2lms.core.db import db
from p2k2lms.core.errors import Conflict, Invalid, NotAllowed, NotFound
from p2k2lms.core.notices import of_person
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.assessment import queries as forms
from p2k2lms.plugins.coaching import service
from p2k2lms.plugins.coaching.alerts import uncoached_paths
from p2k2lms.plugins.coaching.models import SignOff
from p2k2lms.plugins.coaching.queries import paths as read
from p2k2lms.plugins.delivery import service as delivery
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import Spell
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.identity.models import Unit
from tests.factories.assessment import sit
from tests.factories.coaching import STAGES, a_template, a_walk, sends, signs, walks_on, watches
from tests.factories.delivery import reads
from tests.factories.enrolment import BANJAR, KAPUAS, a_member, an_angkatan, the_unit
from tests.factories.identity import a_posting, as_actor, someone, supervised

TODAY = clock.today()
NOBODY = select(literal(0)).where(false())  # no path was decided or put off


def prepared(person_id: int) -> None:
    known = {"person_id": person_id, "kind": "kelas", "object_ref": "angkatan:0", "mode": "luring", "status": "lulus"}
    enrolment.record_exposure(Spell(**known, valid_from=TODAY - timedelta(40), valid_to=TODAY - timedelta(30)))


def test_a_pendamping_begins_alone_and_learns_at_once(both):
    walk = a_walk(coached=False)
    card = enrolment.enrolment_in(walk.path.person_id, walk.path.course)
    assert card is not None
    assert card.path_id == walk.path.id
    sit(walk.learner, card.id, "pre")
    assert reads(walk.learner, card, ["tf-s01-l01"])[0].status == "accepted"
    assert delivery.done_steps(card.person_id, card.course) == {"tf-s01-l01"}
    assert forms.draw_of(card.person_id, None, walk.path.id) in ("AB", "BA")
    assert not enrolment.is_prepared(card.person_id, TODAY)


def test_a_second_path_of_the_course_is_refused(app):
    walk = a_walk()
    with pytest.raises(Conflict):
        service.begin(walk.learner, walk.path.template_id)


@pytest.mark.parametrize("why", ["class", "prepared"])
def test_who_is_in_a_class_or_prepared_begins_no_whole_path(app, why):
    template, person = a_template(), someone("pendamping", BANJAR)
    a_member(an_angkatan(), person) if why == "class" else prepared(person)
    desk = service.desk(as_actor(person))
    assert (desk.offer.why_not, desk.offer.templates) == (why, ())
    assert not service.may_start(as_actor(person))
    with pytest.raises(Conflict):
        service.begin(as_actor(person), template)


def test_who_did_not_pass_begins_a_path_once_the_class_is_closed(both):
    template, trainer = a_template(), as_actor(someone("widyaiswara", "R4"))
    angkatan = an_angkatan(trainer=trainer.id)
    card = a_member(angkatan)
    enrolment.end_exposures([card.id])
    actor = as_actor(card.person_id)
    assert service.desk(actor).offer.why_not == "class"
    enrolment.close(trainer, angkatan.id)
    assert service.desk(actor).offer.why_not == ""
    assert service.begin(actor, template)


def test_who_is_prepared_may_still_walk_through_one_modul(app):
    template, person = a_template(modul="m1"), someone("pendamping", BANJAR)
    prepared(person)
    assert service.begin(as_actor(person), template) > 0


def test_a_path_of_another_region_is_not_offered(app):
    template = a_template(centre=KAPUAS)
    person = as_actor(someone("pendamping", BANJAR))
    assert service.desk(person).offer.templates == ()
    with pytest.raises(Conflict):
        service.begin(person, template)


def test_signed_by_two_to_the_end_is_an_exposure_that_is_finished(both):
    walk = a_walk()
    answers = [*walks_on(walk, 1, "tf-s01"), *walks_on(walk, 2, "m1-s01")]
    assert {answer.status for answer in answers} == {"accepted"}, answers
    card = read.path(walk.path.id, TODAY)
    assert card is not None
    assert card.state == "selesai"
    assert enrolment.is_prepared(walk.path.person_id, TODAY)
    assert enrolment.prepared_ways([walk.path.person_id], TODAY)[walk.path.person_id][0] == "coaching"
    assert [path.id for path in service.finished(("/ID/R4/63/",), 10, NOBODY, NOBODY)] == [walk.path.id]
    assert service.finished(("/ID/R4/62/", "/ID/R4/64/"), 10, NOBODY, NOBODY) == []
    assert service.finished((), 10, NOBODY, NOBODY) == []


def test_nobody_signs_for_the_other_side_or_before_the_work(app):
    walk = a_walk()
    stranger = as_actor(someone("supervisor", BANJAR))
    assert signs(walk.learner, walk.path.id, 1, "pendamping").status == "rejected"  # nothing rated, nothing written
    assert signs(walk.learner, walk.path.id, 1, "pembimbing").status == "rejected"
    assert signs(walk.coach, walk.path.id, 1, "pendamping").status == "rejected"
    assert signs(stranger, walk.path.id, 1, "pembimbing").status == "rejected"
    assert signs(walk.coach, walk.path.id, 2, "pembimbing").status == "rejected"  # this one must be watched
    assert signs(walk.coach, walk.path.id, 1, "pembimbing").status == "accepted"
    assert signs(walk.coach, walk.path.id, 1, "pembimbing").status == "rejected"
    assert signs(walk.coach, 999, 1, "pembimbing").status == "rejected"


def test_a_signed_meeting_keeps_its_words(app):
    walk = a_walk()
    walks_on(walk, 1, "tf-s01")
    late = sends(walk.learner, "reflection", {"path": walk.path.id, "stage": 1, "text": "Lain lagi."})
    assert late.status == "rejected"
    assert service.view(walk.learner, walk.path.id).stages[0].reflection == "Lain kali lebih pelan."


def test_waiting_is_said_and_after_two_weeks_a_koordinator_is_asked(app):
    walk = a_walk(coached=False)
    koordinator = as_actor(someone("koordinator", BANJAR))
    assert [one.path.id for one in service.asked(walk.coach)] == [walk.path.id]
    assert service.asked(koordinator) == ()
    with clock.stopped(clock.now() + timedelta(days=15)):
        assert service.asked(koordinator)[0].waiting.days == 15
        waiting = service.view(walk.learner, walk.path.id).waiting
        assert waiting is not None
        assert waiting.whose == "koordinator"


def test_a_koordinator_names_a_peer_who_agreed(both):
    walk = a_walk(coached=False)
    peer, other = someone("pendamping", BANJAR), someone("pendamping", BANJAR)
    koordinator = as_actor(someone("koordinator", BANJAR))
    with pytest.raises(Conflict):
        service.agree(as_actor(peer), True)
    prepared(peer)
    service.agree(as_actor(peer), True)
    assert [p for p, _ in service.seat(koordinator, walk.path.id).choices] == [walk.coach.id, peer]
    with pytest.raises(Invalid):
        service.assign(koordinator, walk.path.id, other, TODAY)
    service.assign(koordinator, walk.path.id, peer, TODAY)
    assert watches(as_actor(peer), walk.path.person_id, walk.version_id).status == "accepted"
    service.agree(as_actor(peer), False)
    assert [p for p, _ in service.seat(koordinator, walk.path.id).choices] == [walk.coach.id]


def test_where_nobody_supervises_the_koordinator_is_asked_at_once_and_may_look_further(both):
    template, person, peer = a_template(), someone("pendamping", BANJAR), someone("pendamping", _other_kabupaten())
    path_id = service.begin(as_actor(person), template)
    near, wide = as_actor(someone("koordinator", BANJAR)), as_actor(someone("koordinator", "63"))
    prepared(peer)
    service.agree(as_actor(peer), True)
    assert [one.path.id for one in service.asked(near)] == [path_id]
    assert [finding.params for finding in uncoached_paths(TODAY)] == [{"days": 0}]
    assert service.seat(near, path_id).choices == []
    with pytest.raises(Invalid):
        service.assign(near, path_id, peer, TODAY)
    service.assign(wide, path_id, peer, TODAY)
    assert read.path(path_id, TODAY).coach_id == peer


def _other_kabupaten() -> str:
    return the_unit("63.72").kemendagri_code


def test_naming_who_coaches_already_is_told_beside_the_choice_and_changes_nothing(app, sign_in):
    walk = a_walk()
    koordinator = as_actor(someone("koordinator", BANJAR))
    rang = len(of_person(walk.coach.id))
    said = "sudah membimbing jalur ini"
    chosen = {"coach_id": walk.coach.id, "from_day": TODAY.isoformat()}
    refused = sign_in(koordinator).post(f"/bimbingan/jalur/{walk.path.id}/pembimbing", data=chosen)
    assert (refused.status_code, said in refused.text) == (422, True)
    assert 'aria-describedby="coach_id-salah"' in refused.text
    assert len(of_person(walk.coach.id)) == rang
    with pytest.raises(Invalid, match=said) as refusal:
        service.assign(koordinator, walk.path.id, walk.coach.id, TODAY + timedelta(days=5))
    assert refusal.value.field == "coach_id"


def test_nobody_else_names_a_coach(app):
    walk = a_walk(coached=False)
    away = as_actor(someone("koordinator", KAPUAS)) if the_unit(KAPUAS) else None
    with pytest.raises(NotFound):
        service.assign(away, walk.path.id, walk.coach.id, TODAY)
    with pytest.raises(NotAllowed):
        service.assign(walk.learner, walk.path.id, walk.coach.id, TODAY)
    with pytest.raises(Invalid):
        service.assign(walk.coach, walk.path.id, walk.coach.id, TODAY + timedelta(days=90))


def test_a_hand_over_on_a_day_keeps_signatures_sheets_and_agreements(both):
    walk = a_walk()
    admin = as_actor(someone("admin", BANJAR))
    walks_on(walk, 1, "tf-s01")
    service.agree_on(walk.coach, walk.path.id, "Mencoba pertanyaan terbuka", TODAY + timedelta(days=7))
    new = someone("supervisor", BANJAR)
    identity.assign_supervisor(admin, walk.path.person_id, new, TODAY + timedelta(days=1))
    assert read.path(walk.path.id, TODAY).coach_id == walk.coach.id
    with clock.stopped(clock.now() + timedelta(days=1)):
        taker = as_actor(new)
        view = service.view(taker, walk.path.id)
        assert (view.card.coach_id, view.side) == (new, "pembimbing")
        assert view.stages[0].done
        assert [action.text for action in view.actions] == ["Mencoba pertanyaan terbuka"]
        service.settle(taker, walk.path.id, view.actions[0].id, "Sudah, tiga kali")
        assert watches(walk.coach, walk.path.person_id, walk.version_id).status == "rejected"
        late = watches(walk.coach, walk.path.person_id, walk.version_id, on_day=TODAY)
        assert late.status == "accepted"  # seen while he was still the coach, sent later
        with pytest.raises(NotFound):
            service.view(walk.coach, walk.path.id)


def test_a_coach_who_leaves_leaves_the_path_waiting_from_that_day(both):
    walk = a_walk()
    admin = as_actor(someone("admin", BANJAR))
    posting = next(p for p in identity.postings_of(walk.coach.id) if p.role == "supervisor")
    identity.end_posting(admin, posting.id, TODAY, "pindah")
    card = read.path(walk.path.id, TODAY)
    assert card is not None
    assert (card.coach_id, card.asked_on) == (None, TODAY)


def test_a_coach_with_another_posting_stays_and_one_who_goes_later_coaches_until_then(both):
    walk = a_walk()
    admin, leaving = as_actor(someone("admin", BANJAR)), TODAY + timedelta(days=3)
    first = next(p for p in identity.postings_of(walk.coach.id) if p.role == "supervisor")
    second = a_posting(walk.coach.id, "supervisor", "63")
    identity.end_posting(admin, first.id, TODAY, "pindah")
    assert read.path(walk.path.id, TODAY).coach_id == walk.coach.id
    identity.end_posting(as_actor(someone("admin", "63")), second, leaving, "pensiun")
    assert service.view(walk.learner, walk.path.id).waiting is None
    assert service.asked(as_actor(someone("koordinator", BANJAR))) == ()
    assert signs(walk.coach, walk.path.id, 1, "pembimbing").status == "accepted"
    with clock.stopped(clock.now() + timedelta(days=3)):
        view = service.view(walk.learner, walk.path.id)
        assert (view.card.coach_id, view.waiting.days) == (None, 0)
        assert signs(walk.coach, walk.path.id, 2, "pembimbing").status == "rejected"


def test_leaving_a_path_ends_its_exposure_and_opens_another(app):
    walk = a_walk()
    service.stop(walk.learner, walk.path.id)
    assert service.desk(walk.learner).offer.templates
    assert not enrolment.is_prepared(walk.path.person_id, TODAY)
    with pytest.raises(Invalid):
        service.stop(walk.learner, walk.path.id)
    assert service.begin(walk.learner, walk.path.template_id) != walk.path.id


def test_a_template_is_saved_as_a_new_version_by_its_own_centre_alone(both):
    walk = a_walk()
    trainer, away = as_actor(someone("widyaiswara", "R4")), as_actor(someone("widyaiswara", KAPUAS))
    card = service.template(trainer, walk.path.template_id)
    shorter = service.Plan(card.unit_id, card.name, "", STAGES[1:])
    made = service.save(trainer, card.id, shorter, 1)
    assert service.template(trainer, made).number == 2
    assert len(service.view(walk.learner, walk.path.id).stages) == 2
    with pytest.raises(NotFound):
        service.save(away, card.id, shorter, 1)
    with pytest.raises(Invalid):
        service.save(trainer, card.id, service.Plan(card.unit_id, "Lain", "", STAGES[:1]), 1)
    wrong = STAGES[1].model_copy(update={"sesi": ("zz-s01",)})
    with pytest.raises(Invalid):
        service.save(trainer, card.id, service.Plan(card.unit_id, "Lain", "", [wrong]), 1)


def test_a_talk_is_noted_for_each_person_with_what_was_agreed(both):
    walk = a_walk()
    other = someone("pendamping", BANJAR)
    supervised(walk.coach.id, other)
    said = {"people": [walk.path.person_id, other], "on_day": TODAY.isoformat(), "minutes": 40, "mode": "bertemu"}
    said |= {"topic": "Membuka sesi", "action": "Coba besok", "due": (TODAY + timedelta(days=3)).isoformat()}
    answer = sends(walk.coach, "contact", said)
    assert (answer.status, answer.flags) == ("accepted", ())
    log = service.log(walk.learner)
    assert [len(talk.people) for talk in log.talks] == [1]
    assert [len(talk.people) for talk in service.log(walk.coach).talks] == [2]
    assert [a.text for a in service.view(walk.coach, walk.path.id).actions] == ["Coba besok"]
    assert sends(walk.learner, "contact", said).status == "rejected"
    assert sends(walk.coach, "contact", said | {"people": [someone("pendamping", BANJAR)]}).status == "rejected"


@pytest.mark.parametrize(("size", "flags"), [(4, ("ukuran_kelompok",)), (5, ()), (24, ()), (25, ("ukuran_kelompok",))])
def test_a_group_of_an_odd_size_was_coached_all_the_same(both, size, flags):
    the_unit(BANJAR)
    coach = as_actor(someone("supervisor", BANJAR))
    people = [someone("pendamping", BANJAR) for _n in range(size)]
    for person in people:
        supervised(coach.id, person)
    said = {"people": people, "on_day": TODAY.isoformat(), "minutes": 90, "mode": "kelompok", "topic": "Membuka sesi"}
    answer = sends(coach, "contact", said)
    assert (answer.status, answer.flags) == ("accepted", flags)
    assert len(service.log(coach).talks[0].people) == size


def test_what_was_agreed_without_a_day_is_kept_and_stands_last(both, sign_in):
    walk = a_walk()
    said = {"people": [walk.path.person_id], "on_day": TODAY.isoformat(), "minutes": 40, "mode": "bertemu"}
    said |= {"topic": "Membuka sesi", "action": "Coba besok", "due": ""}
    answer = sends(walk.coach, "contact", said)
    assert (answer.status, answer.flags) == ("accepted", ("tanpa_tanggal",))
    assert "Kesepakatan belum punya tanggal." in sign_in(walk.coach).get("/kiriman").text
    service.agree_on(walk.coach, walk.path.id, "Baca kartu", TODAY)
    assert [(a.text, a.due_on) for a in service.view(walk.coach, walk.path.id).actions] == [
        ("Baca kartu", TODAY),
        ("Coba besok", None),
    ]
    assert "tanpa tanggal" in sign_in(walk.coach).get(f"/bimbingan/jalur/{walk.path.id}/tindakan").text


NEARLY_MIDNIGHT_IN_WIB = datetime.combine(TODAY, time(16, 30), UTC)
"""23.30 in Pontianak; in Central Indonesian Time the next day has begun."""


def test_a_talk_of_tomorrow_is_kept_with_a_flag_and_one_of_later_is_refused(both):
    """A phone may be a day ahead of the server, not more; days are those of where the pendamping works."""
    walk = a_walk()
    in_wib(walk.path.person_id)
    said = {"people": [walk.path.person_id], "minutes": 40, "mode": "bertemu", "topic": "Membuka sesi"}
    seen = []
    with clock.stopped(NEARLY_MIDNIGHT_IN_WIB):
        for ahead in (0, 1, 2):
            day = TODAY + timedelta(days=ahead)
            talk = sends(walk.coach, "contact", said | {"on_day": day.isoformat()})
            sheet = watches(walk.coach, walk.path.person_id, walk.version_id, on_day=day)
            seen += [(a.status, "tanggal_besok" in a.flags) for a in (talk, sheet)]
    assert seen == [("accepted", False)] * 2 + [("accepted", True)] * 2 + [("rejected", False)] * 2


def test_late_in_the_evening_a_meeting_is_signed_on_the_day_of_where_the_pendamping_works(both):
    walk = a_walk()
    in_wib(walk.path.person_id)
    with clock.stopped(NEARLY_MIDNIGHT_IN_WIB):
        assert signs(walk.coach, walk.path.id, 1, "pembimbing").status == "accepted"
    assert list(db.session.scalars(select(SignOff.on_day))) == [TODAY]


def in_wib(person_id):
    """Where this person works lies in the western zone."""
    home = identity.home_unit(person_id, TODAY)
    with unit_of_work("test.zone"):
        db.session.get(Unit, home.id).zone = "Asia/Pontianak"


def test_a_talk_that_is_not_whole_keeps_what_was_written_with_the_reason_at_its_field(app, sign_in):
    walk = a_walk()
    said = {"people": walk.path.person_id, "on_day": TODAY.isoformat(), "minutes": "", "mode": "kelompok"}
    page = sign_in(walk.coach).post("/bimbingan/catatan", data=said | {"topic": "Membuka sesi", "note": "Di balai"})
    assert page.status_code == 422
    people = page.text.partition("<fieldset")[2].partition("</fieldset>")[0]
    assert 'id="minutes-salah"' in page.text
    assert f'value="{walk.path.person_id}" data-as="list" checked' in people
    assert 'value="Membuka sesi"' in page.text
    assert ">Di balai</textarea>" in page.text
    assert '<option value="kelompok" selected>' in page.text
