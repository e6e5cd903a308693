"""People and units for tests: a whole one each, a test names only what it is about."""

from collections.abc import Sequence
from datetime import date
from itertools import count
from typing import Any

from sqlalchemy import insert, select

from p2k2lms.core.access import Actor
from p2k2lms.core.access import Posting as Held
from p2k2lms.core.db import db
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.identity import service
from p2k2lms.plugins.identity.models import Person, Posting, Supervision, Unit
from tests import ground

_number = count(1)
LONG_AGO = date(2020, 1, 1)


def the_units() -> dict[str, int]:
    """Regional IV as it ships; ids by Kemendagri code."""
    ground.stand("the units", service.ship_units, Unit)
    return {code: unit_id for code, unit_id in db.session.execute(select(Unit.kemendagri_code, Unit.id))}


def a_person(**traits: Any) -> int:
    """An account that works, without posting and password; returns its id."""
    n = next(_number)
    ordinary = {"name": f"Orang {n}", "phone": f"+62813{n:08d}", "pkh_id": f"uji{n}"}
    with unit_of_work("test.a_person") as uow:
        return uow.add(Person(**ordinary | traits)).id


def a_posting(person_id: int, role: str, code: str, **traits: Any) -> int:
    """A posting that holds since long ago, in the unit with this code."""
    unit_id = service.unit_by_code(code).id
    with unit_of_work("test.a_posting") as uow:
        row = Posting(**{"person_id": person_id, "role": role, "unit_id": unit_id, "valid_from": LONG_AGO} | traits)
        return uow.add(row).id


def someone(role: str, code: str, **traits: Any) -> int:
    """A person with one posting."""
    person_id = a_person(**traits)
    a_posting(person_id, role, code)
    return person_id


def supervised(supervisor_id: int, pendamping_id: int, **traits: Any) -> int:
    """A supervision that holds since long ago."""
    with unit_of_work("test.supervised") as uow:
        ordinary = {"supervisor_id": supervisor_id, "pendamping_id": pendamping_id, "valid_from": LONG_AGO}
        return uow.add(Supervision(**ordinary | traits)).id


def as_actor(person_id: int) -> Actor:
    """The actor that this person is today."""
    held = tuple(Held(p.role, p.unit.id, p.unit.path) for p in service.postings_of(person_id) if p.valid_to is None)
    return Actor(person_id, service.person(person_id).name, held)


def many_people(role: str, homes: Sequence[str], traits: Sequence[dict[str, Any]]) -> list[int]:
    """As many people as `traits`, each with one posting in the unit of the same place in `homes`; written at once."""
    units = {code: service.unit_by_code(code).id for code in set(homes)}
    named = [{"name": f"Orang {n}", "pkh_id": f"banyak{n}", **said} for n, said in enumerate(traits, 1)]
    with unit_of_work("test.many_people"):
        ids = list(db.session.scalars(insert(Person).returning(Person.id, sort_by_parameter_order=True), named))
        held = [
            {"person_id": person, "role": role, "unit_id": units[home], "valid_from": LONG_AGO}
            for person, home in zip(ids, homes, strict=True)
        ]
        db.session.execute(insert(Posting), held)
    return ids
