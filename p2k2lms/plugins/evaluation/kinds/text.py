"""A few words."""

from typing import Any

from p2k2lms.core.i18n import _
from p2k2lms.plugins.evaluation.kinds.base import AnswerKind, Answers, Wrong, one_text
from p2k2lms.plugins.evaluation.values import Given


class Words(AnswerKind):
    """Free words, kept as typed; never shown to the public."""

    name = "text"

    def read(self, question: Any, answers: Answers) -> list[Given]:
        text = one_text(answers[question.code])
        if len(text) > question.longest:
            raise Wrong(_("Paling banyak %(max)s huruf.", max=question.longest))
        return [Given(text=text)]
