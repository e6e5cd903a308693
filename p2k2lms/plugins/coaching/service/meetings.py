"""The sheets of one meeting with families: what its leader said and what others saw, for who may know either."""

from dataclasses import dataclass
from datetime import date

from p2k2lms.core import clock
from p2k2lms.core.access import Actor, allowed
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.coaching.permissions import CREATE_OBSERVATION, READ_OBSERVATION
from p2k2lms.plugins.coaching.queries import sheets as read
from p2k2lms.plugins.coaching.values import About, Sheet


@dataclass(frozen=True)
class MeetingSheets:
    """The sheets that the reader may open, each with the name of who filled it, and whether one may be filled."""

    sheets: tuple[tuple[Sheet, str], ...]
    reader_id: int | None
    own: bool
    may_fill: bool


def meeting_sheets(
    actor: Actor, subject_ref: str, leader_id: int, version_id: int, sesi: str, on_day: date
) -> MeetingSheets:
    """What was observed at a meeting; of others' sheets nothing for who only looks after the group.

    Its leader and a supervisor are shown the way to a sheet of their own; other coaches find it on the path.
    """
    own, today = actor.id == leader_id, About(leader_id, clock.today())
    known = read.of_meeting(subject_ref, leader_id, sesi, on_day)
    reads_all = bool(known) and allowed(actor, READ_OBSERVATION, today)
    shown = tuple(one for one in known if reads_all or one[0].observer_id == actor.id)
    filled = any(sheet.observer_id == actor.id for sheet, _name in known)
    watches = not filled and (own or "supervisor" in actor.roles) and _has_sheet(version_id, sesi)
    return MeetingSheets(shown, actor.id, own, watches and allowed(actor, CREATE_OBSERVATION, today))


def _has_sheet(version_id: int, sesi: str) -> bool:
    """There are behaviours to rate, and the sesi is known to this version."""
    return catalogue.rubric(version_id) is not None and sesi in catalogue.outline(version_id).sesi
