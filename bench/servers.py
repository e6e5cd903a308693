"""Starts a production server for a measurement, and reads what it cost from the operating system."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NANO = 1e-9
WAIT_SECONDS = 180  # a machine may be busy with other things


class Server:
    """One gunicorn with its workers, on a port of its own, until `stop()`; `others` work for it (a database)."""

    def __init__(
        self,
        module: str,
        port: int,
        environment: dict[str, str],
        *,
        probe: str = "/",
        workers: int = 2,
        others: Callable[[], Iterable[int]] = tuple,
    ) -> None:
        self.port = port
        self._others = others
        command = [sys.executable, "-m", "gunicorn", module, "--bind", f"127.0.0.1:{port}", "--workers", str(workers)]
        # a worker is never renewed here: --max-requests stays off
        command += ["--worker-class", "gthread", "--threads", "4", "--no-control-socket", "--log-level", "error"]
        self.process = self._begun(command, environment)
        self._wait(probe)

    def _begun(self, command: list[str], environment: dict[str, str]):
        return subprocess.Popen(command, cwd=ROOT, env=os.environ | environment)

    def _wait(self, probe: str) -> None:
        until = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < until and self.process.poll() is None:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}{probe}", timeout=5).read()
                return
            except OSError:
                time.sleep(0.1)
        self.kill()
        raise RuntimeError("the server did not answer")

    def kill(self) -> None:
        """The master and all its workers at once, in the middle of whatever they do."""
        for pid in reversed(self.pids() if self.process.poll() is None else []):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait(20)

    def pids(self) -> list[int]:
        """The master and its workers."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [self.process.pid, *map(int, children)]

    def cpu_seconds(self) -> float:
        """Processor time so far, of all its threads and of those who work for it."""
        return sum(map(cpu_seconds, [*self.pids(), *self._others()]))

    def worker_bytes(self) -> int:
        """The largest proportional set size of a worker."""
        sizes = []
        for pid in self.pids()[1:]:
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    sizes.append(int(line.split()[1]) * 1024)
        return max(sizes)

    def stop(self) -> None:
        """End it and wait until it is gone."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)


def cpu_seconds(pid: int) -> float:
    """Processor time of one process, from the scheduler: /proc/<pid>/stat counts in steps as long as ten requests."""
    threads = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((thread / "schedstat").read_text().split()[0]) for thread in threads) * NANO


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
