"""Coaching for tests: a template, a path with its people, a sheet through the door that phones use."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from p2k2lms.core import clock, intake
from p2k2lms.core.access import Actor
from p2k2lms.core.submissions import Answer
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.coaching import service
from p2k2lms.plugins.coaching.models import AgreedAction, CoachAssignment, CoachingPath, PathStage, PathTemplate
from p2k2lms.plugins.coaching.queries import paths as read
from p2k2lms.plugins.coaching.values import PathCard, StageDef
from tests.factories.assessment import envelope
from tests.factories.enrolment import BANJAR, on_a_course, the_course, the_unit
from tests.factories.identity import as_actor, someone, supervised

STAGES = (
    StageDef(title="Membuka pertemuan", sesi=("tf-s01",)),
    StageDef(title="Sesi pertama", sesi=("m1-s01",), observed=True),
)


def a_template(centre: str = "R4", stages: tuple[StageDef, ...] = STAGES, **traits: Any) -> int:
    """A path through the tiny course, of the regional centre."""
    version, unit = the_course(), the_unit(centre)
    known = {"unit_id": unit.id, "unit_path": unit.path, "course": version.course, "name": "Jalur uji", "number": 1}
    known["state"] = "published"
    with unit_of_work("test.a_template") as uow:
        return uow.add(PathTemplate(**known | {"stages": [s.model_dump() for s in stages]} | traits)).id


@dataclass(frozen=True)
class Walk:
    """A path with its people."""

    path: PathCard
    learner: Actor
    coach: Actor
    version_id: int


def a_walk(coached: bool = True, unit: str = BANJAR, **template_traits: Any) -> Walk:
    """A pendamping on the path of the tests, coached by the own supervisor."""

    def build() -> tuple[int, int, int]:
        template = a_template(**template_traits)
        the_unit(unit)
        learner, coach = someone("pendamping", unit), someone("supervisor", unit)
        supervised(coach, learner)
        path_id = service.begin(as_actor(learner), template)
        if coached:
            service.assign(as_actor(coach), path_id, coach, clock.today())
        return path_id, learner, coach

    return walk_of(*on_a_course(f"a walk {coached} {unit} {template_traits}", build))


def walk_of(path_id: int, learner: int, coach: int) -> Walk:
    """The path as it is today."""
    card = read.path(path_id, clock.today())
    assert card is not None
    return Walk(card, as_actor(learner), as_actor(coach), card.version_id)


def sends(actor: Actor, kind: str, payload: dict[str, Any], **traits: Any) -> Answer:
    """One envelope of coaching."""
    return intake.receive(actor, [envelope(actor, f"coaching.{kind}", payload, **traits)])[0]


def watches(actor: Actor, person_id: int, version_id: int, **traits: Any) -> Answer:
    """A sheet about this person: everything at level 2 unless told."""
    ordinary = {"person": person_id, "context": "latihan", "sesi": "m1-s01", "version_id": version_id}
    sent = {"id": traits.pop("id")} if "id" in traits else {}
    when: date = traits.pop("on_day", clock.today())
    said = ordinary | {"on_day": when.isoformat(), "scores": "222", "steps": "yyy"} | traits
    return sends(actor, "observation", said, **sent)


def signs(actor: Actor, path_id: int, stage: int, side: str) -> Answer:
    """One side's signature under a meeting."""
    return sends(actor, "signoff", {"path": path_id, "stage": stage, "side": side})


def walks_on(walk: Walk, stage: int, sesi: str) -> list[Answer]:
    """Everything of one meeting: both rate, the learner reflects, both sign."""
    rate = {"sesi": sesi, "context": "latihan"}
    return [
        watches(walk.learner, walk.path.person_id, walk.version_id, **rate),
        watches(walk.coach, walk.path.person_id, walk.version_id, **rate),
        sends(walk.learner, "reflection", {"path": walk.path.id, "stage": stage, "text": "Lain kali lebih pelan."}),
        signs(walk.learner, walk.path.id, stage, "pendamping"),
        signs(walk.coach, walk.path.id, stage, "pembimbing"),
    ]


def a_path_of(person_id: int, coach_id: int, **template_traits: Any) -> int:
    """A path as if it had been begun today, whatever else the person does; coached by this person."""
    today = clock.today()
    with unit_of_work("test.a_path") as uow:
        known = {
            "course": the_course().course,
            "version_id": the_course().id,
            "template_id": a_template(**template_traits),
        }
        path = uow.add(CoachingPath(person_id=person_id, valid_from=today, **known))
        for number, stage in enumerate(STAGES, 1):
            uow.add(PathStage(path_id=path.id, number=number, **stage.model_dump()))
        uow.add(CoachAssignment(path_id=path.id, coach_id=coach_id, kind="supervisor", valid_from=today))
        uow.add(AgreedAction(path_id=path.id, text="Coba besok", due_on=today, agreed_by=coach_id))
        return path.id
