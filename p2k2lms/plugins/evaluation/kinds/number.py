"""A whole number."""

from typing import Any

from p2k2lms.plugins.evaluation.kinds.base import AnswerKind, Answers, one_text, whole
from p2k2lms.plugins.evaluation.values import Given


class Number(AnswerKind):
    """Between two ends; what is odd but possible is asked again on the page, never refused here."""

    name = "number"

    def read(self, question: Any, answers: Answers) -> list[Given]:
        return [Given(number=whole(one_text(answers[question.code]), question.least, question.most))]
