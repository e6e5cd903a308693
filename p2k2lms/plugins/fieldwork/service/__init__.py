"""The front door of the field: what its pages and the plugins above may ask and do."""

from p2k2lms.plugins.fieldwork.service.coverage import coverage_map
from p2k2lms.plugins.fieldwork.service.groups import (
    ROSTER,
    FormSent,
    GroupData,
    add_group,
    group,
    hand_over,
    ledger,
    own_groups,
    places_for,
    send,
    takers,
)
from p2k2lms.plugins.fieldwork.service.home import home
from p2k2lms.plugins.fieldwork.service.meetings import CANCEL, CORRECTION, MEETING, NO_MEETING
from p2k2lms.plugins.fieldwork.service.months import month_facts
from p2k2lms.plugins.fieldwork.service.reading import Desk, GroupPage, desk, group_page, own_lines
from p2k2lms.plugins.fieldwork.service.reviewing import board, say
from p2k2lms.plugins.fieldwork.service.teaching import lesson, meeting, report_desk, warnings

__all__ = [
    "CANCEL",
    "CORRECTION",
    "MEETING",
    "NO_MEETING",
    "ROSTER",
    "Desk",
    "FormSent",
    "GroupData",
    "GroupPage",
    "add_group",
    "board",
    "coverage_map",
    "desk",
    "group",
    "group_page",
    "hand_over",
    "home",
    "ledger",
    "lesson",
    "meeting",
    "month_facts",
    "own_groups",
    "own_lines",
    "places_for",
    "report_desk",
    "say",
    "send",
    "takers",
    "warnings",
]
