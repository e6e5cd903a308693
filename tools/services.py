"""PostgreSQL and Redis for tests: those that answer on this machine, else own ones in a temporary folder."""

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import redis

WAIT_SECONDS = 30


@contextlib.contextmanager
def running() -> Iterator[dict[str, str]]:
    """The environment that leads tests to both; what was started here is stopped at the end."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="p2k2-tests-")))
        folder.chmod(0o711)
        yield {
            "TEST_POSTGRES_URL": os.environ.get("TEST_POSTGRES_URL") or _postgres(folder, stack),
            "TEST_REDIS_URL": os.environ.get("TEST_REDIS_URL") or _redis(folder, stack),
        }


def _postgres(folder: Path, stack: contextlib.ExitStack) -> str:
    if _postgres_answers(5432):
        return _postgres_url(5432)
    programs = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: float(p.parent.name), default=None)
    initdb, server = (str(programs / n) if programs else shutil.which(n) or n for n in ("initdb", "postgres"))
    data, port = folder / "postgres", free_port()
    data.mkdir()
    if os.getuid() == 0:
        shutil.chown(data, "postgres", "postgres")
    options = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]
    subprocess.run(_as_postgres([initdb, *options, "-D", str(data)]), check=True, stdout=subprocess.DEVNULL, cwd="/")
    listen = ["-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={data}"]
    command = _as_postgres([server, "-D", str(data), "-p", str(port), *listen])
    with (folder / "postgres.log").open("wb") as log:
        _start(command, stack, lambda: _postgres_answers(port), log)
    return _postgres_url(port)


def _postgres_url(port: int) -> str:
    return f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres"


def _as_postgres(command: list[str]) -> list[str]:
    """PostgreSQL refuses to run as root: as its own user then."""
    if os.getuid():
        return command
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--", *command]


def _postgres_answers(port: int) -> bool:
    try:
        psycopg.connect(host="127.0.0.1", port=port, user="postgres", dbname="postgres", connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def _redis(folder: Path, stack: contextlib.ExitStack) -> str:
    if _redis_answers(6379):
        return "redis://127.0.0.1:6379/15"
    port = free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    _start(command, stack, lambda: _redis_answers(port), subprocess.DEVNULL)
    return f"redis://127.0.0.1:{port}/15"


def _redis_answers(port: int) -> bool:
    try:
        with redis.Redis(port=port, socket_timeout=2) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


def _start(command: list[str], stack: contextlib.ExitStack, answers, output) -> None:
    process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, cwd="/")
    stack.callback(_stop, process)
    deadline = time.monotonic() + WAIT_SECONDS
    while not answers():
        if process.poll() is not None or time.monotonic() > deadline:
            raise SystemExit(f"{command[0]} did not start")
        time.sleep(0.1)


def _stop(process: subprocess.Popen) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
