"""The table of security goes through the whole standard and names tests that are there."""

import re
from collections import Counter

import pytest

from tests.architecture.source import ROOT
from tools import audit

TABLE = (ROOT / "docs/security.md").read_text("utf-8")
STATES = {"done", "partly", "not done", "operator", "not used"}
ROW = re.compile(r"^\| (V\d+\.\d+\.\d+) \| ([^|]+) \| ([^|]+) \|([^|]*)\|$", re.MULTILINE)


def named(text: str) -> set[str]:
    """The files of tests that a text names."""
    return set(re.findall(r"`(tests/[\w/]+\.py)`", text))


def asked() -> Counter[str]:
    """Every item of levels 1 and 2."""
    lines = (ROOT / "tests/data/asvs/levels_1_and_2.txt").read_text("utf-8").splitlines()
    told = (line.split(": ") for line in lines if not line.startswith("#"))
    return Counter(f"{section}.{number}" for section, numbers in told for number in numbers.split())


def test_every_test_that_the_table_names_is_there():
    told = named(TABLE)
    assert len(told) > 40
    assert {file for file in told if not (ROOT / file).exists()} == set()


def test_every_item_of_levels_1_and_2_has_one_line():
    assert asked().total() == 253
    assert Counter(item for item, *_rest in ROW.findall(TABLE)) == asked()


def test_what_is_done_says_how_and_what_is_not_says_why():
    silent = [
        item
        for item, _asks, state, why in ROW.findall(TABLE)
        if not why.strip() and state not in ("not used", "operator")
    ]
    odd = [item for item, _asks, state, _why in ROW.findall(TABLE) if state not in STATES]
    assert (silent, odd) == ([], [])


def test_the_sums_at_the_head_are_those_of_the_table():
    told = {state: int(n) for state, n in re.findall(r"^\| (\w[\w ]*) \| [^|]+ \| (\d+) \|$", TABLE, re.MULTILINE)}
    assert told == Counter(state for _item, _asks, state, _why in ROW.findall(TABLE))


def test_the_audit_of_dependencies_stands_outside_the_checks_and_its_last_day_is_told():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    checked = [(ROOT / path).read_text("utf-8") for path in (".ci/run", "tools/check.py", "tools/setup.sh")]
    assert "tools/audit.py" in makefile.partition("\naudit:")[2].partition("\n\n")[0]
    assert [text for text in checked if "make audit" in text or "audit.py" in text or "pip-audit" in text] == []
    told = re.findall(r"^\| (\d{4}-\d\d-\d\d) \| (\d+) of `requirements/core.lock` \| (.+) \|$", TABLE, re.MULTILINE)
    assert told == sorted(told) != []
    assert all(result.strip() for _day, _number, result in told)


FINE = {"name": "flask", "version": "3.1.3", "vulns": []}
NAMED = {"name": "lxml", "version": "6.1.3", "vulns": [{"id": "PYSEC-2027-1"}]}
LEFT = {"name": "yarl", "skip_reason": "not found on PyPI"}


@pytest.mark.parametrize(
    ("parts", "said", "code"),
    [
        ([FINE], "1 of 1 locked versions were asked about at pypi; none is named", 0),
        ([FINE, NAMED, LEFT], "2 of 3 locked versions were asked about at pypi; named: lxml 6.1.3 (PYSEC-2027-1)", 1),
        (
            [FINE, LEFT],
            "1 of 2 locked versions were asked about at pypi; the rest could not be, the first because: ",
            2,
        ),
    ],
)
def test_an_audit_is_clean_only_when_every_version_was_asked_about(parts, said, code):
    sentence, exits = audit.verdict({"dependencies": parts}, "pypi")
    assert (sentence.startswith(said), exits) == (True, code)
