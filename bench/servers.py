"""Starts a production server for a measurement, and reads what it cost from the operating system."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TICK = os.sysconf("SC_CLK_TCK")


class Server:
    """One gunicorn with its workers, on a port of its own, until `stop()`."""

    def __init__(self, module: str, port: int, environment: dict[str, str], probe: str = "/", workers: int = 2) -> None:
        self.port = port
        command = [sys.executable, "-m", "gunicorn", module, "--bind", f"127.0.0.1:{port}", "--workers", str(workers)]
        command += ["--worker-class", "gthread", "--threads", "4", "--no-control-socket", "--log-level", "error"]
        self.process = subprocess.Popen(command, cwd=ROOT, env=os.environ | environment)
        self._wait(probe)

    def _wait(self, probe: str) -> None:
        for _ in range(200):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}{probe}", timeout=2).read()
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("the server did not answer")

    def pids(self) -> list[int]:
        """The master and its workers."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [self.process.pid, *map(int, children)]

    def cpu_seconds(self) -> float:
        """User and system time of all its processes so far."""
        total = 0
        for pid in self.pids():
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            total += sum(map(int, fields[11:15]))
        return total / TICK

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
