"""The kinds of question; each file holds one: how an answer is read."""

from p2k2lms.plugins.evaluation.kinds.base import AnswerKind, Wrong
from p2k2lms.plugins.evaluation.kinds.many import Many
from p2k2lms.plugins.evaluation.kinds.matrix import Matrix
from p2k2lms.plugins.evaluation.kinds.month import Month
from p2k2lms.plugins.evaluation.kinds.number import Number
from p2k2lms.plugins.evaluation.kinds.one import One
from p2k2lms.plugins.evaluation.kinds.scale import Scale
from p2k2lms.plugins.evaluation.kinds.text import Words

KINDS: dict[str, AnswerKind] = {
    kind.name: kind for kind in (Number(), One(), Many(), Scale(), Matrix(), Words(), Month())
}

__all__ = ["KINDS", "AnswerKind", "Wrong"]
