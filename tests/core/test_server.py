"""The whole installation as one process: it says when it is ready, keeps its worker, and leaves nothing behind."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest

from p2k2lms.core import nature
from tests import databases

ROOT = Path(__file__).parents[2]
PATIENCE = 60


@pytest.fixture
def start(tmp_path):
    """`start(**environment)`: a server of its own instance and port; whatever happens, it is ended."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    begun = []

    def begin(**changes: str) -> tuple[subprocess.Popen, int]:
        kept = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "HOST", "P2K2_ENV", "REDIS_URL"}}
        environment = kept | {"P2K2_INSTANCE": str(tmp_path), "PORT": str(port), "P2K2_WORKERS": "1"} | changes
        command = [sys.executable, "-m", "p2k2lms.server"]
        out, err = (tmp_path / "out").open("wb"), (tmp_path / "err").open("wb")
        with out, err:
            begun.append(subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=err))
        return begun[-1], port

    yield begin
    for process in begun:
        if process.poll() is None:
            process.terminate()
            process.wait(PATIENCE)


@pytest.fixture
def born(tmp_path) -> None:
    """The demo database of the instance, born and said to be full: the story fills one from its birth."""
    app = databases.migrated_app(tmp_path, f"sqlite:///{tmp_path}/p2k2.db")
    with app.app_context():
        nature.be_born(demo=True)
        nature.note_filled("small")
    databases.close(app)


def until(true, what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, what
        time.sleep(0.1)


def children(process: subprocess.Popen) -> dict[str, int]:
    """The processes below, by what they are, without one that ends while it is looked at."""
    found = {}
    for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split():
        with suppress(FileNotFoundError, ProcessLookupError):
            words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
            found["server" if b"gunicorn" in words else "worker"] = int(pid)
    return found


@pytest.mark.slow("starts the whole installation, kills its worker, and stops it")
@pytest.mark.usefixtures("born")
def test_it_says_when_it_is_ready_keeps_its_worker_and_stops_whole(start, tmp_path):
    process, port = start()
    said = tmp_path / "out"
    until(lambda: said.read_text().count("\n") >= 2 or process.poll() is not None, "SIAP")
    lines = said.read_text().splitlines()
    assert lines[0] == f"SIAP http://127.0.0.1:{port}", (tmp_path / "err").read_text()
    assert "demo-p2k2" in lines[1]
    assert "pendamping" in lines[1]
    assert "SQLite 3." in (tmp_path / "err").read_text()
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/sehat", timeout=5) as answer:
        assert answer.status == 200
    before = children(process)
    os.kill(before["worker"], signal.SIGKILL)
    until(lambda: children(process).get("worker", before["worker"]) != before["worker"], "a new worker")
    after = children(process)
    assert after["server"] == before["server"]
    process.terminate()
    assert process.wait(PATIENCE) == 0
    until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in after.values()), "nothing left")


def test_a_database_that_does_not_answer_ends_it_with_one_line(start, tmp_path):
    process, _ = start(DATABASE_URL="postgresql+psycopg://nobody@127.0.0.1:1/none")
    assert process.wait(PATIENCE) == 1
    assert (tmp_path / "out").read_text() == ""
    assert (tmp_path / "err").read_text().count("\n") == 1


def test_a_taken_port_is_said_not_mistaken_for_ours(start, tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        process, _ = start(PORT=str(other.getsockname()[1]))
        assert process.wait(PATIENCE) == 1
    assert "is taken" in (tmp_path / "err").read_text()
