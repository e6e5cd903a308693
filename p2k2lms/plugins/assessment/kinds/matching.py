"""Matching: every thing on the left is given its partner on the right; each right pair earns its part."""

from typing import Any

from p2k2lms.plugins.assessment.kinds.base import Fields, QuestionKind, choice_state, ids, mapping_from, refuse
from p2k2lms.plugins.assessment.values import Answer, Choice, Item, Verdict
from p2k2lms.plugins.catalogue.values import MatchingDef


class Matching(QuestionKind):
    """The answer maps left ids to right ids."""

    name = "matching"

    def parts(self, written: MatchingDef) -> dict[str, Any]:
        return {
            "choices": tuple(Choice(pair.left_id, pair.left, pair.why) for pair in written.pairs),
            "targets": tuple(sorted((Choice(*one) for one in written.targets.items()), key=lambda c: c.id)),
            "key": dict(written.matches),
            "why": written.why,
        }

    def read(self, item: Item, raw: object) -> Answer:
        if raw is None or raw == {}:
            return None
        if not isinstance(raw, dict) or not all(isinstance(right, str) for right in raw.values()):
            raise refuse()
        if not set(raw) <= ids(item.choices) or not set(raw.values()) <= ids(item.targets):
            raise refuse()
        return dict(sorted(raw.items()))

    def from_fields(self, fields: Fields) -> object:
        return mapping_from(fields)

    def is_whole(self, item: Item, answer: Answer) -> bool:
        return answer is not None and set(answer) == ids(item.choices)

    def share(self, item: Item, answer: Answer) -> float:
        given = answer or {}
        paired: list[bool] = [given.get(left) == right for left, right in item.key.items()]
        return sum(paired) / len(paired)

    def review(self, item: Item, answer: Answer) -> tuple[Verdict, ...]:
        given, right = answer or {}, {c.id: c.text for c in item.targets}
        return tuple(
            Verdict(c.text, choice_state(given.get(c.id) == item.key[c.id], right=True), c.why, right[item.key[c.id]])
            for c in item.choices
        )
