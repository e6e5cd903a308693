"""Numeric: a number is right from its value less the tolerance to its value and the tolerance."""

import math
import re
from typing import Any

from p2k2lms.plugins.assessment.kinds.base import FIELD, Fields, QuestionKind, refuse
from p2k2lms.plugins.assessment.values import Answer, Item, Verdict
from p2k2lms.plugins.catalogue.values import NumericDef

LARGEST = 1e15
ROUNDING = 1e-9  # 0.1 + 0.2 is still 0.3
_NUMBER = re.compile(r"[+-]?\d{1,15}(?:[.,]\d{1,12})?")


class Numeric(QuestionKind):
    """The answer is a number, typed with point or comma."""

    name = "numeric"

    def parts(self, written: NumericDef) -> dict[str, Any]:
        accepted = [one.model_dump() for one in written.accepted]
        return {"choices": (), "key": {"accepted": accepted}, "why": written.why}

    def read(self, item: Item, raw: object) -> Answer:
        if isinstance(raw, str):
            said = raw.replace(" ", "")
            if not said:
                return None
            raw = float(said.replace(",", ".")) if _NUMBER.fullmatch(said) else said
        if raw is None:
            return None
        if isinstance(raw, bool) or not isinstance(raw, int | float) or not abs(raw) <= LARGEST:
            raise refuse()
        return float(raw)

    def from_fields(self, fields: Fields) -> object:
        return next(iter(fields.get(FIELD, ())), None)

    def share(self, item: Item, answer: Answer) -> float:
        return max((float(one["share"]) for one in item.key["accepted"] if _within(answer, one)), default=0.0)

    def review(self, item: Item, answer: Answer) -> tuple[Verdict, ...]:
        said = [one for one in item.key["accepted"] if _within(answer, one)]
        whole = any(one["share"] == 1 for one in said)
        own = () if answer is None or said else (Verdict(_shown(answer), "false"),)
        lines = (
            Verdict(_range(one), "hit" if one in said else "left" if whole else "missed", one["why"])
            for one in item.key["accepted"]
            if one in said or one["share"] == 1
        )
        return (*own, *lines)


def _within(answer: Answer, one: dict[str, Any]) -> bool:
    if answer is None:
        return False
    slack = ROUNDING * max(1.0, abs(one["value"]))
    return bool(math.fabs(float(answer) - one["value"]) <= one["tolerance"] + slack)


def _shown(value: float) -> str:
    return f"{value:.12g}".replace(".", ",")


def _range(one: dict[str, Any]) -> str:
    return _shown(one["value"]) + (f" ± {_shown(one['tolerance'])}" if one["tolerance"] else "")
