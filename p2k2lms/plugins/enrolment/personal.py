"""What enrolment holds of people."""

from p2k2lms.core.i18n import lazy
from p2k2lms.core.personal import Holding, Mention
from p2k2lms.plugins.enrolment.models import (
    AngkatanStaff,
    Attendance,
    CallDraw,
    CallExemption,
    CallNumber,
    CallPlace,
    CallRound,
    Enrolment,
    ExposureSpell,
    Joining,
    SubjectTrainer,
    Waiting,
)

MINE = ("person_id",)
CALLED = lazy("Panggilan yang adil dan dapat diperiksa siapa pun")
LEARNED = lazy("Siapa belajar apa, kapan, dan berapa jam pelajaran")

PERSONAL = (
    Holding(Enrolment, lazy("Keikutsertaan kelas dan jalur"), LEARNED, names=MINE),
    Holding(ExposureSpell, lazy("Masa pelatihan dan bimbingan"), LEARNED, names=MINE),
    Holding(Attendance, lazy("Kehadiran di kelas"), LEARNED, names=MINE, erase={"browser": ""}, hidden=("browser",)),
    Holding(Joining, lazy("Masuk kelas daring"), LEARNED, names=MINE),
    Holding(AngkatanStaff, lazy("Tugas sebagai pelatih atau panitia"), LEARNED, names=MINE),
    Holding(SubjectTrainer, lazy("Mata pelajaran yang diampu"), LEARNED, names=MINE),
    Holding(Waiting, lazy("Daftar tunggu kelas"), CALLED, names=MINE),
    Holding(CallPlace, lazy("Tempat di undian panggilan"), CALLED, names=MINE),
    Holding(CallExemption, lazy("Dikecualikan dari panggilan"), CALLED, names=MINE, erase={"reason": ""}),
    Mention(Attendance, ("marked_by",)),
    Mention(CallExemption, ("said_by",)),
    Mention(CallNumber, ("person_id",)),
    Mention(CallDraw, ("first_by", "second_by")),
    Mention(CallRound, ("made_by",)),
)
