"""Measures speed and size against the reference: `make bench`, or `make bench DATABASE=postgres`."""

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from bench import memory, scenarios, weights
from bench.databases import Database, embedded, postgres
from bench.scenarios import Stage
from bench.servers import ROOT, Server, free_port
from bench.verdicts import Bar, Verdict, table

RESULTS = ROOT / "bench" / "results.json"


def main() -> int:
    """Measure all, write the results, print the table; 1 when a bar is missed."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="p2k2-bench-") as folder, ExitStack() as stack:
        instance = Path(folder)
        database = postgres(stack) if os.environ.get("DATABASE") == "postgres" else embedded(instance)
        surroundings = database.environment | {"P2K2_INSTANCE": folder, "P2K2_MAX_REQUESTS": "0"}
        say(f"filling a database ({database.name})")
        facts = told_by("bench.data", surroundings)
        verdicts: list[Verdict] = []
        with stage(database, surroundings, facts) as both:
            for scenario in (*scenarios.ALL, weights.weigh, memory.grow):
                say(f"{scenario.__doc__}")
                verdicts += scenario(both)
        say("drawing certificates")
        drawn = told_by("bench.drawing", surroundings)
        bar = Bar("certificate PDF, share of plain WeasyPrint", 0.7, at_least=True)
        verdicts.append(bar.judge(drawn["plain"] / drawn["ours"], f"{drawn['ours'] * 1000:.0f} ms"))
        say("taking in people")
        came = told_by("bench.arriving", surroundings)
        bar = Bar("import of 5,000 people, rows a second after the dry run", 2_000, at_least=True, unit="")
        note = f"{came['own']:.2f} s of own processor time, {came['clock']:.2f} s on the clock"
        verdicts.append(bar.judge(came["people"] / came["own"], note))
    keep(verdicts, database.name, time.monotonic() - began)
    print(table(verdicts))
    return 1 if any(verdict.met is False for verdict in verdicts) else 0


@contextmanager
def stage(database: Database, surroundings: dict[str, str], facts: dict[str, Any]) -> Iterator[Stage]:
    """Product and reference side by side: same server, threads and database; one worker each, so that all is warm."""
    yardstick = {"REFERENCE_DATABASE_URL": database.reference}
    product = Server(
        "app:app", free_port(), surroundings, probe="/sehat", workers=1, others=database.backends_of_product
    )
    try:
        reference = Server(
            "bench.reference:app", free_port(), yardstick, workers=1, others=database.backends_of_reference
        )
        try:
            yield Stage(product, reference, facts)
        finally:
            reference.stop()
    finally:
        product.stop()


def told_by(module: str, surroundings: dict[str, str]) -> dict[str, Any]:
    """What a part that runs in a process of its own prints."""
    command = [sys.executable, "-m", module]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | surroundings, stdout=subprocess.PIPE, check=True)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def keep(verdicts: list[Verdict], database: str, seconds: float) -> None:
    """The figures for machines, with where they come from."""
    git = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    about: dict[str, Any] = {"commit": git.stdout.strip(), "database": database, "python": platform.python_version()}
    about |= {"cores": os.cpu_count(), "seconds": round(seconds)}
    figures = [verdict.as_dict() for verdict in verdicts]
    RESULTS.write_text(json.dumps(about | {"figures": figures}, indent=1) + "\n", "utf-8")


def say(line: str) -> None:
    """What goes on, for who waits."""
    print(f"bench: {line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
