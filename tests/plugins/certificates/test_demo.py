"""The demo people of all plugins together: what they have read, sat and earned fits, and is there once."""

from collections import Counter

import pytest
from sqlalchemy import func, select

from p2k2lms.core import clock
from p2k2lms.core.db import db
from p2k2lms.core.models import Audit, DirtyMark, Job
from p2k2lms.plugins.assessment import service as assessment
from p2k2lms.plugins.assessment.values import POST
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.certificates.models import Certificate
from p2k2lms.plugins.certificates.values import LETTER
from p2k2lms.plugins.coaching import service as coaching
from p2k2lms.plugins.dashboards.models import Alert
from p2k2lms.plugins.delivery import service as delivery
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.models import ExposureSpell
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.progress.models import Completion, Equivalence
from tests.demo import installed, load
from tests.factories.identity import as_actor

OPEN, PAST, RUNNING, PLANNED = 1, 2, 3, 4  # the classes in the order of their making


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """A demo of the smallest scale, which no test here changes."""
    with installed(tmp_path_factory) as app, app.app_context():
        yield app


@pytest.fixture(scope="module")
def classes(demo):
    """The four classes, and of each member the share of the required cards read."""
    found = {}
    for name, card in zip((OPEN, PAST, RUNNING, PLANNED), enrolment.all_classes(), strict=True):
        required = catalogue.required_steps(card.version_id)
        members = enrolment.members(card.id)
        read = delivery.done_counts([m.person_id for m in members], card.course, required)
        found[name] = (card, {m.id: read.get(m.person_id, 0) / len(required) for m in members})
    return found


def decided(angkatan_id):
    return list(db.session.scalars(select(Completion).where(Completion.angkatan_id == angkatan_id)))


def test_nobody_has_a_post_test_before_reading_everything(classes):
    for card, read in classes.values():
        sat = {e for e, scores in assessment.scores_of(list(read)).items() if POST in scores}
        assert all(read[e] == 1 for e in sat)
        assert bool(sat) is (card.id in (classes[OPEN][0].id, classes[PAST][0].id))


def test_in_the_open_class_some_have_not_begun_some_are_half_way_and_some_hold_a_certificate(classes):
    card, read = classes[OPEN]
    kinds = Counter("none" if share == 0 else "all" if share == 1 else "some" for share in read.values())
    assert min(kinds["none"], kinds["some"], kinds["all"]) >= 2
    passed = decided(card.id)
    assert len(passed) >= 2
    assert all(row.decision == "lulus" and row.decided_by is None for row in passed)
    assert all(read[row.enrolment_id] == 1 for row in passed)


def test_the_demo_pendamping_begins_with_nothing(classes):
    learner = identity.find_people(["pendamping"])["pendamping"]
    (mine,) = enrolment.enrolments_of(learner.id)
    assert mine.open_door
    assert classes[OPEN][1][mine.id] == 0


def test_the_past_class_is_closed_and_decided_by_its_widyaiswara_and_who_passed_holds_a_certificate(classes):
    card, _ = classes[PAST]
    rows = decided(card.id)
    trainer = identity.find_people(["widyaiswara"])["widyaiswara"]
    assert card.closed_at is not None
    assert {row.decided_by for row in rows} == {trainer.id}
    assert len(rows) == card.taken
    assert {row.decision for row in rows} == {"lulus", "tidak_lulus"}
    held = db.session.scalars(select(Certificate).order_by(Certificate.seq))
    days = {row.completion_id: row.issued_on for row in held}
    assert all((row.id in days) is (row.decision == "lulus") for row in rows)
    assert list(days.values()) == sorted(days.values())
    ended = db.session.scalars(select(ExposureSpell).where(ExposureSpell.object_ref == f"angkatan:{card.id}"))
    assert {spell.status for spell in ended} == {"lulus", "selesai"}


LEFT_BY_OTHERS = (Audit.__tablename__, DirtyMark.__tablename__, Job.__tablename__)


def test_no_work_waits_and_loading_again_adds_nothing(demo):
    def rows():
        counted = [t for t in db.metadata.sorted_tables if t.name not in LEFT_BY_OTHERS]
        return {t.name: db.session.scalar(select(func.count()).select_from(t)) for t in counted}

    def waiting():
        return db.session.scalar(select(func.count()).where(Job.name.startswith("certificates.")))

    before = rows()
    assert waiting() == 0
    load(demo)
    assert (rows(), waiting()) == (before, 0)


def test_the_demo_is_the_same_for_the_same_seed(demo, classes):
    card, read = classes[PAST]
    ways = [enrolment.demo_way(card, person, 7) for person in read]
    assert ways == [enrolment.demo_way(card, person, 7) for person in read]
    assert ways != [enrolment.demo_way(card, person, 8) for person in read]


def test_the_classes_in_a_room_have_met_and_the_next_one_waits_for_its_draw(demo):
    actor = as_actor(identity.find_people(["widyaiswara"])["widyaiswara"].id)
    _door, past, running, planned = enrolment.all_classes()
    for card in (past, running):
        meetings = [m for _day, found in enrolment.timetable(actor, card.id).days for m in found]
        over = [m for m in meetings if m.on_day < clock.today()]
        assert over
        assert all(m.closed_at and m.head_count for m in over)
        shares = enrolment.attendance_shares(enrolment.members(card.id))
        assert len(shares) == card.taken
        assert min(share.percent for share in shares.values()) < 100
        seen = {person for angkatan, person in coaching.micro_teaching([card.id]) if angkatan == card.id}
        assert len(seen) >= 10
    subjects = [s for s in enrolment.timetable(actor, running.id).subjects if s.jp]
    assert all(s.trainer and s.substitute and s.trainer != s.substitute for s in subjects)
    page = enrolment.round_page(actor, planned.id)
    assert page.round.frozen_at is not None
    assert page.draw is None
    assert page.eligible > page.round.seats


def test_paths_of_coaching_stand_in_every_state_and_the_oldest_has_its_letter(demo):
    supervisor = identity.find_people(["supervisor"])["supervisor"].id
    paths = coaching.paths_of(identity.supervised_by(supervisor, clock.today()))
    assert Counter((path.state, path.coach_id == supervisor) for path in paths) == {
        ("selesai", False): 3,
        ("berhenti", False): 1,
        ("berjalan", True): 2,
        ("berjalan", False): 2,
    }
    letters = db.session.scalars(select(Certificate).where(Certificate.kind == LETTER)).all()
    assert [letter.person_id for letter in letters] == [min(paths, key=lambda path: path.id).person_id]
    oldest = min(paths, key=lambda path: path.valid_from)
    decided = {row.path_id: row.decision for row in db.session.scalars(select(Equivalence))}
    assert decided == {min(paths, key=lambda path: path.id).id: "setara", oldest.id: "belum_setara"}
    open_rules = {row.rule for row in db.session.scalars(select(Alert).where(Alert.closed_on.is_(None)))}
    assert {"A-04", "A-13", "A-14"} <= open_rules
    own = identity.find_people(["pendamping"])["pendamping"].id
    assert Counter(sheet.own for sheet in coaching.sheets_of(own)) == {True: 3, False: 3}
