"""Several witnesses of the same people, side by side: themselves, the supervisor, who observed them, the families."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from p2k2lms.core.access import Actor, require
from p2k2lms.core.errors import NotFound
from p2k2lms.core.i18n import _
from p2k2lms.plugins.coaching import service as coaching
from p2k2lms.plugins.evaluation.permissions import READ_WAVE
from p2k2lms.plugins.evaluation.queries import sides as read
from p2k2lms.plugins.evaluation.queries import waves as read_waves
from p2k2lms.plugins.evaluation.rules import sides as rules
from p2k2lms.plugins.evaluation.rules.sides import Pairs, Side
from p2k2lms.plugins.evaluation.service.cards import wave_card
from p2k2lms.plugins.evaluation.service.instruments import card
from p2k2lms.plugins.evaluation.service.wave_data import APPLYING, CASELOAD
from p2k2lms.plugins.evaluation.values import DOES, FAMILY, NOT_FOR_THEM, WaveCard

SELF, BOSS = "em-alumni", "em-atasan"
FOLLOWS, ABLE = "F1", "S1"
OFTEN, CAN = {"selalu", "sering"}, {"mandiri", "membantu"}
HALF = 50.0  # percent
FAITHFUL = 75.0  # percent of the steps that an observer saw whole
SINCE = timedelta(days=183)


@dataclass(frozen=True)
class Claim:
    """One claim, what each kind of witness says of it, and the people whom two of them saw."""

    title: str
    sides: tuple[Side, ...]
    pairs: tuple[tuple[str, str, Pairs], ...]


@dataclass(frozen=True)
class SidesPage:
    """The claims of a wave that more than one kind of witness can speak to."""

    wave: WaveCard
    claims: tuple[Claim, ...]


def sides_page(actor: Actor, wave_id: int) -> SidesPage:
    """What the witnesses say of the people of a wave; NotFound for others, and for a wave of another instrument."""
    found = read_waves.with_version(wave_id)
    if found is None:
        raise NotFound("wave")
    row = found[0]
    require(actor, READ_WAVE, row.unit_path)
    if card(found[1]).code != SELF:
        raise NotFound("wave")
    told = read.beside(row, [FOLLOWS, ABLE, APPLYING, CASELOAD, *DOES])
    people = [one.subject_id for one in read_waves.frame(wave_id)]
    seen = coaching.watched(people, row.opens - SINCE, row.closes)
    return SidesPage(wave_card(row), (_leading(told, seen), _applying(told)))


def _leading(told: Iterable[Any], seen: Mapping[int, tuple[int, int]]) -> Claim:
    """Whether the steps of the module are kept."""
    own = {person: choice in OFTEN for who, person, _s, code, choice, _n in told if (who, code) == (SELF, FOLLOWS)}
    boss = {person: choice in CAN for who, person, _s, code, choice, _n in told if (who, code) == (BOSS, ABLE)}
    kept = {person: 100 * done / due for person, (done, due) in seen.items() if due}
    watched = {person: share >= FAITHFUL for person, share in kept.items()}
    sides = (
        rules.side(_("Pendamping sendiri"), _("selalu atau sering mengikuti langkah"), _percent(own)),
        rules.side(_("Pengamat"), _("langkah yang terlihat utuh, rata-rata per orang"), kept),
        rules.side(_("Atasan"), _("memimpin sendiri sesuai langkah"), _percent(boss)),
    )
    named = ((_("Sendiri"), _("Pengamat"), own, watched), (_("Sendiri"), _("Atasan"), own, boss))
    return Claim(_("Memimpin sesuai langkah"), sides, tuple(_paired(named)))


def _applying(told: Iterable[Any]) -> Claim:
    """Whether the families do at home what they were taught."""
    numbers = {(person, code): n for who, person, _s, code, _c, n in told if who == SELF and n is not None}
    said = {
        person: 100 * numbers[person, APPLYING] / caseload
        for (person, code), caseload in numbers.items()
        if code == CASELOAD and caseload and (person, APPLYING) in numbers
    }
    asked: dict[int, list[bool]] = {}
    for who, person, _sheet, code, choice, _number in told:
        if who == FAMILY and code in DOES and choice != NOT_FOR_THEM:
            asked.setdefault(person, []).append(choice in DOES[code])
    does = {person: 100 * sum(yes) / len(yes) for person, yes in asked.items()}
    sides = (
        rules.side(_("Pendamping sendiri"), _("bagian KPM yang dikira menjalankan"), said),
        rules.side(_("Keluarga"), _("perilaku yang dijalankan, dari yang berlaku di rumah itu"), does),
    )
    named = ((_("Sendiri"), _("Keluarga"), _half(said), _half(does)),)
    return Claim(_("Keluarga menjalankan isi materi"), sides, tuple(_paired(named)))


def _half(said: Mapping[int, float]) -> dict[int, bool]:
    return {person: share >= HALF for person, share in said.items()}


def _percent(said: Mapping[int, bool]) -> dict[int, float]:
    return {person: 100.0 * yes for person, yes in said.items()}


def _paired(
    named: Iterable[tuple[str, str, Mapping[int, bool], Mapping[int, bool]]],
) -> Iterable[tuple[str, str, Pairs]]:
    for first, second, one, other in named:
        found = rules.pairs(one, other)
        if found is not None:
            yield first, second, found
