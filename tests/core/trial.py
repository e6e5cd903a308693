"""A trial plugin for the machinery: what a real plugin declares, as small as can be."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from pydantic import BaseModel, ConfigDict, Field, model_validator
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from p2k2lms.core.db import db
from p2k2lms.core.errors import Invalid
from p2k2lms.core.models import SettingValue, Submission
from p2k2lms.core.plugin import Plugin
from p2k2lms.core.settings import Setting
from p2k2lms.core.submissions import SubmissionKind
from p2k2lms.core.unit_of_work import unit_of_work

NOON = datetime(2026, 11, 21, 4, tzinfo=UTC)


class FirstNote(BaseModel):
    """Version 1 called it `word`."""

    word: str


class Note(BaseModel):
    """Version 2: a text, and what is odd about it."""

    model_config = ConfigDict(extra="forbid")
    text: str = Field(min_length=1, max_length=80)
    flags: list[str] = []


class Morning(Note):
    """A rule about the whole of it."""

    @model_validator(mode="after")
    def _is_morning(self):
        if self.text != "pagi":
            raise ValueError("Pagi saja.")
        return self


def _lookup() -> None:
    raise LookupError("a fault of ours")


def _statement() -> None:
    db.session.execute(text("SELECT nothing FROM nowhere"))


def _no_database() -> None:
    raise OperationalError("SELECT 1", {}, Exception("the database is gone"))


BREAKS = {"rusak": _lookup, "rusak di basis data": _statement, "basis data hilang": _no_database}  # what nobody foresaw


def keep_note(actor, sent, note) -> list[str]:
    """Each text once per person: what must not happen twice is a constraint."""
    if note.text == "terlarang":
        raise Invalid("Kata ini tidak boleh.", "text")
    if note.text in BREAKS:
        BREAKS[note.text]()
    with unit_of_work("trial.keep_note", actor) as uow:
        uow.add(SettingValue(unit_id=actor.id, key=note.text, value=sent.device))
    return note.flags


def keep_lines(actor, those) -> list[list[str]]:
    """Many notes at once; a word that nobody foresaw breaks it."""
    if any(note.text == "rusak bersama" for _sent, note in those):
        raise LookupError("a fault of ours")
    return [keep_note(actor, sent, note) for sent, note in those]


def notes() -> list[str]:
    """The texts that took effect."""
    return list(db.session.scalars(select(SettingValue.key).order_by(SettingValue.id)))


def held_keys() -> list[int]:
    """What is held, the oldest first."""
    wanted = select(Submission.key).where(Submission.status == "held")
    return list(db.session.scalars(wanted.order_by(Submission.key)))


done: list[dict[str, Any]] = []


def do(**payload: Any) -> None:
    """A job that fails when it is told to."""
    done.append(payload)
    if payload.get("fail"):
        raise OSError("surat tidak terkirim")


TRIAL = Plugin(
    name="trial",
    title="Percobaan",
    submissions=(
        SubmissionKind("trial.note", {1: FirstNote, 2: Note}, keep_note, lift={1: lambda old: Note(text=old.word)}),
        SubmissionKind("trial.whole", {2: Morning}, keep_note),
        SubmissionKind("trial.line", {2: Note}, keep_note, title="Baris", apply_all=keep_lines),
    ),
    jobs={"trial.do": do},
    settings=(Setting("trial.limit", "10", "Batas", kind="number"), Setting("trial.word", "halo", "Kata")),
    notices={"trial.hello": "Halo {name}"},
    acts={"trial.greet": "Salam dikirim"},
)
DECLARATIONS = {
    "submission_kinds": {k.name: k for k in TRIAL.submissions},
    "job_handlers": TRIAL.jobs,
    "settings": {s.key: s for s in TRIAL.settings},
    "notice_texts": TRIAL.notices,
    "areas": {TRIAL.name: TRIAL.title},
    "acts": TRIAL.acts,
}


@contextmanager
def with_trial(app: Flask) -> Iterator[None]:
    """The trial plugin's declarations beside those of the platform."""
    before = {name: app.extensions[name] for name in DECLARATIONS}
    for name, added in DECLARATIONS.items():
        app.extensions[name] = {**before[name], **added}
    done.clear()
    yield
    app.extensions.update(before)
