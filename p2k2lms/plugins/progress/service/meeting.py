"""What is known of people from the meetings of their class: who came, and whose micro teaching was seen."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import EnrolmentCard
from p2k2lms.plugins.progress.values import Limits


class Met(NamedTuple):
    """Attendance in whole percent, and whether micro teaching was observed; None where nothing is known."""

    attendance: int | None = None
    micro_teaching: bool | None = None


def met_by(enrolments: Sequence[EnrolmentCard], limits: Mapping[tuple[int, str], Limits]) -> dict[int, Met]:
    """The same of these enrolments, by id; those of whom nothing of the kind is asked cost no question."""
    asked = [e for e in enrolments if limits[e.version_id, e.mode].attendance is not None]
    shares = enrolment.attendance_shares(asked) if asked else {}
    return {e.id: Met(shares[e.id].percent) for e in asked if e.id in shares}
