"""Instruments and waves for tests: a whole one each, a test names only what it is about."""

import uuid
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from p2k2lms.core import clock
from p2k2lms.core.access import Actor
from p2k2lms.core.intake import receive_one
from p2k2lms.core.submissions import Answer
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import Spell
from p2k2lms.plugins.evaluation import service
from p2k2lms.plugins.evaluation.models import InstrumentVersion
from p2k2lms.plugins.evaluation.values import VersionCard, WaveCard
from p2k2lms.plugins.identity import service as identity
from tests import ground

COURSES = Path(__file__).resolve().parents[2] / "courses"
SHIPPED = catalogue.shipped_instruments(COURSES)
ENDED = date(2026, 8, 14)  # the last day of the class that the people of a wave have passed


def the_instruments() -> dict[str, VersionCard]:
    """What ships, by code."""
    known = {version.code: version for version in service.askable()}
    if SHIPPED.keys() <= known.keys():
        return known
    ground.stand("the instruments", lambda: service.ship(SHIPPED), InstrumentVersion)
    return {version.code: version for version in service.askable()}


def passed(person_id: int, last_day: date = ENDED, ref: str = "angkatan:1") -> None:
    """The person has passed a class that ended on this day."""
    after = last_day + timedelta(days=1)
    spell = {"kind": "kelas", "mode": "luring", "object_ref": ref, "status": "lulus", "source": "uji"}
    enrolment.record_exposure(
        Spell(person_id=person_id, valid_from=last_day - timedelta(days=9), valid_to=after, **spell)
    )


def a_wave(actor: Actor, instrument: str = "em-alumni", unit: str = "R4", **traits: Any) -> WaveCard:
    """A wave that is open today, of those who passed on `ENDED`."""
    today = clock.today()
    ordinary = {"code": "W3", "title": "W3, kelas Agustus", "anchor": ENDED, "until": ENDED}
    days = {"opens": today - timedelta(days=5), "closes": today + timedelta(days=20)}
    where = {"version_id": the_instruments()[instrument].id, "unit_id": identity.unit_by_code(unit).id}
    return service.make_wave(actor, service.WavePlan(**ordinary | days | where | traits))


def some_answers(**changed: Any) -> dict[str, Any]:
    """A whole sheet of `em-alumni`, as a page sends it."""
    ordinary = {
        "ID1": "28",
        "ID2": "p",
        "ID3": "sarjana",
        "ID4": "pendidikan",
        "ID6": "2019-03",
        "ID7": ["kelas"],
        "ID8": "ya",
        "A1": "195",
        "B1": "10",
        "B2": "4",
        "C1": "5",
        "C2": "sekali",
        "C3": "5",
        "D1": "p75",
        **{f"E1.m{n}": "semua" if n < 4 else "belum" for n in range(1, 6)},
        "F1": "sering",
        "F2": ["waktu"],
        "G1": "98",
        "G2": "melihat",
        "H1": "bulanan",
        "I1": "sering",
        "J1": "kadang",
        "K1": ["waktu", "tempat"],
        "L1": "8",
    }
    return {name: said for name, said in (ordinary | changed).items() if said is not None}


def reply(actor: Actor, assignment_id: int, answers: dict[str, Any], sent_id: str = "") -> Answer:
    """The sheet as a phone sends it."""
    said = {"assignment": assignment_id, "seconds": 300, **answers}
    return receive_one(actor, "evaluation.reply", said, sent_id=sent_id or str(uuid.uuid4()), device="HP uji")
