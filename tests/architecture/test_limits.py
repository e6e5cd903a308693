"""The list of limits in docs/operate.md says what the code does."""

import re
from importlib import import_module

import pytest

from tests.architecture.source import ROOT

ROW = re.compile(r"^\| [^|]+ \| (\d+)(?: at least)? \| `([\w.]+)\.(\w+)` \|$", re.MULTILINE)
LISTED = ROW.findall((ROOT / "docs/operate.md").read_text("utf-8"))


def test_the_list_is_read():
    assert len(LISTED) > 15


@pytest.mark.parametrize(("told", "where", "name"), LISTED, ids=[f"{where}.{name}" for _told, where, name in LISTED])
def test_a_limit_is_what_the_list_says(told, where, name):
    home = import_module("config").Settings if where == "config.Settings" else import_module(where)
    assert getattr(home, name) == int(told)
