"""Reads and writes spells of exposure: who is over with one, who is in one, who was in which class."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, case, exists, func, insert, select

from p2k2lms.core.db import among, db
from p2k2lms.core.questions import Asking, Question
from p2k2lms.plugins.enrolment.models import Angkatan, Enrolment, ExposureSpell
from p2k2lms.plugins.enrolment.values import CLASS, ENDED, PASSED, RUNNING, SITS, STOPPED
from p2k2lms.plugins.identity import service as identity

FINISHED = and_(
    ExposureSpell.kind.in_(("kelas", "coaching")),
    ExposureSpell.status.in_((PASSED, ENDED)),
    (ExposureSpell.kind != CLASS) | (ExposureSpell.status == PASSED),
    ExposureSpell.valid_to.is_not(None),
)
AT_A_TIME = 10_000  # ids in one statement: both engines take this many


def _parts(ids: Iterable[int]) -> Iterator[list[int]]:
    wanted = list(dict.fromkeys(ids))
    for start in range(0, len(wanted), AT_A_TIME):
        yield wanted[start : start + AT_A_TIME]


def has_passed(enrolment_id: Any) -> Any:
    """That the enrolment in this column was passed, as a condition."""
    return exists().where(Enrolment.id == enrolment_id, Enrolment.state == PASSED)


def spells(person_ids: Iterable[int], states: Sequence[str]) -> list[ExposureSpell]:
    """The spells of these people that are in one of these states."""
    wanted = select(ExposureSpell).where(ExposureSpell.status.in_(states)).order_by(ExposureSpell.valid_from)
    return [
        row
        for part in _parts(person_ids)
        for row in db.session.scalars(wanted.where(ExposureSpell.person_id.in_(part)))
    ]


def spell_rows(person_ids: Collection[int]) -> list[ExposureSpell]:
    """Every spell of these people, with classes, paths and refreshers, however it ended."""
    return list(db.session.scalars(select(ExposureSpell).where(among(ExposureSpell.person_id, person_ids))))


def people_with(object_refs: Sequence[str]) -> dict[str, int]:
    """Whose training each of these is, for those that one person alone can have, as a certificate of before."""
    wanted = select(ExposureSpell.object_ref, ExposureSpell.person_id)
    parts = (object_refs[start : start + 1000] for start in range(0, len(object_refs), 1000))
    rows = (row for part in parts for row in db.session.execute(wanted.where(ExposureSpell.object_ref.in_(part))))
    return {ref: person for ref, person in rows}


def add_spells(rows: Sequence[dict[str, Any]]) -> None:
    """Write new spells, many at once."""
    if rows:
        db.session.execute(insert(ExposureSpell), rows)


SINCE: Any = func.coalesce(ExposureSpell.valid_to, ExposureSpell.valid_from)
PREPARED: Any = (
    select(ExposureSpell.person_id, ExposureSpell.kind, SINCE)
    .where(ExposureSpell.person_id.in_(bindparam("person_ids", expanding=True)), bindparam("day_after") >= SINCE)
    .where(ExposureSpell.status.in_((PASSED, ENDED)))
    .where((ExposureSpell.kind != CLASS) | (ExposureSpell.status == PASSED))
    .order_by(SINCE.desc())
)


def _prepared(person_ids: Sequence[int], day: date) -> Asking:
    return PREPARED, {"person_ids": person_ids, "day_after": day + timedelta(days=1)}


prepared = Question(_prepared, lambda rows: {person: (str(kind), since) for person, kind, since in rows})
"""For each of these people who finished a class or a path by this day: which was first, and the day after."""


def finished_in(
    path: str, span: tuple[date, date], day: date, today: date, limit: int
) -> tuple[list[tuple[int, str, str, date]], int]:
    """Of who was on duty below a unit on the day and finished a class or a path in the span: person, name, kind, last
    day, each person once, the newest first; and how many there are. Who is not on duty there today has no line."""
    first, after = span
    then, still = (identity.on_duty(when, [path]).subquery() for when in (day, today))
    last = ExposureSpell.valid_to.desc(), ExposureSpell.id
    nth = func.row_number().over(partition_by=ExposureSpell.person_id, order_by=last).label("nth")
    ended = select(ExposureSpell, nth).join(then, then.c.person_id == ExposureSpell.person_id)
    one = ended.where(FINISHED, ExposureSpell.valid_to > first, ExposureSpell.valid_to <= after).subquery().c
    gone = case((still.c.person_id.is_(None), 1), else_=0)
    columns = one.person_id, identity.name_of(one.person_id), one.kind, one.valid_to, gone, func.count().over()
    wanted = select(*columns).outerjoin(still, still.c.person_id == one.person_id).where(one.nth == 1)
    rows = db.session.execute(wanted.order_by(gone, one.valid_to.desc(), one.id).limit(limit)).all()
    here = [(person, name, kind, end - timedelta(days=1)) for person, name, kind, end, left, _n in rows if not left]
    return here, rows[0][-1] if rows else 0


def people_of_classes(since: date, until: date, starting: bool) -> list[int]:
    """Who was in a class that began, or was passed and ended, between these days, both included."""
    day = timedelta(days=1)  # `valid_to` is the first day after
    ended = ExposureSpell.valid_to.between(since + day, until + day)
    when = ExposureSpell.valid_from.between(since, until) if starting else ended
    states = (RUNNING, PASSED) if starting else (PASSED,)
    wanted = select(ExposureSpell.person_id).where(
        ExposureSpell.kind == "kelas", ExposureSpell.status.in_(states), when
    )
    return list(db.session.scalars(wanted.distinct().order_by(ExposureSpell.person_id)))


def seats_of_centre(path: str, since: date, until: date) -> list[tuple[int, int, int, date, date]]:
    """Enrolment, person, class, its first and last day, of the classes of a centre that ended between these days."""
    wanted = (
        select(Enrolment.id, Enrolment.person_id, Angkatan.id, Angkatan.starts, Angkatan.ends)
        .join(Angkatan, Angkatan.id == Enrolment.angkatan_id)
        .where(Angkatan.centre_path.startswith(path, autoescape=True), Angkatan.ends.between(since, until))
        .where(Enrolment.state != STOPPED)
        .order_by(Enrolment.id)
    )
    return [(seat, who, of, first, last) for seat, who, of, first, last in db.session.execute(wanted) if last]


def centres(since: date, until: date) -> list[int]:
    """The units that held a class which ended between these days."""
    wanted = select(Angkatan.centre_unit_id).where(Angkatan.ends.between(since, until)).distinct()
    return list(db.session.scalars(wanted))


ANY, OVER = (RUNNING, PASSED, ENDED), (PASSED, ENDED)


def standing(person: Any) -> tuple[Any, Any]:
    """Of the person of a column: the kind finished first, else SITS where a class runs; the day of the earliest spell.

    Each is looked up once a person, so what can be told by one is not asked by two.
    """
    own, sits = ExposureSpell.person_id == person, (ExposureSpell.kind == CLASS) & (ExposureSpell.status == RUNNING)
    word = select(case((FINISHED, ExposureSpell.kind), else_=SITS)).where(own, FINISHED | sits)
    first = word.order_by(case((FINISHED, 0), else_=1), ExposureSpell.valid_to).limit(1)
    return first.scalar_subquery(), select(func.min(ExposureSpell.valid_from)).where(own).scalar_subquery()
