"""The blueprint of evaluation and the words that all its pages use."""

import uuid
from typing import Any

from flask import Blueprint

from p2k2lms.plugins.evaluation import values

pages = Blueprint("evaluation", __name__)
MOST = 2**31 - 1
INSTRUMENT = "/evaluasi/instrumen/<code>"
WAVE = f"/evaluasi/gelombang/<int(max={MOST}):wave_id>"


@pages.context_processor
def words() -> dict[str, Any]:
    """What states, classes and reasons are called, and a fresh id for each sheet."""
    return {"words": values, "sent_id": lambda: str(uuid.uuid4())}
