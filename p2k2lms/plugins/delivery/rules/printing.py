"""Pure decisions about what is printed of a sesi: which words stand behind which picture."""

from collections.abc import Sequence

from p2k2lms.plugins.catalogue.values import Card
from p2k2lms.plugins.delivery.values import Leaf


def leaves(cards: Sequence[Card]) -> tuple[Leaf, ...]:
    """The leaves of a flip chart: a picture in front, behind it the langkah from it until the next picture.

    What comes before the first picture is said over it; every langkah stands on one leaf. A sesi without
    pictures has one leaf, with the title of its first langkah in front.
    """
    starts = [place for place, card in enumerate(cards) if card.picture] or [0]
    ends = [*starts[1:], len(cards)]
    firsts = [0, *starts[1:]]
    return tuple(Leaf(cards[at], tuple(cards[first:end])) for at, first, end in zip(starts, firsts, ends, strict=True))
