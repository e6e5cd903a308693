"""Reads the post-tests that are judged together: those of the forms that a class sat, newest first."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from p2k2lms.core.db import among, db
from p2k2lms.plugins.assessment.models import Attempt, FormItem, GivenAnswer, ItemVersion
from p2k2lms.plugins.assessment.values import OK, POST

MOST_PAPERS = 600


@dataclass(frozen=True)
class Papers:
    """Finished papers: the form of each attempt, the frozen items of each form, and what was answered to what."""

    attempts: dict[int, int]
    forms: dict[int, tuple[int, ...]]
    answers: dict[tuple[int, int], Any]
    bodies: dict[int, dict[str, Any]]


def papers_like(enrolment_ids: Sequence[int]) -> Papers:
    """The first post-tests on every form that holds an item which these enrolments sat."""
    ended = Attempt.finished_at.is_not(None)
    finished = (Attempt.purpose == POST, Attempt.number == 1, ended, Attempt.timing == OK)
    own = select(Attempt.form_id).where(among(Attempt.enrolment_id, enrolment_ids), *finished)
    asked = select(FormItem.item_version_id).where(FormItem.form_id.in_(own))
    held: dict[int, list[int]] = defaultdict(list)
    forms = select(FormItem.form_id).where(FormItem.item_version_id.in_(asked))
    rows = select(FormItem.form_id, ItemVersion.id, ItemVersion.body).join(ItemVersion)
    bodies = {}
    for form, item, body in db.session.execute(rows.where(FormItem.form_id.in_(forms)).order_by(FormItem.position)):
        held[form].append(item)
        bodies[item] = body
    wanted = select(Attempt.id, Attempt.form_id).where(Attempt.form_id.in_(held), *finished)
    newest = wanted.order_by(Attempt.finished_at.desc(), Attempt.id.desc()).limit(MOST_PAPERS)
    attempts = {attempt: form for attempt, form in db.session.execute(newest)}
    given = select(GivenAnswer.attempt_id, GivenAnswer.item_version_id, GivenAnswer.value)
    answers = db.session.execute(given.where(GivenAnswer.attempt_id.in_(attempts)))
    return Papers(attempts, {k: tuple(v) for k, v in held.items()}, {(a, i): value for a, i, value in answers}, bodies)
