"""What the project installs is what it imports; the locks and the tree name no machine."""

import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions

from tests.architecture.source import FILES, ROOT, imported, tree

READ_BY_OTHERS = {
    "psycopg": "the driver that SQLAlchemy loads for PostgreSQL",
    "pymdown-extensions": "its extensions are named to Markdown by text",
    "tzdata": "time zones where the system has none",
    "pyhanko": "loaded with the first signature",
    "gunicorn": "started as a process by p2k2lms/server.py",
    "arize-phoenix-sqlean": "imported as sqlean",
}
WITH_OTHERS = {"markupsafe", "click", "jinja2", "pydantic-core", "pip", "asn1crypto", "pyhanko-certvalidator"}
PLACES = re.compile(r"(?<![\w.])/(?:work|root|home/\w+|opt)/\w+")


def declared() -> set[str]:
    """The names of what pyproject.toml asks for at run time."""
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    return {re.split(r"[\[~=<> ]", line)[0].lower() for line in wanted}


def used() -> set[str]:
    """The distributions behind the imports of the project."""
    homes = packages_distributions()
    files = [ROOT / "app.py", ROOT / "config.py", *FILES, *(ROOT / "migrations").rglob("*.py")]
    roots = {dotted.split(".")[0] for file in files for dotted in imported(tree(file))} - set(sys.stdlib_module_names)
    return {d.lower().replace("_", "-") for root in roots for d in homes.get(root, ())}


def tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return listed.stdout.splitlines()


def test_nothing_is_installed_that_nobody_imports():
    assert declared() - used() - READ_BY_OTHERS.keys() == set()


def test_everything_imported_is_asked_for():
    assert used() - declared() - {"p2k2lms"} <= WITH_OTHERS


def test_the_locks_pin_by_hash_and_name_no_place():
    for lock in ("core", "dev"):
        text = (ROOT / f"requirements/{lock}.lock").read_text("utf-8")
        pinned = re.findall(r"^([\w.-]+)(?:\[[\w,]+\])?==", text, re.MULTILINE)
        assert {name.lower() for name in declared()} <= {name.lower() for name in pinned}
        assert not re.search(r"://|file:|^-", text, re.MULTILINE)


def test_the_tree_names_no_path_of_one_machine():
    binary = (".png", ".jpg", ".webp", ".ico", ".woff2", ".pdf")
    named = [f for f in tracked() if not f.endswith(binary) and PLACES.search((ROOT / f).read_text("utf-8", "replace"))]
    assert named == []


def test_a_path_of_one_machine_is_noticed():
    assert PLACES.search("see " + "/wor" + "k/main for more")
    assert not PLACES.search("net" + "work/main and ../work/x")
