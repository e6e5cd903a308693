"""Runs the tests with the databases that they need: `make test`, or `python tools/test.py tests/core -x`.

What Python compiled is kept, whatever the surroundings say: each process of the tests, servers and commands that they
start among them, would compile the whole source again. What is made once in a run for all of its processes lies in
TEST_KEPT: compiled templates, the demo.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import services

ROOT = Path(__file__).resolve().parents[1]
PLUGINS = ("xdist", "hypothesispytest", "rerunfailures", "tools.layers")  # by name: loading all installed is slow


def main(arguments: list[str]) -> int:
    """Run pytest in three processes, as journeys wait half their time; in one when only a few are asked for."""
    plugins = [part for name in PLUGINS for part in ("-p", name)]
    spread = [] if arguments else ["-n", "3", "--dist", "loadfile", "--no-loadscope-reorder", "--durations=10"]
    with services.running() as addresses, tempfile.TemporaryDirectory(prefix="p2k2-kept-") as kept:
        own = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment = own | addresses | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "TEST_KEPT": kept}
        command = [sys.executable, "-m", "pytest", "-q", "-rfER", *plugins, *spread, *arguments]
        return subprocess.run(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
