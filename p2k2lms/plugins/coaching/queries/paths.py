"""Reads templates, paths, their meetings and coaches."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, and_, bindparam, delete, false, func, literal, or_, select, tuple_

from p2k2lms.core.db import db
from p2k2lms.core.questions import Asking, Question
from p2k2lms.core.spans import holding_on
from p2k2lms.plugins.coaching.models import (
    AgreedAction,
    CoachAssignment,
    CoachingPath,
    PathStage,
    PathTemplate,
    SignOff,
    WillingPeer,
)
from p2k2lms.plugins.coaching.values import ActionCard, PathCard, Sign, StageCard, StageDef, TemplateCard
from p2k2lms.plugins.coaching.values.words import PUBLISHED, RUNNING
from p2k2lms.plugins.identity import service as identity

MOST = 200
SIGNED_BY_BOTH = select(SignOff.stage_id).group_by(SignOff.stage_id).having(func.count() > 1)


def _template(row: PathTemplate) -> TemplateCard:
    stages = tuple(StageDef.model_validate(stage) for stage in row.stages)
    plain = (row.id, row.unit_id, row.unit_path, row.course, row.name, row.number, row.modul)
    return TemplateCard(*plain, stages, row.retired, row.state, row.author_id)


def templates(paths: Sequence[str]) -> list[TemplateCard]:
    """The newest version of each template of these units, of those above and of those below."""
    below = [PathTemplate.unit_path.startswith(path, autoescape=True) for path in paths]
    return _newest(or_(false(), *below, *map(_holds_at, paths)))


def published_templates(path: str) -> list[TemplateCard]:
    """The newest version that was approved of each template that holds for this unit."""
    return _newest(_holds_at(path), PathTemplate.state == PUBLISHED)


def _holds_at(path: str) -> ColumnElement[bool]:
    return literal(path).startswith(PathTemplate.unit_path)


def _newest(*among: ColumnElement[bool]) -> list[TemplateCard]:
    """Of each template the version with the highest number among these; earlier ones take no place in the list."""
    each = PathTemplate.unit_id, PathTemplate.name
    last = select(*each, func.max(PathTemplate.number)).where(*among).group_by(*each)
    wanted = select(PathTemplate).where(tuple_(*each, PathTemplate.number).in_(last))
    return [_template(row) for row in db.session.scalars(wanted.order_by(*each[::-1]).limit(MOST))]


def versions_of(unit_id: int, name: str) -> list[TemplateCard]:
    """Every version of one template, the newest first."""
    mine = (PathTemplate.unit_id == unit_id) & (PathTemplate.name == name)
    wanted = select(PathTemplate).where(mine).order_by(PathTemplate.number.desc())
    return [_template(row) for row in db.session.scalars(wanted)]


def template(template_id: int) -> TemplateCard | None:
    """One version of a template."""
    row = db.session.get(PathTemplate, template_id)
    return _template(row) if row else None


def template_row(template_id: int) -> PathTemplate | None:
    """The row to change, held until the transaction ends."""
    return db.session.get(PathTemplate, template_id, with_for_update=True)


def last_number(unit_id: int, name: str) -> int:
    """The number of the newest version of a template; 0 without one."""
    mine = (PathTemplate.unit_id == unit_id) & (PathTemplate.name == name)
    return db.session.scalar(select(func.max(PathTemplate.number)).where(mine)) or 0


def cards(day: Any) -> Any:
    """A SELECT of paths with their coach of the day, in the order of `PathCard`."""
    today = and_(CoachAssignment.path_id == CoachingPath.id, holding_on(CoachAssignment, day))
    return (
        select(
            CoachingPath.id,
            CoachingPath.person_id,
            CoachingPath.course,
            CoachingPath.version_id,
            CoachingPath.template_id,
            PathTemplate.name,
            PathTemplate.modul,
            CoachingPath.enrolment_id,
            CoachingPath.state,
            CoachingPath.valid_from,
            CoachingPath.valid_to,
            CoachingPath.asked_on,
            CoachAssignment.coach_id,
            func.coalesce(CoachAssignment.kind, ""),
            CoachAssignment.valid_from,
            identity.name_of(CoachingPath.person_id),
        )
        .join(PathTemplate, PathTemplate.id == CoachingPath.template_id)
        .outerjoin(CoachAssignment, today)
    )


def cards_of(rows: Iterable[Any]) -> list[PathCard]:
    """What `cards` found."""
    return [PathCard(*row) for row in rows]


def _read(wanted: Any) -> list[PathCard]:
    return cards_of(db.session.execute(wanted))


def path(path_id: int, day: date) -> PathCard | None:
    """One path, with its coach of the day."""
    return next(iter(_read(cards(day).where(CoachingPath.id == path_id))), None)


def paths_of(person_ids: Sequence[int], day: date) -> list[PathCard]:
    """Every path of these people, the newest first."""
    mine = cards(day).where(CoachingPath.person_id.in_(person_ids)).order_by(CoachingPath.id.desc())
    return _read(mine.limit(MOST))


def running(person_ids: Sequence[int] | Select[int], day: Any) -> Any:
    """A SELECT of the running paths of these people, or of those that a SELECT finds, the longest waiting first."""
    mine = cards(day).where(CoachingPath.person_id.in_(person_ids), CoachingPath.state == RUNNING)
    return mine.order_by(CoachingPath.asked_on.is_(None), CoachingPath.asked_on, CoachingPath.id).limit(MOST)


def running_of(person_ids: Sequence[int], day: date) -> list[PathCard]:
    """The running paths of these people, the longest waiting first."""
    return _read(running(person_ids, day))


def concerning(person_id: int, day: date) -> list[PathCard]:
    """The own paths, and the running ones that this person coaches on the day, the newest first."""
    coached = (CoachAssignment.coach_id == person_id) & (CoachingPath.state == RUNNING)
    wanted = cards(day).where(or_(CoachingPath.person_id == person_id, coached))
    return _read(wanted.order_by(CoachingPath.id.desc()).limit(MOST))


def path_row(path_id: int) -> CoachingPath | None:
    """The row to change, held until the transaction ends."""
    return db.session.get(CoachingPath, path_id, with_for_update=True)


STAGE = (
    *(PathStage.path_id, PathStage.id, PathStage.number, PathStage.title, PathStage.sesi, PathStage.practice),
    *(PathStage.observed, PathStage.minutes, PathStage.reflection),
    *(SignOff.side, SignOff.person_id, SignOff.on_day),
)
IN_ORDER = (
    select(*STAGE).outerjoin(SignOff, SignOff.stage_id == PathStage.id).order_by(PathStage.path_id, PathStage.number)
)
OF_PATH = IN_ORDER.where(PathStage.path_id == bindparam("path_id"))


def _of_path(path_id: int) -> Asking:
    return OF_PATH, {"path_id": path_id}


def _by_path(rows: Iterable[Any]) -> dict[int, list[StageCard]]:
    """Meetings by their path; each has as many rows as signatures."""
    found: dict[int, tuple[Any, dict[str, Sign]]] = {}
    for row in rows:
        signs = found.setdefault(row.id, (row, {}))[1]
        if row.side:
            signs[row.side] = Sign(row.side, row.person_id, row.on_day)
    cards: dict[int, list[StageCard]] = {}
    for row, signs in found.values():
        cards.setdefault(row.path_id, []).append(_stage(row, signs))
    return cards


def _stage(row: Any, signs: dict[str, Sign]) -> StageCard:
    plain = (row.id, row.number, row.title, tuple(row.sesi), row.practice, row.observed, row.minutes, row.reflection)
    return StageCard(*plain, signs)


stages = Question(_of_path, lambda rows: [stage for ones in _by_path(rows).values() for stage in ones])
"""The meetings of a path in order, with their signatures."""


def stages_of(path_ids: Sequence[int]) -> dict[int, list[StageCard]]:
    """The same of several paths in one query; a path without meetings is left out."""
    return _by_path(db.session.execute(IN_ORDER.where(PathStage.path_id.in_(path_ids))))


def stage_row(stage_id: int) -> PathStage | None:
    """The row to change."""
    return db.session.get(PathStage, stage_id)


def steps_done(path_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """For each path how many meetings are signed by both, and how many there are."""
    rows = db.session.execute(
        select(PathStage.path_id, func.count().filter(PathStage.id.in_(SIGNED_BY_BOTH)), func.count())
        .where(PathStage.path_id.in_(path_ids))
        .group_by(PathStage.path_id)
    )
    return {path_id: (done, all_) for path_id, done, all_ in rows}


def assignments(path_id: int) -> list[CoachAssignment]:
    """Every coach of a path, oldest first: rows to change."""
    wanted = select(CoachAssignment).where(CoachAssignment.path_id == path_id)
    return list(db.session.scalars(wanted.order_by(CoachAssignment.valid_from)))


def open_assignments(coach_id: int, day: date) -> list[CoachAssignment]:
    """What somebody coaches on this day or later: rows to change."""
    later = or_(CoachAssignment.valid_to.is_(None), CoachAssignment.valid_to > day)
    return list(db.session.scalars(select(CoachAssignment).where(CoachAssignment.coach_id == coach_id, later)))


COACHES = (
    select(CoachAssignment.coach_id)
    .join(CoachingPath, CoachingPath.id == CoachAssignment.path_id)
    .where(CoachingPath.person_id == bindparam("person_id"), holding_on(CoachAssignment, bindparam("day", type_=Date)))
)


def _coaches(person_id: int, day: date) -> Asking:
    return COACHES, {"person_id": person_id, "day": day}


coaches_on = Question(_coaches, lambda rows: frozenset(coach_id for (coach_id,) in rows))
"""Who coaches this person on a day."""


def coached_people(coach_id: int, day: date) -> list[int]:
    """Whose paths somebody coaches on a day: the twin of `permissions.coached`."""
    wanted = (
        select(CoachingPath.person_id)
        .join(CoachAssignment, CoachAssignment.path_id == CoachingPath.id)
        .where(CoachAssignment.coach_id == coach_id, holding_on(CoachAssignment, day))
    )
    return list(db.session.scalars(wanted.distinct().limit(MOST)))


def willing_near(path: str) -> list[int]:
    """Who agreed to coach others, in this unit and below."""
    near = WillingPeer.home_path.startswith(path, autoescape=True)
    return list(db.session.scalars(select(WillingPeer.person_id).where(near).limit(MOST)))


def willing_row(person_id: int) -> WillingPeer | None:
    """The word of one person."""
    return db.session.get(WillingPeer, person_id)


def remove_willing(person_id: int) -> None:
    """Take the word of one person back."""
    db.session.execute(delete(WillingPeer).where(WillingPeer.person_id == person_id))


def remove_assignment(assignment_id: int) -> None:
    """An assignment that never began."""
    db.session.execute(delete(CoachAssignment).where(CoachAssignment.id == assignment_id))


AGREED = (
    select(
        AgreedAction.id,
        AgreedAction.path_id,
        AgreedAction.text,
        AgreedAction.due_on,
        AgreedAction.outcome,
        AgreedAction.settled_on,
    )
    .where(AgreedAction.path_id == bindparam("path_id"))
    .order_by(AgreedAction.settled_on.is_not(None), AgreedAction.due_on.is_(None), AgreedAction.due_on)
)


def _agreed(path_id: int) -> Asking:
    return AGREED, {"path_id": path_id}


actions = Question(_agreed, lambda rows: [ActionCard(*row) for row in rows])
"""What was agreed on a path, the open ones first."""


def action_row(action_id: int) -> AgreedAction | None:
    """The row to change."""
    return db.session.get(AgreedAction, action_id)
