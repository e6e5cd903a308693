"""How far a synthetic learner has come: one draw, on which the demo loaders of the plugins above agree."""

import random
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from p2k2lms.core import clock
from p2k2lms.plugins.enrolment.service.members import ZONE
from p2k2lms.plugins.enrolment.values import AngkatanCard

NOT_BEGUN, HALF_WAY = 0.25, 0.5
"""Of the online learners so many have not begun, and so many have not read everything yet."""


@dataclass(frozen=True)
class Way:
    """What one learner has done: when it began and ended, which share of the cards is read, which tests are sat."""

    began: datetime
    ended: datetime
    share: float
    pre: bool
    post: bool


def demo_way(angkatan: AngkatanCard, person_id: int, seed: int) -> Way:
    """The same for the same seed and day; nobody has sat the post-test before reading everything."""
    lot = random.Random(f"{seed}:{angkatan.mode}:{person_id}")  # noqa: S311 - data, not secrets
    if angkatan.ends is None:
        return _online(angkatan, lot)
    first = datetime.combine(angkatan.starts, time(8, lot.randrange(30)), ZoneInfo(ZONE))
    if angkatan.ends < clock.today():
        last = datetime.combine(angkatan.ends, time(15, lot.randrange(50)), ZoneInfo(ZONE))
        share = 1.0 if lot.random() < 0.93 else lot.uniform(0.4, 0.9)
        return Way(first, last, share, lot.random() < 0.95, share == 1)
    gone = (clock.today() - angkatan.starts) / (angkatan.ends - angkatan.starts)
    return Way(first, max(first, clock.now()), 0.9 * gone * lot.uniform(0.6, 1), lot.random() < 0.95, False)


def _online(angkatan: AngkatanCard, lot: random.Random) -> Way:
    """Somebody of an open class: a quarter has not begun, a quarter is half-way, the others have read everything."""
    since = max(1, (clock.today() - angkatan.starts).days)
    ended = clock.now() - timedelta(days=lot.uniform(0.2, 0.6 * since))
    began = ended - timedelta(days=lot.uniform(0.1, 0.35 * since))
    drawn = lot.random()
    if drawn < NOT_BEGUN:
        return Way(began, ended, 0, lot.random() < 0.2, False)
    share = 1.0 if drawn >= HALF_WAY else lot.uniform(0.1, 0.9)
    return Way(began, ended, share, lot.random() < 0.9, share == 1 and lot.random() < 0.9)
