"""What every kind of survey question can do: say whether it was answered, and read the answer."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

from p2k2lms.core.i18n import _
from p2k2lms.plugins.evaluation.values import Given

Said = str | list[str]
Answers = Mapping[str, Said]


class Wrong(ValueError):
    """The answer cannot be taken; the message is for the person."""


class AnswerKind(ABC):
    """One kind: reads what was said, by the names that its fields carry on a page."""

    name: str

    def is_empty(self, question: Any, answers: Answers) -> bool:
        """True if nothing was said to this question."""
        return not answers.get(question.code)

    @abstractmethod
    def read(self, question: Any, answers: Answers) -> list[Given]:
        """What was given, one entry for each part; raises Wrong."""


def one_text(said: Said | None) -> str:
    """The single text of a field; Wrong where several were sent for one."""
    if isinstance(said, list):
        if len(said) != 1:
            raise Wrong(_("Pilih satu jawaban saja."))
        return said[0].strip()
    return (said or "").strip()


def many_texts(said: Said | None) -> list[str]:
    """The texts of a field that may be sent several times."""
    return [said] if isinstance(said, str) else list(said or [])


def whole(text: str, least: int, most: int) -> int:
    """The whole number between these ends; thousands may be set apart by a point, as in 1.200."""
    digits = text.replace(".", "").replace(" ", "")
    if not digits.isascii() or not digits.isdigit() or len(digits) > 9:
        raise Wrong(_("Isi dengan angka bulat."))
    value = int(digits)
    if not least <= value <= most:
        raise Wrong(_("Isi %(least)s sampai %(most)s.", least=least, most=most))
    return value
