"""What the pages of a class know they will ask, to be asked in one statement."""

from p2k2lms.core import clock
from p2k2lms.core.questions import Ahead
from p2k2lms.plugins.enrolment import queries
from p2k2lms.plugins.enrolment.queries import attending, seats


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
