"""How long each class of records is kept: a list that everybody may read, and the nightly job that keeps to it.

Every night whatever has outlived its time goes, class by class, each in its own transaction; what went is written
into minutes by number, never by name.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any

from flask import current_app
from sqlalchemy import CursorResult, Delete, Update, delete, select, update

from p2k2lms.core import clock, journal, photos, turns
from p2k2lms.core.db import db
from p2k2lms.core.errors import Fault
from p2k2lms.core.i18n import _, lazy
from p2k2lms.core.models import Job, Minutes, Notice, Submission
from p2k2lms.core.unit_of_work import unit_of_work

JOB = "core.keep_retention"


@dataclass(frozen=True)
class RecordClass:
    """One class: what it is, why it is kept, for how many days, and who takes away what is older.

    `days` None: kept as long as the record it belongs to, or as the law says in `why`; nothing goes by itself.
    `sweep(day)` takes away what ended before that day, inside an open unit of work, and returns how many.
    """

    key: str
    label: Any
    why: Any
    days: int | None = None
    sweep: Callable[[date], int] | None = None


def classes() -> tuple[RecordClass, ...]:
    """Every class of every plugin."""
    found: tuple[RecordClass, ...] = current_app.extensions["retention"]
    return found


def keep() -> None:
    """The job `core.keep_retention`: take away what is over; a class that fails keeps no other waiting."""
    turns.each("a class of records was not kept to its time", [(one.key, partial(_keep, one)) for one in classes()])


def _keep(one: RecordClass) -> None:
    """Take away what is over of one class, and leave minutes of it."""
    if one.sweep is None or one.days is None:
        return
    before = clock.today() - timedelta(days=one.days)
    with unit_of_work("core.keep_retention", subject=one.key) as uow:
        number = one.sweep(before)
        if number:
            uow.add(Minutes(record_class=one.key, before=before, number=number))


def minutes(limit: int = 60) -> list[Minutes]:
    """The newest minutes."""
    return list(db.session.scalars(select(Minutes).order_by(Minutes.id.desc()).limit(limit)))


def start_of(day: date) -> datetime:
    """The instant at which a day begins, for columns that hold instants."""
    return datetime.combine(day, time(), UTC)


def done(statement: Delete | Update) -> int:
    """Carry it out; how many rows it met."""
    result: CursorResult[Any] = db.session.execute(statement)  # type: ignore[assignment]
    return result.rowcount


def _jobs(day: date) -> int:
    return done(delete(Job).where(Job.done_at < start_of(day)))


def _notices(day: date) -> int:
    return done(delete(Notice).where(Notice.created_at < start_of(day)))


def _journal(day: date) -> int:
    """The raw words go; that something came, when, and how it was answered stays. What is still held is refused."""
    before = Submission.received_at < start_of(day)
    undecided = journal.refuse_held(before, Fault("", _("Tidak diputuskan dalam dua tahun.")), forget=True)
    return undecided + done(update(Submission).where(before, Submission.raw != "").values(raw="", device=""))


OF_CORE = (
    RecordClass(
        "core.submission",
        lazy("Isi mentah kiriman"),
        lazy("Untuk memperbaiki yang ditolak; bentuk lama diterima 400 hari. Yang masih ditahan lalu ditolak"),
        days=730,
        sweep=_journal,
    ),
    RecordClass(
        "core.photo",
        lazy("Foto pertemuan"),
        lazy("Tiap foto memuat tanggal hapusnya: 12 bulan, atau 7 hari bila tak dipakai dan kirimannya tidak ditahan"),
        days=0,
        sweep=photos.remove_due,
    ),
    RecordClass("core.notice", lazy("Kabar"), lazy("Setahun, lalu tak ada yang mencari"), days=365, sweep=_notices),
    RecordClass("core.job", lazy("Pekerjaan selesai"), lazy("Surat di dalamnya memuat alamat"), days=30, sweep=_jobs),
    RecordClass("core.audit", lazy("Jejak perbuatan"), lazy("Tetap: rantainya tidak boleh putus; hanya nomor orang")),
)
JOBS = {JOB: keep}
