"""Whoever is made nameless is found nowhere any more, and not one figure of the platform changes."""

import pytest

from p2k2lms.core import clock
from p2k2lms.core.db import db
from p2k2lms.core.errors import Conflict
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.fieldwork.models import GroupMonth, LeaderMonth
from p2k2lms.plugins.fieldwork.service import facts
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.identity.models import Person
from p2k2lms.plugins.indicators.models import IndicatorMonth
from p2k2lms.plugins.indicators.service import counting
from tests.access.world import NOON
from tests.databases import places_of


def figures() -> dict[str, list[tuple[object, ...]]]:
    """Everything that is counted, counted anew, without the hour of counting."""
    facts.nightly()
    facts.rebuild()
    counting.nightly()
    counting.roll_up()
    found = {}
    for model in (IndicatorMonth, GroupMonth, LeaderMonth):
        columns = [c for c in model.__table__.columns if c.name not in {"as_of", "id"}]
        found[model.__tablename__] = sorted(map(tuple, db.session.execute(db.select(*columns))), key=repr)
    return found


@pytest.mark.slow(reason="counts every figure twice")
def test_nobody_finds_the_person_again_and_no_figure_changes(each_world):
    world = each_world
    person, admin = world.person("pendamping"), world.actor("admin")
    with clock.stopped(NOON), world.as_it_was():
        row = db.session.get(Person, person)
        with unit_of_work("test.tell") as uow:
            uow.notify(admin.id, "fieldwork.acknowledged", "/", month="11", who=row.name)
        row_words = [row.name, row.phone, row.pkh_id]
        identity.ask_erasure(world.actor("pendamping"))
        [asked] = [card for card in identity.requests(admin) if card.ended_at is None]
        with pytest.raises(Conflict, match="masih bertugas"):
            identity.carry_out(admin, asked.id)
        identity.end_posting(admin, world.ids["posting_id"], clock.today(), "")
        before = figures()
        assert {"identity_person", "certificates_certificate"} <= places_of(row_words).keys()
        assert len(before["indicators_indicator_month"]) > 100

        identity.carry_out(admin, asked.id)

        assert places_of(row_words) == {}
        assert figures() == before
        assert identity.person(person).name == f"Tanpa nama {person}"
