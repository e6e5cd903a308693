"""Reads the table of decisions."""

from collections.abc import Sequence

from sqlalchemy import select

from p2k2lms.core.db import db
from p2k2lms.plugins.progress.models import Completion
from p2k2lms.plugins.progress.values import CompletionCard

CARD = (
    Completion.id,
    Completion.person_id,
    Completion.angkatan_id,
    Completion.enrolment_id,
    Completion.course,
    Completion.decision,
    Completion.decided_on,
    Completion.decided_by,
    Completion.note,
)


def row(enrolment_id: int) -> Completion | None:
    """The decision about an enrolment, to be changed; held until the transaction ends."""
    return db.session.scalar(select(Completion).where(Completion.enrolment_id == enrolment_id).with_for_update())


def card(completion_id: int) -> CompletionCard | None:
    """The decision with this id."""
    found = db.session.execute(select(*CARD).where(Completion.id == completion_id)).first()
    return CompletionCard(*found) if found else None


def of_enrolments(enrolment_ids: Sequence[int]) -> dict[int, CompletionCard]:
    """The decisions about these enrolments, by enrolment."""
    found = db.session.execute(select(*CARD).where(Completion.enrolment_id.in_(enrolment_ids)))
    return {c.enrolment_id: c for c in (CompletionCard(*r) for r in found)}


def of_person(person_id: int) -> list[CompletionCard]:
    """All decisions about one person, the latest first."""
    mine = select(*CARD).where(Completion.person_id == person_id).order_by(Completion.id.desc())
    return [CompletionCard(*r) for r in db.session.execute(mine)]
