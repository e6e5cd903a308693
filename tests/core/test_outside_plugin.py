"""A plugin of another package is found through its entry point, and the platform starts without it."""

import sys
from pathlib import Path

import pytest

from tests import databases

EXAMPLE = Path(__file__).parents[2] / "docs" / "contoh_plugin"


@pytest.fixture
def installed_example(tmp_path, monkeypatch):
    """The documented example as pip would leave it: importable, with its entry points beside it."""
    info = tmp_path / "p2k2_salam-0.1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: p2k2-salam\nVersion: 0.1.0\n")
    declared = (EXAMPLE / "pyproject.toml").read_text().split("[project.entry-points.")[1].splitlines()
    (info / "entry_points.txt").write_text("[p2k2lms.plugins]\n" + declared[1].replace('"', "") + "\n")
    monkeypatch.syspath_prepend(str(EXAMPLE))
    monkeypatch.syspath_prepend(str(tmp_path))
    yield
    for name in [n for n in sys.modules if n.startswith("p2k2_salam")]:
        del sys.modules[name]


def test_the_documented_example_is_loaded_through_its_entry_point(installed_example, tmp_path):
    app = databases.migrated_app(tmp_path, f"sqlite:///{tmp_path}/outside.db")
    assert "salam" in [p.name for p in app.extensions["plugins"]]
    assert "/salam" in {rule.rule for rule in app.url_map.iter_rules()}
    databases.close(app)


def test_the_platform_starts_without_it(tmp_path):
    app = databases.migrated_app(tmp_path, f"sqlite:///{tmp_path}/inside.db")
    assert "salam" not in [p.name for p in app.extensions["plugins"]]
    databases.close(app)
