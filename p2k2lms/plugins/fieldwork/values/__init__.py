"""Plain things of the field: its words, what is sent, and what is handed out."""

from p2k2lms.plugins.fieldwork.values import roster
from p2k2lms.plugins.fieldwork.values.cards import (
    Asked,
    Change,
    Coverage,
    FieldMonth,
    Given,
    GroupCard,
    GroupPlace,
    Held,
    MeetingCard,
    MonthFacts,
    PersonMonth,
    Present,
    Report,
)
from p2k2lms.plugins.fieldwork.values.payloads import (
    CancelPayload,
    CorrectionPayload,
    MeetingPayload,
    NoMeetingPayload,
    PhotoPayload,
    RosterPayload,
    SpotCheckPayload,
    VerificationPayload,
)

__all__ = [
    "Asked",
    "CancelPayload",
    "Change",
    "CorrectionPayload",
    "Coverage",
    "FieldMonth",
    "Given",
    "GroupCard",
    "GroupPlace",
    "Held",
    "MeetingCard",
    "MeetingPayload",
    "MonthFacts",
    "NoMeetingPayload",
    "PersonMonth",
    "PhotoPayload",
    "Present",
    "Report",
    "RosterPayload",
    "SpotCheckPayload",
    "VerificationPayload",
    "roster",
]
