"""The reference files of the evaluation engine, their answers, and how close an answer must be."""

import csv
import json
from pathlib import Path

import numpy as np

DATA = Path(__file__).parents[1] / "data" / "outcomes_ref"
GOLDEN = {key: entry["value"] for key, entry in json.loads((DATA / "golden.json").read_text("utf-8")).items()}
TOLERANCE = {key: entry["tol"] for key, entry in json.loads((DATA / "golden.json").read_text("utf-8")).items()}
NOT_ASKED = {"did.true"}  # the truth that made the data, not an answer
NOT_ANSWERS = {"true_mean", "published", "check_survival_chisq", "check_median"}
FEW = 1e-12  # golden figures have twelve decimals


def table(name):
    """A reference file as columns: numbers where all are, else texts."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    return {name: _column([row[place] for row in rows[1:]]) for place, name in enumerate(rows[0])}


def _column(cells):
    try:
        return np.array([float(cell) for cell in cells])
    except ValueError:
        return np.array(cells)


def apart(found, wanted, tolerance, where=""):
    """Every place where an answer is not the golden one."""
    if isinstance(wanted, dict):
        return _apart_in_dict(found, wanted, tolerance, where)
    if isinstance(wanted, list):
        if not isinstance(found, list) or len(found) != len(wanted):
            return [f"{where}: other length"]
        pairs = enumerate(zip(found, wanted, strict=True))
        return [a for i, (f, w) in pairs for a in apart(f, w, tolerance, f"{where}[{i}]")]
    if isinstance(wanted, int | float) and not isinstance(wanted, bool):
        near = isinstance(found, int | float) and abs(found - wanted) <= max(tolerance, FEW)
        return [] if near else [f"{where}: {found}, not {wanted}"]
    return [] if found == wanted else [f"{where}: {found}, not {wanted}"]


def _apart_in_dict(found, wanted, tolerance, where):
    asked = {key: value for key, value in wanted.items() if key not in NOT_ANSWERS}
    if not isinstance(found, dict) or set(found) != set(asked):
        return [f"{where}: other keys"]
    return [a for key, value in asked.items() for a in apart(found[key], value, tolerance, f"{where}/{key}")]
