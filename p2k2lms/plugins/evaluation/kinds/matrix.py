"""The same answers for several rows."""

from typing import Any

from p2k2lms.core.i18n import _
from p2k2lms.plugins.evaluation.kinds.base import AnswerKind, Answers, Wrong, one_text
from p2k2lms.plugins.evaluation.values import Given


class Matrix(AnswerKind):
    """One entry for each row; its field is called by the question and the row, as in E1.m3."""

    name = "matrix"

    def is_empty(self, question: Any, answers: Answers) -> bool:
        return not any(answers.get(f"{question.code}.{row.code}") for row in question.rows)

    def read(self, question: Any, answers: Answers) -> list[Given]:
        said = {row.code: one_text(answers.get(f"{question.code}.{row.code}")) for row in question.rows}
        if not set(said.values()) <= set(question.parts()):
            raise Wrong(_("Pilih satu jawaban di tiap baris."))
        values = {choice.code: choice.value for choice in question.choices}
        return [Given(part=row, choice=code, number=values[code]) for row, code in said.items()]
