"""The import contracts hold, and each breaks when an import of its kind is planted."""

import shutil
import subprocess
import sys

import pytest

from tests.architecture.source import ROOT

PLANTS = {
    "The house": ("p2k2lms/core/clock.py", "import p2k2lms.web"),
    "The plugins": ("p2k2lms/plugins/identity/values.py", "import p2k2lms.plugins.enrolment.values"),
    "Inside a plugin": ("p2k2lms/plugins/enrolment/values.py", "import p2k2lms.plugins.enrolment.models"),
    "Use-cases know no web": ("p2k2lms/plugins/assessment/service/__init__.py", "import flask"),
    "Rules know only values": ("p2k2lms/plugins/certificates/rules.py", "import sqlalchemy"),
    "SQL stands in queries": ("p2k2lms/plugins/enrolment/service/__init__.py", "import sqlalchemy"),
}


def broken(folder) -> set[str]:
    """The contracts that import-linter finds broken in this copy."""
    call = "from importlinter.cli import lint_imports_command as c; c()"
    command = [sys.executable, "-c", call, "--no-logo", "--no-cache"]
    said = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout
    assert "Contracts:" in said, said
    return {line.removesuffix(" BROKEN") for line in said.splitlines() if line.endswith(" BROKEN")}


@pytest.fixture
def copy(tmp_path):
    shutil.copytree(ROOT / "p2k2lms", tmp_path / "p2k2lms", ignore=shutil.ignore_patterns("static", "__pycache__"))
    for file in ("pyproject.toml", "config.py"):
        shutil.copy(ROOT / file, tmp_path)
    return tmp_path


def test_the_contracts_hold_here_and_each_can_fail(copy):
    assert broken(copy) == set()
    for file, line in PLANTS.values():
        with (copy / file).open("a", encoding="utf-8") as opened:
            opened.write(f"\n{line}\n")
    found = broken(copy)
    assert {plant for plant in PLANTS if any(name.startswith(plant) for name in found)} == PLANTS.keys()


def test_a_plugin_without_a_floor_is_noticed(copy):
    (copy / "p2k2lms/plugins/stranger").mkdir()
    (copy / "p2k2lms/plugins/stranger/__init__.py").write_text('"""A stranger."""\n')
    assert any(name.startswith("The plugins") for name in broken(copy))
