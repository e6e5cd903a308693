"""Asks the advisories of a package index about every locked version: `make audit`, or `tools/audit.py --service osv`.

Needs the network. Ends with one sentence: 0 when every version was asked about and none is named, 1 when one is, 2 when
some could not be asked about, which is no clean bill.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import venv
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LOCK = "requirements/core.lock"
QUIET = ("--disable-pip-version-check", "-q", "-q")


def main(arguments: list[str]) -> int:
    """Install the auditor apart from the program, ask, and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--service", choices=("pypi", "osv"), default="pypi", help="whose advisories")
    service = parser.parse_args(arguments).service
    with tempfile.TemporaryDirectory() as home:
        venv.create(home, with_pip=True)
        python = str(Path(home) / "bin" / "python")
        installed = subprocess.run([python, "-m", "pip", "install", *QUIET, "pip-audit~=2.10"], check=False)
        if installed.returncode:
            return told("pip-audit could not be installed from the package index at hand.", 2)
        ask = [python, "-m", "pip_audit", "--no-deps", "--disable-pip", "-f", "json", "--progress-spinner", "off"]
        found = subprocess.run([*ask, "-s", service, "-r", LOCK], cwd=ROOT, check=False, capture_output=True, text=True)
    try:
        report = json.loads(found.stdout)
    except ValueError:
        why = (found.stderr.strip().splitlines() or ["no answer"])[-1]
        return told(f"the advisories of {service} could not be asked: {why[:200]}", 2)
    return told(*verdict(report, service))


def verdict(report: dict[str, Any], service: str) -> tuple[str, int]:
    """What a report of pip-audit comes to, in a sentence, and the code to exit with."""
    parts = report["dependencies"]
    asked = [part for part in parts if "skip_reason" not in part]
    named = [f"{p['name']} {p['version']} ({', '.join(v['id'] for v in p['vulns'])})" for p in asked if p["vulns"]]
    head = f"{len(asked)} of {len(parts)} locked versions were asked about at {service}"
    if named:
        return f"{head}; named: {'; '.join(named)}", 1
    if len(asked) < len(parts):
        left = next(part for part in parts if "skip_reason" in part)
        return f"{head}; the rest could not be, the first because: {left['skip_reason']}", 2
    return f"{head}; none is named", 0


def told(sentence: str, code: int) -> int:
    """Say it with the day, for the table in docs/security.md."""
    print(f"audit {datetime.now(UTC):%Y-%m-%d}: {sentence}")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
