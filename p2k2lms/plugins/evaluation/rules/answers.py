"""Reads a whole sheet of answers against its instrument: what is given, what is missing and why, what is wrong."""

from collections.abc import Mapping
from dataclasses import replace

from p2k2lms.core.errors import Fault
from p2k2lms.core.i18n import _
from p2k2lms.plugins.catalogue.values import InstrumentDef, NumberQuestion, Question
from p2k2lms.plugins.evaluation.kinds import KINDS, Wrong
from p2k2lms.plugins.evaluation.kinds.base import Answers
from p2k2lms.plugins.evaluation.values import LEFT_OUT, NOT_ASKED, UNKNOWN, Given

DO_NOT_KNOW = "?"  # the name of the box "tidak tahu" is the code of the question and this sign
Sheet = dict[str, list[Given]]


def read(
    instrument: InstrumentDef, answers: Answers, known: Mapping[str, str] | None = None
) -> tuple[Sheet, list[Fault]]:
    """Everything given, by code of the question, and a fault for each answer that cannot be taken."""
    sheet: Sheet = {}
    faults: list[Fault] = []
    for question in instrument.questions:
        try:
            given = _one(question, answers, sheet)
        except Wrong as wrong:
            faults.append(Fault(question.code, str(wrong)))
            given = [Given(missing=LEFT_OUT)]
        system = (known or {}).get(question.prefill or "", "")
        sheet[question.code] = [replace(part, system=system) for part in given] if system else given
    return sheet, faults


def _one(question: Question, answers: Answers, before: Sheet) -> list[Given]:
    kind = KINDS[question.kind]
    if not is_asked(question, before):
        return [Given(missing=NOT_ASKED)]
    if question.unknown and answers.get(question.code + DO_NOT_KNOW):
        return [Given(missing=UNKNOWN)]
    if kind.is_empty(question, answers):
        if question.optional:
            return [Given(missing=LEFT_OUT)]
        raise Wrong(_("Jawab dulu pertanyaan ini."))
    given = kind.read(question, answers)
    _must_not_exceed(question, given, before)
    return given


def is_asked(question: Question, before: Sheet) -> bool:
    """True unless the question waits for an answer that was not given."""
    if question.when is None:
        return True
    chosen = {given.choice for given in before.get(question.when.item, ())}
    return bool(chosen & set(question.when.any_of))


def _must_not_exceed(question: Question, given: list[Given], before: Sheet) -> None:
    if not isinstance(question, NumberQuestion) or question.at_most is None:
        return
    limits = [g.number for g in before.get(question.at_most, ()) if g.number is not None]
    if limits and given[0].number is not None and given[0].number > limits[0]:
        raise Wrong(_("Tidak boleh lebih dari %(most)s, jawaban Anda sebelumnya.", most=int(limits[0])))


def odd(instrument: InstrumentDef, sheet: Sheet) -> list[str]:
    """The questions whose number is possible but not usual: they were asked again, and are kept."""
    found = []
    for question in instrument.questions:
        if isinstance(question, NumberQuestion):
            for value in (given.number for given in sheet[question.code] if given.number is not None):
                low = question.odd_below is not None and value < question.odd_below
                high = question.odd_above is not None and value > question.odd_above
                found += [question.code] if low or high else []
    return found


def fields_of(sheet: Sheet) -> dict[str, list[str]]:
    """What was said, by the names that the fields of a page carry: the way back from `read`."""
    found: dict[str, list[str]] = {}
    for code, parts in sheet.items():
        for given in parts:
            if given.missing == UNKNOWN:
                found[code + DO_NOT_KNOW] = ["ya"]
            elif not given.missing:
                row = f"{code}.{given.part}" if given.part and given.part != given.choice else code
                found.setdefault(row, []).append(given.choice or given.text or f"{given.number or 0:g}")
    return found
