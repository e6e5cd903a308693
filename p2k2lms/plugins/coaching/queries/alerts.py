"""Reads which running paths stand still, wait for a coach, carry forgotten agreements, or were finished."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select

from p2k2lms.core.db import db
from p2k2lms.core.spans import holding_on
from p2k2lms.plugins.coaching.models import (
    AgreedAction,
    CoachAssignment,
    CoachingPath,
    Contact,
    Observation,
    PathStage,
    SignOff,
)
from p2k2lms.plugins.coaching.values.words import FINISHED, RUNNING


def signs_of_life(day: date) -> Sequence[Any]:
    """Path and person of each running path with a coach, with the days of its last signs of life, None for none.

    They are: begun, coached since, last sheet, last talk, last signature.
    """
    sheet = select(func.max(Observation.on_day)).where(Observation.person_id == CoachingPath.person_id)
    talk = select(func.max(Contact.on_day)).where(Contact.person_id == CoachingPath.person_id)
    sign = (
        select(func.max(SignOff.on_day))
        .join(PathStage, PathStage.id == SignOff.stage_id)
        .where(PathStage.path_id == CoachingPath.id)
    )
    known = (CoachingPath.id, CoachingPath.person_id, CoachingPath.valid_from, CoachAssignment.valid_from)
    wanted = (
        select(*known, sheet.scalar_subquery(), talk.scalar_subquery(), sign.scalar_subquery())
        .join(CoachAssignment, CoachAssignment.path_id == CoachingPath.id)
        .where(CoachingPath.state == RUNNING, holding_on(CoachAssignment, day))
        .order_by(CoachingPath.id)
    )
    return db.session.execute(wanted).all()


def without_coach(day: date) -> Sequence[Any]:
    """Path, person and first day of asking of each running path that asks for a coach on this day."""
    wanted = select(CoachingPath.id, CoachingPath.person_id, CoachingPath.asked_on)
    waits = wanted.where(CoachingPath.state == RUNNING, CoachingPath.asked_on <= day)
    return db.session.execute(waits.order_by(CoachingPath.id)).all()


def finished_since(day: date) -> Sequence[Any]:
    """Path, person and first day after it of each path that was finished on this day or later."""
    wanted = select(CoachingPath.id, CoachingPath.person_id, CoachingPath.valid_to)
    ended = wanted.where(CoachingPath.state == FINISHED, CoachingPath.valid_to > day)
    return db.session.execute(ended.order_by(CoachingPath.id)).all()


def forgotten_actions(due_before: date) -> Sequence[Any]:
    """Path, person, number and oldest day of agreements that fell due before this day and were not settled."""
    wanted = (
        select(CoachingPath.id, CoachingPath.person_id, func.count(), func.min(AgreedAction.due_on))
        .join(AgreedAction, AgreedAction.path_id == CoachingPath.id)
        .where(CoachingPath.state == RUNNING)
        .where(AgreedAction.settled_on.is_(None), AgreedAction.due_on <= due_before)
        .group_by(CoachingPath.id, CoachingPath.person_id)
        .order_by(CoachingPath.id)
    )
    return db.session.execute(wanted).all()
