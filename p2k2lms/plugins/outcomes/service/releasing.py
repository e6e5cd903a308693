"""Releases: a plan, its cube and its figures frozen for good, one for each month."""

from dataclasses import dataclass
from datetime import date, datetime

from p2k2lms.core.access import SYSTEM, Actor, require
from p2k2lms.core.errors import Conflict, Invalid, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.outcomes.models import AnalysisPlan, Release
from p2k2lms.plugins.outcomes.permissions import CREATE_RELEASE
from p2k2lms.plugins.outcomes.queries import plans as read
from p2k2lms.plugins.outcomes.rules import analysis
from p2k2lms.plugins.outcomes.rules import plan as rules
from p2k2lms.plugins.outcomes.rules import release as files
from p2k2lms.plugins.outcomes.service import running


@dataclass(frozen=True)
class ReleaseCard:
    """A month that was frozen, and the seal of its file."""

    id: int
    month: date
    made_at: datetime
    sha: str
    published: bool = False


def release(actor: Actor, plan_id: int) -> ReleaseCard:
    """Freeze a plan at the last month of its cube; once for a month."""
    require(actor, CREATE_RELEASE)
    row = _plan(plan_id)
    require(actor, CREATE_RELEASE, row.unit_path)
    return freeze(plan_id, actor)


def freeze(plan_id: int, actor: Actor = SYSTEM) -> ReleaseCard:
    """The same for whoever runs the platform."""
    with unit_of_work("outcomes.create_release", actor, f"plan:{plan_id}") as uow:
        row = _plan(plan_id)
        plan = running.frozen(row)
        try:
            text, columns = running.columns_of(plan_id)
        except NotFound:
            raise Invalid(_("Rencana ini belum dihitung.")) from None
        month = date(*rules.year_and_month(int(columns.month.max())), 1)
        if any(one.month == month for one in read.releases(plan_id)):
            raise Conflict(_("Bulan ini sudah dibekukan."))
        content = files.pack(row.body, text, analysis.result(plan, columns))
        seal = content[-files.SEAL :].decode()
        made = uow.add(Release(plan_id=plan_id, month=month, sha=seal, content=content, made_by=actor.id))
        return _card(made)


def releases(plan_id: int) -> list[ReleaseCard]:
    """What was frozen of a plan that the caller may read, the newest month first."""
    return [_card(row) for row in read.releases(plan_id)]


def release_file(actor: Actor, plan_id: int, release_id: int) -> tuple[ReleaseCard, bytes]:
    """The file of a release; NotFound for one of another plan or of elsewhere."""
    require(actor, CREATE_RELEASE)
    require(actor, CREATE_RELEASE, _plan(plan_id).unit_path)
    content = frozen_file(plan_id, release_id)
    return next(card for card in releases(plan_id) if card.id == release_id), content


def frozen_file(plan_id: int, release_id: int) -> bytes:
    """The same for whoever runs the platform."""
    row = read.release(plan_id, release_id)
    if row is None:
        raise NotFound("release")
    return row.content


def _plan(plan_id: int) -> AnalysisPlan:
    row = read.plan(plan_id)
    if row is None:
        raise NotFound("plan")
    return row


def _card(row: Release) -> ReleaseCard:
    return ReleaseCard(row.id, row.month, row.made_at, row.sha, row.published_at is not None)
