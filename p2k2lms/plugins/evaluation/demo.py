"""The instruments that ship, and for a demo one wave that is open, with answers of a part of those who are asked."""

import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from flask import current_app

from p2k2lms.core import clock
from p2k2lms.core.access import Actor, Posting
from p2k2lms.core.errors import NotFound
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.catalogue.values import InstrumentDef, Question
from p2k2lms.plugins.evaluation import service
from p2k2lms.plugins.evaluation.queries import waves as read
from p2k2lms.plugins.evaluation.rules import answers
from p2k2lms.plugins.evaluation.values import SPECIAL, WAITING, VersionCard, WaveCard
from p2k2lms.plugins.identity import service as identity

CENTRE, ASKED = "R4", "em-alumni"
RESPONSE = 718 / 1142  # of the evaluation of 2020
OPEN_SINCE, OPEN_FOR = timedelta(days=10), timedelta(days=42)


def ship() -> None:
    """Publish the instruments of `courses/instruments/` where no version of theirs is there yet."""
    service.ship(catalogue.shipped_instruments(current_app.config["COURSES_DIR"]))


def load(scale: str, seed: int) -> None:
    """A wave of all pendamping of the centre, half answered; called again, it changes nothing."""
    ship()
    try:
        unit, account = identity.unit_by_code(CENTRE), identity.find_people(["evaluator"]).get("evaluator")
    except NotFound:
        return
    version = next((one for one in service.askable() if one.code == ASKED), None)
    if account is None or version is None:
        return
    actor = Actor(account.id, account.name, (Posting("evaluator", unit.id, unit.path),))
    if service.waves(actor)[0]:
        return
    opens = clock.today() - OPEN_SINCE
    plan = service.WavePlan(
        code=SPECIAL,
        title="Evaluasi manfaat, Regional IV",
        version_id=version.id,
        unit_id=unit.id,
        anchor=opens,
        until=opens,
        opens=opens,
        closes=opens + OPEN_FOR,
    )
    wave = service.make_wave(actor, plan)
    known = {card.id for card in identity.find_people(["pendamping"]).values()}
    with unit_of_work("evaluation.load_demo", subject=f"wave:{wave.id}"):
        _answer(wave, version, known, seed)


def _answer(wave: WaveCard, version: VersionCard, but: set[int], seed: int) -> None:
    filled = []
    for one in read.frame(wave.id):
        lot = random.Random(f"{seed}:angket:{one.respondent_id}")  # noqa: S311 - data, not secrets
        if one.state != WAITING or one.respondent_id in but or lot.random() > RESPONSE:
            continue
        sheet, _faults = answers.read(version.instrument, dict(_said(version.instrument, lot)))
        at = clock.now() - timedelta(days=lot.randrange(1, OPEN_SINCE.days), minutes=lot.randrange(600))
        filled.append(service.Filled(assignment_id=one.id, sheet=sheet, at=at, seconds=lot.randrange(240, 900)))
    service.keep_sheets(wave.id, version, filled)


def _said(instrument: InstrumentDef, lot: random.Random) -> Iterator[tuple[str, Any]]:
    """A sheet as a page would send it: most near the figures of 2020."""
    caseload = max(60, round(lot.gauss(195, 40)))
    numbers = {
        "ID1": lot.choice((24, 27, 28, 29, 30, 33, 38, 44)),
        "A1": caseload,
        "B1": min(lot.randrange(22), caseload),
    }
    numbers |= {"B2": lot.randrange(9), "C1": 5, "C3": lot.randrange(3, 7), "L1": lot.randrange(5, 11)}
    numbers["G1"] = round(caseload * min(1, max(0, lot.gauss(0.5, 0.18))))
    for question in instrument.questions:
        yield from _one(question, numbers, lot)


def _one(question: Question, numbers: dict[str, int], lot: random.Random) -> Iterator[tuple[str, Any]]:
    if question.code in numbers:
        yield question.code, str(numbers[question.code])
    elif question.kind == "month":
        yield question.code, f"{lot.randrange(2015, 2024)}-0{lot.randrange(1, 10)}"
    elif question.kind == "matrix":
        for place, row in enumerate(question.rows):
            chances = (1, 2, 7) if place < 3 else (6, 3, 1)
            yield f"{question.code}.{row.code}", lot.choices(question.parts(), chances)[0]
    elif question.kind == "many":
        yield question.code, lot.sample(question.parts(), k=min(2, question.most or 1))
    elif question.kind == "one":
        yield question.code, lot.choices(question.parts(), range(len(question.parts()), 0, -1))[0]
