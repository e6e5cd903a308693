"""Any of several answers."""

from typing import Any

from p2k2lms.core.i18n import _
from p2k2lms.plugins.evaluation.kinds.base import AnswerKind, Answers, Wrong, many_texts
from p2k2lms.plugins.evaluation.values import Given


class Many(AnswerKind):
    """One entry for each answer chosen, in the order of the question."""

    name = "many"

    def read(self, question: Any, answers: Answers) -> list[Given]:
        codes = set(many_texts(answers[question.code]))
        if codes - set(question.parts()):
            raise Wrong(_("Pilih dari jawaban yang ada."))
        if question.most is not None and len(codes) > question.most:
            raise Wrong(_("Pilih paling banyak %(most)s.", most=question.most))
        return [Given(part=code, choice=code) for code in question.parts() if code in codes]
