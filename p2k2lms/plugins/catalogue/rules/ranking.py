"""Which cards answer a search, best first: Okapi BM25 over stems (Robertson and Zaragoza 2009, k1 1.2, b 0.75)."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from p2k2lms.plugins.catalogue.values.search import SearchIndex

K1, B = 1.2, 0.75
TITLE_WEIGHT = 4
SHORTEST_PREFIX = 3


def build(cards: Mapping[str, tuple[Sequence[str], Sequence[str]]]) -> SearchIndex:
    """The index of cards given as id -> (stems of title and key message, stems of the text)."""
    postings: dict[str, list[tuple[int, int]]] = {}
    lengths = []
    for place, (title, text) in enumerate(cards.values()):
        counts = Counter(text)
        for word in title:
            counts[word] += TITLE_WEIGHT
        lengths.append(sum(counts.values()))
        for word, count in counts.items():
            postings.setdefault(word, []).append((place, count))
    frozen = {word: tuple(found) for word, found in sorted(postings.items())}
    return SearchIndex(steps=tuple(cards), lengths=tuple(lengths), postings=frozen)


def rank(index: SearchIndex, stems: Sequence[str], typed: str = "") -> list[tuple[float, str]]:
    """(score, id) of each card that has every stem, best first; the last may be a word still being typed."""
    if not stems or not index.steps:
        return []
    found = [_scores(index, [stem]) for stem in stems[:-1]]
    found.append(_scores(index, _endings(index, stems[-1], typed)))
    both = set(found[0]).intersection(*found[1:])
    scored = [(sum(scores[place] for scores in found), index.steps[place]) for place in both]
    return sorted(scored, key=lambda hit: (-hit[0], hit[1]))


def _endings(index: SearchIndex, stem: str, typed: str) -> list[str]:
    beginnings = tuple(part for part in (stem, typed.lower()) if len(part) >= SHORTEST_PREFIX)
    return [word for word in index.postings if word == stem or (beginnings and word.startswith(beginnings))]


def _scores(index: SearchIndex, stems: Iterable[str]) -> dict[int, float]:
    mean = sum(index.lengths) / len(index.lengths) or 1.0
    scores: dict[int, float] = {}
    for stem in stems:
        found = index.postings.get(stem, ())
        rarity = math.log(1 + (len(index.steps) - len(found) + 0.5) / (len(found) + 0.5))
        for place, count in found:
            damped = count * (K1 + 1) / (count + K1 * (1 - B + B * index.lengths[place] / mean))
            scores[place] = scores.get(place, 0.0) + rarity * damped
    return scores
