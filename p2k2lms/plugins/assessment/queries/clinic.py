"""Reads the post-tests that are judged together: those of the forms that a class or a version sat, newest first."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from p2k2lms.core.db import among, db
from p2k2lms.plugins.assessment.models import Attempt, Form, FormItem, GivenAnswer, ItemVersion
from p2k2lms.plugins.assessment.values import OK, POST

MOST_PAPERS = 600
BOTH_FORMS = ("A", "B")
_SAT = (Attempt.purpose == POST, Attempt.number == 1, Attempt.finished_at.is_not(None), Attempt.timing == OK)


@dataclass(frozen=True)
class Papers:
    """Finished papers: the form of each attempt, the frozen items of each form, and what was answered to what."""

    attempts: dict[int, int]
    forms: dict[int, tuple[int, ...]]
    answers: dict[tuple[int, int], Any]
    bodies: dict[int, dict[str, Any]]


def papers_like(enrolment_ids: Sequence[int]) -> Papers:
    """The first post-tests on every form that holds an item which these enrolments sat."""
    return _papers(select(Attempt.form_id).where(among(Attempt.enrolment_id, enrolment_ids), *_SAT))


def papers_of_version(version_id: int) -> Papers:
    """The first post-tests on every form that holds an item of both forms of this version."""
    return _papers(select(Form.id).where(Form.version_id == version_id, Form.name.in_(BOTH_FORMS)))


def papers_with(item: str) -> Papers:
    """The first post-tests on every form that holds an item which stands on a form with this one."""
    held = select(FormItem.form_id).join(ItemVersion).where(ItemVersion.item == item)
    return _papers(select(Form.id).where(Form.id.in_(held), Form.name.in_(BOTH_FORMS)))


def versions_sat(least: int) -> list[int]:
    """Of every course the newest version whose post-test was sat by so many people."""
    sat = select(Form.course, Form.version_id).join(Attempt, Attempt.form_id == Form.id)
    enough = sat.where(*_SAT).group_by(Form.course, Form.version_id).having(func.count() >= least).subquery()
    newest = select(func.max(enough.c.version_id)).group_by(enough.c.course)
    return sorted(db.session.scalars(newest))


def _papers(own: Select[Any]) -> Papers:
    asked = select(FormItem.item_version_id).where(FormItem.form_id.in_(own))
    held: dict[int, list[int]] = defaultdict(list)
    forms = select(FormItem.form_id).where(FormItem.item_version_id.in_(asked))
    rows = select(FormItem.form_id, ItemVersion.id, ItemVersion.body).join(ItemVersion)
    bodies = {}
    for form, item, body in db.session.execute(rows.where(FormItem.form_id.in_(forms)).order_by(FormItem.position)):
        held[form].append(item)
        bodies[item] = body
    attempts, answers = newest_papers(Attempt.form_id.in_(held), *_SAT)
    return Papers(attempts, {k: tuple(v) for k, v in held.items()}, answers, bodies)


def newest_papers(*which: ColumnElement[bool]) -> tuple[dict[int, int], dict[tuple[int, int], Any]]:
    """The newest of these attempts with their forms, and what was answered to what, in one query."""
    sat = select(Attempt.id, Attempt.form_id, Attempt.finished_at).where(*which)
    newest = sat.order_by(Attempt.finished_at.desc(), Attempt.id.desc()).limit(MOST_PAPERS).subquery()
    wanted = select(newest.c.id, newest.c.form_id, GivenAnswer.item_version_id, GivenAnswer.value)
    wanted = wanted.outerjoin(GivenAnswer, GivenAnswer.attempt_id == newest.c.id)
    rows = db.session.execute(wanted.order_by(newest.c.finished_at.desc(), newest.c.id.desc())).all()
    attempts = {attempt: form for attempt, form, _item, _value in rows}
    return attempts, {(attempt, item): value for attempt, _form, item, value in rows if item is not None}
