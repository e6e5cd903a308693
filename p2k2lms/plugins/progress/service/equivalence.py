"""When a path is finished a widyaiswara, never about himself, says "setara diklat" or names what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from p2k2lms.core import clock, questions
from p2k2lms.core.access import Actor, allowed, has_role, require
from p2k2lms.core.errors import Conflict, Invalid, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.core.questions import Ahead
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.plugins.assessment import service as assessment
from p2k2lms.plugins.assessment.values import POST
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.coaching import service as coaching
from p2k2lms.plugins.coaching.values import PathCard
from p2k2lms.plugins.delivery import service as delivery
from p2k2lms.plugins.enrolment import service as enrolment
from p2k2lms.plugins.enrolment.values import PASSED as ENROLMENT_PASSED
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.progress import ladder, queries, rules
from p2k2lms.plugins.progress.events import EquivalenceDecided
from p2k2lms.plugins.progress.models import Equivalence
from p2k2lms.plugins.progress.permissions import DECIDE_EQUIVALENCE
from p2k2lms.plugins.progress.service import ladder as rungs
from p2k2lms.plugins.progress.values import EQUAL, NOT_YET, Decision, EquivalenceCard

AT_ONCE = 200
LONGEST_NOTE = 500


@dataclass(frozen=True)
class Waiting:
    """A finished path, whose, and what was decided before; None yet."""

    path: PathCard
    name: str
    unit: str
    decided: EquivalenceCard | None


@dataclass(frozen=True)
class Case:
    """All that a decision about a path stands on."""

    waiting: Waiting
    proposal: Decision
    stages: int
    may_decide: bool


def waiting(actor: Actor) -> list[Waiting]:
    """The finished whole paths of the actor's units without a "setara", oldest first; those told "belum" come last."""
    require(actor, DECIDE_EQUIVALENCE)
    return _known(actor, coaching.finished(*_open(actor)))


def ahead(actor: Actor) -> list[Ahead]:
    """What the home page will ask of finished paths."""
    return coaching.finished_ahead(*_open(actor)) if has_role(actor, DECIDE_EQUIVALENCE) else []


def _open(actor: Actor) -> tuple[tuple[str, ...], int, Any, Any]:
    return _units(actor), AT_ONCE, queries.EQUAL_PATHS, queries.PUT_OFF_PATHS


def _units(actor: Actor) -> tuple[str, ...]:
    """The paths of the units for which the actor decides."""
    return actor.paths(*DECIDE_EQUIVALENCE.roles)


def _known(actor: Actor, paths: Sequence[PathCard]) -> list[Waiting]:
    if not paths:
        return []
    homes = identity.home_units([path.person_id for path in paths], clock.today())
    decided = queries.equivalences([path.id for path in paths])
    return [
        Waiting(path, path.whose, homes[path.person_id].name, decided.get(path.id))
        for path in paths
        if path.person_id in homes and allowed(actor, DECIDE_EQUIVALENCE, homes[path.person_id].path)
    ]


def case(actor: Actor, path_id: int) -> Case:
    """One finished path with everything that speaks for and against it; NotFound outside the own units."""
    require(actor, DECIDE_EQUIVALENCE)
    view = coaching.finished_path(path_id)
    found = _known(actor, [view.card]) if view and not view.card.modul else []
    if not found or view is None:
        raise NotFound("path")
    return Case(found[0], proposal_of(view), len(view.stages), found[0].path.person_id != actor.id)


def proposal_of(view: coaching.FinishedPath) -> Decision:
    """What the facts of a path say."""
    card = view.card
    asked = assessment.ahead_of_scores([card.enrolment_id or 0]) + assessment.ahead_of_quick(
        card.person_id, card.course
    )
    questions.ask(asked + delivery.ahead_of_done(card.person_id))
    required = catalogue.required_steps(card.version_id)
    scores = assessment.scores_of([card.enrolment_id or 0]).get(card.enrolment_id or 0, {})
    facts = rungs.facts_of(card.person_id, card.course, card.version_id)
    practised = ladder.practised({one.sesi: one.observed for one in facts})
    limit = catalogue.completion_rules(card.version_id).post_test
    ready = [one for one in facts if ladder.level(ladder.met(one, limit, one.sesi in practised)) == ladder.READY]
    good = [s for s in view.sheets if not s.own and s.max and 100 * s.points // s.max >= ladder.ENOUGH]
    post = scores.get(POST)
    told = ladder.PathFacts(
        read=len(delivery.done_steps(card.person_id, card.course).intersection(required)),
        required=len(required),
        post=post.percent if post else None,
        observed=len(good),
        asked=sum(stage.observed for stage in view.stages),
        rungs=len(ready),
        sesi=len(facts),
    )
    return ladder.equivalence(told, limit)


def decide(actor: Actor, path_id: int, decision: str, note: str) -> None:
    """Say "setara" or "belum" about one path; against the proposal, and for "belum", only with a reason."""
    require(actor, DECIDE_EQUIVALENCE)
    with unit_of_work("progress.decide_equivalence", actor, f"path:{path_id}") as uow:
        found = case(actor, path_id)
        path = found.waiting.path
        if path.person_id == actor.id:
            raise Conflict(_("Anda tidak bisa memutuskan tentang diri sendiri. Minta widyaiswara lain."))
        if decision not in (EQUAL, NOT_YET):
            raise Invalid(_("Pilih setara atau belum setara."), "decision")
        note = note.strip()
        if (decision == NOT_YET or not found.proposal.passed) and not note:
            raise Invalid(_("Tulis alasannya: apa yang kurang, atau mengapa tetap setara."), "note")
        row = queries.equivalence_row(path_id)
        if row is not None and row.decision == EQUAL:
            raise Conflict(_("Jalur ini sudah diputuskan setara."))
        row = row or Equivalence(path_id=path_id, person_id=path.person_id, course=path.course)
        row.version_id, row.decision, row.note = path.version_id, decision, note[:LONGEST_NOTE]
        row.rule_version, row.reasons = ladder.VERSION, rules.as_reasons(found.proposal)
        row.decided_by, row.decided_on, row.decided_at = actor.id or 0, clock.today(), clock.now()
        row.unit_id = _centre(actor, path.person_id)
        uow.add(row)
        if decision == EQUAL and path.enrolment_id:
            enrolment.set_state(path.enrolment_id, ENROLMENT_PASSED)
        uow.notify(path.person_id, f"progress.{decision}", f"/bimbingan/jalur/{path_id}")
        uow.publish(
            EquivalenceDecided(
                equivalence_id=row.id,
                person_id=path.person_id,
                path_id=path_id,
                course=path.course,
                version_id=path.version_id,
                decision=decision,
                decided_on=row.decided_on,
            )
        )


def _centre(actor: Actor, person_id: int) -> int:
    """The unit for which the actor decides: the nearest own one above the person's."""
    home = identity.home_unit(person_id, clock.today())
    above = [p for p in actor.postings if p.role == "widyaiswara" and home and home.path.startswith(p.unit_path)]
    return max(above, key=lambda posting: len(posting.unit_path)).unit_id


def equivalence(equivalence_id: int) -> EquivalenceCard:
    """The decision with this id; raises NotFound."""
    if (found := queries.equivalence(equivalence_id)) is None:
        raise NotFound("equivalence")
    return found


def of_path(path_id: int) -> EquivalenceCard | None:
    """What was decided about a path."""
    return queries.equivalences([path_id]).get(path_id)
