"""What the pages of a class and of a person know they will ask, to be asked in one statement."""

from collections.abc import Collection

from p2k2lms.core import clock
from p2k2lms.core.access import Actor
from p2k2lms.core.questions import Ahead
from p2k2lms.plugins.enrolment import queries
from p2k2lms.plugins.enrolment.queries import asked, attending, seats

RUN_CLASSES = {"widyaiswara", "panitia"}


def ahead_of_members(angkatan_id: int, after_id: int = 0, limit: int | None = None) -> list[Ahead]:
    """A class and who sits in it, all of them unless told."""
    whole = not after_id and limit is None
    those = seats.members.ahead(angkatan_id) if whole else seats.page.ahead(angkatan_id, after_id, limit)
    return [queries.angkatan.ahead(angkatan_id), those]


def ahead_of_names(angkatan_id: int, after_id: int = 0, limit: int | None = None) -> Ahead:
    """What they are called."""
    return seats.names.ahead(angkatan_id, after_id, limit)


def ahead_of_grid(angkatan_id: int) -> list[Ahead]:
    """A class and what its people learn there and elsewhere, their names, and the meetings they were at."""
    return [
        queries.angkatan.ahead(angkatan_id),
        seats.members_elsewhere_too.ahead(angkatan_id),
        ahead_of_names(angkatan_id),
        attending.meetings_until.ahead((angkatan_id,), clock.today()),
    ]


def ahead_of_attended(angkatan_id: int) -> list[Ahead]:
    """A class, and each member with the share of the meetings."""
    return [queries.angkatan.ahead(angkatan_id), attending.attended.ahead(angkatan_id, clock.today())]


def ahead_of_person(actor: Actor, person_id: int, part: str) -> list[Ahead]:
    """What a page about one person asks: the classes, for who runs some and where marks are shown; there the seats."""
    learning = part == "person.page"
    found = [asked.classes_of.ahead(person_id)] if learning or actor.roles & RUN_CLASSES else []
    return [*found, queries.of_person.ahead(person_id)] if learning else found


def ahead_of_trained(person_id: int) -> list[Ahead]:
    """What one person has finished."""
    return [asked.finished.ahead(person_id)]


def ahead_of_trainings(person_id: int) -> list[Ahead]:
    """The same with the classes and the seats in them."""
    classes, seats_of = asked.classes_of.ahead(person_id), queries.of_person.ahead(person_id)
    return [*ahead_of_trained(person_id), classes, seats_of]


def ahead_of_shares(angkatan_ids: Collection[int]) -> list[Ahead]:
    """What people of these classes were at of the meetings up to today."""
    return [attending.meetings_until.ahead(tuple(sorted(angkatan_ids)), clock.today())] if angkatan_ids else []
