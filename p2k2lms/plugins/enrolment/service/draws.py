"""The fair queue of a class: a round is made, its list frozen, the number typed by two, and drawn once."""

import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from p2k2lms.core import clock
from p2k2lms.core.access import Actor, require
from p2k2lms.core.errors import Conflict, Fault, Invalid, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.core.unit_of_work import UnitOfWork, unit_of_work
from p2k2lms.plugins.enrolment.models import CallDraw, CallExemption, CallNumber, CallRound
from p2k2lms.plugins.enrolment.permissions import RUN_DRAW
from p2k2lms.plugins.enrolment.queries import calling as read
from p2k2lms.plugins.enrolment.rules import drawing
from p2k2lms.plugins.enrolment.rules.drawing import CALLED, IN_RESERVE, Eligible
from p2k2lms.plugins.enrolment.service import reading
from p2k2lms.plugins.enrolment.service.exposure import exposed_among
from p2k2lms.plugins.enrolment.service.members import admit, changeable
from p2k2lms.plugins.enrolment.service.waiting import queue
from p2k2lms.plugins.enrolment.values import BY_DRAW, AngkatanCard, Call
from p2k2lms.plugins.identity import service as identity

MOST_KABUPATEN = 600
AT_A_TIME = 2_000
KABUPATEN = 4  # the place of its code in a unit path


@dataclass(frozen=True)
class RoundPlan:
    """What is agreed before anything is drawn."""

    seats: int
    waiting: int
    source: str
    known_on: date


@dataclass(frozen=True)
class RoundPage:
    """A round as the staff of its class sees it."""

    angkatan: AngkatanCard
    round: CallRound | None
    eligible: int
    exempt: tuple[tuple[int, str, str], ...]
    typed: tuple[str, ...]
    may_type: bool
    draw: CallDraw | None
    counts: dict[str, int]
    called: tuple[tuple[str, str, int, str], ...]


@dataclass(frozen=True)
class PublicRound:
    """What everybody with an account may know of a round, and where it put the one who asks."""

    angkatan: AngkatanCard
    round: CallRound
    draw: CallDraw | None
    eligible: int
    on_list: bool
    standing: str
    rank: int


def round_page(actor: Actor, angkatan_id: int) -> RoundPage:
    """The round of a class, or what a new one would hold; for those who may draw."""
    card = reading.angkatan(angkatan_id)
    require(actor, RUN_DRAW, card)
    row = read.round_of(angkatan_id)
    if row is None:
        return RoundPage(card, None, 0, (), (), False, None, {}, ())
    exempt, typed, draw = read.exemptions(row.id), read.numbers(row.id), read.drawn(row.id)
    places = read.places(row.id, (CALLED, IN_RESERVE)) if draw else []
    names = identity.names({e.person_id for e in exempt} | {t.person_id for t in typed} | {p.person_id for p in places})
    kabupaten = identity.units_below([card.centre_path], "kabupaten", MOST_KABUPATEN) if places else []
    where = {unit.kemendagri_code: unit.name for unit in kabupaten}
    return RoundPage(
        angkatan=card,
        round=row,
        eligible=len(json.loads(row.people)) if row.frozen_at else len(_eligible(card, row)),
        exempt=tuple((e.person_id, names.get(e.person_id, ""), e.reason) for e in exempt),
        typed=tuple(names.get(t.person_id, "") for t in typed),
        may_type=row.frozen_at is not None and draw is None and clock.today() >= row.known_on,
        draw=draw,
        counts=read.counts(row.id) if draw else {},
        called=tuple(
            (names.get(p.person_id, ""), where.get(p.kabupaten, p.kabupaten), p.rank, p.standing) for p in places
        ),
    )


def make_round(actor: Actor, angkatan_id: int, plan: RoundPlan) -> None:
    """Agree on seats, reserve, and which public number will decide; a class has one round, so nobody draws twice."""
    with unit_of_work("enrolment.make_round", actor, f"angkatan:{angkatan_id}") as uow:
        card = _drawable(actor, angkatan_id)
        if read.round_of(angkatan_id) is not None:
            raise Conflict(_("Angkatan ini sudah punya putaran. Satu angkatan, satu undian."))
        _must_be_sound(plan, card)
        uow.add(
            CallRound(
                angkatan_id=angkatan_id,
                course=card.course,
                seats=plan.seats,
                waiting=plan.waiting,
                source=" ".join(plan.source.split()),
                known_on=plan.known_on,
                made_by=actor.id,
            )
        )


def _must_be_sound(plan: RoundPlan, card: AngkatanCard) -> None:
    faults = []
    if not 1 <= plan.seats <= 5_000 or (card.seats_left is not None and plan.seats > card.seats_left):
        faults.append(Fault("seats", _("Isi tempat antara 1 dan tempat kosong di angkatan.")))
    if not 0 <= plan.waiting <= 5_000:
        faults.append(Fault("waiting", _("Isi cadangan antara 0 dan 5.000.")))
    if not 10 <= len(plan.source.strip()) <= 300:
        faults.append(Fault("source", _("Tulis angka umum mana yang dipakai, sampai tidak ada dua tafsir.")))
    if plan.known_on <= clock.today():
        faults.append(Fault("known_on", _("Angkanya harus baru diketahui sesudah hari ini.")))
    if faults:
        raise Invalid(faults[0].message, faults[0].field, faults)


def exempt(actor: Actor, angkatan_id: int, number: str, reason: str) -> None:
    """Take somebody off the list before it is frozen, with a reason that stays."""
    with unit_of_work("enrolment.exempt_person", actor, f"angkatan:{angkatan_id}") as uow:
        card = _drawable(actor, angkatan_id)
        row = _open_round(angkatan_id)
        person = identity.find_people([number]).get(number)
        if person is None or person.id not in {p.person for p in _everybody(card)}:
            raise Invalid(_("Tidak ada pendamping dengan nomor ini di wilayah balai."), "number")
        if not reason.strip():
            raise Invalid(_("Tulis alasannya."), "reason")
        read.forget_exemption(row.id, person.id)
        uow.add(CallExemption(round_id=row.id, person_id=person.id, reason=reason.strip()[:300], said_by=actor.id))


def put_back(actor: Actor, angkatan_id: int, person_id: int) -> None:
    """Somebody is on the list again."""
    with unit_of_work("enrolment.put_back", actor, f"angkatan:{angkatan_id}"):
        _drawable(actor, angkatan_id)
        read.forget_exemption(_open_round(angkatan_id).id, person_id)


def freeze(actor: Actor, angkatan_id: int) -> str:
    """Freeze the list of who may be called, commit to a secret, and return the hash that is published."""
    with unit_of_work("enrolment.freeze_round", actor, f"angkatan:{angkatan_id}"):
        card = _drawable(actor, angkatan_id)
        row = _open_round(angkatan_id)
        if row.known_on <= clock.today():
            raise Conflict(_("Angka umum mungkin sudah diketahui. Daftar harus beku sebelum hari itu."))
        people = _eligible(card, row)
        if len(people) <= row.seats:
            raise Conflict(_("Tempat cukup untuk semua yang berhak. Undian tidak diperlukan."))
        row.people = json.dumps([list(p) for p in sorted(people)], separators=(",", ":"))
        row.secret = secrets.token_hex(32)
        row.commitment = drawing.digest(row.secret)
        row.list_hash = drawing.digest(drawing.canonical(_terms(row), people))
        row.frozen_at = clock.now()
        return row.list_hash


def type_number(actor: Actor, angkatan_id: int, number: str) -> bool:
    """Type the public number; when a second person types the same, the draw is made. Returns whether it was."""
    with unit_of_work("enrolment.type_number", actor, f"angkatan:{angkatan_id}") as uow:
        card = _drawable(actor, angkatan_id)
        row = read.round_of(angkatan_id)
        row = read.round_row(row.id) if row else None
        if row is None or row.frozen_at is None:
            raise Conflict(_("Bekukan daftarnya dahulu."))
        if read.drawn(row.id) is not None:
            raise Conflict(_("Undian putaran ini sudah dilakukan. Tidak ada undian kedua."))
        if clock.today() < row.known_on:
            raise Conflict(_("Angka umumnya belum diketahui. Tunggu sampai harinya."))
        plain = drawing.plain_number(number)
        if not 1 <= len(plain) <= 80:
            raise Invalid(_("Tulis angkanya seperti yang diumumkan."), "number")
        return _typed(uow, actor, card, row, plain)


def _typed(uow: UnitOfWork, actor: Actor, card: AngkatanCard, row: CallRound, plain: str) -> bool:
    known = {n.person_id: n for n in read.numbers(row.id)}
    if actor.id in known:
        known[actor.id].number = plain
    else:
        known[actor.id or 0] = uow.add(CallNumber(round_id=row.id, person_id=actor.id, number=plain))
    others = [n for person, n in known.items() if person != actor.id]
    agreeing = next((n for n in others if n.number == plain), None)
    if agreeing is None:
        return False
    _draw(uow, card, row, CallDraw(round_id=row.id, number=plain, first_by=agreeing.person_id, second_by=actor.id))
    return True


def _draw(uow: UnitOfWork, card: AngkatanCard, row: CallRound, draw: CallDraw) -> None:
    people = _frozen(row)
    if drawing.digest(drawing.canonical(_terms(row), people)) != row.list_hash:
        raise Conflict(_("Daftarnya bukan lagi yang dibekukan. Undian ditolak."))
    draw.seed = drawing.seed_of(row.list_hash or "", row.secret, draw.number)
    uow.add(draw)
    places = drawing.draw(people, row.seats, row.waiting, draw.seed)
    read.write_places(row.id, places)
    called = [p.person for p in places if p.standing == CALLED]
    admit(card.id, called, Call(BY_DRAW, clock.today(), row.id))
    reserve = drawing.reserve_order(places, draw.seed)
    queue(card.id, reserve, BY_DRAW, dict.fromkeys(reserve, row.id))


def public_round(actor: Actor, round_id: int) -> PublicRound:
    """A frozen round for everybody with an account: its hashes, and where it put the one who asks."""
    row = read.round_shown(round_id)
    if row is None or row.frozen_at is None or actor.id is None:
        raise NotFound("round")
    draw = read.drawn(round_id)
    people = _frozen(row)
    mine = read.place_of(round_id, actor.id) if draw else None
    listed = any(p.person == actor.id for p in people)
    place = (mine.standing, mine.rank) if mine else ("", 0)
    return PublicRound(reading.angkatan(row.angkatan_id), row, draw, len(people), listed, *place)


def draw_file(actor: Actor, angkatan_id: int) -> dict[str, Any]:
    """The whole draw, to be worked out again by anybody; without names."""
    require(actor, RUN_DRAW, reading.angkatan(angkatan_id))
    row = read.round_of(angkatan_id)
    draw = read.drawn(row.id) if row else None
    if row is None or draw is None:
        raise NotFound("draw")
    return drawing.document(_terms(row), _frozen(row), row.secret, draw.number)


def _terms(row: CallRound) -> dict[str, Any]:
    return {
        "round": row.id,
        "course": row.course,
        "seats": row.seats,
        "waiting": row.waiting,
        "source": row.source,
        "known_on": row.known_on.isoformat(),
    }


def _frozen(row: CallRound) -> list[Eligible]:
    return [Eligible(kabupaten, person) for kabupaten, person in json.loads(row.people)]


def _drawable(actor: Actor, angkatan_id: int) -> AngkatanCard:
    require(actor, RUN_DRAW, reading.angkatan(angkatan_id))
    return changeable(actor, angkatan_id)


def _open_round(angkatan_id: int) -> CallRound:
    row = read.round_of(angkatan_id)
    if row is None:
        raise NotFound("round")
    if row.frozen_at is not None:
        raise Conflict(_("Daftar sudah dibekukan dan tidak berubah lagi."))
    return row


def _eligible(card: AngkatanCard, row: CallRound) -> list[Eligible]:
    """Pendamping of the centre's area who have neither been trained nor coached, those exempt left out."""
    people = list(_everybody(card))
    exposed = exposed_among([p.person for p in people])
    off = exposed | {e.person_id for e in read.exemptions(row.id)}
    return [p for p in people if p.person not in off]


def _everybody(card: AngkatanCard) -> Iterator[Eligible]:
    after, today = 0, clock.today()
    while ids := identity.ids_of_units([card.centre_path], ["pendamping"], today, after, AT_A_TIME):
        for person_id, unit in identity.home_units(ids, today).items():
            steps = unit.path.split("/")
            yield Eligible(steps[KABUPATEN] if len(steps) > KABUPATEN and steps[KABUPATEN] else steps[-2], person_id)
        after = ids[-1]
