"""The demo people of all plugins, in an embedded database: filled once for all processes of a run, and copied."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask

from p2k2lms.core import nature
from tests import databases

SEED = 2026


@contextmanager
def installed(temporary: pytest.TempPathFactory) -> Iterator[Flask]:
    """The platform as a new installation has it, in a database that only this block sees."""
    folder = temporary.mktemp("demo")
    app = databases.migrated_app(folder, f"sqlite:///{folder}/demo.db")
    shutil.copy(_filled(Path(os.environ.get("TEST_KEPT", folder.parent))), folder / "demo.db")
    yield app
    databases.close(app)


def _filled(folder: Path) -> Path:
    """The database with the demo; whoever comes first fills it while the others wait."""
    made = folder / "demo.db"
    with (folder / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            _fill(folder / "new.db")
            (folder / "new.db").rename(made)
    return made


def _fill(file: Path) -> None:
    app = databases.migrated_app(file.parent, f"sqlite:///{file}")
    with app.app_context():
        nature.be_born(demo=True)
        load(app)
        databases.settle()  # one file holds it all
    databases.close(app)


def load(app: Flask, scale: str = "small", seed: int = SEED) -> None:
    """What every plugin puts into a demo."""
    for plugin in app.extensions["plugins"]:
        if plugin.demo is not None:
            plugin.demo(scale, seed)
