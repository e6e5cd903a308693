"""Reads the tables of assessment, and saves an answer in one statement."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Integer, bindparam, case, func, insert, or_, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased, join, outerjoin

from p2k2lms.core.db import db, is_sqlite
from p2k2lms.plugins.assessment.models import (
    Attempt,
    ExtraTime,
    Form,
    FormDraw,
    FormItem,
    GivenAnswer,
    ItemVersion,
    PostOpening,
    Score,
)

A_LOT = 5000
NO_BODY, EVERY_BODY = 0, -1
LOCKS = {"form": 0x7E5_0001, "draw": 0x7E5_0002, "enrolment": 0x7E5_0003}


# The statements of the hot path are built once: saving an answer, and showing a question.
_PAPER = join(
    FormItem,
    ItemVersion,
    (ItemVersion.id == FormItem.item_version_id) & (ItemVersion.item == bindparam("item")),
)
_PLACE = (
    select(Attempt, ItemVersion.id, ItemVersion.body)
    .select_from(outerjoin(Attempt, _PAPER, FormItem.form_id == Attempt.form_id))
    .where(Attempt.id == bindparam("attempt"))
    .with_for_update(read=True, of=Attempt)
)
_WANTED = or_(bindparam("number", type_=Integer) == EVERY_BODY, FormItem.position == bindparam("number"))
_SHEET = (
    select(
        FormItem.position,
        FormItem.item_version_id,
        ItemVersion.item,
        case((_WANTED, ItemVersion.body)).label("body"),
        GivenAnswer.value,
        GivenAnswer.whole,
        GivenAnswer.doubtful,
        GivenAnswer.saved_at,
    )
    .join(ItemVersion, ItemVersion.id == FormItem.item_version_id)
    .outerjoin(
        GivenAnswer,
        (GivenAnswer.attempt_id == bindparam("attempt")) & (GivenAnswer.item_version_id == FormItem.item_version_id),
    )
    .where(FormItem.form_id == bindparam("form"))
    .order_by(FormItem.position)
)


@cache
def _upsert(insert_into: Callable[[Any], Any]) -> Any:
    """Insert an answer, or put it in the place of the one that stands, if it is later."""
    upsert = insert_into(GivenAnswer.__table__)
    new, stands = upsert.excluded, GivenAnswer.__table__.c
    changed = {name: new[name] for name in ("device", "seq", "value", "whole", "doubtful", "saved_at")}
    later = or_(new.device != stands.device, new.seq >= stands.seq)
    key = [stands.attempt_id, stands.item_version_id]
    return upsert.on_conflict_do_update(index_elements=key, set_=changed, where=later).returning(stands.attempt_id)


class Scored(NamedTuple):
    """An attempt with its newest score, and of its form the pass line and the number of items."""

    attempt: Attempt
    score: Score | None
    limit: int
    size: int


class MarkRow(NamedTuple):
    """The mark of one attempt, lean enough for a whole class at once."""

    enrolment_id: int
    person_id: int
    purpose: str
    points: float
    max_points: float
    finished_at: datetime
    limit: int


def one_at_a_time(what: str, key: int) -> None:
    """Let nobody else number, draw or make for this key until the transaction ends; SQLite has one writer anyway."""
    if not is_sqlite():
        db.session.execute(text("SELECT pg_advisory_xact_lock(:what, :key)"), {"what": LOCKS[what], "key": key})


def form(version_id: int, name: str) -> Form | None:
    """The form of a course version with this name."""
    return db.session.scalar(select(Form).where(Form.version_id == version_id, Form.name == name))


def item_versions(items: Iterable[str], hashes: Iterable[str]) -> dict[tuple[str, str], int]:
    """The ids of those frozen items that are there already, by item and hash."""
    wanted = select(ItemVersion.item, ItemVersion.hash, ItemVersion.id).where(
        ItemVersion.item.in_(list(items)), ItemVersion.hash.in_(list(hashes))
    )
    return {(item, mark): key for item, mark, key in db.session.execute(wanted)}


def bodies(ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """The bodies of these frozen items."""
    wanted = select(ItemVersion.id, ItemVersion.body).where(ItemVersion.id.in_(list(ids)))
    return {key: body for key, body in db.session.execute(wanted)}


def draw_of(person_id: int, angkatan_id: int) -> str | None:
    """The order that this person has drawn."""
    return db.session.scalar(
        select(FormDraw.form_order).where(FormDraw.person_id == person_id, FormDraw.angkatan_id == angkatan_id)
    )


def next_position(angkatan_id: int) -> int:
    """How many have drawn in this angkatan."""
    last = db.session.scalar(select(func.max(FormDraw.position)).where(FormDraw.angkatan_id == angkatan_id))
    return 0 if last is None else last + 1


def orders(angkatan_id: int) -> dict[int, str]:
    """The order of everybody who has drawn in this angkatan, by person."""
    wanted = select(FormDraw.person_id, FormDraw.form_order).where(FormDraw.angkatan_id == angkatan_id)
    return {person: order for person, order in db.session.execute(wanted)}


def attempts(enrolment_id: int, purpose: str) -> list[Attempt]:
    """The attempts of one purpose, by number; to be read under the lock of the enrolment when one is added."""
    return list(
        db.session.scalars(
            select(Attempt)
            .where(Attempt.enrolment_id == enrolment_id, Attempt.purpose == purpose)
            .order_by(Attempt.number)
        )
    )


def attempt_to_change(attempt_id: int) -> Attempt | None:
    """The attempt, held so that no answer slips in beside its end."""
    wanted = select(Attempt).where(Attempt.id == attempt_id).with_for_update()
    return db.session.scalar(wanted.execution_options(populate_existing=True))


def attempt_and_form(attempt_id: int) -> tuple[Attempt, Form] | None:
    """An attempt with the rules of its form."""
    wanted = select(Attempt, Form).join(Form, Form.id == Attempt.form_id).where(Attempt.id == attempt_id)
    found = db.session.execute(wanted).one_or_none()
    return None if found is None else (found[0], found[1])


def place_of(attempt_id: int, item: str) -> tuple[Attempt, int | None, dict[str, Any]] | None:
    """The attempt, held against its end, with the frozen item of this name on its paper (None if it has none)."""
    found = db.session.execute(_PLACE, {"attempt": attempt_id, "item": item}).one_or_none()
    return None if found is None else (found[0], found[1], found[2])


def save_answer(values: dict[str, Any]) -> bool:
    """Write the answer unless the same device has sent one with a higher seq; False if it has."""
    upsert = _upsert(sqlite.insert if is_sqlite() else postgresql.insert)
    return db.session.execute(upsert, values).scalar() is not None


def sheet(attempt: Attempt, number: int) -> Sequence[Any]:
    """Each place of a paper with its answer; the body of the item at `number`, of none, or of all."""
    asked = {"attempt": attempt.id, "form": attempt.form_id, "number": number}
    return db.session.execute(_SHEET, asked).all()


def scored(enrolment_ids: Sequence[int], purposes: Sequence[str]) -> list[Scored]:
    """The attempts of these enrolments for these purposes, in order of their number."""
    newest = select(func.max(Score.id)).where(Score.attempt_id == Attempt.id).correlate(Attempt).scalar_subquery()
    wanted = (
        select(Attempt, Score, Form.pass_percent, Form.size)
        .join(Form, Form.id == Attempt.form_id)
        .outerjoin(Score, Score.id == newest)
        .where(Attempt.enrolment_id.in_(enrolment_ids), Attempt.purpose.in_(purposes))
        .order_by(Attempt.enrolment_id, Attempt.purpose, Attempt.number)
    )
    return [Scored(*row) for row in db.session.execute(wanted)]


def marks(enrolment_ids: Sequence[int], purposes: Sequence[str]) -> Iterator[MarkRow]:
    """The newest score of every finished attempt of these enrolments, without loading more than it takes."""
    later = aliased(Score)
    newer = select(later.id).where(later.attempt_id == Score.attempt_id, later.id > Score.id).exists()
    wanted = (
        select(
            Attempt.enrolment_id,
            Attempt.person_id,
            Attempt.purpose,
            Score.points,
            Score.max_points,
            Attempt.finished_at,
            Form.pass_percent,
        )
        .join(Score, Score.attempt_id == Attempt.id)
        .join(Form, Form.id == Attempt.form_id)
        .where(Attempt.purpose.in_(purposes), ~newer)
    )
    for start in range(0, len(enrolment_ids), A_LOT):
        some = wanted.where(Attempt.enrolment_id.in_(enrolment_ids[start : start + A_LOT]))
        yield from (MarkRow._make(row) for row in db.session.execute(some))


def finished_attempts(enrolment_ids: Sequence[int]) -> list[Attempt]:
    """The finished pre-tests and post-tests of these enrolments that have a paper."""
    wanted = select(Attempt).where(
        Attempt.enrolment_id.in_(enrolment_ids),
        Attempt.purpose.in_(("pre", "post")),
        Attempt.finished_at.is_not(None),
        Attempt.skipped.is_(False),
    )
    return list(db.session.scalars(wanted.order_by(Attempt.id)))


def is_scored_by(attempt_id: int, key_version_id: int) -> bool:
    """True if the keys of this version have marked the attempt."""
    wanted = select(Score.id).where(Score.attempt_id == attempt_id, Score.key_version_id == key_version_id)
    return db.session.scalar(wanted) is not None


def scores(attempt_id: int) -> list[Score]:
    """Every score of an attempt, the oldest first."""
    return list(db.session.scalars(select(Score).where(Score.attempt_id == attempt_id).order_by(Score.id)))


def openings(enrolment_ids: Sequence[int]) -> set[int]:
    """Those of these enrolments whose post-test is open."""
    wanted = select(PostOpening.enrolment_id).where(PostOpening.enrolment_id.in_(enrolment_ids))
    return set(db.session.scalars(wanted))


def opened_at(enrolment_id: int) -> datetime | None:
    """Since when the post-test is open."""
    return db.session.scalar(select(PostOpening.opened_at).where(PostOpening.enrolment_id == enrolment_id))


def extra_time(enrolment_id: int) -> ExtraTime | None:
    """The extra minutes of this enrolment."""
    return db.session.get(ExtraTime, enrolment_id)


def extra_times(enrolment_ids: Sequence[int]) -> dict[int, int]:
    """The extra minutes of these enrolments; without any, no entry."""
    wanted = select(ExtraTime.enrolment_id, ExtraTime.minutes).where(ExtraTime.enrolment_id.in_(enrolment_ids))
    return {key: minutes for key, minutes in db.session.execute(wanted)}


def have_sat(enrolment_ids: Sequence[int]) -> set[int]:
    """Those of these enrolments that have an attempt."""
    found: set[int] = set()
    for start in range(0, len(enrolment_ids), A_LOT):
        some = Attempt.enrolment_id.in_(enrolment_ids[start : start + A_LOT])
        found.update(db.session.scalars(select(Attempt.enrolment_id).where(some).distinct()))
    return found


def attempt_ids(enrolment_ids: Sequence[int]) -> dict[tuple[int, str], int]:
    """The first attempt of each enrolment and purpose."""
    found = {}
    for start in range(0, len(enrolment_ids), A_LOT):
        some = Attempt.enrolment_id.in_(enrolment_ids[start : start + A_LOT])
        wanted = select(Attempt.enrolment_id, Attempt.purpose, Attempt.id).where(some, Attempt.number == 1)
        found.update({(enrolment, purpose): key for enrolment, purpose, key in db.session.execute(wanted)})
    return found


def paper(form_id: int) -> Sequence[Any]:
    """The items of a form, in their order."""
    return db.session.execute(
        select(FormItem.item_version_id, ItemVersion.body)
        .join(ItemVersion, ItemVersion.id == FormItem.item_version_id)
        .where(FormItem.form_id == form_id)
        .order_by(FormItem.position)
    ).all()


def insert_many(model: type[Any], rows: Sequence[dict[str, Any]]) -> None:
    """Write many rows at once: for synthetic data, not for use-cases."""
    for start in range(0, len(rows), 2000):
        db.session.execute(insert(model), list(rows[start : start + 2000]))
