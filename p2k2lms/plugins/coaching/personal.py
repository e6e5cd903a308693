"""What coaching holds of people."""

from typing import Any

from sqlalchemy import ColumnElement, Select, select

from p2k2lms.core.i18n import lazy
from p2k2lms.core.personal import Holding, Mention
from p2k2lms.plugins.coaching.models import (
    AgreedAction,
    CoachAssignment,
    CoachingPath,
    Contact,
    Observation,
    PathStage,
    PathTemplate,
    SignOff,
    WillingPeer,
)

GUIDED = lazy("Membimbing, mengamati, dan membuktikan praktik")
WORDS = ("evidence", "administrative", "educative", "supportive")


def _paths(person_id: int) -> Select[Any]:
    return select(CoachingPath.id).where(CoachingPath.person_id == person_id)


def _stages(person_id: int) -> ColumnElement[bool]:
    return PathStage.path_id.in_(_paths(person_id))


def _actions(person_id: int) -> ColumnElement[bool]:
    return AgreedAction.path_id.in_(_paths(person_id)) | (AgreedAction.agreed_by == person_id)


PERSONAL = (
    Holding(CoachingPath, lazy("Jalur bimbingan"), GUIDED, names=("person_id",)),
    Holding(PathStage, lazy("Pertemuan bimbingan dan refleksi"), GUIDED, whose=_stages, erase={"reflection": ""}),
    Holding(SignOff, lazy("Tanda tangan pertemuan"), GUIDED, names=("person_id",)),
    Holding(CoachAssignment, lazy("Tugas sebagai pembimbing"), GUIDED, names=("coach_id",)),
    Holding(
        Contact,
        lazy("Percakapan bimbingan"),
        GUIDED,
        names=("person_id",),
        erase={"topic": "-", "note": ""},
    ),
    Holding(AgreedAction, lazy("Kesepakatan"), GUIDED, whose=_actions, erase={"text": "-", "outcome": ""}),
    Holding(
        Observation,
        lazy("Pengamatan"),
        GUIDED,
        names=("person_id",),
        erase=dict.fromkeys(WORDS, ""),
    ),
    Holding(WillingPeer, lazy("Kesediaan membimbing rekan"), GUIDED, names=("person_id",), goes=True),
    Mention(Contact, ("coach_id",)),
    Mention(Observation, ("observer_id",)),
    Mention(CoachAssignment, ("assigned_by",)),
    Mention(AgreedAction, ("agreed_by",)),
    Mention(PathTemplate, ("author_id", "approved_by")),
)
