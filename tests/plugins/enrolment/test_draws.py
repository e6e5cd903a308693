"""The fair queue: frozen before the number is known, typed by two, drawn once, and worked out again by anybody."""

import copy
import hmac
import json
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from p2k2lms.core import clock
from p2k2lms.core.db import db
from p2k2lms.core.errors import Conflict, Invalid, NotFound
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.enrolment import service
from p2k2lms.plugins.enrolment.models import CallDraw, CallRound, ExposureSpell
from p2k2lms.plugins.enrolment.rules import drawing
from p2k2lms.plugins.enrolment.rules.drawing import CALLED, IN_RESERVE, LATER, Eligible
from p2k2lms.plugins.enrolment.values import PASSED
from tests.factories.enrolment import BANJAR, KAPUAS, a_member, an_angkatan, on_a_course
from tests.factories.identity import as_actor, someone

TODAY = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)
KNOWN = TODAY + timedelta(days=3)
SOURCE = "Dua angka di belakang koma IHSG penutupan, 4 Desember 2026"
TERMS = {"round": 1, "course": "k", "seats": 3, "waiting": 2, "source": SOURCE, "known_on": "2026-12-04"}


def a_centre():
    """A class at the centre with two who run it, and ten pendamping in two kabupaten, one of whom is trained."""

    def build() -> tuple[int, int, int, list[int]]:
        first, second = someone("widyaiswara", "R4"), someone("panitia", "R4")
        here = an_angkatan(trainer=first, panitia=second, mode="luring", starts=date(2027, 1, 4))
        people = [someone("pendamping", BANJAR if n < 7 else KAPUAS, pkh_id=f"pkh{n}") for n in range(10)]
        a_member(an_angkatan(), people[0])
        return first, second, here.id, people

    first, second, here, people = on_a_course("a centre that draws", build)
    return as_actor(first), as_actor(second), service.angkatan(here), [*people]


@pytest.fixture
def centre(both):
    return a_centre()


def a_plan(**traits) -> service.RoundPlan:
    return service.RoundPlan(**{"seats": 3, "waiting": 2, "source": SOURCE, "known_on": KNOWN.date()} | traits)


def frozen(first, here) -> str:
    with clock.stopped(TODAY):
        service.make_round(first, here.id, a_plan())
        return service.freeze(first, here.id)


def test_the_page_says_when_a_draw_is_not_needed_and_when_two_wrote_different_numbers(app, sign_in):
    first, second, here, _people = a_centre()
    url = f"/angkatan/{here.id}/undian"
    with clock.stopped(TODAY):
        service.make_round(first, here.id, a_plan(seats=20))
        needless = sign_in(first).get(url).text
    assert ("Undian tidak diperlukan" in needless, "Bekukan" in needless) == (True, False)
    there = an_angkatan(trainer=first.id, panitia=second.id, mode="luring", starts=date(2027, 2, 1))
    frozen(first, there)
    with clock.stopped(KNOWN):
        service.type_number(first, there.id, "41")
        alone = sign_in(second).get(f"/angkatan/{there.id}/undian").text
        service.type_number(second, there.id, "14")
        both = sign_in(second).get(f"/angkatan/{there.id}/undian").text
    assert ("Menunggu orang kedua." in alone, "Angkanya belum sama" in alone) == (True, False)
    assert ("Menunggu orang kedua." in both, "Angkanya belum sama" in both) == (False, True)


def test_a_list_is_frozen_typed_by_two_and_drawn_once(centre):
    first, second, here, people = centre
    with clock.stopped(TODAY):
        service.make_round(first, here.id, a_plan())
        service.exempt(first, here.id, "pkh1", "Sedang cuti melahirkan.")
        assert service.round_page(first, here.id).eligible == 8
        published = service.freeze(first, here.id)
        for too_late in (
            lambda: service.exempt(first, here.id, "pkh2", "x"),
            lambda: service.freeze(first, here.id),
            lambda: service.make_round(first, here.id, a_plan()),
            lambda: service.type_number(first, here.id, "41"),
        ):
            with pytest.raises(Conflict):
                too_late()
    with clock.stopped(KNOWN):
        assert service.type_number(first, here.id, " 4 1 ") is False
        assert service.type_number(first, here.id, "42") is False  # the own first word may be mended
        assert service.type_number(second, here.id, "41") is False
        assert service.type_number(first, here.id, "41") is True
        with pytest.raises(Conflict, match="kedua"):
            service.type_number(second, here.id, "41")
        page = service.round_page(first, here.id)
        said = service.draw_file(first, here.id)
    assert page.counts == {CALLED: 3, IN_RESERVE: 2, LATER: 3}
    assert {kabupaten for _name, kabupaten, _rank, _standing in page.called} <= {"Kabupaten Banjar", "Kabupaten Kapuas"}
    assert drawing.faults_of(said, published) == []
    called = {person for person, _k, _r, standing in said["places"] if standing == CALLED}
    assert {m.person_id for m in service.members(here.id)} == called
    assert not called & {people[0], people[1]}
    spells = list(db.session.scalars(select(ExposureSpell).where(ExposureSpell.person_id.in_(called))))
    assert {(s.call_rule, s.lottery_draw, s.called_at) for s in spells} == {("undian", page.round.id, KNOWN.date())}
    passed = service.members(here.id)[0]
    service.set_state(passed.id, PASSED)
    kept = db.session.scalar(select(ExposureSpell).where(ExposureSpell.person_id == passed.person_id))
    assert (kept.status, kept.call_rule, kept.called_at) == (PASSED, "undian", KNOWN.date())
    assert [card.rule for card, _name in service.waiting(first, here.id)] == ["undian", "undian"]
    assert service.public_round(as_actor(people[2]), page.round.id).standing in (CALLED, IN_RESERVE, LATER)
    assert service.public_round(as_actor(people[0]), page.round.id).on_list is False


def test_the_waiting_group_of_a_draw_fills_the_seats_of_who_does_not_come(centre):
    first, second, here, _people = centre
    frozen(first, here)
    with clock.stopped(KNOWN):
        service.type_number(first, here.id, "41")
        service.type_number(second, here.id, "41")
        said = service.draw_file(first, here.id)
        waits = [card.person_id for card, _name in service.waiting(first, here.id)]
        assert set(waits) == {person for person, _k, _r, standing in said["places"] if standing == IN_RESERVE}
        absent = service.members(here.id)[0]
        service.withdraw(first, here.id, absent.id)
        assert service.admit_next(first, here.id) == len(waits)  # the class has more seats than the round
    came = {m.person_id for m in service.members(here.id) if m.state == "berjalan"}
    assert set(waits) <= came
    assert absent.person_id not in came
    spells = list(db.session.scalars(select(ExposureSpell).where(ExposureSpell.person_id.in_(waits))))
    drawn = service.round_page(first, here.id).round.id
    assert [(s.call_rule, s.lottery_draw, s.called_at) for s in spells] == [("undian", drawn, KNOWN.date())] * 2


def test_a_list_that_was_changed_after_freezing_is_refused(centre):
    first, second, here, people = centre
    frozen(first, here)
    with unit_of_work("test.tamper"):
        row = db.session.scalar(select(CallRound))
        row.people = json.dumps([*json.loads(row.people)[1:], ["63.03", people[0]]])
    with clock.stopped(KNOWN):
        service.type_number(first, here.id, "41")
        with pytest.raises(Conflict, match="dibekukan"):
            service.type_number(second, here.id, "41")
    assert service.members(here.id) == []


def test_the_database_itself_refuses_a_second_draw_and_a_draw_by_one_person(centre):
    first, second, here, _people = centre
    frozen(first, here)
    round_id = db.session.scalar(select(CallRound.id))

    def drawn(one: int, two: int) -> None:
        with unit_of_work("test.draw") as uow:
            uow.add(CallDraw(round_id=round_id, number="1", seed="0" * 64, first_by=one, second_by=two))

    with pytest.raises(IntegrityError):
        drawn(first.id, first.id)
    drawn(first.id, second.id)
    with pytest.raises(IntegrityError):
        drawn(second.id, first.id)


def test_what_is_agreed_must_be_sound_and_known_later(centre):
    first, _second, here, _people = centre
    with clock.stopped(TODAY):
        for traits, field in (
            ({"seats": 0}, "seats"),
            ({"waiting": -1}, "waiting"),
            ({"source": "IHSG"}, "source"),
            ({"known_on": TODAY.date()}, "known_on"),
        ):
            with pytest.raises(Invalid) as refusal:
                service.make_round(first, here.id, a_plan(**traits))
            assert refusal.value.faults[0].field == field
        service.make_round(first, here.id, a_plan(seats=50))
        with pytest.raises(Conflict, match="cukup"):
            service.freeze(first, here.id)
    with clock.stopped(KNOWN), pytest.raises(Conflict):
        service.freeze(first, here.id)
    stranger = as_actor(someone("widyaiswara", "R4"))
    for ask in (
        lambda: service.round_page(stranger, here.id),
        lambda: service.freeze(stranger, here.id),
        lambda: service.type_number(stranger, here.id, "41"),
        lambda: service.draw_file(stranger, here.id),
        lambda: service.public_round(stranger, 1),
    ):
        with pytest.raises(NotFound):
            ask()


PEOPLE = [Eligible("63.03", n) for n in range(1, 8)] + [Eligible("62.03", n) for n in range(8, 11)]


def test_anybody_can_work_a_draw_out_from_what_was_published_without_this_program():
    """List hash, seed and ranks as they are promised, by the plain functions of any language."""
    made = drawing.document(TERMS, PEOPLE, "ab" * 32, " 4 1 ")
    told = {"format": "p2k2-undian-1", "people": sorted([p.kabupaten, p.person] for p in PEOPLE), **TERMS}
    text = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    list_hash = sha256(text.encode()).hexdigest()
    seed = sha256(f"{list_hash}\n{'ab' * 32}\n41".encode())
    assert (made["list_hash"], made["seed"]) == (list_hash, seed.hexdigest())
    assert made["commitment"] == sha256(("ab" * 32).encode()).hexdigest()
    for kabupaten, called, reserve in (("62.03", 1, 1), ("63.03", 2, 1)):
        own = [p.person for p in PEOPLE if p.kabupaten == kabupaten]
        own.sort(key=lambda person: hmac.digest(seed.digest(), str(person).encode(), "sha256"))
        ranked = [[person, rank] for person, kab, rank, _standing in made["places"] if kab == kabupaten]
        assert sorted(ranked, key=lambda one: one[1]) == [[person, rank] for rank, person in enumerate(own, 1)]
        standings = [standing for _p, kab, _r, standing in made["places"] if kab == kabupaten]
        assert (standings.count(CALLED), standings.count(IN_RESERVE)) == (called, reserve)


def test_whatever_is_changed_in_the_file_is_noticed():
    good = drawing.document(TERMS, PEOPLE, "ab" * 32, "41")
    assert drawing.faults_of(good, good["list_hash"]) == []
    changes = {
        "seats": 4,
        "number": "42",
        "secret": "cd" * 32,
        "people": good["people"][1:],
        "source": "lain",
        "seed": "0" * 64,
    }
    for key, value in changes.items():
        assert drawing.faults_of({**copy.deepcopy(good), key: value}), key
    swapped = copy.deepcopy(good)
    swapped["places"][0][3], swapped["places"][-1][3] = swapped["places"][-1][3], swapped["places"][0][3]
    assert drawing.faults_of(swapped) == ["places"]
    whole_other = drawing.document(TERMS, PEOPLE[1:], "ab" * 32, "41")
    assert drawing.faults_of(whole_other, good["list_hash"]) == ["published"]
    doubled = drawing.document(TERMS, [*PEOPLE, PEOPLE[0]], "ab" * 32, "41")
    assert "people" in drawing.faults_of(doubled)
    for nonsense in (None, [], {}, {"people": 1}, {**good, "people": [["a"]]}, {**good, "seats": "x"}):
        assert drawing.faults_of(nonsense) == ["format"]


@given(
    st.dictionaries(st.sampled_from("abcde"), st.integers(1, 30), min_size=1),
    st.integers(0, 200),
    st.integers(0, 200),
    st.integers(0, 99),
)
def test_every_place_is_given_and_none_twice(sizes, seats, waiting, number):
    people = [Eligible(k, 1000 * ord(k) + n) for k, size in sizes.items() for n in range(size)]
    seed = drawing.seed_of("0" * 64, "s", str(number))
    places = drawing.draw(people, seats, waiting, seed)
    assert sorted(p.person for p in places) == sorted(p.person for p in people)
    called = [p for p in places if p.standing == CALLED]
    reserve = [p for p in places if p.standing == IN_RESERVE]
    assert len(called) == min(seats, len(people))
    assert len(reserve) == min(waiting, len(people) - len(called))
    for kabupaten, size in sizes.items():
        fair = seats * size / len(people)
        own = sum(p.kabupaten == kabupaten for p in called)
        assert own == size if seats >= len(people) else int(fair) <= own <= int(fair) + 1
    assert sorted(drawing.reserve_order(places, seed)) == sorted(p.person for p in reserve)


def test_the_command_works_a_draw_out_again_and_refuses_a_changed_list(app, tmp_path):
    good = drawing.document(TERMS, PEOPLE, "ab" * 32, "41")
    run = app.test_cli_runner()
    for name, said, code in (("good", good, 0), ("changed", {**good, "people": good["people"][1:]}, 1), ("none", 7, 1)):
        file = tmp_path / f"{name}.json"
        file.write_text(json.dumps(said))
        answer = run.invoke(args=["enrolment", "draw", "verify", str(file), "--published", good["list_hash"]])
        assert (answer.exit_code, json.loads(answer.stdout)["sound"]) == (code, code == 0), name
    broken = tmp_path / "broken.json"
    broken.write_bytes(b"\xff{")
    assert run.invoke(args=["enrolment", "draw", "verify", str(broken)]).exit_code == 1
