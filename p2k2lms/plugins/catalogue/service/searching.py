"""Searches the cards of published versions: indexed once, when published, and held in memory like the cards."""

from collections.abc import Sequence

from p2k2lms.plugins.catalogue import queries
from p2k2lms.plugins.catalogue.packs import shelf
from p2k2lms.plugins.catalogue.rules import ranking
from p2k2lms.plugins.catalogue.service.published import open_pack
from p2k2lms.plugins.catalogue.stemming import WORD, stem, words
from p2k2lms.plugins.catalogue.values.pack import Card, OpenPack
from p2k2lms.plugins.catalogue.values.search import SearchHit, SearchIndex

MOST_WORDS = 12
AROUND = 70  # signs of text on each side of a match


def search(version_ids: Sequence[int], text: str, limit: int = 20) -> list[SearchHit]:
    """The cards of these versions that hold every word of `text` in some form, best first."""
    asked = words(text)[:MOST_WORDS]
    if not asked:
        return []
    stems = [stem(word) for word in asked]
    found = []
    for version_id in dict.fromkeys(version_ids):
        index = shelf().get(SearchIndex, version_id, queries.search_index)
        if index is not None:
            found += [(score, version_id, step) for score, step in ranking.rank(index, stems, asked[-1])]
    best = sorted(found, key=lambda hit: (-hit[0], hit[2]))[:limit]
    return [_hit(version_id, open_pack(version_id), step, stems, asked[-1]) for _, version_id, step in best]


def index_of(pack: OpenPack) -> SearchIndex:
    """The index of a pack that is being published."""
    return ranking.build(
        {card.id: (_stems(f"{card.title} {card.key}"), _stems(plain(card))) for card in pack.cards.values()}
    )


def plain(card: Card) -> str:
    """What a card says, without its markup: the text to learn and the card in the hand."""
    teach = card.teach
    parts = [
        card.html.striptags(),
        card.try_today,
        teach.purpose,
        *teach.do,
        *teach.say,
        teach.ask,
        teach.adaptation,
        card.prove,
    ]
    return " ".join(part for part in parts if part)


def _stems(text: str) -> list[str]:
    return [stem(word) for word in words(text)]


def _hit(version_id: int, pack: OpenPack, step: str, stems: Sequence[str], typed: str) -> SearchHit:
    card = pack.cards[step]
    before, match, after = excerpt(plain(card), stems, typed)
    sesi = pack.outline.sesi[card.sesi_id]
    return SearchHit(version_id, pack.outline.course, sesi.id, sesi.title, step, card.title, before, match, after)


def excerpt(text: str, stems: Sequence[str], typed: str) -> tuple[str, str, str]:
    """The text before, at and after the first word that matches; the beginning where only the title does."""
    wanted = set(stems)
    for found in WORD.finditer(text):
        word = found.group()
        if stem(word) in wanted or (len(typed) >= ranking.SHORTEST_PREFIX and word.lower().startswith(typed.lower())):
            before, after = text[: found.start()], text[found.end() :]
            return _whole(before[::-1], AROUND)[::-1], word, _whole(after, AROUND)
    return "", "", _whole(text, 2 * AROUND)


def _whole(text: str, most: int) -> str:
    """The beginning of a text in whole words, at most so many signs, with a sign that it goes on."""
    if len(text) <= most:
        return text
    kept = text[: most + 1].rpartition(" ")[0]
    return f"{kept} …"
