"""The cube of a plan as columns, its hash and its spelling in a file: enough to compute every figure again."""

import csv
import hashlib
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Any, NamedTuple

import numpy as np

from p2k2lms.core.i18n import _
from p2k2lms.stats import cube as cubes
from p2k2lms.stats.arithmetic import Floats, Ints, Labels
from p2k2lms.stats.study import Checks, Design

BY_LOT = "undi"
TEXTS = ("kabupaten", "stratum")
PLACES = 6
"""Digits after the point in the spelling; the hash is that of the spelling."""


class Columns(NamedTuple):
    """One entry a cell in each column; what they mean stands at the table."""

    kabupaten: Labels
    cohort: Ints
    stratum: Labels
    month: Ints
    first: Ints
    there: Ints
    stayed: Ints
    n_met: Floats
    sum_met: Floats
    sq_met: Floats
    n_came: Floats
    sum_came: Floats
    sq_came: Floats
    n_load: Floats
    sum_load: Floats
    sq_load: Floats
    n_left: Floats
    sum_left: Floats
    sq_left: Floats
    n_seen: Floats
    sum_seen: Floats
    sq_seen: Floats
    n_does: Floats
    sum_does: Floats
    sq_does: Floats
    drawn: Ints
    checked: Ints
    said: Ints
    truly: Ints


EARLIER = tuple(name for name in Columns._fields if not name.endswith(("_seen", "_does")))
"""The columns of a cube that was frozen before visits and families were counted."""
COUNTS = ("n_met", "n_came", "n_load", "n_left", "n_seen", "n_does", "drawn", "checked", "said", "truly")
WHOLE = ("first", "there", "stayed", *COUNTS, "cohort", "month")


def spelled(rows: Iterable[Sequence[Any]]) -> str:
    """The cells as CSV in the order they come in; whole numbers whole, sums to six digits."""
    told = StringIO()
    out = csv.writer(told, lineterminator="\n")
    out.writerow(Columns._fields)
    for row in rows:
        out.writerow([_cell(name, value) for name, value in zip(Columns._fields, row, strict=True)])
    return told.getvalue()


def _cell(name: str, value: Any) -> Any:
    if name in TEXTS:
        return value
    return int(value) if name in WHOLE else f"{float(value):.{PLACES}f}"


def sha_of(text: str) -> str:
    """The hash of a spelling."""
    return hashlib.sha256(text.encode()).hexdigest()


def read(text: str) -> Columns:
    """The columns of a spelling, of an earlier one too; ValueError for what is none."""
    rows = list(csv.reader(StringIO(text)))
    names = tuple(rows[0]) if rows else ()
    if names not in (Columns._fields, EARLIER) or any(len(row) != len(names) for row in rows):
        raise ValueError(_("Kolomnya bukan kolom kubus."))
    table = dict(zip(names, zip(*rows[1:], strict=True) if rows[1:] else [()] * len(names), strict=True))
    nothing = ("0",) * (len(rows) - 1)
    return Columns(*(_column(name, table.get(name, nothing)) for name in Columns._fields))


def _column(name: str, values: Sequence[str]) -> Any:
    if name in TEXTS:
        return np.array(values, dtype=object).astype(str)
    floats = np.array(values, dtype=np.float64)
    return floats if name.startswith(("n_", "sum_", "sq_")) else floats.astype(np.int64)


def is_drawn(columns: Columns) -> np.ndarray[Any, Any]:
    """The cells of people who were called by lot."""
    return np.char.startswith(columns.stratum.astype(str), BY_LOT)


def parts(columns: Columns, name: str) -> list[cubes.Cube]:
    """The cubes of one outcome by stratum, all over the same kabupaten, cohorts and months; one without strata."""
    layer = np.char.partition(columns.stratum.astype(str), "/")[:, 2]
    layers = np.unique(layer)
    if layers.size < 2:
        return [outcome(columns, name)]
    return [outcome(columns, name, layer == one) for one in layers]


def outcome(columns: Columns, name: str, kept: Any = 1) -> cubes.Cube:
    """The cube of one outcome: met, came, load, left, seen or does; of the cells that are `kept`."""
    sums = (getattr(columns, f"n_{name}") * kept, getattr(columns, f"sum_{name}") * kept)
    return cubes.of_cells(columns.kabupaten, columns.cohort, columns.month, sums)


def checks(columns: Columns, built: cubes.Cube, design: Design) -> Checks:
    """The checked reports in the order of this cube's kabupaten and months, by arm."""
    never = (columns.cohort == cubes.NEVER) | (columns.cohort > built.months[-1])
    since = columns.month - columns.cohort
    arms = (never, ~never & (since < -design.anticipation), ~never & (since >= 0) & (since < design.reach))
    place = np.searchsorted(built.clusters, columns.kabupaten), columns.month - built.months[0]
    tables = [np.zeros((built.clusters.size, built.months.size, len(arms))) for _part in range(3)]
    for table, values in zip(tables, (columns.checked, columns.said, columns.truly), strict=True):
        for arm, kept in enumerate(arms):
            np.add.at(table[:, :, arm], place, values * kept)
    return Checks(*tables)
