"""Counts where the pendamping of units stand on the way to being prepared, and reads who waits."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Integer, and_, case, cast, func, or_, select

from p2k2lms.core.db import db, is_sqlite
from p2k2lms.plugins.coaching.models import CoachingPath
from p2k2lms.plugins.coaching.queries.paths import cards, cards_of
from p2k2lms.plugins.coaching.rules.coverage import BY_CLASS, BY_PATH, IN_CLASS, NOT_YET, ON_THE_WAY, Share
from p2k2lms.plugins.coaching.values import PathCard
from p2k2lms.plugins.coaching.values.words import RUNNING
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import CLASS, COACHING, SITS
from p2k2lms.plugins.identity import service as identity


def _everybody(paths: Sequence[str], day: date, most: int | None = None) -> Any:
    """Person, unit, first day on duty, first day of any exposure, and the word for where each stands.

    Nobody where `most` people are, or more; the database stops before it looks for them. Only of whom no class and no
    finished path is known the running paths are looked at.
    """
    on_duty = identity.on_duty(day, paths)
    if most is not None:
        on_duty = on_duty.where(identity.fewer_on_duty(most, paths, day))
    duty = on_duty.subquery()
    stands, began = enrolment.standing(duty.c.person_id)
    path = select(CoachingPath.id).where(CoachingPath.person_id == duty.c.person_id, CoachingPath.state == RUNNING)
    walks = path.limit(1).scalar_subquery().is_not(None)  # an EXISTS made PostgreSQL read every path of the nation
    else_ = case((walks, ON_THE_WAY), else_=NOT_YET)
    way = case({CLASS: BY_CLASS, COACHING: BY_PATH, SITS: IN_CLASS}, value=stands, else_=else_)
    each = select(duty, began.label("began"), way.label("way"))
    return each.cte("each_one").prefix_with("MATERIALIZED")  # else each is looked up again wherever it is named


def too_many(paths: Sequence[str], day: date, most: int) -> bool:
    """More people are on duty in these units than are counted while somebody waits."""
    return not db.session.scalar(select(identity.fewer_on_duty(most, paths, day)))


def shares(paths: Sequence[str], day: date, most: int | None = None) -> list[Share]:
    """How many people of each unit stand where, and for how many days they waited, or have waited until this day.

    Nothing where `most` people are, or more.
    """
    one = _everybody(paths, day, most)
    until = func.coalesce(one.c.began, day)
    days = func.julianday(until) - func.julianday(one.c.since) if is_sqlite() else until - one.c.since
    waited = func.coalesce(case((cast(days, Integer) > 0, cast(days, Integer))), 0)
    columns = (one.c.unit_id, one.c.way, waited, one.c.began.is_not(None))
    return [Share(*row) for row in db.session.execute(select(*columns, func.count()).group_by(*columns))]


def longest_without(paths: Sequence[str], day: date, limit: int) -> Sequence[Any]:
    """Person and first day on duty of who has begun nothing, the longest first."""
    one = _everybody(paths, day)
    wanted = select(one.c.person_id, one.c.since).where(one.c.way == NOT_YET)
    return db.session.execute(wanted.order_by(one.c.since, one.c.person_id).limit(limit)).all()


def walking_in(path: str, span: tuple[date, date], day: date, today: date, limit: int) -> tuple[list[PathCard], int]:
    """Of who was on duty below a unit on the day and on a path in the span: the newest path of each; and how many there
    are. Who is at home elsewhere today has no card, for the path is shown to the home unit alone."""
    first, after = span
    duty = identity.on_duty(day, [path]).subquery()
    lasting = or_(CoachingPath.valid_to.is_(None), CoachingPath.valid_to > first)
    newest = CoachingPath.valid_from.desc(), CoachingPath.id.desc()
    nth = func.row_number().over(partition_by=CoachingPath.person_id, order_by=newest).label("nth")
    ran = select(CoachingPath.id, nth).join(duty, duty.c.person_id == CoachingPath.person_id)
    last = ran.where(CoachingPath.valid_from < after, lasting).subquery()
    home = identity.home_path(CoachingPath.person_id, today)
    gone = case((home.startswith(path, autoescape=True), 0), else_=1)
    wanted = cards(day).join(last, and_(last.c.id == CoachingPath.id, last.c.nth == 1))
    rows = db.session.execute(wanted.add_columns(gone, func.count().over()).order_by(gone, *newest).limit(limit)).all()
    return cards_of(row[:-2] for row in rows if not row[-2]), rows[0][-1] if rows else 0


def waiting_in(paths: Sequence[str], day: date, limit: int) -> list[PathCard]:
    """The running paths of people of these units that ask for a coach, the longest waiting first."""
    duty = identity.on_duty(day, paths).subquery()
    wanted = cards(day).join(duty, duty.c.person_id == CoachingPath.person_id)
    asks = wanted.where(CoachingPath.state == RUNNING, CoachingPath.asked_on <= day)
    return [PathCard(*row) for row in db.session.execute(asks.order_by(CoachingPath.asked_on).limit(limit))]
