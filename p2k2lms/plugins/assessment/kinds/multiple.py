"""Several choices: every right one earns a part, every wrong one costs a part."""

from typing import Any

from p2k2lms.plugins.assessment.kinds.base import FIELD, Fields, QuestionKind, choice_state, ids, refuse
from p2k2lms.plugins.assessment.values import Answer, Choice, Item, Verdict
from p2k2lms.plugins.catalogue.values import ChoiceDef


class MultipleChoice(QuestionKind):
    """Taking everything earns nothing, so guessing does not pay."""

    name = "multiple"

    def parts(self, written: ChoiceDef) -> dict[str, Any]:
        choices = tuple(Choice(option.id, option.text, option.why) for option in written.options)
        return {"choices": choices, "key": sorted(written.right)}

    def read(self, item: Item, raw: object) -> Answer:
        if raw is None or raw == []:
            return None
        if not isinstance(raw, list) or not all(isinstance(one, str) for one in raw):
            raise refuse()
        if not set(raw) <= ids(item.choices) or len(set(raw)) != len(raw):
            raise refuse()
        return sorted(raw)

    def from_fields(self, fields: Fields) -> object:
        return list(fields.get(FIELD, ()))

    def share(self, item: Item, answer: Answer) -> float:
        right, taken = set(item.key), set(answer or ())
        wrong = ids(item.choices) - right
        cost = len(taken & wrong) / len(wrong) if wrong else 0.0
        return max(0.0, len(taken & right) / len(right) - cost)

    def review(self, item: Item, answer: Answer) -> tuple[Verdict, ...]:
        taken, right = set(answer or ()), set(item.key)
        return tuple(Verdict(c.text, choice_state(c.id in taken, c.id in right), c.why) for c in item.choices)
