"""What the documents point to is there: files, pictures, headings, targets of make."""

import re
from pathlib import Path

import pytest

from p2k2lms.installed import INSTALLED
from tests.architecture.source import ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"`((?:docs|tools|tests|bench|p2k2lms|templates|migrations|courses|modules_content)/[\w./-]+)`")
TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
TOP = (
    *("app.py", "config.py", "p2k2lms", "courses", "modules_content", "templates", "tests", "bench", "migrations"),
    *("docs", "pyproject.toml", "Makefile", "README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"),
    *("SECURITY.md", "LICENSE", ".ci/run", "docs/plugins.md"),
)


def broken(text: str, folder: Path) -> list[str]:
    """Links that lead to no file, and paths in code signs that are not there."""
    links = LINK.findall(CODE.sub("", text))
    local = [link.split("#")[0] for link in links if "://" not in link and not link.startswith("mailto:")]
    missing = [link for link in local if link and not (folder / link).exists()]
    return missing + [path for path in NAMED.findall(text) if not (ROOT / path).exists()]


def called(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", DOCUMENTS, ids=called)
def test_a_document_points_to_what_is_there(path):
    assert broken(path.read_text("utf-8"), path.parent) == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=called)
def test_every_target_of_make_that_a_document_names_is_there(path):
    named = set(re.findall(r"(?:`|^)make ([a-z]+)", path.read_text("utf-8"), re.MULTILINE))
    assert named <= TARGETS


def test_every_place_that_a_plugin_may_fill_is_told():
    offered = {place for plugin in INSTALLED for place in plugin.panels}
    for page in (ROOT / "templates").rglob("*.html"):
        offered |= set(re.findall(r"""panels\(["']([\w.]+)["']""", page.read_text("utf-8")))
    told = (ROOT / "docs/plugins.md").read_text("utf-8")
    assert [place for place in sorted(offered) if f"`{place}`" not in told] == []


def test_the_top_of_the_tree_is_what_the_map_says():
    assert [name for name in TOP if not (ROOT / name).exists()] == []
    assert (ROOT / "LICENSE").read_text("utf-8").startswith("MIT License")


def test_what_leads_nowhere_is_noticed():
    said = "[a](docs/none.md) ![b](README.md#start) [c](https://example.org/x) and `tools/none.py`"
    assert broken(said, ROOT) == ["docs/none.md", "tools/none.py"]
