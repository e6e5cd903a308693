"""Whether somebody sits in the room of the class at a moment, for the plugins above."""

from datetime import datetime, timedelta

from p2k2lms.plugins.enrolment.queries import sessions as read
from p2k2lms.plugins.enrolment.rules import attending
from p2k2lms.plugins.enrolment.values import EnrolmentCard
from p2k2lms.plugins.identity import service as identity

A_DAY = timedelta(days=1)


def in_room(card: EnrolmentCard, at: datetime) -> bool:
    """True where a meeting in a room holds this member then, in a class that meets in one."""
    if card.angkatan_id is None or card.mode == "daring":
        return False
    held = read.in_rooms(card.angkatan_id, card.person_id, (at - A_DAY).date(), (at + A_DAY).date())
    if not held:
        return False
    zone = identity.unit(held[0][0]).zone
    return attending.is_in_room(
        attending.InRoom(starts, minutes, attending.minute_of(at, day, zone), status)
        for _centre, day, starts, minutes, status in held
    )
