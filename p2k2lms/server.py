"""Runs the whole installation: brings up the database, then keeps the web server and the job worker alive."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from types import FrameType

from config import Settings, from_environment
from p2k2lms.core import sqlite

PATIENCE_SECONDS = 120
GRACE_SECONDS = 15
LONGEST_PAUSE = 30
DEMO_ACCOUNTS = "pendamping widyaiswara panitia supervisor koordinator dinsos evaluator kementerian admin"
FLASK = [sys.executable, "-m", "flask", "--app", "app"]


class Children:
    """The web server and the job worker, as processes of this one."""

    def __init__(self, settings: Settings) -> None:
        self.server = subprocess.Popen(server_command(settings))
        self.worker = subprocess.Popen([*FLASK, "jobs", "run"])
        self._worker_began, self._pause = time.monotonic(), 1

    def keep_worker(self, stopping: threading.Event) -> None:
        """Begin the worker anew if it died; wait longer each time it dies young."""
        if self.worker.poll() is None:
            return
        lived = time.monotonic() - self._worker_began
        self._pause = 1 if lived > 60 else min(self._pause * 2, LONGEST_PAUSE)
        say(f"the job worker ended ({self.worker.returncode}); a new one in {self._pause} s")
        if not stopping.wait(self._pause):
            self.worker, self._worker_began = subprocess.Popen([*FLASK, "jobs", "run"]), time.monotonic()

    def stop(self) -> int:
        """End both, patiently, then firmly; returns the server's exit code."""
        for child in (self.server, self.worker):
            if child.poll() is None:
                child.terminate()
        for child in (self.server, self.worker):
            try:
                child.wait(GRACE_SECONDS)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        return self.server.returncode


def server_command(settings: Settings) -> list[str]:
    """The production server: processes and threads by the settings, no control socket, workers renewed in time."""
    return [
        *(sys.executable, "-m", "gunicorn", "app:app", "--bind", f"{settings.HOST}:{settings.PORT}"),
        *("--worker-class", "gthread", "--workers", str(settings.WORKERS), "--threads", str(settings.THREADS)),
        *("--max-requests", str(settings.MAX_REQUESTS), "--max-requests-jitter", str(settings.MAX_REQUESTS // 10)),
        *("--no-control-socket", "--log-level", "warning"),
    ]


def birth() -> str:
    """Bring the database up, filled if it is a new demo; returns "demo" or "real", or ends with its refusal."""
    done = subprocess.run([*FLASK, "database", "birth"], stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.returncode)
    return done.stdout.split()[-1]


def answers(settings: Settings) -> bool:
    """True if /sehat says 200."""
    connection = http.client.HTTPConnection(reachable(settings.HOST), settings.PORT, timeout=5)
    try:
        connection.request("GET", "/sehat")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def is_taken(settings: Settings) -> bool:
    """True if another program listens there already: its /sehat must not be taken for ours."""
    try:
        socket.create_connection((reachable(settings.HOST), settings.PORT), timeout=2).close()
    except OSError:
        return False
    return True


def reachable(host: str) -> str:
    """The address to ask for a server that listens on `host`."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1", "[::]": "::1"}.get(host, host.strip("[]"))  # noqa: S104


def announce(settings: Settings, nature: str) -> None:
    """The line that says the platform is ready, and who may sign in to a demo."""
    host = reachable(settings.HOST)
    print(f"SIAP http://{f'[{host}]' if ':' in host else host}:{settings.PORT}", flush=True)
    if nature == "demo":
        print(f"Akun demo, kata sandi demo-p2k2: {', '.join(DEMO_ACCOUNTS.split())}", flush=True)


def say(line: str) -> None:
    """A line for the operator."""
    print(line, file=sys.stderr, flush=True)


def watch(children: Children, settings: Settings, nature: str, stopping: threading.Event) -> int:
    """Announce readiness, then keep the worker until the server ends or somebody stops us."""
    deadline, announced = time.monotonic() + PATIENCE_SECONDS, False
    while not stopping.wait(1 if announced else 0.2):
        if (code := children.server.poll()) is not None:
            say(f"the server ended ({code})")
            return code or 1
        if not announced and answers(settings):
            announce(settings, nature)
            announced = True
        if not announced and time.monotonic() > deadline:
            say(f"/sehat did not answer within {PATIENCE_SECONDS} s")
            return 1
        children.keep_worker(stopping)
    return 0


def main() -> int:
    """Serve until SIGTERM or SIGINT."""
    settings = from_environment()
    if settings.SQLALCHEMY_DATABASE_URI.startswith("sqlite"):
        say(f"SQLite {sqlite.version()}")
    if is_taken(settings):
        say(f"port {settings.PORT} on {settings.HOST} is taken; choose another with PORT=...")
        return 1
    nature = birth()
    stopping = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        stopping.set()

    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, stop)
    children = Children(settings)
    try:
        return watch(children, settings, nature, stopping)
    finally:
        children.stop()


if __name__ == "__main__":
    os.chdir(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    sys.exit(main())
