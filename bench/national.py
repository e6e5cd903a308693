"""Pages at national scale beside the same pages at small scale: `make national` (PAGES=/lapangan for some).

    python -m bench.national [--only TEXT] [--small FOLDER[=URL]] [--national FOLDER[=URL]] [--sql]

A database is an instance folder; without an address it is the embedded one in it. What is not given is made first: an
embedded one below instance/bench, which takes long at national scale and is kept. The figures of a whole run go to
docs/proofs/national-pages.json, one part for each engine.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from typing import Any

from bench import proofs
from bench.servers import ROOT
from p2k2lms.core.commands import SEED

PROOF = ROOT / "docs" / "proofs" / "national-pages.json"
LIST = ROOT / "bench" / "pages.txt"
ROUNDS, IN_A_ROUND = 5, 2
MOST_MS, MOST_TIMES, MOST_ROWS = 150.0, 2.0, 10_000
LINE = "{:<14} {:<42} {:>8} {:>8} {:>8} {:>3} {:>8}  {}"


@dataclass
class Page:
    """One page: medians of the processor's milliseconds at both scales, and what it asks at national scale.

    The processor's time, with the database's, is judged: the clock also counts what others do on the machine.
    """

    who: str
    address: str
    small: float = 0
    national: float = 0
    clock_small: float = 0
    clock_national: float = 0
    queries: list[dict[str, Any]] = field(default_factory=list)
    fault: str = ""

    @property
    def most_rows(self) -> int:
        return max((one.get("rows", 0) for one in self.queries), default=0)

    def misses(self) -> list[str]:
        """The bars that this page is over."""
        told = [self.fault] if self.fault else []
        if self.national > MOST_MS:
            told.append(f"{self.national:.0f} ms")
        if self.national > MOST_TIMES * self.small:
            told.append(f"{self.national / self.small:.1f} x")
        if self.most_rows > MOST_ROWS:
            told.append(f"{self.most_rows} rows")
        return told + [f"walks {name}" for one in self.queries for name in one.get("scans", ())]

    def as_dict(self) -> dict[str, Any]:
        return asdict(self) | {"misses": self.misses(), "most_rows": self.most_rows}


class Reader:
    """A process that opens pages on one database."""

    def __init__(self, database: str, stack: ExitStack) -> None:
        self.process = stack.enter_context(
            subprocess.Popen(
                [sys.executable, "-m", "bench.pages"],
                cwd=ROOT,
                env=environment(database),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        )
        assert self.process.stdin
        stack.callback(self.process.stdin.close)

    def ask(self, page: Page, times: int, explain: bool = False) -> dict[str, Any]:
        """The answer for one page; a fault stays with the page."""
        assert self.process.stdin
        assert self.process.stdout
        wanted = {"who": page.who, "address": page.address, "times": times, "explain": explain}
        self.process.stdin.write(json.dumps(wanted) + "\n")
        self.process.stdin.flush()
        told: dict[str, Any] = json.loads(self.process.stdout.readline() or '{"fault": "the reader is gone"}')
        page.fault = page.fault or told.get("fault", "")
        return told


def environment(database: str) -> dict[str, str]:
    """What a process needs to work on this database."""
    folder, _, url = database.partition("=")
    return os.environ | {"P2K2_INSTANCE": folder} | ({"DATABASE_URL": url} if url else {})


def made(scale: str) -> str:
    """The kept database of this scale; made when it is missing."""
    folder = ROOT / "instance" / "bench" / scale
    if not (folder / "whole").exists():
        commands = [["database", "birth", "--demo"]] + [["demo", "load", "--scale", scale]] * (scale != "small")
        for command in commands:
            whole = [sys.executable, "-m", "flask", "--app", "app", *command]
            subprocess.run(whole, cwd=ROOT, env=environment(str(folder)), check=True)
        (folder / "whole").touch()
    return str(folder)


def listed() -> list[tuple[str, str]]:
    """Who opens which page, as it stands in the list."""
    rows = (row.partition("#")[0].split() for row in LIST.read_text("utf-8").splitlines())
    return [(who, address) for who, address in filter(None, rows)]


def compare(small: Reader, national: Reader, page: Page) -> None:
    """Both in turn, after one round each to warm up; then the questions of the larger one."""
    cpu: dict[str, list[float]] = {"small": [], "national": []}
    clock: dict[str, list[float]] = {"small": [], "national": []}
    for number in range(ROUNDS + 1):
        for name, reader in (("small", small), ("national", national)):
            told = reader.ask(page, IN_A_ROUND if number else 1)
            if page.fault:
                return
            cpu[name] += told["cpu"] if number else ()
            clock[name] += told["ms"] if number else ()
    page.small, page.national = (round(statistics.median(cpu[name]), 1) for name in cpu)
    page.clock_small, page.clock_national = (round(statistics.median(clock[name]), 1) for name in clock)
    page.queries = national.ask(page, 1, explain=True).get("queries", [])


def line(page: Page) -> str:
    """One row of the table."""
    figures = (page.small, page.national, page.clock_national)
    shown = [f"{figure:.1f}" for figure in figures]
    return LINE.format(
        page.who, page.address[:42], *shown, len(page.queries), page.most_rows or "-", ", ".join(page.misses())
    ).rstrip()


def keep(engine: str, pages: list[Page], command: str) -> None:
    """Write this engine's part of the proof; what the other engine showed stays."""
    before = json.loads(PROOF.read_text("utf-8")) if PROOF.exists() else {}
    bars = {"ms": MOST_MS, "times": MOST_TIMES, "rows": MOST_ROWS}
    part = proofs.about(command, SEED) | {"bars": bars, "pages": [_short(page.as_dict()) for page in pages]}
    PROOF.write_text(json.dumps(before | {engine: part}, indent=1) + "\n", "utf-8")


def _short(page: dict[str, Any]) -> dict[str, Any]:
    """Of each question only the figures."""
    return page | {"queries": [{k: v for k, v in one.items() if k != "sql"} for one in page["queries"]]}


def main() -> int:
    """Measure, print the table, keep a whole run; 1 when a page misses a bar."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--only", "--small", "--national"):
        asked.add_argument(name, default="")
    asked.add_argument("--sql", action="store_true")
    said = asked.parse_args()
    small, national = said.small or made("small"), said.national or made("national")
    pages = [Page(*row) for row in listed() if said.only in " ".join(row)]
    print(LINE.format("who", "address", "small", "national", "clock", "q", "rows", "misses"))
    with ExitStack() as stack:
        readers = Reader(small, stack), Reader(national, stack)
        for page in pages:
            compare(*readers, page)
            print(line(page), flush=True)
    for page in pages if said.sql else ():
        for one in page.queries:
            print(f"\n{page.who} {page.address}", json.dumps({k: v for k, v in one.items() if k != "sql"}), one["sql"])
    if not said.only:
        keep("postgresql" if "postgresql" in national else "sqlite", pages, "make national")
    return 1 if any(page.misses() for page in pages) else 0


if __name__ == "__main__":
    sys.exit(main())
