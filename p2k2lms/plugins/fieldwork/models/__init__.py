"""Tables of the field, one file for each noun."""

from p2k2lms.plugins.fieldwork.models.facts import GroupMonth, LeaderMonth
from p2k2lms.plugins.fieldwork.models.groups import Custody, Group, HandOver, RosterChange
from p2k2lms.plugins.fieldwork.models.meetings import Meeting, MeetingGroup, NoMeeting
from p2k2lms.plugins.fieldwork.models.reviews import Review

__all__ = [
    "Custody",
    "Group",
    "GroupMonth",
    "HandOver",
    "LeaderMonth",
    "Meeting",
    "MeetingGroup",
    "NoMeeting",
    "Review",
    "RosterChange",
]
