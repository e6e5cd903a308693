"""What is known of people from the meetings of their class: who came, and whose micro teaching was seen."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from p2k2lms.plugins.coaching import service as coaching
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import AttendanceShare, EnrolmentCard
from p2k2lms.plugins.progress.values import Limits


class Met(NamedTuple):
    """Attendance in whole percent, whether micro teaching was observed, and the share behind; None where unknown."""

    attendance: int | None = None
    micro_teaching: bool | None = None
    share: AttendanceShare | None = None


def met_by(enrolments: Sequence[EnrolmentCard], limits: Mapping[tuple[int, str], Limits]) -> dict[int, Met]:
    """The same of these enrolments, by id; those of whom nothing of the kind is asked cost no question."""
    asked = [e for e in enrolments if limits[e.version_id, e.mode].attendance is not None]
    shares = enrolment.attendance_shares(asked) if asked else {}
    seen = _watched([e for e in enrolments if limits[e.version_id, e.mode].micro_teaching])
    return {
        e.id: Met(shares[e.id].percent if e.id in shares else None, seen.get(e.id), shares.get(e.id))
        for e in enrolments
        if e.id in shares or e.id in seen
    }


def _watched(asked: Sequence[EnrolmentCard]) -> dict[int, bool]:
    """Whose micro teaching somebody else has seen in their class; who has not led one yet is not there."""
    classes = sorted({e.angkatan_id for e in asked if e.angkatan_id is not None})
    sheets = coaching.micro_teaching(classes) if classes else {}
    return {e.id: True for e in asked if (e.angkatan_id, e.person_id) in sheets}
