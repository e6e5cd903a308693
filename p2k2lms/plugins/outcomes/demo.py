"""Counts the figures of a demo at once, and registers and runs a plan, so that its first pages show both.

Above the smallest scale the year in the field is invented here, where it is known who was trained when; what training
is worth in it stands in `truth.csv` beside the database, and `outcomes truth` holds a plan against it.
"""

from pathlib import Path

from flask import current_app

from p2k2lms.core import bulk, clock
from p2k2lms.core.access import Actor, Posting
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.indicators import service as indicators
from p2k2lms.plugins.outcomes import service
from p2k2lms.plugins.outcomes.rules import truth
from p2k2lms.plugins.outcomes.rules.plan import MET, SHORTEST, Plan

MONTHS = {"small": 9, "regional": 6, "national": 2}
YEAR = {"regional": 12, "national": 24}
ACCOUNT, NATIONAL = "evaluator", "kementerian"
FIRST, KNOWN = "Kelas diklat dan pertemuan kelompok", "Kelas diklat di dunia contoh yang dampaknya diketahui"
WHY = "Lima poin berarti satu kelompok lagi bertemu dari dua puluh: cukup untuk mengubah cara kerja."
FILE, FILED = "truth.csv", 0.97


def load(scale: str, seed: int) -> None:
    """A year where the scale has one, every indicator of the last months, and a plan over them; made once."""
    account = NATIONAL if scale == "national" else ACCOUNT
    actor = _acting(account)
    known = {card.plan.title for card in service.plans(actor)} if actor else {FIRST, KNOWN}
    if scale in YEAR and KNOWN not in known:
        _live(scale, seed)
    indicators.count_months(indicators.months_up_to(clock.today(), MONTHS[scale]))
    service.count_centres()
    if actor is None:
        return
    if scale == "small" and not known:
        _study(actor, Plan(FIRST, "", "kelas", MET, service.this_month() - SHORTEST, 0, 1, 3, 5.0, WHY))
    if scale in YEAR and KNOWN not in known:
        last = service.this_month() - 1
        _study(actor, Plan(KNOWN, "", "kelas", MET, last - YEAR[scale] + 1, last, 1, 12, 3.0, WHY))


def _live(scale: str, seed: int) -> None:
    """The year in the field, and beside it what is hidden in it."""
    file = Path(current_app.config["INSTANCE_DIR"]) / FILE
    checked = scale == "regional"
    world = service.invent(YEAR[scale], seed, FILED if checked else 1.0)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(truth.spelled(world.truth), "utf-8")
    service.live_through(world, seed, meetings=checked)
    bulk.take_stock()


def _acting(word: str) -> Actor | None:
    """The demo evaluator of the centre, or of the nation, as somebody who acts."""
    account = identity.find_people([word]).get(word)
    unit = identity.home_unit(account.id, clock.today()) if account else None
    if account is None or unit is None:
        return None
    return Actor(account.id, account.name, (Posting(ACCOUNT, unit.id, unit.path),))


def _study(actor: Actor, plan: Plan) -> None:
    """The question of the evaluator: do groups meet more often once their pendamping is trained?"""
    service.run(service.register(actor, plan, actor.postings[0].unit_id))
