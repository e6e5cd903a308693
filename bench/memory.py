"""Whether a worker grows while it serves, when it is never renewed."""

import itertools
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from bench.scenarios import Stage
from bench.sitting import Learner
from bench.verdicts import Bar, Verdict, growth

EARLY, LATE, AT_ONCE = 2_000, 12_000, 2


def grow(stage: Stage) -> Iterator[Verdict]:
    """Five pages in turn; the largest worker after 2,000 requests and after 12,000."""
    readers = [Learner(stage.product.port, "pendamping") for _ in range(AT_ONCE)]
    pages = (stage.card, f"{stage.card}/ajar", "/belajar/diklat-p2k2", "/tes", "/")

    def read(reader: Learner, number: int) -> None:
        for path in itertools.islice(itertools.cycle(pages), number):
            reader.client.get(path)

    def all_read(number: int) -> int:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(lambda reader: read(reader, number // AT_ONCE), readers))
        return stage.product.worker_bytes()

    before = all_read(EARLY)
    after = all_read(LATE - EARLY)
    note = f"{before / 2**20:.0f} MB, then {after / 2**20:.0f} MB"
    yield Bar("memory of a worker, requests 2,000 to 12,000", 5, unit="%").judge(growth(before, after), note)
