"""The fair queue: a list frozen before a number that nobody knows yet, and an order that anybody can work out again.

list hash   SHA-256 of the terms and the eligible people, in one canonical text
commitment  SHA-256 of a secret that was drawn when the list was frozen
seed        SHA-256 of list hash, secret and public number, a line each
rank        people of a kabupaten in the order of HMAC-SHA-256(seed, person)
"""

import hmac
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

FORMAT = "p2k2-undian-1"
CALLED, IN_RESERVE, LATER = "dipanggil", "tunggu", "berikutnya"
TERMS = ("round", "course", "seats", "waiting", "source", "known_on")


class Eligible(NamedTuple):
    """One who may be called, and the kabupaten in which the person is ranked."""

    kabupaten: str
    person: int


class Place(NamedTuple):
    """Where the draw put somebody: the rank in the kabupaten, and what follows from it."""

    person: int
    kabupaten: str
    rank: int
    standing: str


def canonical(terms: Mapping[str, Any], people: Sequence[Eligible]) -> str:
    """The one text of a frozen list: its terms, and the people sorted."""
    said = {"format": FORMAT, **{name: terms[name] for name in TERMS}, "people": [list(p) for p in sorted(people)]}
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(text: str) -> str:
    """SHA-256 of a text, in hexadecimal."""
    return sha256(text.encode()).hexdigest()


def seed_of(list_hash: str, secret: str, number: str) -> str:
    """The seed of a draw."""
    return digest(f"{list_hash}\n{secret}\n{plain_number(number)}")


def plain_number(text: str) -> str:
    """A public number as two people type it alike: spaces do not count."""
    return "".join(text.split())


def draw(people: Sequence[Eligible], seats: int, waiting: int, seed: str) -> list[Place]:
    """Everybody's place: seats and reserve are shared out by kabupaten, within each the order of the seed counts."""
    sizes = Counter(p.kabupaten for p in people)
    called = shares(sizes, seats, seed)
    reserve = shares({k: sizes[k] - called[k] for k in sizes}, waiting, seed)
    places = []
    for kabupaten in sorted(sizes):
        own = sorted((p.person for p in people if p.kabupaten == kabupaten), key=lambda person: mark(seed, person))
        for rank, person in enumerate(own, 1):
            standing = CALLED if rank <= called[kabupaten] else LATER
            if called[kabupaten] < rank <= called[kabupaten] + reserve[kabupaten]:
                standing = IN_RESERVE
            places.append(Place(person, kabupaten, rank, standing))
    return places


def shares(sizes: Mapping[str, int], total: int, seed: str) -> dict[str, int]:
    """So many places for each kabupaten, in proportion, the largest remainders first, ties by the seed."""
    everybody = sum(sizes.values())
    if total >= everybody:
        return dict(sizes)
    whole = {k: total * n // everybody for k, n in sizes.items()}
    order = sorted(sizes, key=lambda k: (-(total * sizes[k] % everybody), mark(seed, k)))
    for kabupaten in order[: total - sum(whole.values())]:
        whole[kabupaten] += 1
    return whole


def mark(seed: str, who: object) -> bytes:
    """What decides the order: nobody can choose it, everybody can work it out."""
    return hmac.new(bytes.fromhex(seed), str(who).encode(), sha256).digest()


def reserve_order(places: Sequence[Place], seed: str) -> list[int]:
    """Those in reserve in the order in which they fill empty seats."""
    waiting = [p for p in places if p.standing == IN_RESERVE]
    return [p.person for p in sorted(waiting, key=lambda p: (p.rank, mark(seed, p.person)))]


def document(terms: Mapping[str, Any], people: Sequence[Eligible], secret: str, number: str) -> dict[str, Any]:
    """The whole draw as a file that `faults_of` can work out again."""
    list_hash = digest(canonical(terms, people))
    seed = seed_of(list_hash, secret, number)
    return {
        "format": FORMAT,
        **{name: terms[name] for name in TERMS},
        "people": [list(p) for p in sorted(people)],
        "list_hash": list_hash,
        "commitment": digest(secret),
        "secret": secret,
        "number": plain_number(number),
        "seed": seed,
        "places": [list(p) for p in draw(people, terms["seats"], terms["waiting"], seed)],
    }


def faults_of(said: Any, published: str = "") -> list[str]:
    """What in a file is not as it was published or does not follow from what stands before it; nothing if all does."""
    try:
        people = [Eligible(str(kabupaten), int(person)) for kabupaten, person in said["people"]]
        ours = document(said, people, str(said["secret"]), str(said["number"]))
    except (KeyError, TypeError, ValueError, AttributeError):
        return ["format"]
    found = [key for key in ("format", "list_hash", "commitment", "seed", "places") if said.get(key) != ours[key]]
    if len(set(people)) != len(people) or len({p.person for p in people}) != len(people):
        found.append("people")
    if published and said.get("list_hash") != published:
        found.append("published")
    return found
