"""Invented worlds against the study: `make soak`, or `python tools/worlds.py 40`; writes docs/proofs/worlds.*.

Each world is drawn 400 times with seeds 0 to 399: what is the study off by, how often does its interval hold the truth,
and what does the page say. The clean worlds must be met, the deceiving ones must not be called an effect of training.
"""

import json
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench import proofs  # noqa: E402
from p2k2lms.plugins.outcomes.rules import analysis, verdict  # noqa: E402
from p2k2lms.plugins.outcomes.rules.plan import MET, Plan  # noqa: E402
from p2k2lms.stats import study, world  # noqa: E402

RUNS, PROOFS = 400, proofs.FOLDER
MOST_BIAS, COVERS, SILENT = 0.15, (92, 98), 90
OF_NO_EFFECT = {verdict.WITHHELD, verdict.SIGN, verdict.OPEN, verdict.NOTHING}
HEAD = (
    "world",
    "true",
    "bias",
    "covers %",
    "bias of the reports",
    "covers %",
    "two-way",
    "alumni - untrained",
    "after - before",
    "verdicts",
)


@dataclass(frozen=True)
class Case:
    """A world with its switches, the months before training that the plan leaves out, and what must come of it."""

    name: str
    switches: dict[str, Any] = field(default_factory=dict)
    anticipation: int = 2
    must: str = "found"  # found, silent, or "" where the tool is known to be deceived

    @property
    def world(self) -> world.World:
        """Reports are checked in one of ten group-months unless the world says otherwise."""
        return world.World(**{"checked": 0.1} | self.switches)


FILED = {"effect": "none", "filed": (0.88, 0.97)}
CASES = (
    Case("nothing works", {"effect": "none"}),
    Case("constant, able people first", {"effect": "constant"}),
    Case("growing, able people first"),
    Case("growing, order by lottery", {"order": "lot"}),
    Case("all trained in the end", {"order": "lot", "trained": 1.0}),
    Case("trend selection", {"order": "rising"}, must=""),
    Case("called after a dip, a = 0", {"order": "lot", "dip": -8.0}, anticipation=0, must="silent"),
    Case("called after a dip, a = 3", {"order": "lot", "dip": -8.0}, anticipation=3),
    Case("only reporting changes", FILED | {"checked": 0.0}, must="silent"),
    Case("same, 10% verified", FILED),
    Case("whole kabupaten at once", {"order": "place"}),
    Case("12 kabupaten", {"order": "place", "kabupaten": 12}),
)


def once(case: Case, seed: int) -> dict[str, Any]:
    """One draw: the estimate less the truth, whether the interval holds it, the misleading figures, the verdict."""
    one, plan = case.world, _plan(case)
    made = world.make(one, seed)
    built, true = world.cube_of(made, one.groups), world.truth(made, plan.design)
    effect, checks = study.overall(built, plan.design), world.checks_of(made, plan.design)
    enough = analysis.enough(checks)
    best = study.corrected(effect, study.reporting(checks)) if enough else effect
    answer, plain, wrong = study.interval(best), study.interval(effect), study.misleading(built)
    sizes = {"kabupaten": one.kabupaten, "trained": int((made.trained > 0).sum())}
    sizes["by_lot"] = int(one.order in ("lot", "place") and not one.dip)  # who is called for a dip is drawn by nobody
    told = analysis.weighed(plan, built, best, sizes, (study.line([built], plan.design), enough))
    return {
        "true": true,
        "off": answer.est - true,
        "covers": answer.low <= true <= answer.high,
        "plain_off": plain.est - true,
        "plain_covers": plain.low <= true <= plain.high,
        "two_way": wrong.two_way - true,
        "alumni": wrong.alumni_less_untrained - true,
        "before": wrong.after_less_before - true,
        "verdict": told["verdict"],
    }


def _plan(case: Case) -> Plan:
    return Plan("", "", "kelas", MET, 1, case.world.months, case.anticipation, 12, 3.0, "")


def summed(case: Case, found: list[dict[str, Any]]) -> dict[str, Any]:
    """The row of a world."""
    means = {key: round(float(np.nanmean([one[key] for one in found])), 3) for key in ("true", "off", "plain_off")}
    wrong = {key: round(float(np.mean([one[key] for one in found])), 2) for key in ("two_way", "alumni", "before")}
    words = Counter(one["verdict"] for one in found)
    row = {"world": case.name, "must": case.must, "runs": len(found), **means, **wrong}
    shares = {key: round(100 * float(np.mean([one[key] for one in found])), 1) for key in ("covers", "plain_covers")}
    row |= {**shares, "verdicts": dict(words)}
    return row | {"holds": holds(row)}


def holds(row: dict[str, Any]) -> bool:
    """Whether the row is as it must be."""
    if row["must"] == "found":
        return abs(row["off"]) < MOST_BIAS and COVERS[0] <= row["covers"] <= COVERS[1]
    if row["must"] == "silent":
        said = sum(n for word, n in row["verdicts"].items() if word in OF_NO_EFFECT)
        return bool(100 * said >= SILENT * row["runs"])
    return True


def write(rows: list[dict[str, Any]], seconds: float) -> None:
    """The proof as it stands, after every world."""
    about: dict[str, Any] = {**proofs.about(" ".join(["python", *sys.argv]), "0 to runs - 1")}
    about["cpu_seconds"] = round(seconds)
    about["size"] = "2,000 pendamping, 60 kabupaten (12 where said), 24 months, 12 rounds"
    PROOFS.mkdir(parents=True, exist_ok=True)
    (PROOFS / "worlds.json").write_text(json.dumps({**about, "worlds": rows}, indent=1) + "\n")
    (PROOFS / "worlds.md").write_text("\n".join(_table(about, rows)) + "\n")


def _table(about: dict[str, Any], rows: list[dict[str, Any]]) -> list[str]:
    lines = [
        "# Invented worlds",
        "",
        f"{about['size']}. Seeds {about['seed']}, {about['date']}, `{about['command']}`.",
        "",
    ]
    lines += [
        "Bias and misleading figures in points against the truth of each draw. First bias and cover: what the page",
    ]
    lines += ["answers, corrected by random checks of one in ten reports; then the same from the reports alone.", ""]
    lines += ["| " + " | ".join((*HEAD, "as it must be")) + " |", "|" + "---|" * (len(HEAD) + 1)]
    for row in rows:
        words = ", ".join(f"{word} {n}" for word, n in sorted(row["verdicts"].items(), key=lambda pair: -pair[1]))
        cells = [row["world"], *(f"{row[key]:+.2f}" for key in ("true", "off")), f"{row['covers']:.1f}"]
        cells += [f"{row['plain_off']:+.2f}", f"{row['plain_covers']:.1f}"]
        cells += [*(f"{row[key]:+.2f}" for key in ("two_way", "alumni", "before")), words]
        lines.append("| " + " | ".join([*cells, _said(row)]) + " |")
    return lines


def _said(row: dict[str, Any]) -> str:
    return ("yes" if row["holds"] else "NO") if row["must"] else "known to deceive"


def main(runs: int) -> int:
    """Every world; 1 if one of them is not as it must be."""
    rows: list[dict[str, Any]] = []
    for case in CASES:
        rows.append(summed(case, [once(case, seed) for seed in range(runs)]))
        write(rows, time.process_time())
        print(json.dumps(rows[-1]), flush=True)
    return 0 if all(row["holds"] for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else RUNS))
