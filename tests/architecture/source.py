"""The source as the architecture tests read it."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PLUGINS = ROOT / "p2k2lms/plugins"
FILES = sorted(p for p in (ROOT / "p2k2lms").rglob("*.py"))
PLUGIN_FILES = sorted(PLUGINS.glob("*/**/*.py"))


@cache
def tree(path: Path) -> ast.Module:
    """The file, parsed."""
    return ast.parse(path.read_text("utf-8"))


def name(path: Path) -> str:
    """How a test calls the file."""
    return str(path.relative_to(ROOT))


def imported(module: ast.Module) -> Iterator[str]:
    """Every dotted name that a file imports, wherever in it."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def functions(module: ast.Module) -> Iterator[ast.FunctionDef]:
    """Every function and method of a file."""
    return (n for n in ast.walk(module) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))


def links(text: str) -> set[str]:
    """The plugins (or web's blueprints) that a file's `url_for` names."""
    return set(re.findall(r"url_for\(\s*['\"](\w+)\.", text))
