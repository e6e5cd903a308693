"""Demo people: the accounts and where they stand, the numbers, and that one seed makes one crowd."""

from datetime import date

import pytest
from sqlalchemy import func, select

from p2k2lms.core import nature
from p2k2lms.core.db import db
from p2k2lms.core.errors import Conflict
from p2k2lms.plugins.identity import service
from p2k2lms.plugins.identity.demo import load
from p2k2lms.plugins.identity.models import Person, Posting, Supervision, Unit
from tests import databases

TODAY = date(2026, 11, 21)


def accounts():
    rows = select(Person.pkh_id, Posting.role, Unit.kemendagri_code).join(Posting, Posting.person_id == Person.id)
    rows = rows.join(Unit, Unit.id == Posting.unit_id).where(Person.password_hash.is_not(None))
    return {word: (role, code) for word, role, code in db.session.execute(rows)}


def test_the_shared_accounts_stand_where_the_design_says(both):
    nature.be_born(demo=True)
    load("small", 7)
    assert accounts() == {
        "pendamping": ("pendamping", "62.03"),
        "supervisor": ("supervisor", "62.03"),
        "koordinator": ("koordinator", "62.03"),
        "dinsos": ("dinsos", "62.03"),
        "widyaiswara": ("widyaiswara", "R4"),
        "panitia": ("panitia", "R4"),
        "evaluator": ("evaluator", "R4"),
        "kementerian": ("evaluator", "ID"),
        "admin": ("admin", "ID"),
    }
    ids = {row.pkh_id: row.id for row in db.session.execute(select(Person.pkh_id, Person.id))}
    assert service.supervisor_of(ids["pendamping"], TODAY) == ids["supervisor"]
    assert ids["pendamping"] in service.demo_people("pendamping")
    assert len(service.demo_people("pendamping")) == 40
    assert service.units_below(["/ID/R4/"], "desa", 99)


def test_loading_again_adds_nobody(demo):
    before = db.session.scalar(select(func.count()).select_from(Person))
    load("small", 7)
    assert db.session.scalar(select(func.count()).select_from(Person)) == before


def crowd(seed):
    nature.be_born(demo=True)
    load("small", seed)
    return db.session.execute(select(Person.name, Person.phone, Person.birth_date).order_by(Person.id)).all()


def test_one_seed_makes_one_crowd_and_another_another(sqlite_app):
    crowds = []
    for seed in (7, 7, 8):
        with databases.clean(sqlite_app):
            crowds.append(crowd(seed))
    assert crowds[0] == crowds[1]
    assert crowds[0] != crowds[2]


def test_a_larger_scale_adds_what_is_missing_and_everyone_has_a_supervisor_nearby(demo):
    load("regional", 7)
    pendamping = service.demo_people("pendamping")
    assert len(pendamping) == 1_142
    assert db.session.scalar(select(func.count()).select_from(Supervision)) == 1_142
    most = select(func.count()).select_from(Supervision).group_by(Supervision.supervisor_id)
    assert max(db.session.scalars(most)) <= 41
    assert len({unit.path for unit in service.home_units(pendamping, TODAY).values()}) == 42
    supervisors = {person: service.supervisor_of(person, TODAY) for person in pendamping[::100]}
    homes = service.home_units([*supervisors, *supervisors.values()], TODAY)
    assert all(homes[person].id == homes[boss].id for person, boss in supervisors.items())


def test_nobody_in_the_demo_has_a_number_that_could_be_real(demo):
    assert all(phone.startswith("+62800") for phone in db.session.scalars(select(Person.phone)))


def test_a_real_database_refuses_demo_people(app):
    nature.be_born(demo=False)
    with pytest.raises(Conflict):
        load("small", 7)
    assert db.session.scalar(select(func.count()).select_from(Person)) == 0
