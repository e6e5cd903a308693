"""Reads waves, and who is asked in them."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Integer, and_, cast, delete, false, func, insert, literal, or_, select, union_all, update

from p2k2lms.core.db import among, db
from p2k2lms.plugins.evaluation.models import Assignment, InstrumentVersion, Unasked, Wave
from p2k2lms.plugins.evaluation.values import ANSWERED, EXCUSED, WAITING, Rate

MOST_WAVES = 200
DONE = func.sum(cast(Assignment.state == ANSWERED, Integer))


def wave(wave_id: int) -> Wave | None:
    """One wave."""
    return db.session.get(Wave, wave_id)


def waves_with_ids(ids: Iterable[int]) -> list[Wave]:
    """These waves, the earliest first."""
    return list(db.session.scalars(select(Wave).where(Wave.id.in_(set(ids))).order_by(Wave.opens, Wave.id)))


def with_version(wave_id: int) -> tuple[Wave, InstrumentVersion] | None:
    """One wave and what it asks."""
    wanted = select(Wave, InstrumentVersion).join(InstrumentVersion, InstrumentVersion.id == Wave.version_id)
    row = db.session.execute(wanted.where(Wave.id == wave_id)).first()
    return (row[0], row[1]) if row else None


def waves_below(paths: Sequence[str]) -> list[Wave]:
    """The waves of these units and of those below, the latest first."""
    wanted = select(Wave).where(inside(Wave.unit_path, paths))
    return list(db.session.scalars(wanted.order_by(Wave.opens.desc(), Wave.id).limit(MOST_WAVES)))


def waves_like(code: str, instrument: str, unit_id: int, anchor: date) -> Wave | None:
    """The wave of this place in the schedule, if it was made already."""
    same = (Wave.code == code, Wave.instrument_code == instrument, Wave.unit_id == unit_id, Wave.anchor == anchor)
    return db.session.scalar(select(Wave).where(*same))


def due_to_close(day: date) -> list[Wave]:
    """Waves whose last day is over and that nobody has closed."""
    return list(db.session.scalars(select(Wave).where(Wave.closed_at.is_(None), Wave.closes < day)))


def running(day: date) -> list[Wave]:
    """The waves that ask on this day."""
    return list(db.session.scalars(select(Wave).where(*_running(day)).order_by(Wave.id)))


def _running(day: date) -> tuple[Any, ...]:
    return Wave.opens <= day, Wave.closes >= day, Wave.closed_at.is_(None)


def insert_assignments(rows: Sequence[dict[str, Any]]) -> None:
    """Write who is asked, many at once."""
    for start in range(0, len(rows), 2000):
        db.session.execute(insert(Assignment), rows[start : start + 2000])


def assignment(assignment_id: int) -> tuple[Assignment, Wave, InstrumentVersion] | None:
    """One respondent about one person, with the wave and what it asks."""
    wanted = select(Assignment, Wave, InstrumentVersion).join(Wave, Wave.id == Assignment.wave_id)
    wanted = wanted.join(InstrumentVersion, InstrumentVersion.id == Wave.version_id)
    row = db.session.execute(wanted.where(Assignment.id == assignment_id)).first()
    return (row[0], row[1], row[2]) if row else None


def open_for(person_id: int, day: date) -> list[tuple[Assignment, Wave]]:
    """What this person is asked, or has answered, in waves that are open on the day."""
    rows = db.session.execute(
        select(Assignment, Wave)
        .join(Wave, Wave.id == Assignment.wave_id)
        .where(Assignment.respondent_id == person_id, Assignment.state != EXCUSED)
        .where(Wave.closed_at.is_(None), Wave.opens <= day, Wave.closes >= day)
        .order_by(Wave.closes, Assignment.id)
        .limit(60)
    )
    return [(assignment, wave) for assignment, wave in rows]


def rates(wave_ids: Iterable[int]) -> dict[int, Rate]:
    """How many are asked and have answered in each wave; who need not answer is left out."""
    rows = db.session.execute(
        select(Assignment.wave_id, func.count(), DONE)
        .where(among(Assignment.wave_id, wave_ids), Assignment.state != EXCUSED)
        .group_by(Assignment.wave_id)
    )
    return {wave_id: Rate(None, asked, done) for wave_id, asked, done in rows}


def standing(wave_id: int) -> tuple[list[Rate], dict[int | None, dict[str, int]]]:
    """The same by kabupaten, the lowest share first; and of how many nobody can be asked yet, by the reason too."""
    asked = (
        select(Assignment.kabupaten_id, literal(""), func.count(), DONE)
        .where(Assignment.wave_id == wave_id, Assignment.state != EXCUSED)
        .group_by(Assignment.kabupaten_id)
    )
    lacking = (
        select(Unasked.kabupaten_id, Unasked.reason, func.count(), literal(0))
        .where(Unasked.wave_id == wave_id)
        .group_by(Unasked.kabupaten_id, Unasked.reason)
    )
    rates: list[Rate] = []
    unasked: dict[int | None, dict[str, int]] = {}
    for kabupaten, reason, people, done in db.session.execute(union_all(asked, lacking)):
        if reason:
            unasked.setdefault(kabupaten, {})[reason] = people
        else:
            rates.append(Rate(kabupaten, people, done))
    rates += [Rate(kabupaten, 0, 0) for kabupaten in unasked if kabupaten not in {rate.unit_id for rate in rates}]
    return sorted(rates, key=lambda rate: (not rate.asked, rate.percent, rate.unit_id or 0)), unasked


def silent(
    wave_id: int, paths: Sequence[str], limit: int | None = None, kabupaten: int | None = None
) -> list[Assignment]:
    """Who has not answered yet, of these units or of one kabupaten of theirs: those drawn to be phoned first."""
    wanted = select(Assignment).where(Assignment.wave_id == wave_id, Assignment.state == WAITING)
    wanted = wanted.where(inside(Assignment.unit_path, paths))
    if kabupaten is not None:
        wanted = wanted.where(Assignment.kabupaten_id == kabupaten)
    return list(
        db.session.scalars(
            wanted.order_by(Assignment.drawn.desc(), Assignment.respondent_id, Assignment.id).limit(limit)
        )
    )


def inside(path: Any, paths: Sequence[str]) -> Any:
    """True if a path lies in one of these units or below."""
    return or_(false(), *(and_(path >= one, path < one[:-1] + "0") for one in paths))


def frame(wave_id: int) -> list[Assignment]:
    """Everybody who is asked and was not excused."""
    wanted = select(Assignment).where(Assignment.wave_id == wave_id, Assignment.state != EXCUSED)
    return list(db.session.scalars(wanted.order_by(Assignment.id)))


def unasked(wave_id: int, paths: Sequence[str] = ("/",), limit: int | None = None) -> list[Unasked]:
    """Of whom nobody can be asked yet, of these units; by reason."""
    wanted = select(Unasked).where(Unasked.wave_id == wave_id, inside(Unasked.unit_path, paths))
    return list(db.session.scalars(wanted.order_by(Unasked.reason, Unasked.subject_id).limit(limit)))


def lacking(day: date) -> list[Wave]:
    """The waves of this day with somebody of whom nobody could be asked."""
    some = select(Unasked.wave_id).where(Unasked.wave_id == Wave.id).exists()
    return list(db.session.scalars(select(Wave).where(some, *_running(day)).order_by(Wave.id)))


def insert_unasked(rows: Sequence[dict[str, Any]]) -> None:
    """Write of whom nobody can be asked, many at once."""
    for start in range(0, len(rows), 2000):
        db.session.execute(insert(Unasked), rows[start : start + 2000])


def subjects(wave_id: int) -> set[int]:
    """Everybody a wave is about, asked or waiting: numbers alone, for it may be the whole nation."""
    asked = select(Assignment.subject_id).where(Assignment.wave_id == wave_id)
    return set(db.session.scalars(asked.union(select(Unasked.subject_id).where(Unasked.wave_id == wave_id))))


def waiting(wave_id: int, after: int, limit: int) -> list[int]:
    """The next in the queue of a wave, from behind one."""
    wanted = select(Unasked.subject_id).where(Unasked.wave_id == wave_id, Unasked.subject_id > after)
    return list(db.session.scalars(wanted.order_by(Unasked.subject_id).limit(limit)))


def unasked_among(wave_id: int, people: Iterable[int]) -> list[Any]:
    """Those of these people who still wait, each with what the wave keeps of him; held, without whom another holds."""
    kept = (Unasked.subject_id, Unasked.arm, Unasked.kabupaten_id, Unasked.unit_path, Unasked.reason)
    these = select(*kept).where(Unasked.wave_id == wave_id, among(Unasked.subject_id, people))
    return list(db.session.execute(these.with_for_update(skip_locked=True)))


def note_reason(wave_id: int, people: Collection[int], reason: str) -> None:
    """Why nobody can be asked about these."""
    if people:
        these = (Unasked.wave_id == wave_id, among(Unasked.subject_id, people))
        db.session.execute(update(Unasked).where(*these).values(reason=reason))


def forget_unasked(wave_id: int, people: Collection[int]) -> None:
    """These wait no longer."""
    db.session.execute(delete(Unasked).where(Unasked.wave_id == wave_id, among(Unasked.subject_id, people)))


def told_already(wave_id: int, respondents: Iterable[int]) -> set[int]:
    """Those of these people who have a sheet of this wave before them, so they know of it."""
    these = (Assignment.wave_id == wave_id, Assignment.state == WAITING, among(Assignment.respondent_id, respondents))
    return set(db.session.scalars(select(Assignment.respondent_id).where(*these)))


def everybody(wave_id: int) -> list[Assignment]:
    """Everybody who was ever asked in a wave, excused or not."""
    return list(db.session.scalars(select(Assignment).where(Assignment.wave_id == wave_id)))


def mark_drawn(ids: Iterable[int]) -> None:
    """These are to be phoned."""
    db.session.execute(update(Assignment).where(among(Assignment.id, ids)).values(drawn=True))


def mark_answered(ids: Iterable[int]) -> None:
    """The sheets of these are there."""
    db.session.execute(update(Assignment).where(among(Assignment.id, ids)).values(state=ANSWERED))


def count_reminder(ids: Iterable[int]) -> None:
    """One more reminder for these."""
    db.session.execute(update(Assignment).where(among(Assignment.id, ids)).values(reminders=Assignment.reminders + 1))
