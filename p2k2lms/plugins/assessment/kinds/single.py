"""Single choice: one option is right."""

from typing import Any

from p2k2lms.plugins.assessment.kinds.base import FIELD, Fields, QuestionKind, choice_state, ids, refuse
from p2k2lms.plugins.assessment.values import Answer, Choice, Item, Verdict
from p2k2lms.plugins.catalogue.values import ChoiceDef


class SingleChoice(QuestionKind):
    """The person takes one option; the right one earns everything."""

    name = "single"

    def parts(self, written: ChoiceDef) -> dict[str, Any]:
        choices = tuple(Choice(option.id, option.text, option.why) for option in written.options)
        return {"choices": choices, "key": next(iter(written.right))}

    def read(self, item: Item, raw: object) -> Answer:
        if raw is None or raw == "":
            return None
        if not isinstance(raw, str) or raw not in ids(item.choices):
            raise refuse()
        return raw

    def from_fields(self, fields: Fields) -> object:
        return next(iter(fields.get(FIELD, ())), None)

    def share(self, item: Item, answer: Answer) -> float:
        return 1.0 if answer is not None and answer == item.key else 0.0

    def review(self, item: Item, answer: Answer) -> tuple[Verdict, ...]:
        return tuple(Verdict(c.text, choice_state(c.id == answer, c.id == item.key), c.why) for c in item.choices)
