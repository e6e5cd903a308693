"""Reads what the check of memory needs: for whom a round opens, and what was answered then and now."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from p2k2lms.core.clock import HOME, today
from p2k2lms.core.db import among, db
from p2k2lms.plugins.assessment.models import Attempt, Form, FormItem, GivenAnswer, ItemVersion, PingOpening
from p2k2lms.plugins.assessment.values import PING, POST
from p2k2lms.plugins.identity import service as identity


class Ended(NamedTuple):
    """A post-test after which no other was begun."""

    attempt_id: int
    enrolment_id: int
    person_id: int
    finished_at: datetime


class Asked(NamedTuple):
    """A question of a round with what was answered then and now; a round that nobody has finished has a row without."""

    number: int
    enrolment_id: int
    closes_on: date
    finished_at: datetime | None
    zone: str | None
    item_version_id: int | None
    hash: str | None
    then: Any
    now: Any

    @property
    def item(self) -> tuple[int, str] | None:
        """The name of the frozen item."""
        return (self.item_version_id, self.hash) if self.item_version_id and self.hash else None


def ended_posts(first: date, last: date, number: int, enrolment_ids: Collection[int] | None = None) -> list[Ended]:
    """The last post-tests, of these enrolments or all, that ended on these days and have not had this round opened."""
    later = aliased(Attempt)
    again = exists().where(
        later.enrolment_id == Attempt.enrolment_id, later.purpose == POST, later.number > Attempt.number
    )
    opened = exists().where(PingOpening.enrolment_id == Attempt.enrolment_id, PingOpening.number == number)
    begin, end = (datetime.combine(day, time(), ZoneInfo(HOME)) for day in (first, last + timedelta(days=1)))
    wanted = select(Attempt.id, Attempt.enrolment_id, Attempt.person_id, Attempt.finished_at)
    wanted = wanted.where(Attempt.purpose == POST, Attempt.finished_at >= begin, Attempt.finished_at < end)
    if enrolment_ids is not None:
        wanted = wanted.where(among(Attempt.enrolment_id, enrolment_ids))
    return [Ended._make(row) for row in db.session.execute(wanted.where(~again, ~opened).order_by(Attempt.id))]


def asked_again(enrolment_ids: Sequence[int]) -> list[Asked]:
    """Every round that was opened for these, with each question of its finished ping that the post-test had asked, and
    the zone in which its person works."""
    post, before = aliased(Attempt), aliased(FormItem)
    then, now = aliased(GivenAnswer), aliased(GivenAnswer)
    ping = (Attempt.enrolment_id == PingOpening.enrolment_id) & (Attempt.number == PingOpening.number)
    zone = identity.zone_at_home(Attempt.person_id, today())
    both = (before.form_id == post.form_id) & (before.item_version_id == FormItem.item_version_id)
    wanted = (
        select(PingOpening.number, PingOpening.enrolment_id, PingOpening.closes_on, Attempt.finished_at)
        .add_columns(zone, ItemVersion.id, ItemVersion.hash, then.value, now.value)
        .join(post, post.id == PingOpening.post_id)
        .outerjoin(Attempt, ping & (Attempt.purpose == PING) & Attempt.finished_at.is_not(None))
        .outerjoin(FormItem, FormItem.form_id == Attempt.form_id)
        .outerjoin(before, both)
        .outerjoin(ItemVersion, ItemVersion.id == before.item_version_id)
        .outerjoin(then, (then.attempt_id == post.id) & (then.item_version_id == ItemVersion.id))
        .outerjoin(now, (now.attempt_id == Attempt.id) & (now.item_version_id == ItemVersion.id))
        .where(among(PingOpening.enrolment_id, enrolment_ids))
    )
    return [Asked._make(row) for row in db.session.execute(wanted)]


def post_before(enrolment_id: int, number: int) -> Attempt | None:
    """The post-test that opened this round."""
    here = (PingOpening.enrolment_id == enrolment_id, PingOpening.number == number)
    return db.session.scalar(select(Attempt).join(PingOpening, PingOpening.post_id == Attempt.id).where(*here))


def version_before(enrolment_id: int, number: int) -> int:
    """The course version on which the post-test that opened this round was sat."""
    here = (PingOpening.enrolment_id == enrolment_id, PingOpening.number == number)
    wanted = select(Form.version_id).join(Attempt, Attempt.form_id == Form.id)
    return db.session.scalars(wanted.join(PingOpening, PingOpening.post_id == Attempt.id).where(*here)).one()
