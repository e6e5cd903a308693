"""Obstacles that answer: what helps, who got over it and may be asked, and how many groups met it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from p2k2lms.core import clock, free_text
from p2k2lms.core.access import Actor, has_role, require
from p2k2lms.core.errors import Invalid, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import UnitOfWork, unit_of_work
from p2k2lms.plugins.catalogue.values import NO_OBSTACLE, OBSTACLES, OTHER_OBSTACLE
from p2k2lms.plugins.fieldwork.models import ObstaclePeer, ObstacleReport
from p2k2lms.plugins.fieldwork.permissions import CHANGE_HELP, LIST_OBSTACLES
from p2k2lms.plugins.fieldwork.queries import obstacles as read
from p2k2lms.plugins.fieldwork.rules import months, places
from p2k2lms.plugins.fieldwork.rules.months import Month
from p2k2lms.plugins.fieldwork.values import GroupCard
from p2k2lms.plugins.fieldwork.values.tips import TIPS
from p2k2lms.plugins.identity import service as identity

COUNT = "fieldwork.count_obstacles"
MOST_PEERS, LONGEST_HOW = 5, 300
ROLES = ("pendamping", "supervisor", "koordinator", "dinsos", "admin")


@dataclass(frozen=True)
class Board:
    """The obstacles of a month within the actor's reach: how many groups met each."""

    month: Month
    groups: dict[str, int]

    def of_kind(self, kind: str) -> list[tuple[str, int]]:
        """The obstacles of a kind, the most frequent first."""
        own = [(key, self.groups.get(key, 0)) for key, (its, _label) in OBSTACLES.items() if its == kind]
        return sorted(own, key=lambda pair: -pair[1])

    @property
    def other(self) -> int:
        """Groups whose obstacle is on no list."""
        return self.groups.get(OTHER_OBSTACLE, 0)


def reach(actor: Actor) -> tuple[str, ...]:
    """The paths that the actor's counts come from: the own units, a smaller one counts as its kabupaten."""
    paths = {places.kabupaten_of(path) for path in actor.paths(*ROLES)}
    return tuple(p for p in sorted(paths) if not any(p != other and p.startswith(other) for other in paths))


def obstacle_board(actor: Actor, day: date) -> Board:
    """How many groups met each obstacle in the month of this day."""
    require(actor, LIST_OBSTACLES)
    month = months.month_of(day)
    return Board(month, read.reported(reach(actor), month.first))


@dataclass(frozen=True)
class Peer:
    """Somebody who may be asked, and what that person did."""

    name: str
    phone: str
    how: str
    own: bool


@dataclass(frozen=True)
class Answer:
    """What one obstacle answers with."""

    key: str
    tips: tuple[str, ...]
    peers: tuple[Peer, ...]
    own: Peer | None
    may_offer: bool


def answer(actor: Actor, key: str) -> Answer:
    """The tip card of an obstacle and the peers of the kabupaten; NotFound for what is on no list."""
    require(actor, LIST_OBSTACLES)
    if key not in TIPS:
        raise NotFound("obstacle")
    rows = read.peers(key, _home(actor), MOST_PEERS) if _home(actor) else []
    people = identity.people([row.person_id for row in rows]) if rows else {}
    peers = [
        Peer(people[row.person_id].name, people[row.person_id].phone or "", row.how, row.person_id == actor.id)
        for row in rows
        if row.person_id in people
    ]
    own = next((peer for peer in peers if peer.own), None)
    others = tuple(peer for peer in peers if not peer.own)
    return Answer(key, tuple(map(str, TIPS[key])), others, own, has_role(actor, CHANGE_HELP))


def _home(actor: Actor) -> str:
    """The kabupaten of a pendamping or of who looks after some; nothing for who works above one."""
    paths = [places.kabupaten_of(path) for path in actor.paths("pendamping", "supervisor", "koordinator")]
    return max(paths, key=len, default="")


def offer_help(actor: Actor, key: str, how: str, agreed: bool) -> None:
    """The actor got over this obstacle, says how, and agrees that peers of the kabupaten may ask."""
    require(actor, CHANGE_HELP)
    text = free_text.without_numbers(" ".join(how.replace("\x00", "").split()))
    if key not in TIPS:
        raise NotFound("obstacle")
    if not agreed:
        raise Invalid(_("Centang dulu bahwa Anda bersedia ditanya."), "agreed")
    if not 10 <= len(text) <= LONGEST_HOW:
        raise Invalid(_("Tulis apa yang Anda lakukan, 10 sampai 300 huruf."), "how")
    with unit_of_work("fieldwork.offer_help", actor, f"obstacle:{key}") as uow:
        row = read.peer_row(key, actor.id or 0)
        said = {"how": text, "unit_path": _home(actor), "agreed_on": clock.today()}
        if row is None:
            uow.add(ObstaclePeer(obstacle=key, person_id=actor.id, **said))
        else:
            row.how, row.unit_path = text, _home(actor)


def withdraw_help(actor: Actor, key: str) -> None:
    """The actor is asked no more about this obstacle."""
    require(actor, CHANGE_HELP)
    with unit_of_work("fieldwork.withdraw_help", actor, f"obstacle:{key}"):
        row = read.peer_row(key, actor.id or 0)
        if row is not None:
            read.remove(row)


def ask_for_count(uow: UnitOfWork, cards: Iterable[GroupCard], days: Iterable[date]) -> None:
    """Have the obstacles of these groups' kabupaten counted anew, after the commit."""
    firsts = {months.month_of(day).first for day in days}
    for path in sorted({places.kabupaten_of(card.unit_path) for card in cards}):
        for first in sorted(firsts):
            uow.enqueue(COUNT, path=path, month=first.isoformat())


def count_job(path: str, month: str) -> None:
    """Count one kabupaten and month from its meetings; done twice it says the same."""
    span = months.month_of(date.fromisoformat(month))
    with unit_of_work(COUNT, subject=f"{path}:{month}") as uow:
        read.forget(path, span.first)
        for key, groups in read.counted(path, span.first, span.after).items():
            uow.add(ObstacleReport(unit_path=path, month=span.first, obstacle=key, groups=groups))


def matters(*obstacles: str) -> bool:
    """True if one of these is an obstacle that is counted."""
    return any(key not in {"", NO_OBSTACLE} for key in obstacles)
