"""Publishing: what of a frozen month anybody may read is written down once, and never changes."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from p2k2lms.core import clock, indicators
from p2k2lms.core.access import Actor, require
from p2k2lms.core.errors import Conflict, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.indicators import service as figures
from p2k2lms.plugins.outcomes.models import AnalysisPlan, Release
from p2k2lms.plugins.outcomes.permissions import CREATE_RELEASE, PUBLIC_LEVELS
from p2k2lms.plugins.outcomes.queries import plans as read
from p2k2lms.plugins.outcomes.rules import public
from p2k2lms.plugins.outcomes.rules import release as files
from p2k2lms.plugins.outcomes.rules.plan import Plan


@dataclass(frozen=True)
class PublicRelease:
    """A month as anybody may read it."""

    id: int
    plan: Plan
    month: date
    published_at: datetime
    sha: str
    told: dict[str, Any]

    @property
    def places(self) -> list[dict[str, Any]]:
        """The places of which at least one figure may be told."""
        return [place for place in self.told["places"] if any(place["cells"].values())]

    @property
    def silent(self) -> list[str]:
        """The names of the others."""
        return [place["name"] for place in self.told["places"] if not any(place["cells"].values())]


def publish(actor: Actor, plan_id: int, release_id: int) -> None:
    """Write down what of a frozen month anybody may read; once."""
    require(actor, CREATE_RELEASE)
    plan = read.plan(plan_id)
    if plan is None:
        raise NotFound("plan")
    require(actor, CREATE_RELEASE, plan.unit_path)
    with unit_of_work("outcomes.publish_release", actor, f"release:{release_id}"):
        row = read.release(plan_id, release_id, lock=True)
        if row is None:
            raise NotFound("release")
        if row.published_at is not None:
            raise Conflict(_("Bulan ini sudah diumumkan."))
        row.published = {"effect": public.effect_of(files.figures_of(row.content)), **_places(plan, row.month)}
        row.published_at = clock.now()


def _places(plan: AnalysisPlan, month: date) -> dict[str, Any]:
    """Its own places, out of the table of the whole country: what one release hides, no other release shows."""
    units = identity.units_of_levels("/", PUBLIC_LEVELS)
    top = next(unit.id for unit in units if unit.parent_id is None)
    declared = indicators.declared()
    wanted = [declared[key] for key in public.KEYS if key in declared]
    known = figures.figures([unit.id for unit in units], wanted, month)
    children: dict[int, list[int]] = {}
    for unit in units:
        if unit.parent_id is not None:
            children.setdefault(unit.parent_id, []).append(unit.id)
    counts = {one.id: {unit.id: known[unit.id, one.id].counts for unit in units} for one in wanted}
    table = public.table(top, children, counts)
    own = [unit for unit in units if unit.path.startswith(plan.unit_path)]
    rows = [{"name": unit.name, "level": unit.level, "cells": table[unit.id]} for unit in own]
    return {"unit": next(unit.name for unit in units if unit.id == plan.unit_id), "places": rows}


def public_releases() -> list[PublicRelease]:
    """What was published, the newest month first."""
    return [_card(plan, row) for plan, row in read.published()]


def public_release(release_id: int) -> PublicRelease:
    """One of them; NotFound for what is not published."""
    found = read.published(release_id)
    if not found:
        raise NotFound("release")
    return _card(*found[0])


def _card(plan: AnalysisPlan, row: Release) -> PublicRelease:
    assert row.published_at is not None
    return PublicRelease(row.id, Plan.of(plan.body), row.month, row.published_at, row.sha, row.published or {})
