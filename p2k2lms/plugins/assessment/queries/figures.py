"""The SELECTs of the indicators of assessment: how far marks rose, and who passed the line, by home unit."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Float, case, cast, exists, func, literal, select
from sqlalchemy.orm import aliased

from p2k2lms.core.clock import HOME
from p2k2lms.plugins.assessment.models import Attempt, Form, Score
from p2k2lms.plugins.assessment.values import OK, POST, PRE
from p2k2lms.plugins.identity import service as identity


def _first(purpose: str) -> Any:
    """The first finished attempt of each enrolment with its newest mark, in hundredths of a percent.

    One whose late answers wait for a ruling is left out, and no later attempt takes its place.
    """
    earlier, newer = aliased(Attempt), aliased(Score)
    before = exists().where(
        earlier.enrolment_id == Attempt.enrolment_id,
        earlier.purpose == purpose,
        earlier.number < Attempt.number,
        earlier.finished_at.is_not(None),
        earlier.skipped.is_(False),
    )
    replaced = exists().where(newer.attempt_id == Score.attempt_id, newer.id > Score.id)
    share = func.round(cast(Score.points, Float) * 10_000 / Score.max_points)
    enough = case((Score.points * 100 >= Form.pass_percent * Score.max_points, 1), else_=0)
    return (
        select(
            Attempt.enrolment_id,
            Attempt.person_id,
            Attempt.finished_at,
            share.label("share"),
            enough.label("enough"),
        )
        .join(Score, Score.attempt_id == Attempt.id)
        .join(Form, Form.id == Attempt.form_id)
        .where(Attempt.purpose == purpose, Attempt.finished_at.is_not(None), Attempt.skipped.is_(False))
        .where(Attempt.timing == OK, Score.max_points > 0, ~before, ~replaced)
    )


def _of_month(month: date) -> tuple[Any, Any]:
    """The first post-tests that ended in the month, and the units of those on duty on its last day."""
    after = (month + timedelta(days=32)).replace(day=1)
    begin, end = (datetime.combine(day, time(), ZoneInfo(HOME)) for day in (month, after))
    post = _first(POST).where(Attempt.finished_at >= begin, Attempt.finished_at < end).subquery()
    return post, identity.on_duty(after - timedelta(days=1)).subquery()


def gain(month: date, units: Collection[int] | None) -> Any:
    """L2-01: by how much the pairs of the month rose, in hundredths of a point; who has no pair is counted apart."""
    post, duty = _of_month(month)
    pre = _first(PRE).subquery()
    paired = pre.c.enrolment_id.is_not(None)
    rose = func.sum(case((paired, post.c.share - pre.c.share), else_=0))
    pairs = func.sum(case((paired, 1), else_=0))
    alone = func.sum(case((paired, 0), else_=1))
    wanted = select(duty.c.unit_id, literal(""), rose, pairs, pairs, alone).select_from(post)
    wanted = wanted.join(duty, duty.c.person_id == post.c.person_id)
    wanted = wanted.outerjoin(pre, pre.c.enrolment_id == post.c.enrolment_id).group_by(duty.c.unit_id)
    return wanted if units is None else wanted.where(duty.c.unit_id.in_(units))


def passed(month: date, units: Collection[int] | None) -> Any:
    """L2-03: who reached the line at the first try."""
    post, duty = _of_month(month)
    there = func.count()
    wanted = select(duty.c.unit_id, literal(""), func.sum(post.c.enough), there, there, literal(0)).select_from(post)
    wanted = wanted.join(duty, duty.c.person_id == post.c.person_id).group_by(duty.c.unit_id)
    return wanted if units is None else wanted.where(duty.c.unit_id.in_(units))
