"""Set-up on a machine where one is not root: it says what is missing and how to get it, and changes nothing."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def set_up(folder: Path, purpose: str) -> subprocess.CompletedProcess[str]:
    """Run it as nobody in particular, on a machine that has Python and hardly anything else."""
    folder.mkdir()
    for name in ("bash", "dirname", "cat"):
        (folder / name).symlink_to(shutil.which(name) or name)
    (folder / "python3").symlink_to(sys.executable)
    (folder / "id").write_text("#!/bin/sh\necho 1000\n")
    (folder / "id").chmod(0o755)
    command = [folder / "bash", ROOT / "tools/setup.sh", purpose]
    return subprocess.run(command, env={"PATH": str(folder)}, capture_output=True, text=True, check=False)


def test_without_root_it_names_the_missing_packages_and_the_command_that_brings_them(tmp_path):
    before = os.stat(ROOT / ".venv").st_mtime
    done = set_up(tmp_path / "bin", "test")
    missing = done.stderr.partition("packages are missing: ")[2].splitlines()[0].split()
    assert {"chromium-headless-shell", "redis-server", "poppler-utils"} <= set(missing)
    assert f"sudo apt-get install --no-install-recommends {' '.join(missing)}" in done.stderr
    assert (done.returncode, done.stdout) == (1, "")
    assert os.stat(ROOT / ".venv").st_mtime == before
