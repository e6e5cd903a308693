"""Draws two parallel forms from a bank, and gives each person one before and the other after."""

import hashlib
import math
import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from p2k2lms.core.errors import Invalid
from p2k2lms.core.i18n import _

LEAST_ANCHORS = 0.2
BLOCK = 4
ORDERS = ("AB", "BA")


@dataclass(frozen=True)
class Banked:
    """What a draw needs to know of an item: its id, objective, group of the blueprint, and tag A, B or anchor."""

    id: str
    objective: str
    group: str
    tag: str


@dataclass(frozen=True)
class Forms:
    """Two parallel forms: item ids in their order, and which of them are anchors, in both."""

    a: tuple[str, ...]
    b: tuple[str, ...]
    anchors: frozenset[str]


def draw_forms(bank: Sequence[Banked], shares: Mapping[str, int], anchors: int, seed: str) -> Forms:
    """Two forms with the same number of items of every group and the same anchors; the same for the same seed.

    Raises Invalid, naming the group, when the bank cannot fill a form.
    """
    wanted = max(anchors, math.ceil(LEAST_ANCHORS * sum(shares.values())))
    common: list[str] = []
    own: dict[str, list[str]] = {"A": [], "B": []}
    for group, (share, shared) in _anchor_shares(bank, shares, wanted).items():
        inside = [item for item in bank if item.group == group]
        common += _spread(_tagged(inside, "anchor"), shared, seed)
        for tag, taken in _twins(inside, share - shared, seed).items():
            if len(taken) < share - shared:
                say = _(
                    "Bank soal kelompok %(group)s kurang: form %(form)s perlu %(wanted)s soal.",
                    group=group,
                    form=tag,
                    wanted=share - shared,
                )
                raise Invalid(say, "shares")
            own[tag] += taken
    return Forms(_mixed(common + own["A"], seed + "A"), _mixed(common + own["B"], seed + "B"), frozenset(common))


def order_at(position: int, seed: str) -> str:
    """The order of the person at this place, from 0: every block of four holds each order twice, shuffled."""
    block = list(ORDERS) * (BLOCK // len(ORDERS))
    random.Random(f"{seed}:{position // BLOCK}").shuffle(block)  # noqa: S311 - a repeatable draw, not a secret
    return block[position % BLOCK]


def form_for(order: str, purpose_is_pre: bool, number: int) -> str:
    """The form of an attempt: the first of the order before, the other after; later attempts take turns."""
    return order[(0 if purpose_is_pre else number) % 2]


def _anchor_shares(bank: Sequence[Banked], shares: Mapping[str, int], wanted: int) -> dict[str, tuple[int, int]]:
    """For each group its share and how many of it are anchors, as near to proportion as the bank allows."""
    held = {group: sum(b.tag == "anchor" and b.group == group for b in bank) for group in shares}
    given = dict.fromkeys(shares, 0)
    for _turn in range(wanted):
        free = [group for group in shares if given[group] < min(held[group], shares[group])]
        if not free:
            say = _(
                "Bank soal perlu %(wanted)s soal jangkar, baru ada %(there)s.", wanted=wanted, there=sum(given.values())
            )
            raise Invalid(say, "anchors")
        given[min(free, key=lambda group: given[group] / shares[group])] += 1
    return {group: (shares[group], given[group]) for group in shares}


def _twins(inside: Sequence[Banked], number: int, seed: str) -> dict[str, list[str]]:
    """The same number for A and for B, objective by objective alike as far as both have items of it."""
    pools = {tag: _by_objective(_tagged(inside, tag), seed) for tag in ("A", "B")}
    alike = {name: min(len(row), len(pools["B"].get(name, ()))) for name, row in pools["A"].items()}
    turns = [(place, _rank(name, seed), name) for name, most in alike.items() for place in range(most)]
    chosen = [(name, place) for place, _, name in sorted(turns)[:number]]
    taken = {}
    for tag, pool in pools.items():
        alike_ids = [pool[name][place].id for name, place in chosen]
        left = [item for item in _tagged(inside, tag) if item.id not in alike_ids]
        taken[tag] = alike_ids + _spread(left, number - len(alike_ids), seed)
    return taken


def in_turns(items: Iterable[Banked], seed: str) -> list[str]:
    """The ids of these items in turns from the groups of the blueprint: the first few touch as many as they can."""
    return _turns(_rows(items, seed, lambda item: item.group), seed)


def _rows(items: Iterable[Banked], seed: str, of: Callable[[Banked], str]) -> dict[str, list[Banked]]:
    found: dict[str, list[Banked]] = defaultdict(list)
    for item in sorted(items, key=lambda item: _rank(item.id, seed)):
        found[of(item)].append(item)
    return found


def _by_objective(items: Iterable[Banked], seed: str) -> dict[str, list[Banked]]:
    return _rows(items, seed, lambda item: item.objective)


def _tagged(items: Iterable[Banked], tag: str) -> list[Banked]:
    return [item for item in items if item.tag == tag]


def _spread(items: Sequence[Banked], number: int, seed: str) -> list[str]:
    """At most `number` ids, taken in turns from the objectives, so that none is left out without need."""
    return _turns(_by_objective(items, seed), seed)[:number]


def _turns(rows: Mapping[str, Sequence[Banked]], seed: str) -> list[str]:
    """One id of each row, then the second of each, and so on."""
    turns = sorted((place, _rank(name, seed), item.id) for name, row in rows.items() for place, item in enumerate(row))
    return [item_id for _, _, item_id in turns]


def _mixed(ids: Sequence[str], seed: str) -> tuple[str, ...]:
    return tuple(sorted(ids, key=lambda item_id: _rank(item_id, seed)))


def _rank(text: str, seed: str) -> str:
    return hashlib.sha256(f"{seed}\x1f{text}".encode()).hexdigest()
