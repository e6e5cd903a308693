"""Tables of the field, one file for each noun."""

from p2k2lms.plugins.fieldwork.models.covered import CoverageReport
from p2k2lms.plugins.fieldwork.models.facts import GroupMonth, LeaderMonth
from p2k2lms.plugins.fieldwork.models.groups import Custody, Group, GroupOrigin, HandOver, RosterChange
from p2k2lms.plugins.fieldwork.models.meetings import Meeting, MeetingGroup, NoMeeting
from p2k2lms.plugins.fieldwork.models.needs import CardReport
from p2k2lms.plugins.fieldwork.models.obstacles import ObstaclePeer, ObstacleReport
from p2k2lms.plugins.fieldwork.models.plans import Plan, SpotCheck
from p2k2lms.plugins.fieldwork.models.reports import MeetingRemark, MonthlyReport
from p2k2lms.plugins.fieldwork.models.reviews import Review
from p2k2lms.plugins.fieldwork.models.verification import Draw, GroupContact, Verification

__all__ = [
    "CardReport",
    "CoverageReport",
    "Custody",
    "Draw",
    "Group",
    "GroupContact",
    "GroupMonth",
    "GroupOrigin",
    "HandOver",
    "LeaderMonth",
    "Meeting",
    "MeetingGroup",
    "MeetingRemark",
    "MonthlyReport",
    "NoMeeting",
    "ObstaclePeer",
    "ObstacleReport",
    "Plan",
    "Review",
    "RosterChange",
    "SpotCheck",
    "Verification",
]
