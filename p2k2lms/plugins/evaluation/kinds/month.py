"""A month."""

import re
from typing import Any

from p2k2lms.core.i18n import _
from p2k2lms.plugins.evaluation.kinds.base import AnswerKind, Answers, Wrong, one_text
from p2k2lms.plugins.evaluation.values import Given

FORM = re.compile(r"(19[5-9]\d|20\d\d)-(0[1-9]|1[0-2])")


class Month(AnswerKind):
    """Written 2019-03."""

    name = "month"

    def read(self, question: Any, answers: Answers) -> list[Given]:
        text = one_text(answers[question.code])
        if not FORM.fullmatch(text):
            raise Wrong(_("Isi dengan bulan, misalnya 2019-03."))
        return [Given(text=text)]
