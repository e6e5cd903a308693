"""Reads the tests that the page of a class judges: first post-tests on both forms, first marks of members."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import aliased

from p2k2lms.core.db import among, db
from p2k2lms.plugins.assessment.models import Attempt, Form, FormItem, ItemVersion, Score
from p2k2lms.plugins.assessment.queries.clinic import BOTH_FORMS, newest_papers
from p2k2lms.plugins.assessment.values import OK, POST, PRE

_FIRST = (Attempt.number == 1, Attempt.finished_at.is_not(None), Attempt.skipped.is_(False), Attempt.timing == OK)


@dataclass(frozen=True)
class FormPapers:
    """A form: its frozen items in their order, which are anchors, the attempts on it, and what was answered."""

    name: str
    items: tuple[int, ...]
    bodies: tuple[dict[str, Any], ...]
    anchors: tuple[int, ...]
    attempts: tuple[int, ...]
    answers: dict[tuple[int, int], Any]


def form_papers(version_id: int) -> list[FormPapers]:
    """Both forms of a version with its newest first post-tests, of every class."""
    wanted = select(Form.id, Form.name, ItemVersion.id, ItemVersion.body, FormItem.anchor)
    wanted = wanted.join(FormItem, FormItem.form_id == Form.id).join(ItemVersion)
    wanted = wanted.where(Form.version_id == version_id, Form.name.in_(BOTH_FORMS))
    rows = db.session.execute(wanted.order_by(Form.name, FormItem.position)).all()
    of_form = {form: name for form, name, *_rest in rows}
    attempts, answers = newest_papers(Attempt.form_id.in_(of_form), Attempt.purpose == POST, *_FIRST)
    found = []
    for form, name in of_form.items():
        inside = [row for row in rows if row[0] == form]
        found.append(
            FormPapers(
                name,
                tuple(row[2] for row in inside),
                tuple(row[3] for row in inside),
                tuple(row[2] for row in inside if row[4]),
                tuple(attempt for attempt, one in attempts.items() if one == form),
                answers,
            )
        )
    return found


def first_marks(enrolment_ids: Sequence[int], version_id: int) -> list[tuple[int, str, str, float, str]]:
    """Enrolment, purpose, form, percent and place of each first test before and after, by its newest mark.

    A form of another version than this has no name: its A and B are other papers.
    """
    newer = aliased(Score)
    newest = select(func.max(newer.id)).where(newer.attempt_id == Attempt.id).correlate(Attempt).scalar_subquery()
    share = Score.points * 100.0 / Score.max_points
    form = case((Form.version_id == version_id, Form.name), else_="")
    wanted = select(Attempt.enrolment_id, Attempt.purpose, form, share, Attempt.place)
    wanted = wanted.join(Form, Form.id == Attempt.form_id)
    wanted = wanted.join(Score, Score.id == newest).where(Score.max_points > 0, *_FIRST)
    wanted = wanted.where(among(Attempt.enrolment_id, enrolment_ids), Attempt.purpose.in_((PRE, POST)))
    rows = db.session.execute(wanted)
    return [(enrolment, purpose, form, float(mark), place) for enrolment, purpose, form, mark, place in rows]
