"""The kinds of question, each in its own file: a new kind is a new file and one line here."""

from p2k2lms.plugins.assessment.kinds.base import FIELD, Fields, QuestionKind
from p2k2lms.plugins.assessment.kinds.matching import Matching
from p2k2lms.plugins.assessment.kinds.multiple import MultipleChoice
from p2k2lms.plugins.assessment.kinds.numeric import Numeric
from p2k2lms.plugins.assessment.kinds.ordering import Ordering
from p2k2lms.plugins.assessment.kinds.short import ShortText
from p2k2lms.plugins.assessment.kinds.single import SingleChoice
from p2k2lms.plugins.assessment.kinds.truefalse import TrueFalse
from p2k2lms.plugins.assessment.values import Item

__all__ = ["FIELD", "KINDS", "Fields", "QuestionKind", "kind_of"]

KINDS: dict[str, QuestionKind] = {
    kind.name: kind
    for kind in (SingleChoice(), MultipleChoice(), TrueFalse(), Ordering(), Matching(), ShortText(), Numeric())
}


def kind_of(item: Item) -> QuestionKind:
    """The kind of this item; an item of an unknown kind is never frozen, so it is always there."""
    return KINDS[item.kind]
