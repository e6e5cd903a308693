"""Starts servers and senders out of a process that has read the source once; each lives and dies as one of its own."""

import multiprocessing
import os
import sys
from multiprocessing.context import ForkServerContext

from gunicorn.app import wsgiapp

from bench.servers import ROOT, Server


def source() -> ForkServerContext:
    """Where processes come from that know the platform already."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tools.soak"])
    return context


class ForkedServer(Server):
    """A server that begins without reading the source again."""

    def _begun(self, command: list[str], environment: dict[str, str]):
        return Forked(command, environment)


class Forked:
    """A gunicorn, spoken to like one of `subprocess.Popen`; ended at the latest with the process that began it."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self._process = source().Process(target=_serve, args=(command, environment), daemon=True)
        self._process.start()
        self.pid: int = self._process.pid or 0

    def poll(self) -> int | None:
        """How it ended; None while it lives."""
        return self._process.exitcode

    def wait(self, seconds: float) -> None:
        """Wait until it is gone; TimeoutError if it does not go."""
        self._process.join(seconds)
        if self._process.is_alive():
            raise TimeoutError(f"process {self.pid} goes on")

    def send_signal(self, number: int) -> None:
        """As the operating system does it."""
        os.kill(self.pid, number)


def _serve(command: list[str], environment: dict[str, str]) -> None:
    os.chdir(ROOT)
    os.environ.update(environment)
    sys.argv = command[command.index("gunicorn") :]
    wsgiapp.run()
