"""The front door of the field: what its pages and the plugins above may ask and do."""

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
from p2k2lms.plugins.fieldwork.service.meetings import CANCEL, CORRECTION, MEETING, NO_MEETING
from p2k2lms.plugins.fieldwork.service.months import month_facts
from p2k2lms.plugins.fieldwork.service.reading import Desk, GroupPage, desk, group_page

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
    "desk",
    "group",
    "group_page",
    "hand_over",
    "ledger",
    "month_facts",
    "own_groups",
    "places_for",
    "send",
    "takers",
]
