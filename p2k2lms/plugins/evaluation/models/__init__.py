"""Tables of evaluation, one file for each noun."""

from p2k2lms.plugins.evaluation.models.instruments import InstrumentVersion
from p2k2lms.plugins.evaluation.models.replies import AnswerValue, Reply
from p2k2lms.plugins.evaluation.models.waves import Assignment, Unasked, Wave

__all__ = ["AnswerValue", "Assignment", "InstrumentVersion", "Reply", "Unasked", "Wave"]
