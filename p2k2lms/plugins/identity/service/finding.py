"""Finds people by PKH id or phone number, many at once, for officers who type or paste a list."""

from collections.abc import Iterable

from p2k2lms.plugins.identity import rules
from p2k2lms.plugins.identity.queries import finding
from p2k2lms.plugins.identity.service.cards import person_card
from p2k2lms.plugins.identity.values import PersonCard

MOST_NAMED = 500


def find_people(words: Iterable[str]) -> dict[str, PersonCard]:
    """The person behind each word as it was typed; unknown words and closed accounts are left out.

    The caller decides whether the actor may know of them.
    """
    phones = {word: number for word in words if (number := rules.phone(word))}
    ids = {word: pkh_id for word in words if (pkh_id := rules.pkh_id(word))}
    if not phones and not ids:
        return {}
    rows = finding.by_words(set(phones.values()), set(ids.values()))
    known = {key: person_card(row) for row in rows for key in (row.phone, row.pkh_id) if key}
    return {word: known[key] for word, key in {**ids, **phones}.items() if key in known}


def ids_named(words: str) -> list[int]:
    """Who is called so, also who has left; the caller shows no more of them than the actor may know."""
    return finding.ids_named(rules.plain(words)[:100], MOST_NAMED)
