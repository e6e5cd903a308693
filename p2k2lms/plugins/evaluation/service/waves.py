"""Waves: made by hand or by the schedule, watched while they are open, closed."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from p2k2lms.core import clock
from p2k2lms.core.access import SYSTEM, Actor, require
from p2k2lms.core.errors import Conflict, Invalid, NotAllowed, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.evaluation.models import Wave
from p2k2lms.plugins.evaluation.permissions import CHANGE_WAVE, READ_WAVE
from p2k2lms.plugins.evaluation.queries import waves as read
from p2k2lms.plugins.evaluation.rules import asking
from p2k2lms.plugins.evaluation.service.instruments import card, version_card
from p2k2lms.plugins.evaluation.service.known import led_lately
from p2k2lms.plugins.evaluation.values import (
    EXCUSED,
    PUBLISHED,
    REMINDERS,
    SPECIAL,
    TRAINED,
    TRIAL,
    TRIED,
    UNTRAINED,
    WAITING,
    AssignmentCard,
    Rate,
    VersionCard,
    WaveCard,
)
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.identity.values import UnitCard

FRAME, REMINDER = "evaluation.frame_wave", "evaluation.reminder"
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
class WavePage:
    """A wave as its evaluator watches it; `silent` is empty for those who see no persons."""

    wave: WaveCard
    version: VersionCard
    unit: UnitCard
    rate: Rate
    by_kabupaten: list[tuple[str, Rate]]
    silent: list[AssignmentCard]
    names: Mapping[int, str]
    sees_persons: bool


def wave_card(row: Wave) -> WaveCard:
    """A wave as others see it."""
    return WaveCard(**{field.name: getattr(row, field.name) for field in fields(WaveCard)})


def assignment_card(row: Any) -> AssignmentCard:
    """Who is asked, as others see it."""
    return AssignmentCard(**{field.name: getattr(row, field.name) for field in fields(AssignmentCard)})


def waves(actor: Actor) -> tuple[list[WaveCard], dict[int, Rate]]:
    """The waves of the actor's units, the latest first, with how many have answered."""
    require(actor, READ_WAVE)
    found = [wave_card(row) for row in read.waves_below(actor.paths("evaluator"))]
    return found, read.rates([wave.id for wave in found])


def wave(actor: Actor, wave_id: int) -> WaveCard:
    """One wave of the actor's units."""
    row = read.wave(wave_id)
    if row is None:
        raise NotFound("wave")
    require(actor, READ_WAVE, row.unit_path)
    return wave_card(row)


def sees_persons(actor: Actor) -> bool:
    """True below the national level: there every list stops at the kabupaten."""
    return any(not path.rstrip("/").endswith("/ID") for path in actor.paths("evaluator"))


def wave_page(actor: Actor, wave_id: int) -> WavePage:
    """The response so far by kabupaten, and whom to remind."""
    found = read.with_version(wave_id)
    if found is None:
        raise NotFound("wave")
    require(actor, READ_WAVE, found[0].unit_path)
    rows = read.rates_by_kabupaten(wave_id)
    units = identity.units([found[0].unit_id, *(r.unit_id for r in rows if r.unit_id is not None)])
    total = Rate(None, sum(r.asked for r in rows), sum(r.answered for r in rows))
    may = sees_persons(actor)
    silent = read.silent(wave_id, actor.paths("evaluator"), limit=200) if may else []
    people = identity.names({row.respondent_id for row in silent} | {row.subject_id for row in silent})
    return WavePage(
        wave=wave_card(found[0]),
        version=card(found[1]),
        unit=units[found[0].unit_id],
        rate=total,
        by_kabupaten=[(units[r.unit_id].name if r.unit_id in units else _("tanpa kabupaten"), r) for r in rows],
        silent=[assignment_card(row) for row in silent],
        names=people,
        sees_persons=may,
    )


def make_wave(actor: Actor, plan: WavePlan, numbers: Sequence[str] = ()) -> WaveCard:
    """Make a wave and say who is asked; `numbers` (PKH id or phone) name the people of a try-out."""
    unit = identity.unit(plan.unit_id)
    require(actor, CHANGE_WAVE, unit.path)
    version = version_card(plan.version_id)
    _must_be_askable(plan, version)
    with unit_of_work("evaluation.make_wave", actor, f"unit:{unit.id}"):
        if read.waves_like(plan.code, version.code, unit.id, plan.anchor):
            raise Conflict(_("Gelombang ini sudah ada untuk wilayah dan tanggal yang sama."))
        people = _named(numbers) if plan.code == TRIAL else None
        return _make(plan, version, unit, actor.id, people)


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
        raise Invalid(_("Tulis ID PKH orang yang mencoba."), "numbers")
    return list(dict.fromkeys(person.id for person in found.values()))


def _make(
    plan: WavePlan, version: VersionCard, unit: UnitCard, maker: int | None, people: list[int] | None = None
) -> WaveCard:
    with unit_of_work("evaluation.keep_wave", SYSTEM, f"unit:{unit.id}") as uow:
        plain = {name: getattr(plan, name) for name in ("code", "title", "version_id", "anchor", "opens", "closes")}
        where = {"unit_id": unit.id, "unit_path": unit.path}
        row = uow.add(
            Wave(**plain, **where, instrument_code=version.code, draw_seed=secrets.token_hex(16), made_by=maker)
        )
        arms = dict.fromkeys(people, "") if people is not None else _arms(plan, unit, row.draw_seed)
        _assign(row, version, arms)
        uow.enqueue(FRAME, wave_id=row.id)
        return wave_card(row)


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


def _assign(row: Wave, version: VersionCard, arms: Mapping[int, str]) -> None:
    homes = identity.home_units(arms, clock.today())
    asked = dict(zip(arms, arms, strict=True))
    if version.instrument.audience == "atasan":
        asked = identity.supervisors_of(arms, clock.today())
    read.insert_assignments(
        [
            {
                "wave_id": row.id,
                "respondent_id": asked[person],
                "subject_id": person,
                "subject_ref": "",
                "arm": arm,
                "kabupaten_id": identity.kabupaten_of(homes[person]),
                "unit_path": homes[person].path,
                "state": WAITING,
            }
            for person, arm in arms.items()
            if person in asked and person in homes
        ]
    )


def frame_wave(wave_id: int) -> None:
    """Job: freeze sex, age and log activity of everybody asked, for the weights of the result."""
    with unit_of_work(FRAME, SYSTEM, f"wave:{wave_id}"):
        row = read.wave(wave_id)
        if row is None:
            return
        rows = read.frame(wave_id)
        people = list({r.subject_id for r in rows})
        about, led = identity.frame_of(people), led_lately(people, row.opens)
        for one in rows:
            known = about.get(one.subject_id)
            one.sex = known.sex if known else ""
            one.age_band = asking.band(asking.AGE_BANDS, asking.age(known.born, row.opens) if known else None)
            one.log_band = asking.band(asking.LOG_BANDS, led.get(one.subject_id))


def remind(actor: Actor, wave_id: int) -> int:
    """Ring the bell of everybody who has not answered, at most three times each; returns how many were reminded."""
    with unit_of_work("evaluation.remind_silent", actor, f"wave:{wave_id}") as uow:
        row = _open_row(actor, wave_id)
        late = [one for one in read.silent(wave_id, [row.unit_path]) if one.reminders < REMINDERS]
        read.count_reminder([one.id for one in late])
        for one in late:
            uow.notify(
                one.respondent_id, REMINDER, f"/evaluasi/isi/{one.id}", title=row.title, day=row.closes.isoformat()
            )
        return len(late)


def draw_phones(actor: Actor, wave_id: int) -> int:
    """Draw, once, whom to phone among the silent; returns how many."""
    with unit_of_work("evaluation.draw_phones", actor, f"wave:{wave_id}"):
        row = _open_row(actor, wave_id)
        late = read.silent(wave_id, [row.unit_path])
        if any(one.drawn for one in read.frame(wave_id)):
            raise Conflict(_("Sampel telepon sudah diundi satu kali untuk gelombang ini."))
        chosen = set(asking.to_phone(row.draw_seed, [one.id for one in late]))
        read.mark_drawn(chosen)
        return len(chosen)


def excuse(actor: Actor, wave_id: int, assignment_id: int, reason: str) -> None:
    """Somebody need not answer, with the reason; he leaves the frame."""
    with unit_of_work("evaluation.excuse_respondent", actor, f"assignment:{assignment_id}"):
        _open_row(actor, wave_id)
        found = read.assignment(assignment_id)
        if found is None or found[1].id != wave_id:
            raise NotFound("assignment")
        row = found[0]
        if row.state != WAITING:
            raise Conflict(_("Orang ini sudah menjawab atau sudah dilepas."))
        row.state, row.excuse = EXCUSED, reason


def _open_row(actor: Actor, wave_id: int) -> Wave:
    row = read.wave(wave_id)
    if row is None:
        raise NotFound("wave")
    require(actor, CHANGE_WAVE, row.unit_path)
    if not sees_persons(actor):
        raise NotAllowed("evaluation.change_wave")
    if row.closed_at is not None:
        raise Conflict(_("Gelombang ini sudah ditutup."))
    return row


def close(actor: Actor, wave_id: int) -> None:
    """Take no more answers."""
    with unit_of_work("evaluation.close_wave", actor, f"wave:{wave_id}"):
        row = _open_row(actor, wave_id)
        row.closed_at = clock.now()
