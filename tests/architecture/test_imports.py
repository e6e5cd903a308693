"""From outside, a plugin is entered by its front door only; nobody but the unit of work commits."""

import ast

import pytest

from tests.architecture.source import FILES, PLUGIN_FILES, PLUGINS, imported, name, tree

FRONT_DOOR = {"service", "events", "values"}
MAY_COMMIT = {"p2k2lms/core/unit_of_work.py", "p2k2lms/core/jobs.py", "p2k2lms/core/schema.py", "p2k2lms/core/tries.py"}
ENDS = {"commit", "rollback"}


def strays(module: ast.Module, home: str) -> set[str]:
    """What a plugin's file takes from the inner rooms of others."""
    found = set()
    for dotted in imported(module):
        parts = dotted.split(".")
        if parts[:2] != ["p2k2lms", "plugins"] or len(parts) < 3 or parts[2] == home:
            continue
        if len(parts) < 4 or parts[3] not in FRONT_DOOR:
            found.add(dotted)
    return found


def endings(module: ast.Module) -> list[str]:
    """Where a file ends a transaction itself."""
    return [n.attr for n in ast.walk(module) if isinstance(n, ast.Attribute) and n.attr in ENDS]


@pytest.mark.parametrize("path", PLUGIN_FILES, ids=name)
def test_other_plugins_are_entered_by_the_front_door(path):
    assert strays(tree(path), path.relative_to(PLUGINS).parts[0]) == set()


@pytest.mark.parametrize("path", FILES, ids=name)
def test_only_the_unit_of_work_ends_a_transaction(path):
    assert name(path) in MAY_COMMIT or endings(tree(path)) == []


@pytest.mark.parametrize("path", FILES, ids=name)
def test_no_import_hides_inside_a_function(path):
    hidden = [
        f.name
        for f in ast.walk(tree(path))
        if isinstance(f, ast.FunctionDef)
        for n in ast.walk(f)
        if isinstance(n, ast.ImportFrom) and (n.module or "").startswith("p2k2lms")
    ]
    assert hidden == []


def test_both_notice_what_they_are_for():
    bad = ast.parse("from p2k2lms.plugins.identity import models\nfrom p2k2lms.plugins.identity.service import a")
    assert strays(bad, "delivery") == {"p2k2lms.plugins.identity.models"}
    assert strays(ast.parse("import p2k2lms.plugins.identity"), "delivery") == {"p2k2lms.plugins.identity"}
    assert strays(bad, "identity") == set()
    assert endings(ast.parse("db.session.commit()")) == ["commit"]
