"""Who somebody is, where they work, who supervises whom, and who may see whom."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from p2k2lms.core import clock
from p2k2lms.core.access import Actor
from p2k2lms.core.errors import NotFound
from p2k2lms.core.once import once_per_page
from p2k2lms.core.questions import Ahead
from p2k2lms.plugins.identity import rules
from p2k2lms.plugins.identity.models import Unit
from p2k2lms.plugins.identity.queries import care as read_care
from p2k2lms.plugins.identity.queries import held as read_held
from p2k2lms.plugins.identity.queries import people as read
from p2k2lms.plugins.identity.service.cards import person_card, posting_card, unit_card
from p2k2lms.plugins.identity.values import CareLine, PersonCard, PostingCard, UnitCard

SEE_PEOPLE_OF_UNIT = ("koordinator", "admin")


def person(person_id: int) -> PersonCard:
    """The person; NotFound if there is none."""
    row = read.person(person_id)
    if row is None:
        raise NotFound("person")
    return person_card(row)


def people(ids: Iterable[int]) -> dict[int, PersonCard]:
    """These people by id; who does not exist is left out."""
    return {row.id: person_card(row) for row in read.people(ids)}


def names(ids: Iterable[int]) -> dict[int, str]:
    """Only the names of these people by id: for long lists."""
    return read.names(ids)


def name_of(person_id: Any) -> Any:
    """The name of whoever a column stands for, as a part of a SELECT: saves lists a question of their own."""
    return read.name_of(person_id)


def unit_name_of(unit_id: Any) -> Any:
    """The same for a unit."""
    return read.unit_name_of(unit_id)


def zone_at_home(person_id: Any, day: date) -> Any:
    """The zone of where whoever a column stands for works on the day, as a part of a SELECT; NULL without a posting."""
    return read_care.at_home(Unit.zone, person_id, day)


def home_unit(person_id: int, day: date) -> UnitCard | None:
    """Where the person works on the day: as pendamping, if at all; None without a posting."""
    return head(person_id, day)[1]


def head(person_id: int, day: date) -> tuple[PersonCard | None, UnitCard | None]:
    """A person and the home unit of the day, where there are any."""
    person, posted = _about(person_id, day)
    return person, posted[0][1] if posted else None


@once_per_page
def _about(person_id: int, day: date) -> tuple[PersonCard | None, list[tuple[str, UnitCard]]]:
    row, _led, posted = read.about(person_id, day)
    return person_card(row) if row else None, [(role, unit_card(unit)) for role, unit in posted]


def home_units(ids: Iterable[int], day: date) -> dict[int, UnitCard]:
    """The same for many people; who has no posting on the day is left out."""
    return {person_id: unit_card(unit) for person_id, unit in read.homes(ids, day).items()}


def home_names(ids: Iterable[int], day: date) -> dict[int, str]:
    """Only the names of these people's home units: for long lists."""
    return read.home_names(ids, day)


def zone_of(person_id: int) -> str:
    """The IANA zone of where the person works today; Central Indonesian Time without a posting."""
    home = home_unit(person_id, clock.today())
    return home.zone if home else clock.HOME


def zones_of(ids: Iterable[int]) -> dict[int, str]:
    """The same for many people, every one of them."""
    wanted = list(ids)
    homes = home_units(wanted, clock.today())
    return {person_id: homes[person_id].zone if person_id in homes else clock.HOME for person_id in wanted}


def postings_of(person_id: int) -> list[PostingCard]:
    """Every posting the person has had, open ones first."""
    return [posting_card(row, unit) for row, unit in read.postings_of(person_id)]


def supervised(supervisor_id: Any, day: Any) -> Any:
    """Whom this person supervises on the day, as a SELECT of `pendamping_id` for others to filter by."""
    return read.supervised(supervisor_id, day)


def ahead(actor: Actor) -> list[Ahead]:
    """What the home page will ask: whom a supervisor supervises today, and what is held for an admin to decide."""
    me, today, paths = actor.id or 0, clock.today(), actor.paths("admin")
    asked = [read.supervised_by.ahead(me, today)] if "supervisor" in actor.roles else []
    return [*asked, read_held.to_decide.ahead(me, paths, today)] if paths else asked


def supervised_by(supervisor_id: int, day: date) -> list[int]:
    """The ids of the pendamping whom this person supervises on the day."""
    return read.supervised_by(supervisor_id, day)


def supervisor_of(person_id: int, day: date) -> int | None:
    """The id of whoever supervises this pendamping on the day."""
    return read.about(person_id, day)[1]


def people_of_units(
    paths: Sequence[str], roles: Sequence[str], day: date, after_id: int = 0, limit: int = 1000
) -> list[PersonCard]:
    """People with one of these roles on the day in these units or below, by id, from behind `after_id`."""
    return [person_card(row) for row in read.people_of_units(paths, roles, day, after_id, limit)]


def ids_of_units(
    paths: Sequence[str], roles: Sequence[str], day: date, after_id: int = 0, limit: int | None = 1000
) -> list[int]:
    """Only the ids of these people: for long lists."""
    return read.ids_of_units(paths, roles, day, after_id, limit)


def in_care(
    supervisor_id: int, paths: Sequence[str], others: Any, after_id: int = 0, limit: int | None = None
) -> list[CareLine]:
    """Whom somebody supervises today, the pendamping of these units and others, a SELECT of ids: by id, behind one."""
    rows = read_care.people(read_care.Care(supervisor_id, paths, others), clock.today(), after_id, limit)
    return [CareLine(row.id, row.name, row.home or "", bool(row.close)) for row in rows]


def posted_below(name: str, number: int, role: str, day: Any) -> Any:
    """Who holds a role on the day in so many units or below, as a SELECT of `person_id` for others to filter by; the
    units are named as `questions.below` names them."""
    return read.posted_below(name, number, role, day)


def demo_people(role: str) -> list[int]:
    """The ids of all who hold a role today anywhere: for the demo loaders of other plugins."""
    return read.ids_with_role(role, clock.today())


def is_assigned(actor: Actor, person_id: int) -> bool:
    """The scope `assigned`: the actor supervises this person today."""
    return actor.id is not None and actor.id == supervisor_of(person_id, clock.today())


def may_see_people_in(actor: Actor, unit_path: str) -> bool:
    """Koordinator and admin those of their units, as `may_see` has it of each."""
    return rules.is_within(unit_path, actor.paths(*SEE_PEOPLE_OF_UNIT))


def may_see(actor: Actor, person_id: int, day: date) -> bool:
    """One's own record; a supervisor the people supervised on the day; koordinator and admin those of their units."""
    if actor.id is None:
        return False
    tops = actor.paths(*SEE_PEOPLE_OF_UNIT)
    if actor.id == person_id or (tops and any(rules.is_within(u.path, tops) for _, u in _about(person_id, day)[1])):
        return True
    return actor.id == supervisor_of(person_id, day)
