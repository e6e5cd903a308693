"""Files stay short enough to read at one sitting, and say first what they are for."""

import ast
import statistics

import pytest

from tests.architecture.source import FILES, functions, name, tree

LONGEST_FILE, LONGEST_FUNCTION, TYPICAL_FUNCTION = 300, 50, 10


def too_long(module: ast.Module) -> list[str]:
    """The functions that nobody can keep in mind."""
    return [f.name for f in functions(module) if _lines(f) > LONGEST_FUNCTION]


def _lines(function: ast.FunctionDef) -> int:
    return (function.end_lineno or 0) - function.lineno + 1


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_file_is_short_and_opens_with_its_purpose(path):
    assert path.read_text("utf-8").count("\n") <= LONGEST_FILE
    purpose = (ast.get_docstring(tree(path)) or "").splitlines()
    assert purpose
    assert purpose[0].rstrip().endswith((".", "?"))
    assert not purpose[0].lower().startswith("this ")


@pytest.mark.parametrize("path", FILES, ids=name)
def test_no_function_is_long(path):
    assert too_long(tree(path)) == []


def test_most_functions_are_short():
    assert statistics.median(_lines(f) for path in FILES for f in functions(tree(path))) <= TYPICAL_FUNCTION


def test_no_two_files_say_the_same_purpose():
    said: dict[str, list[str]] = {}
    for path in FILES:
        said.setdefault((ast.get_docstring(tree(path)) or "").splitlines()[0], []).append(name(path))
    assert [files for files in said.values() if len(files) > 1] == []


def test_nothing_is_called_utils():
    vague = {"utils", "util", "helpers", "common", "misc", "manager", "base2"}
    assert [name(p) for p in FILES if p.stem in vague] == []


def test_a_long_function_is_noticed():
    assert too_long(ast.parse("def long():\n" + "    x = 1\n" * LONGEST_FUNCTION)) == ["long"]
