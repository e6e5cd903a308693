"""Rounds of one thing against the yardstick, in turn, so that drift of the machine cancels."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench.servers import Server

ROUNDS = 5


@dataclass(frozen=True)
class Cost:
    """What one request cost: processor seconds of the server, and how many came back per second."""

    cpu: float
    per_second: float


@dataclass(frozen=True)
class Thing:
    """Something to measure: `go()` does it once; `times` so often in a round."""

    server: Server
    go: Callable[[], object]
    times: int


def one_round(thing: Thing) -> Cost:
    """Do the thing so often, and read what it cost."""
    cpu, begun = thing.server.cpu_seconds(), time.perf_counter()
    for _ in range(thing.times):
        thing.go()
    wall = time.perf_counter() - begun
    return Cost((thing.server.cpu_seconds() - cpu) / thing.times, thing.times / wall)


def against(product: Thing, reference: Thing, rounds: int = ROUNDS) -> tuple[Cost, Cost]:
    """Median cost of both over alternating rounds, after one round each to warm up."""
    one_round(reference), one_round(product)
    pairs = [(one_round(product), one_round(reference)) for _ in range(rounds)]
    return median([p for p, _ in pairs]), median([r for _, r in pairs])


def median(costs: Sequence[Cost]) -> Cost:
    """The middle of each figure."""
    return Cost(statistics.median(c.cpu for c in costs), statistics.median(c.per_second for c in costs))
