"""Fills the database of a measurement: the demo at scale regional, and what each scenario needs beside it."""

import json
import sys
from collections.abc import Sequence
from typing import Any

from app import app
from bench import course
from p2k2lms.core import clock, nature, schema
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.assessment import demo as assessment_demo
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.delivery import demo as delivery_demo
from p2k2lms.plugins.delivery import queries as delivery
from p2k2lms.plugins.enrolment import queries as enrolment
from p2k2lms.plugins.enrolment.models import Angkatan, AngkatanStaff, Enrolment
from p2k2lms.plugins.enrolment.values import RUNNING, TRAINER
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.identity.service import bulk
from p2k2lms.plugins.identity.values import DEMO_PASSWORD, UnitCard

SEED = 2026
DIKLAT = "diklat-p2k2"
LARGE, IN_CARE, SITTERS = 1_000, 10_000, 48
SITTER = "ukur{:05d}"


def fill() -> dict[str, Any]:
    """Everything; returns the ids by which the scenarios address it."""
    schema.upgrade()
    nature.be_born(demo=True)
    for plugin in app.extensions["plugins"]:
        if plugin.demo is not None:
            plugin.demo("regional", SEED)
    catalogue.load(course.COURSE, course.texts())
    catalogue.publish(course.COURSE)
    centre, learner = identity.unit_by_code("R4"), _person("pendamping")
    people = _more_people(IN_CARE)
    large = [
        _class(f"Kelas ukur {start}", DIKLAT, centre, people[start : start + LARGE])
        for start in range(SITTERS, len(people), LARGE)
    ]
    delivery_demo.load("regional", SEED)
    assessment_demo.load("regional", SEED)
    _class("Kelas ukur tes", course.COURSE, centre, people[:SITTERS])
    _class("Kelas ukur 60 langkah", course.COURSE, centre, [learner])
    _read_some(learner, course.COURSE)
    return {"large": large[0], "learner": learner, "sitters": [SITTER.format(n) for n in range(SITTERS)]}


def _person(word: str) -> int:
    return identity.find_people([word])[word].id


def _more_people(until: int) -> list[int]:
    """Pendamping beside those of the demo, so that so many are in the care of the admin; a few may sign in."""
    units, hashed = bulk.kabupaten("regional"), bulk.shared_hash(DEMO_PASSWORD)
    crowd, words = bulk.Crowd(), []
    for n in range(until - len(identity.demo_people("pendamping"))):
        words.append(SITTER.format(n))
        who = {"name": f"Orang Ukur {n:05d}", "name_on_certificate": "", "phone": None, "email": None, "sex": ""}
        rest = {"birth_place": "", "birth_date": None, "education": "", "nip": "", "rank": "", "started_on": None}
        sign = {"pkh_id": words[-1], "password_hash": hashed if n < SITTERS else None, "status": "active"}
        crowd.people.append(who | rest | sign)
        crowd.postings.append((words[-1], "pendamping", units[n % len(units)].id))
    bulk.write(crowd)
    return [person.id for person in identity.find_people(words).values()]


def _class(name: str, code: str, centre: UnitCard, people: Sequence[int]) -> int:
    """An online class of these people, taught by the demo widyaiswara."""
    version = catalogue.latest(code)
    with unit_of_work("bench.make_class", subject=name):
        row = {"name": name, "course": code, "version_id": version.id, "mode": "daring", "starts": clock.today()}
        place = {"centre_unit_id": centre.id, "centre_path": centre.path, "open_door": False}
        enrolment.insert_many(Angkatan, [row | place])
        key = enrolment.angkatan_named(centre.id, name)
        assert key is not None
        enrolment.insert_many(
            AngkatanStaff, [{"angkatan_id": key, "person_id": _person("widyaiswara"), "role": TRAINER}]
        )
        same = {"angkatan_id": key, "course": code, "version_id": version.id, "state": RUNNING}
        seats = [same | {"person_id": person, "enrolled_at": clock.now()} for person in people]
        enrolment.insert_many(Enrolment, seats)
    return key


def _read_some(person: int, code: str) -> None:
    """A third of the cards of a course."""
    card = next(c for c in enrolment.of_person(person) if c.course == code)
    steps = catalogue.required_steps(card.version_id)
    same = {"person_id": person, "enrolment_id": card.id, "version_id": card.version_id, "course": code}
    when = {"occurred_at": clock.now(), "received_at": clock.now()}
    with unit_of_work("bench.read_cards", subject=f"person:{person}"):
        delivery.insert_many([same | when | {"step": step} for step in steps[: len(steps) // 3]])


if __name__ == "__main__":
    with app.app_context():
        json.dump(fill(), sys.stdout)
