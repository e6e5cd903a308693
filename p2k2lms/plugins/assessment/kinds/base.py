"""What every kind of question can do."""

import random
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from p2k2lms.core.errors import Invalid
from p2k2lms.core.i18n import _
from p2k2lms.plugins.assessment.values import Answer, Choice, Item, Paper, Verdict
from p2k2lms.plugins.catalogue.values import ItemDef

Fields = Mapping[str, Sequence[str]]
FIELD = "answer"


class QuestionKind:
    """A kind: how it is asked, how an answer is read and marked, and how the review words it."""

    name: ClassVar[str]
    shuffles: ClassVar[bool] = True

    def freeze(self, written: ItemDef) -> Item:
        """The item as it is kept for ever: what is asked, the key, and why."""
        return Item(
            id=written.id,
            kind=written.kind,
            objective=written.objective,
            stem=written.stem,
            reread=written.reread,
            **self.parts(written),
        )

    def parts(self, written: Any) -> dict[str, Any]:
        """The choices, targets, key and explanation of an item as its author wrote it."""
        raise NotImplementedError

    def paper(self, item: Item, seed: int) -> Paper:
        """The item without key or explanation, its options in the order of this seed."""
        options = self._mixed(item.choices, item, seed) if self.shuffles else item.choices
        targets = self._mixed(item.targets, item, seed + 1)
        return Paper(
            item.id,
            item.kind,
            item.stem,
            tuple((c.id, c.text) for c in options),
            tuple((c.id, c.text) for c in targets),
        )

    def read(self, item: Item, raw: object) -> Answer:
        """The answer in its one stored form; None when it is empty; raises Invalid when it fits no option."""
        raise NotImplementedError

    def from_fields(self, fields: Fields) -> object:
        """The raw answer out of the fields of a form."""
        raise NotImplementedError

    def is_whole(self, item: Item, answer: Answer) -> bool:
        """True if nothing of the answer is missing."""
        return answer is not None

    def share(self, item: Item, answer: Answer) -> float:
        """How much of the item a whole or partial answer earns, 0 to 1."""
        raise NotImplementedError

    def review(self, item: Item, answer: Answer) -> tuple[Verdict, ...]:
        """Every choice with what is right about it, and why."""
        raise NotImplementedError

    @staticmethod
    def _mixed(choices: Sequence[Choice], item: Item, seed: int) -> list[Choice]:
        ordered = sorted(choices, key=lambda choice: choice.id)
        if len(ordered) > 1:  # most kinds have no targets, and seeding costs more than the shuffle
            random.Random(f"{seed}:{item.id}").shuffle(ordered)  # noqa: S311 - an order, not a secret
        return ordered


def choice_state(taken: bool, right: bool) -> str:
    """The state of an option in a review."""
    return ("hit" if taken else "missed") if right else ("false" if taken else "left")


def refuse() -> Invalid:
    """An answer that belongs to no option of this question."""
    return Invalid(_("Jawaban ini tidak cocok dengan soalnya. Muat ulang halaman, lalu jawab lagi."), FIELD)


def ids(choices: Sequence[Choice]) -> frozenset[str]:
    """The ids of these choices."""
    return frozenset(choice.id for choice in choices)


def mapping_from(fields: Fields) -> dict[str, str]:
    """Fields `answer.<id>` as a mapping of id to what was chosen for it, the empty ones left out."""
    prefix = FIELD + "."
    return {name[len(prefix) :]: values[0] for name, values in fields.items() if name.startswith(prefix) and values[0]}
