"""Who of a unit is prepared, by which way, who waits and how long: for a koordinator and a supervisor."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from p2k2lms.core import clock, indicators
from p2k2lms.core.access import Actor, require
from p2k2lms.core.errors import NotFound
from p2k2lms.core.once import once_per_page
from p2k2lms.plugins.coaching.permissions import LEADERS, LIST_COVERAGE
from p2k2lms.plugins.coaching.queries import asked as asked_of
from p2k2lms.plugins.coaching.queries import covering as counted
from p2k2lms.plugins.coaching.rules import coverage as rules
from p2k2lms.plugins.coaching.rules import paths as path_rules
from p2k2lms.plugins.coaching.values import PathCard
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.identity.values import UnitCard
from p2k2lms.plugins.indicators import service as figures
from p2k2lms.plugins.indicators.values import Figure

SHOWN, MOST_PARTS, MOST_PATHS = 50, 60, 12
AT_ONCE = 1_500
"""So many people are counted while somebody waits; of more, the months that the night has summed are shown."""
PREPARED = "R-02"
NEXT = {"nasional": "provinsi", "regional": "provinsi", "provinsi": "kabupaten"}


@dataclass(frozen=True)
class WaitingPath:
    """A path that waits for a coach."""

    path: PathCard
    name: str
    waiting: path_rules.Waiting


@dataclass(frozen=True)
class Part:
    """A smaller place to look at by itself, with the share of prepared people as the month's sums have it."""

    unit: UnitCard
    figure: Figure | None


@dataclass(frozen=True)
class Coverage:
    """One page for a koordinator: how many stand where, the wait, each unit, and the paths without a coach.

    Where too many people are for one page it has the parts of the place alone. `code` is that of a part.
    """

    code: str
    counts: dict[str, int] = field(default_factory=dict)
    wait: rules.Wait | None = None
    units: tuple[tuple[str, dict[str, int]], ...] = ()
    not_yet: tuple[tuple[int, str, int], ...] = ()
    waiting: tuple[WaitingPath, ...] = ()
    parts: tuple[Part, ...] = ()


def coverage(actor: Actor, code: str = "") -> Coverage:
    """The pendamping of the actor's units, or of one within them: where they stand, or the parts to choose from."""
    require(actor, LIST_COVERAGE)
    today, paths = clock.today(), [_inside(actor, code).path] if code else actor.paths(*LEADERS.split())
    shares = counted.shares(paths, today, AT_ONCE)
    if not shares and counted.too_many(paths, today, AT_ONCE):
        if parts := _parts(identity.tops(paths)):
            return Coverage(code, parts=parts)
        shares = counted.shares(paths, today)
    return _whole(code, paths, shares)


def _inside(actor: Actor, code: str) -> UnitCard:
    """The unit with this code; NotFound when it lies in none of the actor's."""
    wanted = identity.unit_by_code(code)
    if not any(wanted.path.startswith(path) for path in actor.paths(*LEADERS.split())):
        raise NotFound("unit")
    return wanted


def _parts(places: Sequence[UnitCard]) -> tuple[Part, ...]:
    """What lies below a place, or the places where there are several; nothing below a kabupaten."""
    units = list(places) if len(places) > 1 else [one for place in places for one in _below(place)]
    month = max(filter(None, (figures.latest_month(one.id) for one in places)), default=None)
    one = indicators.declared().get(PREPARED)
    known = figures.figures([unit.id for unit in units], [one], month) if one and month else {}
    return tuple(Part(unit, known.get((unit.id, PREPARED))) for unit in units)


def _below(place: UnitCard) -> list[UnitCard]:
    return identity.units_below([place.path], NEXT[place.level], MOST_PARTS) if place.level in NEXT else []


def _whole(code: str, paths: Sequence[str], shares: Sequence[rules.Share]) -> Coverage:
    """Everybody counted where the data lies, with who waits."""
    today = clock.today()
    without = counted.longest_without(paths, today, SHOWN)
    asking = counted.waiting_in(paths, today, SHOWN)
    names = identity.names({person for person, _since in without})
    units = identity.units({share.unit_id for share in shares})
    rows = [(units[unit].name, rules.counts(own)) for unit, own in rules.by_unit(shares).items()]
    return Coverage(
        code,
        counts=rules.counts(shares),
        wait=rules.wait(shares),
        units=tuple(sorted(rows, key=lambda row: row[0])),
        not_yet=tuple((person, names.get(person, ""), (today - since).days) for person, since in without),
        waiting=tuple(_waiting(tuple(asking))),
    )


def _waiting(paths: tuple[PathCard, ...]) -> list[WaitingPath]:
    """The paths without a coach, the longest waiting first; that a supervisor is asked first is said by the days."""
    found = [(path, path_rules.waiting(path.asked_on, True, clock.today())) for path in paths]
    return [WaitingPath(path, path.whose, w) for path, w in found if w is not None]


@dataclass(frozen=True)
class Walking:
    """How many people of a unit were on a path in a month, and the newest paths of those whose home it is today."""

    total: int
    paths: tuple[PathCard, ...]


def walking_in(unit_path: str, month: date) -> Walking:
    """Who is on duty in the unit, or was at the end of a month that is over, and was on a path in the month."""
    first = month.replace(day=1)
    after = (first + timedelta(days=31)).replace(day=1)
    today = clock.today()
    found, total = counted.walking_in(
        unit_path, (first, after), min(today, after - timedelta(days=1)), today, MOST_PATHS
    )
    return Walking(total, tuple(found))


@once_per_page
def asked(actor: Actor) -> tuple[WaitingPath, ...]:
    """The paths whose turn it is: a supervisor is asked at once, a koordinator after a while or where there is none."""
    today, units = clock.today(), actor.paths("koordinator")
    own = identity.supervised_by(actor.id or 0, today) if "supervisor" in actor.roles else []
    led = asked_of.led(units, today) if units else ()
    guided = asked_of.guided(actor.id or 0, today) if own else ()
    waiting = _waiting((*guided, *(path for path in led if path.person_id not in own)))
    others = [w.path.person_id for w in waiting if w.path.person_id not in own]
    cared_for = identity.supervisors_of(others, today) if others else {}
    return tuple(
        w
        for w in waiting
        if w.path.person_id in own or path_rules.is_koordinators(w.waiting.days, w.path.person_id in cared_for)
    )
