"""The chain of one person: each link with what was before, for those who may see the person and nobody else."""

import re
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import insert

from p2k2lms.core import clock
from p2k2lms.core.db import db
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.assessment.values import POST, PRE
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import Spell
from p2k2lms.plugins.fieldwork.models import LeaderMonth
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.identity.models import Posting
from p2k2lms.plugins.outcomes import service
from tests.factories.enrolment import BANJAR, a_member, an_angkatan
from tests.factories.evaluation import passed
from tests.factories.identity import as_actor, someone, supervised
from tests.factories.progress import a_score
from tests.factories.worlds import AT, MORE, SUMS

STARTS, LAST_DAY, MOST_QUERIES = date(2026, 6, 5), date(2026, 6, 14), 16


def field(person, first=1, last=10):
    """2 of 5 groups met in the months before the class and 4 of 5 after; with what was taught."""
    home = identity.unit_by_code(BANJAR).id
    zeros = dict.fromkeys((*SUMS, *MORE), 0) | {"duty_days": 30, "on_duty_end": 1, "caseload_end": 200}
    after = {"met": 4, "present": 80, "invited": 100, "led": 4, "sesi_done": 3, "steps_done": 18, "steps_due": 20}
    before = {"met": 2, "present": 60, "invited": 100, "led": 2, "exits_own": 1}
    rows = [
        zeros
        | {"person_id": person, "unit_id": home, "month": date(2026, month, 1), "due": 5, "as_of": AT}
        | (after if month > 6 else before)
        for month in range(first, last + 1)
    ]
    with unit_of_work("test.field"):
        db.session.execute(insert(LeaderMonth), [{**dict.fromkeys(after | before, 0), **row} for row in rows])


def spell(person, kind, status, first, after=None):
    """An exposure that is no class of the fixture."""
    said = {"kind": kind, "status": status, "mode": "daring", "object_ref": f"{kind}:1", "source": "uji"}
    enrolment.record_exposure(Spell(person_id=person, valid_from=first, valid_to=after, **said))


def words(page):
    """The text of a page without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text))


@pytest.fixture
def alumnus(app):
    """Somebody who sat both tests, passed the class, and has ten months in the field."""
    identity.ship_units()
    trainer = someone("widyaiswara", "R4")
    card = an_angkatan(starts=STARTS, ends=LAST_DAY, trainer=trainer)
    member = a_member(card)
    a_score(member, 10, PRE)
    a_score(member, 15, POST)
    passed(member.person_id, LAST_DAY, f"angkatan:{card.id}")
    field(member.person_id)
    return member.person_id, card, trainer


def test_each_link_stands_beside_what_was_before(alumnus):
    person, card, _trainer = alumnus
    found = service.chain(as_actor(person), person)
    (training,) = found.trainings
    assert (training.name, training.first, training.status) == (card.name, STARTS, "lulus")
    assert (training.pre.points, training.post.points, training.gain) == (10, 15, 25)
    f = found.field
    assert (f["months_before"], f["months"]) == (5, 4)
    assert (f["met_before"], f["due_before"], f["met"], f["due"]) == (10, 25, 16, 20)
    assert (f["present"], f["invited"], f["sesi_done"], f["steps_done"], f["steps_due"]) == (320, 400, 12, 72, 80)
    assert (f["exits_own_before"], f["exits_own"]) == (5, 0)


def test_the_month_of_the_class_is_neither_before_nor_after(alumnus):
    person = alumnus[0]
    found = service.chain(as_actor(person), person).field
    assert found["months_before"] + found["months"] == 10 - 1


def test_who_was_trained_twice_is_told_of_both_and_counted_around_the_first(alumnus):
    person = alumnus[0]
    passed(person, date(2026, 9, 20), "angkatan:999")
    found = service.chain(as_actor(person), person)
    assert [one.first for one in found.trainings] == [STARTS, date(2026, 9, 11)]
    assert (found.field["months_before"], found.field["months"]) == (5, 4)


def test_who_moved_keeps_his_months_and_who_left_is_said_to_be_gone(alumnus, sign_in):
    person, _card, trainer = alumnus
    with unit_of_work("test.moved"):
        later = (LeaderMonth.person_id == person, LeaderMonth.month > date(2026, 8, 2))
        db.session.query(LeaderMonth).filter(*later).update({"unit_id": identity.unit_by_code("62.03").id})
    assert service.chain(as_actor(person), person).field["months"] == 4
    with unit_of_work("test.left"):
        for posting in db.session.query(Posting).filter_by(person_id=person):
            posting.valid_to = date(2026, 11, 1)
    text = sign_in(as_actor(trainer)).get(f"/dampak/orang/{person}").text
    assert "Tidak bertugas lagi" in text
    assert "16 dari 20" in text


def test_the_page_says_it_with_few_questions_and_concludes_nothing(alumnus, sign_in, count_queries):
    person, card, _trainer = alumnus
    page = sign_in(as_actor(person))
    with count_queries() as seen:
        answer = page.get(f"/dampak/orang/{person}")
    assert len(seen) <= MOST_QUERIES, seen
    text = words(answer)
    for part in (
        card.name,
        "80% 16 dari 20",
        "40% 10 dari 25",
        "90% 72 dari 80",
        "80% 320 dari 400",
        "25 poin",
    ):
        assert part in text
    assert "bukan untuk menilai orang" in text
    assert f"/dampak/orang/{person}" in page.get(f"/orang/{person}/hasil").text


def test_only_those_who_may_see_the_person_read_the_chain(alumnus, sign_in):
    person, _card, trainer = alumnus
    boss, other_boss = someone("supervisor", BANJAR), someone("supervisor", BANJAR)
    supervised(boss, person)
    readers = [(person, 200), (trainer, 200), (boss, 200), (someone("koordinator", BANJAR), 200)]
    readers += [(other_boss, 404), (someone("pendamping", BANJAR), 404), (someone("koordinator", "62.03"), 404)]
    readers += [
        (someone("widyaiswara", "R4"), 404),
        (someone("evaluator", "R4"), 404),
        (someone("evaluator", "ID"), 404),
    ]
    for reader, status in readers:
        assert sign_in(as_actor(reader)).get(f"/dampak/orang/{person}").status_code == status, reader


def test_a_trainer_reads_the_scores_of_the_own_class_and_of_no_other(alumnus, sign_in):
    person, card, trainer = alumnus
    other_trainer = someone("widyaiswara", "R4")
    other = an_angkatan(starts=date(2026, 8, 5), ends=date(2026, 8, 14), trainer=other_trainer)
    member = a_member(other, person)
    a_score(member, 7, PRE)
    a_score(member, 19, POST)
    passed(person, date(2026, 8, 14), f"angkatan:{other.id}")
    for reader, mine, hidden, scores in ((trainer, card, other, (15, 19)), (other_trainer, other, card, (19, 15))):
        found = service.chain(as_actor(reader), person)
        shown = {one.name: one.post is not None for one in found.trainings}
        assert shown == {mine.name: True, "": False}
        assert {(one.pre, one.attended, one.practised) for one in found.trainings if not one.name} == {(None,) * 3}
        text = words(sign_in(as_actor(reader)).get(f"/dampak/orang/{person}"))
        assert mine.name in text
        assert hidden.name not in text
        assert f"{scores[0]} dari 20" in text
        assert f"{scores[1]} dari 20" not in text
    assert [one.post.points for one in service.chain(as_actor(person), person).trainings] == [15, 19]


def test_the_month_that_runs_is_not_counted(alumnus):
    person = alumnus[0]
    with clock.stopped(datetime(2026, 10, 20, tzinfo=UTC)):
        found = service.chain(as_actor(person), person).field
    assert (found["months"], found["due"]) == (3, 15)


def test_months_are_counted_around_the_class_that_is_over_and_not_a_path_that_runs(both):
    identity.ship_units()
    person = someone("pendamping", BANJAR)
    field(person)
    spell(person, "coaching", "berjalan", date(2026, 1, 10))
    spell(person, "penyegaran", "selesai", date(2026, 2, 5), date(2026, 2, 8))
    passed(person, LAST_DAY, "angkatan:999")
    found = service.chain(as_actor(person), person)
    assert (found.first.kind, found.first.valid_from) == ("kelas", STARTS)
    assert (found.field["months_before"], found.field["months"]) == (5, 4)
    assert (found.field["met_before"], found.field["met"]) == (10, 16)


def test_who_was_only_refreshed_is_told_that_no_class_or_path_is_over(app, sign_in):
    identity.ship_units()
    person = someone("pendamping", BANJAR)
    field(person)
    spell(person, "coaching", "berjalan", date(2026, 1, 10))
    spell(person, "penyegaran", "selesai", date(2026, 2, 5), date(2026, 2, 8))
    found = service.chain(as_actor(person), person)
    assert (found.first, found.field) == (None, {})
    text = words(sign_in(as_actor(person)).get(f"/dampak/orang/{person}"))
    assert "Belum ada kelas yang lulus atau jalur bimbingan yang selesai" in text


def test_counts_over_unequal_spans_are_shown_per_month(alumnus, sign_in):
    person = alumnus[0]
    text = words(sign_in(as_actor(person)).get(f"/dampak/orang/{person}"))
    for row in (
        "P2K2 dipimpin per bulan 2,0 4,0",
        "Sesi disampaikan per bulan 0,0 3,0",
        "Graduasi mandiri per bulan 1,0 0,0",
    ):
        assert row in text


def test_who_was_never_trained_has_an_empty_chain_and_no_way_to_it(app, sign_in):
    identity.ship_units()
    person = someone("pendamping", BANJAR)
    page = sign_in(as_actor(person))
    assert "Belum ada pelatihan yang selesai" in page.get(f"/dampak/orang/{person}").text
    assert "/dampak/orang/" not in page.get(f"/orang/{person}/hasil").text
    assert enrolment.finished_spells([person]) == []


def test_who_was_trained_years_ago_is_not_told_that_a_month_is_still_to_come(app, sign_in):
    identity.ship_units()
    person, boss = someone("pendamping", BANJAR), someone("koordinator", BANJAR)
    passed(person, date(2019, 8, 14), "sttpp:1")
    told = words(sign_in(as_actor(boss)).get(f"/dampak/orang/{person}"))
    assert "Tidak ada catatan dalam dua belas bulan sesudah pelatihan itu." in told
    assert "Belum ada bulan penuh" not in told
