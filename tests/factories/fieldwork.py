"""Groups, holders and meetings for tests: a whole one each, a test names only what it is about."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime
from itertools import count
from typing import Any

from p2k2lms.core import clock, intake
from p2k2lms.core.access import Actor
from p2k2lms.core.errors import NotFound
from p2k2lms.core.submissions import Answer
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.fieldwork.models import Custody, Group, RosterChange
from p2k2lms.plugins.fieldwork.queries import groups as read
from p2k2lms.plugins.fieldwork.values import GroupCard
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.identity.values import UnitCard
from tests.factories.enrolment import KAPUAS, the_course, the_unit
from tests.factories.identity import someone

_number = count(1)
KECAMATAN = "62.03.01"
SINCE = date(2025, 1, 1)


def a_desa(code: str = f"{KECAMATAN}.9001") -> UnitCard:
    """A desa of Kapuas."""
    the_unit(KAPUAS)
    try:
        return identity.unit_by_code(code)
    except NotFound:
        identity.import_units(f"kemendagri_code,name\n{code},Desa {code}\n", apply=True)
        return identity.unit_by_code(code)


def a_pendamping(code: str = KAPUAS, **traits: Any) -> int:
    """Somebody who works in Kapuas."""
    the_unit(KAPUAS)
    return someone("pendamping", code, **traits)


def a_group(holder: int | None = None, members: int = 20, desa: str = f"{KECAMATAN}.9001", **traits: Any) -> GroupCard:
    """A group that exists since long ago, in these hands, with so many families from its first day."""
    unit = a_desa(desa)
    since = traits.get("valid_from", SINCE)
    where = {"unit_id": unit.id, "unit_path": unit.path, "zone": unit.zone, "valid_from": since}
    with unit_of_work("test.a_group") as uow:
        made = uow.add(Group(**{"name": f"Kelompok {next(_number)}", **where} | traits)).id
        if holder is not None:
            uow.add(Custody(group_id=made, pendamping_id=holder, valid_from=since))
        if members:
            came = {"on_day": since, "delta": members, "reason": "masuk", "person_id": holder or a_pendamping()}
            uow.add(RosterChange(id=uuid.uuid4(), group_id=made, **came))
    return group_now(made)


def group_now(group_id: int) -> GroupCard:
    """The group as it is today."""
    card = read.card(group_id, clock.today())
    assert card is not None
    return card


def held(group_id: int, person_id: int, since: date, until: date | None = None) -> None:
    """This person holds the group over these days."""
    with unit_of_work("test.held") as uow:
        uow.add(Custody(group_id=group_id, pendamping_id=person_id, valid_from=since, valid_to=until))


def an_envelope(actor: Actor, kind: str, payload: dict[str, Any], **traits: Any) -> dict[str, Any]:
    """What a phone sends from the field."""
    at: datetime = clock.now()
    ordinary = {"id": str(uuid.uuid4()), "kind": f"fieldwork.{kind}", "v": 1, "person": actor.id, "device": "hp-uji"}
    return {**ordinary, "seq": 1, "occurred_at": at.isoformat(), "payload": payload} | traits


def sends(actor: Actor, kind: str, payload: dict[str, Any], **traits: Any) -> Answer:
    """One thing sent from the field, and its answer."""
    return intake.receive(actor, [an_envelope(actor, kind, payload, **traits)])[0]


def a_meeting(groups: Iterable[int], **traits: Any) -> dict[str, Any]:
    """The payload of a meeting of these groups: sesi 1 of the tiny course, all langkah done, twelve women each."""
    ids = list(groups)
    same = {name: [n] * len(ids) for name, n in (("women", 12), ("men", 0), ("children", 3), ("homework", 8))}
    what = {"version_id": the_course().id, "sesi": "m1-s01", "steps": "yyy", "on_day": clock.today().isoformat()}
    return {"groups": ids, **same, **what} | traits


def changes(group_id: int, **traits: Any) -> dict[str, Any]:
    """The payload of one family that came today."""
    return {"group": group_id, "on_day": clock.today().isoformat(), "change": "masuk", "count": 1} | traits
