"""Waves are made, by hand or by the schedule, and who is asked in them is drawn and frozen."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from p2k2lms.core import clock
from p2k2lms.core.access import SYSTEM, Actor, require
from p2k2lms.core.errors import Conflict, Invalid
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.evaluation.models import Wave
from p2k2lms.plugins.evaluation.permissions import CHANGE_WAVE
from p2k2lms.plugins.evaluation.queries import waves as read
from p2k2lms.plugins.evaluation.rules import asking
from p2k2lms.plugins.evaluation.service.assigning import FRAME, assign
from p2k2lms.plugins.evaluation.service.cards import wave_card
from p2k2lms.plugins.evaluation.service.instruments import version_card
from p2k2lms.plugins.evaluation.service.known import led_lately
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
    with unit_of_work("evaluation.make_wave", actor, f"unit:{unit.id}"):
        if read.waves_like(plan.code, version.code, unit.id, plan.anchor):
            raise Conflict(_("Gelombang ini sudah ada untuk wilayah dan tanggal yang sama."))
        seed = secrets.token_hex(16)
        arms = dict.fromkeys(_named(numbers), "") if plan.code == TRIAL else _arms(plan, unit, seed)
        return wave_card(_keep(Making(plan, version, unit, seed), arms, actor.id))


def open_scheduled(plan: WavePlan, version: VersionCard, unit: UnitCard) -> bool:
    """Make a wave of the schedule if there is somebody to ask, or ask who came since; joins the night."""
    row = read.waves_like(plan.code, version.code, unit.id, plan.anchor)
    if row is not None:
        _top_up(row, version, plan, unit)
        return False
    seed = secrets.token_hex(16)
    arms = _arms(plan, unit, seed)
    if arms:
        _keep(Making(plan, version, unit, seed), arms, None)
    return bool(arms)


def _top_up(row: Wave, version: VersionCard, plan: WavePlan, unit: UnitCard) -> None:
    """Ask who came since. Others are not drawn again: they were drawn when the wave was made."""
    if row.closed_at is None:
        known = {one.subject_id for one in read.everybody(row.id)} | {one.subject_id for one in read.unasked(row.id)}
        came = _arms(replace(plan, untrained=False), unit, row.draw_seed)
        with unit_of_work("evaluation.top_up_wave", SYSTEM, f"wave:{row.id}") as uow:
            assign(uow, row, version, came, known)


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


def _keep(making: Making, arms: Mapping[int, str], maker: int | None) -> Wave:
    plan, version, unit, seed = making.plan, making.version, making.unit, making.seed
    with unit_of_work("evaluation.keep_wave", SYSTEM, f"unit:{unit.id}") as uow:
        plain = {name: getattr(plan, name) for name in ("code", "title", "version_id", "anchor", "opens", "closes")}
        where = {"unit_id": unit.id, "unit_path": unit.path}
        row = uow.add(Wave(**plain, **where, instrument_code=version.code, draw_seed=seed, made_by=maker))
        assign(uow, row, version, arms)
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
    homes = identity.home_units(people, clock.today())
    inside = {person: home for person, home in homes.items() if home.path.startswith(unit.path)}
    return {person: identity.kabupaten_of(home) for person, home in inside.items()}


def frame_wave(wave_id: int, log: bool = True) -> None:
    """Job: freeze sex, age and log activity of who is asked, for the weights of the result; what is frozen stays.

    Without `log` for a wave of before there was one: what nobody wrote down is unknown, not 0.
    """
    with unit_of_work(FRAME, SYSTEM, f"wave:{wave_id}"):
        row = read.wave(wave_id)
        if row is None:
            return
        rows = [one for one in read.frame(wave_id) if not (one.sex or one.age_band or one.log_band)]
        people = list({r.subject_id for r in rows})
        about, led = identity.frame_of(people), led_lately(people, row.opens) if log else {}
        for one in rows:
            known = about.get(one.subject_id)
            one.sex = known.sex if known else ""
            one.age_band = asking.band(asking.AGE_BANDS, asking.age(known.born, row.opens) if known else None)
            one.log_band = asking.band(asking.LOG_BANDS, led.get(one.subject_id))
