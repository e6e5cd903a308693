"""An instrument of evaluation: questions of a few kinds, in order, each with a code that never changes its meaning."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from p2k2lms.core.i18n import _
from p2k2lms.plugins.catalogue.values.shape import Shape, Text

InstrumentCode = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=40)]
QuestionCode = Annotated[str, Field(pattern=r"^[A-Z]{1,3}[0-9]{0,2}[a-z]?$")]
OptionCode = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=30)]
Line = Annotated[str, Field(min_length=1, max_length=400)]
Audience = Literal["pendamping", "atasan", "pewawancara", "peserta"]

PREFILLED = ("age", "sex", "education", "place", "started", "exposure", "caseload", "groups", "led_last_month")
Prefill = Literal["age", "sex", "education", "place", "started", "exposure", "caseload", "groups", "led_last_month"]


class AnswerOption(Shape):
    """One answer to choose; `value` is its place on a scale, where the answers are one."""

    code: OptionCode
    label: Line
    value: float | None = None


class Condition(Shape):
    """Asked only of those who chose one of these answers before."""

    item: QuestionCode
    any_of: Annotated[tuple[OptionCode, ...], Field(min_length=1)]


class QuestionDef(Shape):
    """What every question has, whatever its kind.

    `shows` is the letter of the 2020 form that it answers to (a to j), `period` the time it asks about, `unknown`
    offers "tidak tahu" (kept as a reason for missing, never as 0), `prefill` names what the platform knows already:
    it is shown, confirmed, and both are kept. `about` marks questions on the respondent himself.
    """

    code: QuestionCode
    ask: Line
    hint: Annotated[str, Field(max_length=400)] = ""
    period: Annotated[str, Field(max_length=80)] = ""
    shows: Annotated[str, Field(pattern=r"^[a-j]?$")] = ""
    indicator: Annotated[str, Field(max_length=8)] = ""
    optional: bool = False
    unknown: bool = False
    about: bool = False
    prefill: Prefill | None = None
    when: Condition | None = None

    def parts(self) -> tuple[str, ...]:
        """The codes of the answers to choose; none where nothing is chosen."""
        return ()


class NumberQuestion(QuestionDef):
    """A whole number between two ends; odd ones are asked again, never refused."""

    kind: Literal["number"]
    least: int = 0
    most: int
    unit: Annotated[str, Field(max_length=30)] = ""
    at_most: QuestionCode | None = None
    odd_below: int | None = None
    odd_above: int | None = None

    @model_validator(mode="after")
    def _ends_in_order(self) -> "NumberQuestion":
        if self.least > self.most:
            said = _("least %(least)s lebih besar dari most %(most)s", least=self.least, most=self.most)
            raise ValueError(said)
        return self


Options = Annotated[tuple[AnswerOption, ...], Field(min_length=2, max_length=14)]


class OneQuestion(QuestionDef):
    """Exactly one of several answers; `top` are those that count as yes."""

    kind: Literal["one"]
    choices: Options
    top: tuple[OptionCode, ...] = ()

    def parts(self) -> tuple[str, ...]:
        return tuple(choice.code for choice in self.choices)


class ManyQuestion(QuestionDef):
    """Any of several answers, at most so many."""

    kind: Literal["many"]
    choices: Options
    most: Annotated[int, Field(ge=1)] | None = None

    def parts(self) -> tuple[str, ...]:
        return tuple(choice.code for choice in self.choices)


class ScaleQuestion(QuestionDef):
    """A place between two ends that are named."""

    kind: Literal["scale"]
    least: int = 0
    most: int = 10
    least_label: Line
    most_label: Line

    @model_validator(mode="after")
    def _short_enough(self) -> "ScaleQuestion":
        if not 2 <= self.most - self.least <= 10:
            raise ValueError(_("skala harus punya 3 sampai 11 tempat"))
        return self


class MatrixQuestion(QuestionDef):
    """The same answers for several rows, one for each."""

    kind: Literal["matrix"]
    rows: Options
    choices: Options

    def parts(self) -> tuple[str, ...]:
        return tuple(choice.code for choice in self.choices)


class TextQuestion(QuestionDef):
    """A few words; never shown to the public."""

    kind: Literal["text"]
    longest: Annotated[int, Field(ge=10, le=1000)] = 300


class MonthQuestion(QuestionDef):
    """A month that is over or running."""

    kind: Literal["month"]


Question = Annotated[
    NumberQuestion | OneQuestion | ManyQuestion | ScaleQuestion | MatrixQuestion | TextQuestion | MonthQuestion,
    Field(discriminator="kind"),
]


class InstrumentDef(Shape):
    """A whole instrument as `courses/instruments/<code>.yaml` describes it."""

    code: InstrumentCode
    title: Annotated[str, Field(min_length=1, max_length=120)]
    audience: Audience
    subject: Literal["diri", "pendamping", "keluarga"]
    minutes: Annotated[int, Field(ge=1, le=60)]
    intro: Text
    consent: Text
    questions: Annotated[tuple[Question, ...], Field(min_length=1, max_length=60)]

    @model_validator(mode="after")
    def _questions_fit_together(self) -> "InstrumentDef":
        seen: dict[str, Any] = {}
        for question in self.questions:
            if question.code in seen:
                raise ValueError(_("kode %(code)s tertulis dua kali", code=question.code))
            for fault in _faults_of(question, seen):
                raise ValueError(f"{question.code}: {fault}")
            seen[question.code] = question
        return self

    def question(self, code: str) -> "Question":
        """The question with this code; raises KeyError."""
        return {question.code: question for question in self.questions}[code]


def _faults_of(question: Any, before: dict[str, Any]) -> Iterator[str]:
    if len(set(question.parts())) != len(question.parts()):
        yield _("kode pilihan tertulis dua kali")
    rows = [row.code for row in getattr(question, "rows", ())]
    if len(set(rows)) != len(rows):
        yield _("kode baris tertulis dua kali")
    if question.when is not None:
        asked = before.get(question.when.item)
        if asked is None or not set(question.when.any_of) <= set(asked.parts()):
            yield _("syarat menunjuk ke jawaban yang tidak ada sebelumnya: %(item)s", item=question.when.item)
    limit = getattr(question, "at_most", None)
    if limit is not None and not isinstance(before.get(limit), NumberQuestion):
        yield _("at_most menunjuk ke %(item)s, yang bukan bilangan sebelumnya", item=limit)
    if not set(getattr(question, "top", ())) <= set(question.parts()):
        yield _("top menunjuk ke pilihan yang tidak ada")
