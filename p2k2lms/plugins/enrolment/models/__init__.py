"""Tables of enrolment: classes and who is in them, their meetings, and spells of exposure."""

from p2k2lms.plugins.enrolment.models.calling import CallDraw, CallExemption, CallNumber, CallPlace, CallRound
from p2k2lms.plugins.enrolment.models.classes import Angkatan, AngkatanStaff, Enrolment, ExposureSpell
from p2k2lms.plugins.enrolment.models.sessions import Attendance, ClassSession, Joining, SubjectTrainer, Waiting

__all__ = [
    "Angkatan",
    "AngkatanStaff",
    "Attendance",
    "CallDraw",
    "CallExemption",
    "CallNumber",
    "CallPlace",
    "CallRound",
    "ClassSession",
    "Enrolment",
    "ExposureSpell",
    "Joining",
    "SubjectTrainer",
    "Waiting",
]
