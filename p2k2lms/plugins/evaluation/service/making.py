"""Waves are made, by hand or by the schedule, and who is asked in them is drawn and frozen."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from p2k2lms.core import clock
from p2k2lms.core.access import SYSTEM, Actor, require
from p2k2lms.core.errors import Conflict, Invalid
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import UnitOfWork, unit_of_work
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.evaluation.models import Wave
from p2k2lms.plugins.evaluation.permissions import CHANGE_WAVE
from p2k2lms.plugins.evaluation.queries import waves as read
from p2k2lms.plugins.evaluation.rules import asking
from p2k2lms.plugins.evaluation.service.assigning import Subject, ask_waiting, enlist, homes_of, subjects
from p2k2lms.plugins.evaluation.service.cards import wave_card
from p2k2lms.plugins.evaluation.service.instruments import version_card
from p2k2lms.plugins.evaluation.values import (
    PUBLISHED,
    SPECIAL,
    TRAINED,
    TRIAL,
    TRIED,
    UNTRAINED,
    VersionCard,
    WaveCard,
)
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.identity.values import UnitCard

MOST_PEOPLE = 50_000


@dataclass(frozen=True, kw_only=True)
class WavePlan:
    """What a wave is to be; `until` ends the days in which the classes of its people ended."""

    code: str
    title: str
    version_id: int
    unit_id: int
    anchor: date
    until: date
    opens: date
    closes: date
    untrained: bool = True


@dataclass(frozen=True)
class Making:
    """A wave about to be made, with the seed of its draws."""

    plan: WavePlan
    version: VersionCard
    unit: UnitCard
    seed: str


def make_wave(actor: Actor, plan: WavePlan, numbers: Sequence[str] = ()) -> WaveCard:
    """Make a wave and say who is asked; `numbers` (PKH id or phone) name the people of a try-out."""
    unit = identity.unit(plan.unit_id)
    require(actor, CHANGE_WAVE, unit.path)
    version = version_card(plan.version_id)
    _must_be_askable(plan, version)
    seed = secrets.token_hex(16)
    arms = dict.fromkeys(_named(numbers), "") if plan.code == TRIAL else _arms(plan, unit, seed)
    people = subjects(version.instrument.audience, seed, arms)
    with unit_of_work("evaluation.make_wave", actor, f"unit:{unit.id}") as uow:
        if read.waves_like(plan.code, version.code, unit.id, plan.anchor):
            raise Conflict(_("Gelombang ini sudah ada untuk wilayah dan tanggal yang sama."))
        made = wave_card(_keep(uow, Making(plan, version, unit, seed), people, actor.id))
    ask_waiting(made.id)
    return made


def open_scheduled(plan: WavePlan, version: VersionCard, unit: UnitCard) -> bool:
    """Make a wave of the schedule if there is somebody to ask, or ask who came since; True if one was made.

    Who is asked is looked up before each transaction, so that nobody waits for the pen meanwhile.
    """
    row = read.waves_like(plan.code, version.code, unit.id, plan.anchor)
    wave_id = _open(plan, version, unit) if row is None else _top_up(row, version, plan, unit)
    if wave_id is not None:
        ask_waiting(wave_id)
    return row is None and wave_id is not None


def _open(plan: WavePlan, version: VersionCard, unit: UnitCard) -> int | None:
    seed = secrets.token_hex(16)
    arms = _arms(plan, unit, seed)
    if not arms:
        return None
    people = subjects(version.instrument.audience, seed, arms)
    with unit_of_work("evaluation.open_wave", SYSTEM, f"unit:{unit.id}") as uow:
        return _keep(uow, Making(plan, version, unit, seed), people, None).id


def _top_up(row: Wave, version: VersionCard, plan: WavePlan, unit: UnitCard) -> int | None:
    """Ask who came since. Others are not drawn again: they were drawn when the wave was made.

    Who the wave is about already takes part in the lot of those whose families are visited: a draw among those who
    came since alone would draw as many anew each time.
    """
    if row.closed_at is not None:
        return None
    wave_id = row.id
    arms = _arms(replace(plan, untrained=False), unit, row.draw_seed)
    people = subjects(version.instrument.audience, row.draw_seed, arms)
    if people.keys() - read.subjects(wave_id):
        with unit_of_work("evaluation.top_up_wave", SYSTEM, f"wave:{wave_id}"):
            enlist(wave_id, people)
    return wave_id


def _must_be_askable(plan: WavePlan, version: VersionCard) -> None:
    if fault := asking.fault_of_span(plan.opens, plan.closes):
        raise Invalid(fault, "closes")
    if plan.until < plan.anchor:
        raise Invalid(_("Tanggal akhir sebelum tanggal awal."), "until")
    if version.state != (TRIED if plan.code == TRIAL else PUBLISHED):
        raise Invalid(_("Versi ini belum bisa dipakai di gelombang ini."), "instrument")


def _named(numbers: Sequence[str]) -> list[int]:
    found = identity.find_people(list(numbers))
    if missing := [number for number in numbers if number not in found]:
        raise Invalid(_("Tidak dikenal: %(numbers)s.", numbers=", ".join(missing[:10])), "numbers")
    if not found:
        raise Invalid(_("Tulis nomor SDM PKH orang yang mencoba."), "numbers")
    return list(dict.fromkeys(person.id for person in found.values()))


def _keep(uow: UnitOfWork, making: Making, people: Mapping[int, Subject], maker: int | None) -> Wave:
    """The wave with everybody it is about in its queue."""
    plan = making.plan
    plain = {name: getattr(plan, name) for name in ("code", "title", "version_id", "anchor", "opens", "closes")}
    where = {"unit_id": making.unit.id, "unit_path": making.unit.path, "instrument_code": making.version.code}
    row = uow.add(Wave(**plain, **where, draw_seed=making.seed, made_by=maker))
    enlist(row.id, people)
    return row


def _arms(plan: WavePlan, unit: UnitCard, seed: str) -> dict[int, str]:
    """Everybody who is asked about, and the arm: those of the classes of these days, and others by lot beside them."""
    if plan.code == SPECIAL:
        everybody = identity.ids_of_units([unit.path], ["pendamping"], clock.today(), limit=MOST_PEOPLE)
        done = {spell.person_id for spell in enrolment.finished_spells(everybody)}
        return {person: TRAINED if person in done else UNTRAINED for person in everybody}
    trained = enrolment.people_of_classes(plan.anchor, plan.until, starting=plan.code == "W0")
    homes = _kabupaten_of(trained, unit)
    found = dict.fromkeys(homes, TRAINED)
    if plan.untrained:
        active = identity.ids_of_units([unit.path], ["pendamping"], clock.today(), limit=MOST_PEOPLE)
        exposed = enrolment.exposed_among(active)
        waiting = _kabupaten_of([p for p in active if p not in exposed and p not in homes], unit)
        found |= dict.fromkeys(asking.compared(seed, homes, waiting), UNTRAINED)
    return found


def _kabupaten_of(people: Iterable[int], unit: UnitCard) -> dict[int, int | None]:
    """The kabupaten in which each works today, for those who work in the unit."""
    return {who: identity.kabupaten_of(home) for who, home in homes_of(people) if home.path.startswith(unit.path)}
