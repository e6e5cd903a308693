"""Everything that can be checked without running the tests: `make check`; says what failed, and how long each took."""

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTHON = sys.executable
CHECKS = {
    "format": [PYTHON, "-m", "ruff", "format", "--check", "."],
    "lint": [PYTHON, "-m", "ruff", "check", "."],
    "types": [PYTHON, "-m", "mypy"],
    "import contracts": [PYTHON, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-logo"],
    "templates": [PYTHON, "-m", "djlint", "templates", "--lint", "--quiet"],
    "translations": [PYTHON, "tools/texts.py", "--check"],
    "courses": [PYTHON, "-m", "flask", "--app", "app", "courses", "check"],
}


def main() -> int:
    """Run each check, show the output of those that fail."""
    failed = []
    for name, command in CHECKS.items():
        began = time.monotonic()
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
        passed = done.returncode == 0
        print(f"{name:<18}{'ok' if passed else 'FAILED':<8}{time.monotonic() - began:5.1f} s", flush=True)
        if not passed:
            failed.append(name)
            print(done.stdout + done.stderr, flush=True)
    print(f"check: {', '.join(failed)} failed" if failed else "check: all well")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
