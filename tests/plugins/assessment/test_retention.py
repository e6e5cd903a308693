"""The check of memory: five known questions, opened by itself after 30 and 90 days, for each person and the class."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select, update

from p2k2lms.core import clock, notices, personal
from p2k2lms.core.db import db
from p2k2lms.core.errors import Conflict
from p2k2lms.core.models import Audit, Notice
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.assessment import queries, service
from p2k2lms.plugins.assessment.models import Attempt, PingOpening
from p2k2lms.plugins.assessment.rules import retention
from p2k2lms.plugins.assessment.rules.draw import Banked
from p2k2lms.plugins.assessment.rules.retention import Asked
from p2k2lms.plugins.assessment.service import bank, frozen
from p2k2lms.plugins.assessment.service.retention import class_rounds
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.enrolment import service as enrolments
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.identity.models import Unit
from p2k2lms.plugins.progress import service as progress
from tests.conftest import WHO_ACTS
from tests.factories.assessment import hand_in, keys_of, send
from tests.factories.identity import as_actor
from tests.factories.items import a_tested_class, a_tested_course, first_right, forms_of, sat

ENDED = date(2026, 3, 1)


def anchors(number: int) -> list[Banked]:
    return [Banked(f"q{n}", f"t{n}", f"m{n % 4}", "anchor") for n in range(number)]


@pytest.mark.parametrize(("held", "asked", "repeated"), [(3, 3, 3), (5, 5, 5), (8, 5, 2), (10, 5, 0), (30, 5, 0)])
def test_a_round_asks_at_most_five_and_the_second_repeats_as_few_as_it_can(held, asked, repeated):
    first, second = (retention.chosen(anchors(held), number, "k") for number in (1, 2))
    assert (len(first), len(second)) == (asked, asked)
    assert len(set(first) & set(second)) == repeated
    assert len(set(first)) == asked


def test_a_round_asks_from_as_many_groups_as_there_are():
    groups = {item.id: item.group for item in anchors(12)}
    assert {groups[one] for one in retention.chosen(anchors(12), 1, "k")} == {"m0", "m1", "m2", "m3"}


@pytest.mark.parametrize(("days", "number", "is_open"), [(29, 1, 0), (30, 1, 1), (51, 1, 1), (52, 1, 0), (90, 2, 1)])
def test_a_round_is_open_for_three_weeks(days, number, is_open):
    first, last = retention.ended_between(ENDED + timedelta(days=days), number)
    assert (first <= ENDED <= last) == bool(is_open)
    assert (retention.opens(ENDED, number) <= ENDED + timedelta(days=days) <= retention.closes(ENDED, number)) == bool(
        is_open
    )


def asked(people: int) -> list[Asked]:
    """Everybody knew both things; a third has lost the second."""
    return [
        Asked(n, name, 1.0, 0.0 if name == "goyah" and n % 3 == 0 else 1.0)
        for n in range(people)
        for name in ("goyah", "kokoh")
    ]


def test_what_a_class_has_lost_is_told_with_its_interval_the_most_lost_first():
    found = retention.of_class(1, 33, asked(30))
    assert (found.days, found.opened, found.whole.people, found.whole.provisional) == (30, 33, 30, False)
    assert (found.whole.gain.before, found.whole.gain.after) == pytest.approx((100, 100 - 100 / 6))
    assert found.whole.gain.low < found.whole.gain.gain < found.whole.gain.high < 0
    assert [name for name, _kept in found.objectives] == ["goyah", "kokoh"]
    assert found.objectives[0][1].gain.gain == pytest.approx(-100 / 3)
    assert found.objectives[1][1].gain.gain == 0


@pytest.mark.parametrize(("people", "shown", "provisional"), [(9, False, False), (10, True, True), (30, True, False)])
def test_figures_are_shown_from_ten_people_and_sure_from_thirty(people, shown, provisional):
    whole = retention.of_class(1, people, asked(people)).whole
    assert (whole.people, whole.gain is not None, whole.provisional) == (people, shown, provisional)


def a_finished_class(people: int = 12):
    """A class of which everybody has just had nine of eleven right in the post-test."""
    trainer, angkatan, members = a_tested_class(people, objectives=2)
    sat(members, forms_of(members), "post", first_right(lambda _n: 9))
    return as_actor(trainer), angkatan, members


def later(days: int):
    return clock.stopped(clock.now() + timedelta(days=days))


def opened() -> list[tuple[int, int]]:
    return [tuple(row) for row in db.session.execute(select(PingOpening.enrolment_id, PingOpening.number))]


def told() -> list[tuple[int, int]]:
    rows = db.session.scalars(select(Notice).where(Notice.key == "assessment.ping_open"))
    return [(row.person_id, row.params["days"]) for row in rows]


def test_a_round_opens_once_by_itself_and_says_so_to_who_stayed(both):
    _trainer, _angkatan, members = a_finished_class(3)
    enrolments.set_state(members[2].id, "berhenti")
    with later(29):
        service.open_rounds()
        assert opened() == []
    for _night in range(2):
        with later(31):
            service.open_rounds()
    assert sorted(opened()) == [(m.id, 1) for m in members[:2]]
    assert sorted(told()) == [(m.person_id, 30) for m in members[:2]]
    with later(93):
        service.open_rounds()
    assert sorted(opened()) == [(m.id, n) for m in members[:2] for n in (1, 2)]


def test_each_class_is_opened_in_a_transaction_of_its_own_and_one_that_fails_holds_up_no_other(both, monkeypatch):
    classes = [a_finished_class(people) for people in (1, 2, 1)]
    first, broken, last = ([(m.id, 1) for m in members] for _trainer, _angkatan, members in classes)
    usual = queries.ended_posts

    def breaks(first_day: date, last_day: date, number: int, enrolment_ids=None):
        if enrolment_ids is not None and broken[0][0] in enrolment_ids:
            raise RuntimeError("padam")
        return usual(first_day, last_day, number, enrolment_ids)

    with later(31):
        monkeypatch.setattr(queries, "ended_posts", breaks)
        with pytest.raises(ExceptionGroup, match="could not be opened"):
            service.open_rounds()
        assert sorted(opened()) == [*first, *last]
        monkeypatch.setattr(queries, "ended_posts", usual)
        service.open_rounds()
    assert sorted(opened()) == [*first, *broken, *last]
    written = select(Audit.subject).where(Audit.use_case == "assessment.open_pings").order_by(Audit.id)
    *others, mended = db.session.scalars(written)
    subjects = [f"round:1 angkatan:{angkatan.id} path:None" for _trainer, angkatan, _members in classes]
    assert (set(others), mended) == ({subjects[0], subjects[2]}, subjects[1])


def test_a_round_that_cannot_be_looked_up_holds_up_no_other(both, monkeypatch):
    _trainer, _angkatan, members = a_finished_class(1)
    usual = queries.ended_posts

    def breaks(first_day: date, last_day: date, number: int, enrolment_ids=None):
        if number == 1:
            raise RuntimeError("padam")
        return usual(first_day, last_day, number, enrolment_ids)

    monkeypatch.setattr(queries, "ended_posts", breaks)
    with later(93), pytest.raises(ExceptionGroup, match="could not be opened"):
        service.open_rounds()
    assert opened() == [(members[0].id, 2)]


def test_a_round_that_was_opened_is_in_the_copy_of_ones_data_and_in_nobody_elses(app):
    _trainer, _angkatan, members = a_finished_class(2)
    with later(31):
        service.open_rounds()
    for member in members:
        (row,) = personal.everything(member.person_id)["assessment_ping_opening"]
        assert (row["enrolment_id"], row["number"]) == (member.id, 1)
        assert row["closes_on"]


def test_a_round_closes_by_the_days_of_where_the_member_works(both):
    """What ended at 23.30 in Pontianak ended that day, though in Central Indonesian Time the next had begun."""
    _trainer, angkatan, members = a_finished_class(2)
    ended = clock.today()
    with unit_of_work("test.zone"):
        for member in members:
            db.session.get(Unit, identity.home_unit(member.person_id, ended).id).zone = "Asia/Pontianak"
        db.session.execute(update(Attempt).values(finished_at=datetime.combine(ended, time(16, 30), UTC)))
    with later(33):
        service.open_rounds()
    last = retention.closes(ended, 1)
    assert list(db.session.scalars(select(PingOpening.closes_on))) == [last, last]
    with clock.stopped(datetime.combine(last, time(16, 30), UTC)):
        remember(members[0], 5)
    with clock.stopped(datetime.combine(last, time(18, 30), UTC)), pytest.raises(Conflict, match="tidak terbuka"):
        service.start(as_actor(members[1].person_id), members[1].id, "ping")
    (found,) = class_rounds(angkatan.version_id, [member.id for member in members])
    assert found.whole.people == 1


def test_an_old_post_test_is_not_asked_about_months_too_late(both):
    a_finished_class(1)
    with later(60):
        service.open_rounds()
    assert opened() == []


def remember(member, right: int) -> int:
    """The check of memory of one member, its first items answered well."""
    actor = as_actor(member.person_id)
    attempt = service.start(actor, member.id, "ping")
    for item, key in list(keys_of(attempt).items())[:right]:
        assert send(actor, attempt, item, key).status == "accepted"
    assert hand_in(actor, attempt).status == "accepted"
    return attempt


def test_five_questions_through_the_intake_are_compared_with_the_same_ones_in_the_post_test(both):
    _trainer, _angkatan, members = a_finished_class(1)
    me = as_actor(members[0].person_id)
    with pytest.raises(Conflict, match="tidak terbuka"):
        service.start(me, members[0].id, "ping")
    with later(31):
        service.open_rounds()
        attempt = remember(members[0], 3)
        found = service.result(me, attempt)
        with pytest.raises(Conflict, match="tidak terbuka"):
            service.start(me, members[0].id, "ping")
    post = queries.attempts(members[0].id, "post")[0]
    known = list(keys_of(post.id))[:9]
    assert (found.points, found.most) == (3, 5)
    assert found.before == len(set(known) & set(keys_of(attempt)))
    assert len(found.reread) == 1  # the card of what was missed
    assert service.tests_of(members[0])[0].best.keys() == {"post"}


def test_the_second_round_is_another_paper_and_has_its_own_number(both):
    _trainer, _angkatan, members = a_finished_class(1)
    papers = []
    for days in (31, 92):
        with later(days):
            service.open_rounds()
            attempt = remember(members[0], 5)
            papers.append(set(keys_of(attempt)))
            assert service.result(as_actor(members[0].person_id), attempt).attempt.number == len(papers)
    assert [len(paper) for paper in papers] == [5, 5]
    assert not papers[0] & papers[1]  # eleven are shared by both forms


def test_a_class_sees_what_is_left_and_an_answer_after_the_days_says_nothing(both):
    trainer, angkatan, members = a_finished_class(12)
    assert service.class_tests(trainer, angkatan.id).kept == ()
    with later(31):
        service.open_rounds()
        begun = service.start(as_actor(members[0].person_id), members[0].id, "ping")
        for member in members[1:11]:
            remember(member, 3)
    with later(80):
        hand_in(as_actor(members[0].person_id), begun)
    (found,) = service.class_tests(trainer, angkatan.id).kept
    assert (found.days, found.opened, found.whole.people) == (30, 12, 10)
    assert found.whole.gain.after == 60
    texts = catalogue.objectives(angkatan.version_id)
    assert {name for name, _kept in found.objectives} == {texts["m1-s01-t1"], texts["m1-s01-t2"]}


def moved(trainer, angkatan, version) -> None:
    """The class learns this version from now on."""
    assert progress.move_class(trainer, angkatan.id, angkatan.version_id, version.id)


def asked_in(attempt: int) -> set[int]:
    """The frozen items of a paper."""
    found = queries.attempt_and_form(attempt)
    return {row.item_version_id for row, _item in frozen.paper_of(found[0])}


def test_the_bell_says_how_many_days_ago_the_post_test_was(both):
    _trainer, _angkatan, members = a_finished_class(1)
    with later(31):
        service.open_rounds()
        (line,) = (one.text for one in notices.of_person(members[0].person_id) if "Cek ingatan" in one.text)
    assert line.startswith("Apa yang masih Anda ingat, 30 hari setelah post-test?")


def test_a_round_that_was_begun_goes_on_after_the_class_has_moved(both):
    trainer, angkatan, members = a_finished_class(1)
    me = as_actor(members[0].person_id)
    with later(31):
        service.open_rounds()
        newer = a_tested_course(reworded=11)
        drawn_anew = bank.form_of(members[0]._replace(version_id=newer.id), "ping", 1)
        sat(members, [drawn_anew], "ping", first_right(lambda _n: 0), finished_at=None)
        begun = queries.attempts(members[0].id, "ping")[0].id
        assert service.begin(me, members[0].id, "ping") == (begun, False)
        moved(trainer, angkatan, newer)
        assert service.begin(me, members[0].id, "ping") == (begun, False)


def test_a_round_asks_the_questions_of_the_post_test_though_the_class_has_moved(both):
    trainer, angkatan, members = a_finished_class(1)
    moved(trainer, angkatan, a_tested_course(reworded=11))
    with later(31):
        service.open_rounds()
        attempt = remember(members[0], 3)
        found = service.result(as_actor(members[0].person_id), attempt)
    post = queries.attempts(members[0].id, "post")[0]
    assert asked_in(attempt) < asked_in(post.id)
    assert (found.most, found.before_of) == (5, 5)


@pytest.mark.parametrize(("reworded", "shared"), [(0, 5), (2, 3), (5, 0)])
def test_a_round_of_another_version_is_compared_over_the_questions_that_both_asked(app, sign_in, reworded, shared):
    trainer, angkatan, members = a_finished_class(1)
    moved(trainer, angkatan, a_tested_course(size=5, objectives=2, reworded=reworded))
    with later(31):
        service.open_rounds()
        sat(members, [bank.form_of(enrolments.enrolment(members[0].id), "ping", 1)], "ping", first_right(lambda _n: 4))
        attempt = queries.attempts(members[0].id, "ping")[0].id
        page = sign_in(as_actor(members[0].person_id)).get(f"/tes/{attempt}/hasil").text
    assert "4 dari 5 soal benar" in page
    assert (f"dari {shared} dengan soal yang sama" in page) == bool(shared)
    assert ("dengan soal yang sama" in page) == bool(shared)


def test_home_and_the_list_of_tests_offer_the_round_and_the_result_says_what_was_known_then(app, sign_in):
    trainer, angkatan, members = a_finished_class(1)
    me = as_actor(members[0].person_id)
    with later(31):
        service.open_rounds()
        browser = sign_in(me)
        assert "Mulai cek ingatan" in browser.get("/").text
        listed = browser.get("/tes").text
        assert "Cek ingatan 30 hari" in listed
        begun = browser.post(f"/tes/mulai/{members[0].id}/ping")
        page = browser.get(begun.location).text
        assert "Cek ingatan 30 hari" in page
        assert 'data-kirim="assessment.answer"' in page  # an answer waits on the phone where there is no signal
        assert "Sisa" not in page  # no clock runs
        attempt = int(begun.location.split("/tes/")[1].split("?")[0])
        assert hand_in(me, attempt).status == "accepted"
        page = browser.get(f"/tes/{attempt}/hasil").text
    assert "0 dari 5 soal benar" in page
    assert "dengan soal yang sama" in page
    assert "Baca lagi" in page
    assert "Hanya Anda yang melihat hasil ini" in page
    assert sign_in(trainer).get(f"/tes/kelas/{angkatan.id}/{members[0].id}/ping").status_code == 404


def test_the_page_of_a_class_tells_what_is_left_without_a_name(app, sign_in, count_queries):
    trainer, angkatan, members = a_finished_class(12)
    browser = sign_in(trainer)
    assert "Belum ada yang terbuka" in browser.get(f"/tes/kelas/{angkatan.id}/mutu").text
    with later(31):
        service.open_rounds()
        for member in members[:9]:
            remember(member, 3)
        few = browser.get(f"/tes/kelas/{angkatan.id}/mutu").text
        remember(members[9], 3)
        with count_queries() as seen:
            enough = browser.get(f"/tes/kelas/{angkatan.id}/mutu").text
    assert len(seen) + WHO_ACTS <= 6, seen
    assert "9 orang menjawab dari 12 yang ditanya" in few
    assert "Angkanya ditampilkan mulai 10 orang" in few
    assert "60,0% kini" in enough
    assert "10 orang menjawab dari 12 yang ditanya" in enough
