"""The table of security names tests that are there."""

import re

from tests.architecture.source import ROOT


def named(text: str) -> set[str]:
    """The files of tests that a text names."""
    return set(re.findall(r"`(tests/[\w/]+\.py)`", text))


def test_every_test_that_the_table_names_is_there():
    told = named((ROOT / "docs/security.md").read_text("utf-8"))
    assert len(told) > 20
    assert {file for file in told if not (ROOT / file).exists()} == set()


def test_every_chapter_of_the_standard_has_a_line():
    told = (ROOT / "docs/security.md").read_text("utf-8")
    assert [n for n in range(1, 18) if not re.search(rf"^\| V{n}[. ]", told, re.MULTILINE)] == []
