"""What every kept proof says of itself, so that a stranger can make it again."""

import subprocess
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "proofs"


def about(command: str, seed: int | str) -> dict[str, int | str]:
    """The commit that was measured, the seed, the command and the day (UTC)."""
    git = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True)
    return {"commit": git.stdout.strip(), "seed": seed, "command": command, "date": f"{datetime.now(UTC):%F}"}
