"""Ordering: steps are given their numbers; each step on its right place earns its part."""

from typing import Any

from p2k2lms.plugins.assessment.kinds.base import Fields, QuestionKind, choice_state, ids, mapping_from, refuse
from p2k2lms.plugins.assessment.values import Answer, Choice, Item, Verdict
from p2k2lms.plugins.catalogue.values import OrderingDef


class Ordering(QuestionKind):
    """The answer maps each step to its number, from 1; a list of ids in order is read as well."""

    name = "ordering"

    def parts(self, written: OrderingDef) -> dict[str, Any]:
        choices = tuple(Choice(step.id, step.text) for step in sorted(written.options, key=lambda step: step.id))
        return {"choices": choices, "key": list(written.order), "why": written.why}

    def read(self, item: Item, raw: object) -> Answer:
        if isinstance(raw, list):
            raw = {str(one): place for place, one in enumerate(raw, 1)} if len(set(map(str, raw))) == len(raw) else 0
        if raw is None or raw == {}:
            return None
        if not isinstance(raw, dict) or not set(raw) <= ids(item.choices):
            raise refuse()
        return {one: self._place(item, place) for one, place in sorted(raw.items())}

    def from_fields(self, fields: Fields) -> object:
        return mapping_from(fields)

    def is_whole(self, item: Item, answer: Answer) -> bool:
        return answer is not None and sorted(answer.values()) == list(range(1, len(item.choices) + 1))

    def share(self, item: Item, answer: Answer) -> float:
        given = answer or {}
        placed: list[bool] = [given.get(one) == place for place, one in enumerate(item.key, 1)]
        return sum(placed) / len(placed)

    def review(self, item: Item, answer: Answer) -> tuple[Verdict, ...]:
        given, text = answer or {}, {c.id: c.text for c in item.choices}
        return tuple(
            Verdict(text[one], choice_state(given.get(one) == place, right=True), wanted=str(place))
            for place, one in enumerate(item.key, 1)
        )

    @staticmethod
    def _place(item: Item, place: object) -> int:
        if isinstance(place, str) and place.isascii() and place.isdigit() and len(place) < 4:
            place = int(place)
        if not isinstance(place, int) or isinstance(place, bool) or not 1 <= place <= len(item.choices):
            raise refuse()
        return place
