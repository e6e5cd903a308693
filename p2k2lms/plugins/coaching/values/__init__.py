"""The front door of the values of coaching."""

from p2k2lms.plugins.coaching.values.cards import (
    About,
    ActionCard,
    ContactCard,
    PathCard,
    Sheet,
    SheetKey,
    Sign,
    StageCard,
    TemplateCard,
)
from p2k2lms.plugins.coaching.values.payloads import (
    ContactPayload,
    ObservationPayload,
    ReflectionPayload,
    SignoffPayload,
    StageDef,
)

__all__ = [
    "About",
    "ActionCard",
    "ContactCard",
    "ContactPayload",
    "ObservationPayload",
    "PathCard",
    "ReflectionPayload",
    "Sheet",
    "SheetKey",
    "Sign",
    "SignoffPayload",
    "StageCard",
    "StageDef",
    "TemplateCard",
]
