"""Counts the figures of a demo at once, and registers and runs one plan, so that its first pages show both."""

from p2k2lms.core import clock
from p2k2lms.core.access import Actor, Posting
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.indicators import service as indicators
from p2k2lms.plugins.outcomes import service
from p2k2lms.plugins.outcomes.rules.plan import MET, SHORTEST, Plan

MONTHS = {"small": 9, "regional": 6, "national": 2}
ACCOUNT = "evaluator"
WHY = "Lima poin berarti satu kelompok lagi bertemu dari dua puluh: cukup untuk mengubah cara kerja."


def load(scale: str, seed: int) -> None:
    """Every indicator of the last months, and a plan where there are months enough; the seed changes nothing."""
    indicators.count_months(indicators.months_up_to(clock.today(), MONTHS[scale]))
    if MONTHS[scale] >= SHORTEST:
        _study()


def _study() -> None:
    """The question of the demo evaluator: do groups meet more often once their pendamping is trained?"""
    account = identity.find_people([ACCOUNT]).get(ACCOUNT)
    unit = identity.home_unit(account.id, clock.today()) if account else None
    if account is None or unit is None:
        return
    actor = Actor(account.id, account.name, (Posting(ACCOUNT, unit.id, unit.path),))
    if service.plans(actor):
        return
    first = service.this_month() - SHORTEST
    plan = Plan("Kelas diklat dan pertemuan kelompok", "", "kelas", MET, first, 0, 1, 3, 5.0, WHY)
    service.run(service.register(actor, plan, unit.id))
