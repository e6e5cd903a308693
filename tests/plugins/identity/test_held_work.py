"""What is held on either engine: whom an admin sees it of, page by page, what is counted, and what ends its wait."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select

from p2k2lms.core import clock, intake, personal, photos
from p2k2lms.core.access import Actor
from p2k2lms.core.db import db
from p2k2lms.core.errors import Conflict
from p2k2lms.core.models import Notice, Submission
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.fieldwork import service as fieldwork
from p2k2lms.plugins.identity import service
from p2k2lms.plugins.identity.models import Person
from p2k2lms.plugins.identity.queries import held as read_held
from p2k2lms.plugins.identity.queries import people as read
from p2k2lms.plugins.identity.service import held
from tests.core.trial import NOON, held_keys, with_trial
from tests.databases import places_of
from tests.factories.enrolment import the_course
from tests.factories.fieldwork import a_group, a_meeting, a_pendamping, an_envelope
from tests.factories.identity import a_person, a_posting, as_actor, someone, the_units
from tests.factories.photos import a_picture

HIGHEST = 2**31 - 1


@pytest.fixture
def trial(both):
    with with_trial(both):
        yield both


@pytest.fixture
def siti(trial):
    the_units()
    return someone("pendamping", "62.03", name="Siti")


@pytest.fixture
def peer(siti):
    return as_actor(someone("pendamping", "62.04", name="Rahmah"))


@pytest.fixture
def admin(siti):
    return as_actor(someone("admin", "62.03", name="Admin Kapuas"))


def a_note(person_id, text="halo"):
    about = {"kind": "trial.note", "v": 2, "device": "HP lama", "seq": 1, "occurred_at": NOON.isoformat()}
    return {**about, "id": str(uuid.uuid4()), "person": person_id, "payload": {"text": text}}


def hold(sender, *people):
    """A note in the name of each, from this phone."""
    for start in range(0, len(people), 100):
        answers = intake.receive(sender, [a_note(person) for person in people[start : start + 100]])
        assert {answer.status for answer in answers} == {"held"}


def whose(paths):
    return {row.person_id for row in read_held.page(paths, clock.today(), 0, 100)}


def test_what_is_held_is_seen_by_whoever_sees_the_person(siti, peer):
    day = clock.today()
    past, to_come = {"valid_to": day - timedelta(days=9)}, {"valid_from": day + timedelta(days=9)}
    left, comes, moved, nowhere = (a_person() for _ in range(4))
    a_posting(left, "pendamping", "62.03", **past)
    a_posting(comes, "pendamping", "62.03", **to_come)
    a_posting(moved, "pendamping", "62.03", **past)
    a_posting(moved, "pendamping", "63.03")
    hold(peer, siti, left, comes, moved, nowhere, HIGHEST, HIGHEST + 1)
    for code in ("62.03", "62.04", "62", "63.03", "R4"):
        paths = [service.unit_by_code(code).path]
        seen = set(db.session.scalars(select(Person.id).where(read.seen_by_officer(paths, day))))
        assert whose(paths) == seen & {siti, left, comes, moved, nowhere}, code
    assert whose([service.unit_by_code("62.03").path]) == {siti, left, comes}


def test_a_long_list_is_walked_page_by_page_and_ends_where_it_began(admin, siti, peer):
    hold(peer, *[siti] * 60)
    walked, after, sizes = [], 0, []
    while after is not None:
        page = service.held_submissions(admin, after)
        walked += [card.key for card in page.cards]
        sizes.append(len(page.cards))
        after = page.next_after
    assert (walked, sizes) == (held_keys(), [25, 25, 10])
    again = service.held_submissions(admin, walked[-1])
    assert (again.after, again.cards[0].key) == (0, walked[0])


def test_an_admin_is_told_how_many_wait_without_those_that_another_decides(admin, siti, peer):
    assert held.held_to_decide(admin) == 0
    hold(peer, siti, siti, admin.id)
    hold(admin, siti)
    assert held.held_to_decide(admin) == 2
    assert held.held_to_decide(as_actor(someone("admin", "62.04"))) == 0
    assert held.held_to_decide(as_actor(someone("admin", "62"))) == 4
    assert [card.own for card in service.held_submissions(admin).cards] == [False, False, True, True]
    hold(peer, *[siti] * 130)
    assert held.held_to_decide(admin) == held.MOST_COUNTED == 100


def test_only_who_let_something_held_be_refused_is_told_why(admin, siti, peer):
    other = as_actor(someone("admin", "62.03"))
    intake.receive(as_actor(siti), [a_note(siti, "terlarang")])
    for sender, person in ((peer, siti), (peer, admin.id)):
        intake.receive(sender, [a_note(person, "terlarang")])
    never_held, hers, admins = db.session.scalars(select(Submission.key).order_by(Submission.key))
    assert service.decide_submission(admin, hers, approve=True).status == "rejected"
    assert service.decide_submission(other, admins, approve=True).status == "rejected"
    told = ["Kata ini tidak boleh."]
    assert [held.why_refused(admin, key) for key in (never_held, hers, admins)] == [[], told, []]
    assert [held.why_refused(other, key) for key in (never_held, hers, admins)] == [[], [], told]


@pytest.mark.parametrize("number", [987_654, HIGHEST, HIGHEST + 1, 2**53])
def test_what_bears_a_number_that_nobody_has_is_refused_at_night_and_nothing_else(siti, peer, number):
    hold(peer, siti, number)
    held.refuse_of_nobody()
    rows = db.session.execute(select(Submission.person_id, Submission.status)).all()
    assert dict(map(tuple, rows)) == {siti: "held", number: "rejected"}
    assert list(db.session.scalars(select(Notice))) == []


def test_who_is_made_nameless_leaves_nothing_that_waits_and_no_words_in_other_hands(siti, peer, admin):
    hold(peer, siti, siti, siti)
    intake.receive(Actor(siti, "Siti", closed=True), [a_note(siti)])
    service.decide_submission(admin, held_keys()[0], approve=True)
    service.decide_submission(admin, held_keys()[0], approve=False, reason="Siti tidak mengenalnya.")
    intake.receive(peer, [a_note(peer.id, "milik sendiri")])
    assert places_of(["halo", "tidak mengenalnya"]).keys() >= {"core_submission"}
    with unit_of_work("test.forget"):
        personal.forget(siti)
    rows = db.session.scalars(select(Submission).order_by(Submission.key)).all()
    assert [row.status for row in rows] == ["accepted", *["rejected"] * 3, "accepted"]
    assert [bool(row.raw) for row in rows] == [False] * 4 + [True]
    assert "tidak mengenalnya" not in str([row.faults for row in rows])
    assert service.held_submissions(admin).cards == ()


def test_what_lost_its_words_is_shown_as_such_and_can_only_be_refused(siti, peer, admin):
    hold(peer, siti)
    with unit_of_work("test.cover"):
        db.session.scalars(select(Submission)).one().raw = ""
    [card] = service.held_submissions(admin).cards
    assert card.gone
    with pytest.raises(Conflict):
        service.decide_submission(admin, card.key, approve=True)
    assert held_keys() == [card.key]
    assert service.decide_submission(admin, card.key, approve=False, reason="Tidak dikenal.").status == "rejected"


def test_a_report_and_its_photo_of_a_closed_account_count_in_their_order(both):
    the_course()
    leader = as_actor(a_pendamping())
    admin = as_actor(someone("admin", "62.03"))
    leaver = Actor(leader.id, leader.name, closed=True)
    told = an_envelope(leader, "meeting", a_meeting([a_group(leader.id).id]))
    sha = photos.receive(leaver, a_picture())
    shown = an_envelope(leader, "photo", {"meeting": told["id"], "photo": sha})
    assert [a.status for a in intake.receive(leaver, [told, shown])] == ["held", "held"]
    report, photo = held_keys()
    with pytest.raises(Conflict, match="menyusul"):
        service.decide_submission(admin, photo, approve=True)
    with clock.stopped(clock.now() + timedelta(days=30)):
        assert service.decide_submission(admin, report, approve=True).status == "accepted"
        assert service.decide_submission(admin, photo, approve=True).status == "accepted"
    card = fieldwork.meeting(leader, uuid.UUID(told["id"])).card
    assert len(fieldwork.photos_of(card)) == 1
