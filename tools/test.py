"""Runs the tests with the databases that they need: `make test`, or `python tools/test.py tests/core -x`."""

import os
import subprocess
import sys
from pathlib import Path

import services

ROOT = Path(__file__).resolve().parents[1]
PLUGINS = ("xdist", "hypothesispytest", "rerunfailures", "tools.layers")  # by name: loading all installed is slow


def main(arguments: list[str]) -> int:
    """Run pytest in three processes, as journeys wait half their time; in one when only a few are asked for."""
    plugins = [part for name in PLUGINS for part in ("-p", name)]
    spread = [] if arguments else ["-n", "3", "--dist", "loadfile", "--no-loadscope-reorder", "--durations=10"]
    with services.running() as addresses:
        environment = os.environ | addresses | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
        command = [sys.executable, "-m", "pytest", "-q", "-rfER", *plugins, *spread, *arguments]
        return subprocess.run(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
