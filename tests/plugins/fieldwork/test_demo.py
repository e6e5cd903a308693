"""Synthetic field work: the same for the same seed, and nothing new when it is loaded again."""

from sqlalchemy import func, select

from p2k2lms.core import clock
from p2k2lms.core.db import db
from p2k2lms.plugins.fieldwork import demo, service
from p2k2lms.plugins.fieldwork.models import Group, Meeting, MeetingGroup, RosterChange, Verification
from p2k2lms.plugins.fieldwork.values.words import FOUND
from tests.conftest import an_actor
from tests.factories.catalogue import TINY
from tests.factories.enrolment import the_course
from tests.factories.fieldwork import a_desa, a_pendamping
from tests.factories.identity import as_actor


def count(table):
    return db.session.scalar(select(func.count()).select_from(table))


def test_every_pendamping_gets_five_groups_with_families_and_meetings_once(both):
    a_desa(), the_course()
    people = [a_pendamping() for _ in range(3)]
    demo.load("small", 7)
    assert set(db.session.scalars(select(Verification.result))) & set(FOUND)
    first = [count(table) for table in (Group, RosterChange, Meeting, MeetingGroup)]
    assert first[0] == 15
    assert first[2] == first[3] > 0
    groups = service.own_groups(as_actor(people[0]))
    assert [18 <= group.members <= 45 for group in groups] == [True] * 5
    assert service.month_facts(clock.today(), people)[people[0]].groups_due == 5
    kept = db.session.execute(select(MeetingGroup.group_id, MeetingGroup.numbers)).all()
    ticked = {group for group, numbers in kept if numbers is not None}
    assert 0 < len(ticked) < 15
    needed = service.cards_in_need(an_actor(9, "widyaiswara"), TINY)
    assert needed is not None, "a newcomer finds cards that need their author"
    demo.load("small", 7)
    assert [count(table) for table in (Group, RosterChange, Meeting, MeetingGroup)] == first
