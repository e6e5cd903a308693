"""Watching a wave: the response by kabupaten, who is silent, of whom nobody can be asked yet."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from p2k2lms.core.access import Actor, require
from p2k2lms.core.errors import NotAllowed, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.plugins.evaluation.models import InstrumentVersion, Wave
from p2k2lms.plugins.evaluation.permissions import CHANGE_WAVE, READ_WAVE, below_the_nation
from p2k2lms.plugins.evaluation.queries import waves as read
from p2k2lms.plugins.evaluation.service.cards import assignment_card, wave_card
from p2k2lms.plugins.evaluation.service.instruments import card
from p2k2lms.plugins.evaluation.values import AssignmentCard, Rate, UnaskedCard, VersionCard, WaveCard
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.identity.values import UnitCard

MOST_SHOWN = 200


@dataclass(frozen=True)
class WavePage:
    """A wave as its evaluator watches it; `silent` is empty for those who see no persons.

    `places` names the kabupaten, `unasked` counts by kabupaten and reason of whom nobody can be asked yet, and
    `chosen` is the kabupaten that the list of the silent is held to.
    """

    wave: WaveCard
    version: VersionCard
    unit: UnitCard
    rate: Rate
    places: Mapping[int | None, str]
    by_kabupaten: Sequence[Rate]
    unasked: Mapping[int | None, Mapping[str, int]]
    chosen: int | None
    silent: list[AssignmentCard]
    names: Mapping[int, str]
    sees_persons: bool

    @property
    def silent_all(self) -> int:
        """How many of those chosen have not answered, shown here or not."""
        rates = self.by_kabupaten if self.chosen is None else [r for r in self.by_kabupaten if r.unit_id == self.chosen]
        return sum(rate.asked - rate.answered for rate in rates)

    @property
    def lacks(self) -> dict[str, int]:
        """Of how many nobody can be asked, by reason."""
        return dict(sum((Counter(reasons) for reasons in self.unasked.values()), Counter()))


@dataclass(frozen=True)
class UnaskedPage:
    """The people a wave is about of whom nobody can be asked yet; `places` names their kabupaten."""

    wave: WaveCard
    people: Sequence[UnaskedCard]
    names: Mapping[int, str]
    places: Mapping[int | None, str]


def wave_page(actor: Actor, wave_id: int, kabupaten: int | None = None) -> WavePage:
    """The response so far by kabupaten, and whom to remind, in one of them if it is said."""
    row, version = _readable(actor, wave_id)
    rates, unasked = read.standing(wave_id)
    units = identity.units([row.unit_id, *(rate.unit_id for rate in rates if rate.unit_id is not None)])
    chosen = kabupaten if any(rate.unit_id == kabupaten for rate in rates) else None
    may = below_the_nation(actor, row.unit_path)
    silent = read.silent(wave_id, actor.paths("evaluator"), MOST_SHOWN, chosen) if may else []
    return WavePage(
        wave=wave_card(row),
        version=card(version),
        unit=units[row.unit_id],
        rate=Rate(None, sum(rate.asked for rate in rates), sum(rate.answered for rate in rates)),
        places=_named(units),
        by_kabupaten=rates,
        unasked=unasked,
        chosen=chosen,
        silent=[assignment_card(one) for one in silent],
        names=identity.names({one.respondent_id for one in silent} | {one.subject_id for one in silent}),
        sees_persons=may,
    )


def unasked_page(actor: Actor, wave_id: int) -> UnaskedPage:
    """Of whom nobody can be asked yet, and why; for those who see persons."""
    row, _version = _readable(actor, wave_id)
    if not below_the_nation(actor, row.unit_path):
        raise NotAllowed("evaluation.read_replies")
    found = read.unasked(wave_id, actor.paths("evaluator"), MOST_SHOWN)
    units = identity.units({one.kabupaten_id for one in found if one.kabupaten_id is not None})
    people = [UnaskedCard(one.subject_id, one.kabupaten_id, one.reason) for one in found]
    return UnaskedPage(wave_card(row), people, identity.names(one.subject_id for one in found), _named(units))


def to_excuse(actor: Actor, wave_id: int, assignment_id: int) -> tuple[WaveCard, str]:
    """The wave and the name of somebody asked in it who is about to be released."""
    found = read.assignment(assignment_id)
    if found is None or found[1].id != wave_id:
        raise NotFound("assignment")
    require(actor, CHANGE_WAVE, found[1].unit_path)
    if not below_the_nation(actor, found[1].unit_path):
        raise NotAllowed("evaluation.change_wave")
    who = found[0].respondent_id
    return wave_card(found[1]), identity.names([who]).get(who, "–")


def _readable(actor: Actor, wave_id: int) -> tuple[Wave, InstrumentVersion]:
    found = read.with_version(wave_id)
    if found is None:
        raise NotFound("wave")
    require(actor, READ_WAVE, found[0].unit_path)
    return found


def _named(units: Mapping[int, UnitCard]) -> dict[int | None, str]:
    return {None: _("tanpa kabupaten"), **{unit.id: unit.name for unit in units.values()}}
