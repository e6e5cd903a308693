"""Whole classes that have sat their tests, written in bulk on eleven common items; one as in reference set 01."""

import csv
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from p2k2lms.core import clock
from p2k2lms.core.access import Actor
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.assessment import queries
from p2k2lms.plugins.assessment.models import Attempt, Form, GivenAnswer, Score
from p2k2lms.plugins.assessment.service import bank
from p2k2lms.plugins.catalogue.values import VersionCard
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import AngkatanCard, EnrolmentCard
from tests.factories.assessment import a_trainer
from tests.factories.catalogue import TINY, a_course, course_texts
from tests.factories.enrolment import an_angkatan, on_a_course, some_members
from tests.factories.identity import as_actor

DATA = Path(__file__).parents[1] / "data" / "outcomes_ref"
MISKEYED = "q-m1-s01-09"
ITEMS = 11
ITEM = """- id: q-m1-s01-{n:02}
  kind: single
  objective: m1-s01-t{t}
  form: anchor
  reread: m1-s01-l01
  stem: Soal rujukan nomor {n}?
  options:
    - {{text: "Kunci {n}", correct: true, why: "Ya."}}
    - {{text: "Lain {n}", correct: false, why: "Bukan."}}
    - {{text: "Jauh {n}", correct: false, why: "Bukan."}}
"""
AnswerOf = Callable[[int, int, dict[str, Any]], Any]


@cache
def reference() -> list[list[float]]:
    """Reference set 01: the marks of 24 people on 12 items."""
    rows = list(csv.reader((DATA / "01_item_responses.csv").read_text("utf-8").splitlines()))[1:]
    return [[float(mark) for mark in row[1:]] for row in rows]


def a_tested_course(size: int = ITEMS, objectives: int = 1, reworded: int = 0) -> VersionCard:
    """A version whose test has so many items, all of them in both forms, the first few in other words."""
    manifest = course_texts()[f"courses/{TINY}.yaml"]
    plan = manifest.replace("size: 4", f"size: {size}").replace("anchors: 1", f"anchors: {size}")
    plan = plan.replace("shares: {tf-s01: 2, m1: 2}", f"shares: {{m1: {size}}}")
    items = [ITEM.format(n=n, t=1 + n % objectives) for n in range(1, size + 1)]
    items[:reworded] = [text.replace("Soal rujukan", "Soal baru") for text in items[:reworded]]
    return a_course(changes={f"courses/{TINY}.yaml": plan, "m1-s01/soal.yaml": "\n".join(items)})


def a_tested_class(
    people: int, objectives: int = 1, trainer: int | None = None
) -> tuple[int, AngkatanCard, list[EnrolmentCard]]:
    """A class whose test has eleven items, all of them in both forms: its trainer, and its members."""

    def build() -> tuple[int, int]:
        a_tested_course(objectives=objectives)
        taught = trainer or a_trainer()
        angkatan = an_angkatan(trainer=taught)
        some_members(angkatan, people)
        return taught, angkatan.id

    taught, angkatan_id = on_a_course(f"a tested class {people} {objectives} {trainer}", build)
    return taught, enrolment.angkatan(angkatan_id), enrolment.members(angkatan_id)


def forms_of(members: Sequence[EnrolmentCard]) -> list[Form]:
    """Both forms of the class."""
    return [bank.sealed_form(members[0], name) for name in "AB"]


def sat(
    members: Sequence[EnrolmentCard], forms: Sequence[Form], purpose: str, answer_of: AnswerOf, **traits: Any
) -> None:
    """Everybody's finished test, the forms in turns; `answer_of(n, place, item)` is what the n-th member answered."""
    common = {"purpose": purpose, "number": 1, "finished_at": clock.now(), **traits}
    rows = [
        common | {"form_id": forms[n % len(forms)].id, "person_id": m.person_id, "enrolment_id": m.id}
        for n, m in enumerate(members)
    ]
    with unit_of_work("test.sit"):
        queries.insert_many(Attempt, rows)
        ids = queries.attempt_ids([m.id for m in members])
        answers, scores = [], []
        for n, (member, row) in enumerate(zip(members, rows, strict=True)):
            attempt = {"attempt_id": ids[member.id, purpose, common["number"]]}
            paper = queries.paper(row["form_id"])
            given = [(item, answer_of(n, place, item.body)) for place, item in enumerate(paper)]
            answers += [attempt | {"item_version_id": i.item_version_id, "value": v} for i, v in given if v is not None]
            points = float(sum(value == item.body["key"] for item, value in given))
            scores.append(attempt | {"key_version_id": member.version_id, "points": points, "max_points": len(paper)})
        sent = {"device": "uji", "seq": 1, "whole": True, "doubtful": False, "saved_at": clock.now()}
        queries.insert_many(GivenAnswer, [sent | one for one in answers])
        queries.insert_many(Score, [{"objectives": {}, "mended": {}} | one for one in scores])


def first_right(right_of: Callable[[int], int]) -> AnswerOf:
    """The first few items of each paper answered well, the others left empty."""
    return lambda n, place, item: item["key"] if place < right_of(n) else None


def as_in_reference(n: int, _place: int, item: dict[str, Any]) -> Any:
    """What the n-th person of reference set 01 answered, in turns: the key, or the option that begins with "Lain"."""
    marks = reference()
    if marks[n % len(marks)][int(item["id"][-2:]) - 1] == 1:
        return item["key"]
    return next(choice["id"] for choice in item["choices"] if choice["text"].startswith("Lain"))


def a_class_of_the_reference(people: int = 24, trainer: int | None = None) -> tuple[Actor, AngkatanCard]:
    """A class whose post-test came out as reference set 01, its ninth item with a wrong key; with its trainer."""
    trainer, angkatan, members = a_tested_class(people, trainer=trainer)
    sat(members, forms_of(members)[:1], "post", as_in_reference)
    return as_actor(trainer), angkatan
