"""Five families a quarter: random numbers of the roster, three things seen or not, and the share with its interval."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from p2k2lms.core import clock
from p2k2lms.core.access import Actor, allowed, require
from p2k2lms.core.errors import Invalid
from p2k2lms.core.i18n import _, lazy
from p2k2lms.core.submissions import Sent, SubmissionKind
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.fieldwork.models import SpotCheck
from p2k2lms.plugins.fieldwork.permissions import CREATE_GROUP, CREATE_MEETING
from p2k2lms.plugins.fieldwork.queries import groups as read
from p2k2lms.plugins.fieldwork.queries import plans as read_checks
from p2k2lms.plugins.fieldwork.rules import drawing, planning
from p2k2lms.plugins.fieldwork.service import groups
from p2k2lms.plugins.fieldwork.values import GroupCard, SpotCheckPayload
from p2k2lms.plugins.fieldwork.values.behaviours import BEHAVIOURS
from p2k2lms.plugins.fieldwork.values.words import FLAGS, HANDED_OVER, NOT_HOLDER, OTHER_NUMBERS, TWICE
from p2k2lms.stats.funnel import wilson

SEEN, NOT_SEEN = "y", "n"


def numbers_of(group_id: int, quarter: date, members: int) -> list[int]:
    """The numbers to visit: fixed by group and quarter, so that nobody chooses."""
    return sorted(drawing.roster_numbers(f"{group_id}:{planning.quarter_code(quarter)}", members))


def check(actor: Actor, sent: Sent, payload: SpotCheckPayload) -> list[str]:
    """Apply `fieldwork.spot_check`: only sums are kept; other numbers than the drawn ones are kept with a flag."""
    with unit_of_work("fieldwork.check_five", actor, f"group:{payload.group}") as uow:
        card, custody = read.card(payload.group), read.custody_of([payload.group])
        today = clock.today(card.zone if card else clock.HOME)
        if card is None or not allowed(actor, CREATE_MEETING, groups.place_of(card, custody, today)):
            raise Invalid(_("Kelompok ini bukan kelompok Anda."), "payload.group")
        quarter = planning.quarter_from(payload.quarter)
        if payload.modul not in BEHAVIOURS:
            raise Invalid(_("Pilih modul."), "payload.modul")
        if quarter > today:
            raise Invalid(_("Triwulan ini belum tiba."), "payload.quarter")
        holders = {held.person_id for held in custody}
        before = read_checks.checks_of([card.id], quarter)
        odd = {
            OTHER_NUMBERS: set(payload.numbers) != set(numbers_of(card.id, quarter, card.members)),
            TWICE: any(one.modul == payload.modul for one in before),
            HANDED_OVER: card.holder_id not in (actor.id, None) and actor.id in holders,
            NOT_HOLDER: actor.id not in holders or card.holder_id is None,
        }
        flags = [flag for flag, so in odd.items() if so]
        signs = (payload.first, payload.second, payload.third)
        counts = [[one.count(SEEN), one.count(SEEN) + one.count(NOT_SEEN)] for one in signs]
        about = {"quarter": quarter, "modul": payload.modul, "families": len(payload.numbers), "counts": counts}
        uow.add(SpotCheck(id=sent.id, group_id=card.id, person_id=actor.id, flags=flags, **about))
        return flags


SPOT_CHECK = SubmissionKind(
    "fieldwork.spot_check", {1: SpotCheckPayload}, check, title=lazy("Cek lima keluarga"), words=FLAGS
)


@dataclass(frozen=True)
class Seen:
    """How many of the families a thing was seen in, with the interval of the share."""

    text: str
    seen: int
    asked: int

    @property
    def interval(self) -> tuple[int, int] | None:
        """Wilson's interval in whole percent; None without a family."""
        if not self.asked:
            return None
        low, high = wilson(self.seen, self.asked)
        return round(100 * max(0.0, low)), round(100 * min(1.0, high))


@dataclass(frozen=True)
class Quarter:
    """The quarter of the actor's groups: who was checked, and what was seen by modul."""

    first: date
    code: str
    checked: frozenset[int]
    cards: tuple[GroupCard, ...]
    results: Mapping[str, tuple[Seen, ...]]


def quarter(actor: Actor) -> Quarter:
    """This quarter of the actor's own groups."""
    require(actor, CREATE_GROUP)
    first = planning.quarter_of(clock.today())
    cards = groups.own_groups(actor)
    rows = read_checks.checks_of([card.id for card in cards], first)
    newest = {(row.group_id, row.modul): row for row in rows}
    results = {}
    for modul, texts in BEHAVIOURS.items():
        mine = [row for (_group, its), row in newest.items() if its == modul]
        if mine:
            sums = [[sum(row.counts[n][k] for row in mine) for k in (0, 1)] for n in range(len(texts))]
            results[modul] = tuple(Seen(str(t), *both) for t, both in zip(texts, sums, strict=True))
    checked = frozenset(row.group_id for row in rows)
    return Quarter(first, planning.quarter_code(first), checked, tuple(cards), results)
