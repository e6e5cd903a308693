"""Short text: what is typed is compared with what is accepted, spaces and mostly case aside."""

from typing import Any

from p2k2lms.plugins.assessment.kinds.base import FIELD, Fields, QuestionKind, refuse
from p2k2lms.plugins.assessment.values import Answer, Item, Verdict
from p2k2lms.plugins.catalogue.values import ShortDef

LONGEST = 200


class ShortText(QuestionKind):
    """The answer is a text; the key lists the accepted ones with what each earns."""

    name = "short"

    def parts(self, written: ShortDef) -> dict[str, Any]:
        accepted = [{"text": one.text, "share": one.share, "why": one.why} for one in written.accepted]
        return {"choices": (), "key": {"accepted": accepted, "exact": written.exact_case}, "why": written.why}

    def read(self, item: Item, raw: object) -> Answer:
        if raw is None:
            return None
        if not isinstance(raw, str) or len(raw) > LONGEST:
            raise refuse()
        return " ".join(raw.split()) or None

    def from_fields(self, fields: Fields) -> object:
        return next(iter(fields.get(FIELD, ())), None)

    def share(self, item: Item, answer: Answer) -> float:
        earned = [float(one["share"]) for one in item.key["accepted"] if _equal(item, answer, one["text"])]
        return max(earned, default=0.0)

    def review(self, item: Item, answer: Answer) -> tuple[Verdict, ...]:
        said = [one for one in item.key["accepted"] if _equal(item, answer, one["text"])]
        whole = any(one["share"] == 1 for one in said)
        own = () if answer is None or said else (Verdict(str(answer), "false"),)
        lines = (
            Verdict(one["text"], "hit" if one in said else "left" if whole else "missed", one["why"])
            for one in item.key["accepted"]
            if one in said or one["share"] == 1
        )
        return (*own, *lines)


def _equal(item: Item, answer: Answer, text: str) -> bool:
    given, wanted = " ".join(str(answer or "").split()), " ".join(text.split())
    return given == wanted if item.key["exact"] else given.casefold() == wanted.casefold()
