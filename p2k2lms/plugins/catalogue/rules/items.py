"""Rules of fair items: no option betrays itself by its length or place, and enough items ask for a decision."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from p2k2lms.core.i18n import _
from p2k2lms.plugins.catalogue.rules import prose
from p2k2lms.plugins.catalogue.values.draft import ContentFault, CourseDraft, Written
from p2k2lms.plugins.catalogue.values.item import ChoiceDef, ItemDef
from p2k2lms.plugins.catalogue.values.kinds import SingleDef, TrueFalseDef

ENOUGH_TO_JUDGE = 12  # items below which a share says nothing
_CATCH_ALL = re.compile(
    r"\b(?:semua|seluruh|tidak ada)(?: (?:pilihan|jawaban))?(?: di atas| yang)? (?:benar|salah|tepat)\b|"
    r"\b[a-d] dan [a-d] benar\b|\b(?:semua|salah satu) di atas\b",
    re.IGNORECASE,
)


def options_have_similar_length(draft: CourseDraft) -> Iterator[ContentFault]:
    """The longest option has at most twice the words of the shortest plus four; no right one stands out."""
    for item in _choices(draft):
        lengths = [len(prose.words(option.text)) for option in item.value.options]
        if max(lengths) > 2 * min(lengths) + 4:
            said = _("panjang pilihan %(least)s sampai %(most)s kata", least=min(lengths), most=max(lengths))
            yield item.source.fault(said, "options")
        wrong = [n for n, option in zip(lengths, item.value.options, strict=True) if not option.correct]
        right = [n for n, option in zip(lengths, item.value.options, strict=True) if option.correct]
        if min(right) > 1.5 * max(wrong) + 2:
            yield item.source.fault(_("pilihan yang benar jauh lebih panjang dari yang lain"), "options")


def no_option_catches_all(draft: CourseDraft) -> Iterator[ContentFault]:
    """No "semua benar" and its like."""
    for item in _choices(draft):
        for number, option in enumerate(item.value.options):
            if _CATCH_ALL.search(option.text):
                said = _("pilihan seperti ini tidak dipakai: %(said)s", said=option.text)
                yield item.source.fault(said, "options", number, "text")


def keys_are_balanced(draft: CourseDraft) -> Iterator[ContentFault]:
    """The right option of single choices stands at each place about equally often, as do Benar and Salah."""
    singles = [item.value for item in draft.items() if isinstance(item.value, SingleDef)]
    places = Counter(_place(item) for item in singles)
    expected = sum(1 / len(item.options) for item in singles)
    for place in range(3):
        if len(singles) >= ENOUGH_TO_JUDGE and not expected / 2 <= places[place] <= expected * 1.6:
            said = _(
                "kunci di tempat ke-%(place)s: %(n)s dari %(all)s butir single, sekitar %(expected)s yang wajar",
                place=place + 1,
                n=places[place],
                all=len(singles),
                expected=f"{expected:.0f}",
            )
            yield draft.course.source.fault(said, "id")
    statements = [item.value for item in draft.items() if isinstance(item.value, TrueFalseDef)]
    true = sum(_place(item) == 0 for item in statements)
    if len(statements) >= ENOUGH_TO_JUDGE and not 0.3 <= true / len(statements) <= 0.7:
        said = _("Benar adalah kunci %(n)s dari %(all)s pernyataan", n=true, all=len(statements))
        yield draft.course.source.fault(said, "id")


def _place(item: ChoiceDef) -> int:
    return next(number for number, option in enumerate(item.options) if option.correct)


def single_choice_is_not_all(draft: CourseDraft) -> Iterator[ContentFault]:
    """At most 60 % of a course's items are single choice."""
    items = list(draft.items())
    singles = sum(isinstance(item.value, SingleDef) for item in items)
    if len(items) >= ENOUGH_TO_JUDGE and singles > 0.6 * len(items):
        said = _("%(n)s dari %(all)s butir single, paling banyak 60 %%", n=singles, all=len(items))
        yield draft.course.source.fault(said, "id")


def enough_items_are_situations(draft: CourseDraft) -> Iterator[ContentFault]:
    """At least a third of a course's items describe a situation and ask for a decision."""
    items = list(draft.items())
    situations = sum(item.value.situation for item in items)
    if len(items) >= ENOUGH_TO_JUDGE and situations * 3 < len(items):
        said = _("%(n)s dari %(all)s butir situasi, paling sedikit sepertiga", n=situations, all=len(items))
        yield draft.course.source.fault(said, "id")


def items_differ(draft: CourseDraft) -> Iterator[ContentFault]:
    """No item says word for word what another says."""
    seen: dict[str, Written[ItemDef]] = {}
    for item in draft.items():
        said = " ".join(prose.words(" ".join(item.value.texts())))
        if said in seen:
            yield item.source.fault(_("sama dengan %(id)s", id=seen[said].value.id), "stem")
        seen.setdefault(said, item)


def _choices(draft: CourseDraft) -> Sequence[Written[ChoiceDef]]:
    found = (Written(item.value, item.source) for item in draft.items() if isinstance(item.value, ChoiceDef))
    return [item for item in found if not isinstance(item.value, TrueFalseDef)]


RULES = (
    options_have_similar_length,
    no_option_catches_all,
    keys_are_balanced,
    single_choice_is_not_all,
    enough_items_are_situations,
    items_differ,
)
