"""Exactly one of several answers."""

from typing import Any

from p2k2lms.core.i18n import _
from p2k2lms.plugins.evaluation.kinds.base import AnswerKind, Answers, Wrong, one_text
from p2k2lms.plugins.evaluation.values import Given


class One(AnswerKind):
    """The code of the answer, and its place where the answers are a scale."""

    name = "one"

    def read(self, question: Any, answers: Answers) -> list[Given]:
        code = one_text(answers[question.code])
        chosen = next((choice for choice in question.choices if choice.code == code), None)
        if chosen is None:
            raise Wrong(_("Pilih salah satu."))
        return [Given(choice=chosen.code, number=chosen.value)]
