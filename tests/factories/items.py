"""A class whose post-test was answered as in reference set 01: 24 people, eleven items, the ninth with a wrong key."""

import csv
from pathlib import Path
from typing import Any

from p2k2lms.core import clock
from p2k2lms.core.access import Actor
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.assessment import queries
from p2k2lms.plugins.assessment.models import Attempt, GivenAnswer, Score
from p2k2lms.plugins.assessment.service import bank
from p2k2lms.plugins.enrolment.values import AngkatanCard
from tests.factories.assessment import a_trainer
from tests.factories.catalogue import TINY, a_course, course_texts
from tests.factories.enrolment import a_member, an_angkatan
from tests.factories.identity import as_actor

DATA = Path(__file__).parents[1] / "data" / "outcomes_ref"
MISKEYED = "q-m1-s01-09"
ITEMS = 11
ITEM = """- id: q-m1-s01-{n:02}
  kind: single
  objective: m1-s01-t1
  form: anchor
  reread: m1-s01-l01
  stem: Soal rujukan nomor {n}?
  options:
    - {{text: "Kunci {n}", correct: true, why: "Ya."}}
    - {{text: "Lain {n}", correct: false, why: "Bukan."}}
    - {{text: "Jauh {n}", correct: false, why: "Bukan."}}
"""


def reference() -> list[list[float]]:
    """The marks of 24 people on 12 items."""
    rows = list(csv.reader((DATA / "01_item_responses.csv").read_text("utf-8").splitlines()))[1:]
    return [[float(mark) for mark in row[1:]] for row in rows]


def a_class_of_the_reference(people: int = 24) -> tuple[Actor, AngkatanCard]:
    """So many people, who answer as the 24 do in turn; with their trainer."""
    manifest = course_texts()[f"courses/{TINY}.yaml"]
    plan = manifest.replace("size: 4", f"size: {ITEMS}").replace("anchors: 1", f"anchors: {ITEMS}")
    plan = plan.replace("shares: {tf-s01: 2, m1: 2}", f"shares: {{m1: {ITEMS}}}")
    items = "\n".join(ITEM.format(n=n) for n in range(1, ITEMS + 1))
    a_course(changes={f"courses/{TINY}.yaml": plan, "m1-s01/soal.yaml": items})
    trainer = a_trainer()
    angkatan = an_angkatan(trainer=trainer)
    members = [a_member(angkatan) for _n in range(people)]
    form = bank.sealed_form(members[0], "A")
    with unit_of_work("test.sit_reference"):
        _answer(members, form)
    return as_actor(trainer), angkatan


def _answer(members: Any, form: Any) -> None:
    paper, marks = queries.paper(form.id), reference()
    common = {"form_id": form.id, "purpose": "post", "number": 1, "finished_at": clock.now()}
    queries.insert_many(Attempt, [common | {"person_id": m.person_id, "enrolment_id": m.id} for m in members])
    attempts = queries.attempt_ids([m.id for m in members])
    answers, scores = [], []
    for n, member in enumerate(members):
        row, attempt = marks[n % len(marks)], attempts[member.id, "post"]
        for item in paper:
            right = row[int(item.body["id"][-2:]) - 1] == 1
            other = next(c["id"] for c in item.body["choices"] if c["text"].startswith("Lain"))
            value = item.body["key"] if right else other
            answers.append({"attempt_id": attempt, "item_version_id": item.item_version_id, "value": value})
        told = {"attempt_id": attempt, "key_version_id": member.version_id}
        scores.append(told | {"points": sum(row[:ITEMS]), "max_points": float(ITEMS)})
    sent = {"device": "uji", "seq": 1, "whole": True, "doubtful": False, "saved_at": clock.now()}
    queries.insert_many(GivenAnswer, [sent | one for one in answers])
    queries.insert_many(Score, [{"objectives": {}, "mended": {}} | one for one in scores])
