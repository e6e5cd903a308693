"""What assessment holds of people."""

from datetime import UTC, date, datetime, time

from sqlalchemy import ColumnElement, select

from p2k2lms.core.i18n import lazy
from p2k2lms.core.personal import Holding, Mention
from p2k2lms.core.retention import RecordClass
from p2k2lms.plugins.assessment.models import (
    Attempt,
    ExtraTime,
    FormDraw,
    GivenAnswer,
    LateAnswer,
    PingOpening,
    Ruling,
    Score,
    SentFile,
)
from p2k2lms.plugins.assessment.queries import sent

MINE = ("person_id",)
TESTED = lazy("Menilai apa yang sudah dikuasai sebelum dan sesudah belajar")


def _attempts(person_id: int) -> ColumnElement[bool]:
    return GivenAnswer.attempt_id.in_(select(Attempt.id).where(Attempt.person_id == person_id))


def _scores(person_id: int) -> ColumnElement[bool]:
    return Score.attempt_id.in_(select(Attempt.id).where(Attempt.person_id == person_id))


def _late(person_id: int) -> ColumnElement[bool]:
    return LateAnswer.attempt_id.in_(select(Attempt.id).where(Attempt.person_id == person_id))


def _rulings(person_id: int) -> ColumnElement[bool]:
    return Ruling.attempt_id.in_(select(Attempt.id).where(Attempt.person_id == person_id))


def _extra(person_id: int) -> ColumnElement[bool]:
    mine = select(Attempt.enrolment_id).where(Attempt.person_id == person_id)
    return ExtraTime.enrolment_id.in_(mine)


def _rounds(person_id: int) -> ColumnElement[bool]:
    return PingOpening.post_id.in_(select(Attempt.id).where(Attempt.person_id == person_id))


PERSONAL = (
    Holding(FormDraw, lazy("Undian bentuk soal"), TESTED, names=MINE),
    Holding(Attempt, lazy("Tes yang dikerjakan"), TESTED, names=MINE, hidden=("seed",)),
    Holding(GivenAnswer, lazy("Jawaban tes"), TESTED, whose=_attempts, erase={"device": ""}),
    Holding(Score, lazy("Nilai tes"), TESTED, whose=_scores),
    Holding(LateAnswer, lazy("Jawaban tes yang terlambat"), TESTED, whose=_late, erase={"device": ""}),
    Holding(Ruling, lazy("Putusan jawaban terlambat"), TESTED, whose=_rulings, erase={"reason": "-"}),
    Holding(PingOpening, lazy("Cek ingatan yang dibuka"), TESTED, whose=_rounds),
    Holding(ExtraTime, lazy("Tambahan waktu tes"), TESTED, whose=_extra),
    Mention(SentFile, ("person_id",)),
    Mention(ExtraTime, ("given_by",)),
    Mention(Score, ("made_by",)),
    Mention(Ruling, ("decided_by",)),
)


def _sweep(day: date) -> int:
    return sent.sweep(datetime.combine(day, time(), UTC))


RETENTION = (
    RecordClass(
        "assessment.sent_file",
        lazy("Berkas soal yang diperiksa"),
        lazy("Sehari, agar bisa disimpan ke bank soal setelah diperiksa."),
        1,
        _sweep,
    ),
)
