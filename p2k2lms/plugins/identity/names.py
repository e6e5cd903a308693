"""Names for demo people, put together by lot: whoever bears one is not meant."""

import csv
import random
from collections import defaultdict
from functools import cache
from importlib.resources import files
from io import StringIO

EDUCATION = ("SMA", "D3", "S1", "S1", "S1", "S2")


@cache
def words() -> dict[str, tuple[str, ...]]:
    """The words to draw from: first names of women (P) and men (L), last names, places."""
    found: dict[str, list[str]] = defaultdict(list)
    text = (files("p2k2lms.plugins.identity") / "data" / "demo_names.csv").read_text("utf-8")
    for row in csv.DictReader(StringIO(text)):
        found[row["kind"]].append(row["name"])
    return {kind: tuple(names) for kind, names in found.items()}


def draw(lot: random.Random) -> tuple[str, str]:
    """A name and the sex that goes with it."""
    sex = lot.choice("PPPL")
    return f"{lot.choice(words()[sex])} {lot.choice(words()['last'])}", sex
