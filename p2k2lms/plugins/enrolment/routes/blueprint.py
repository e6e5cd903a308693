"""The blueprint of classes, and the words that its templates share."""

import uuid
from typing import Any

from flask import Blueprint

from p2k2lms.core import clock
from p2k2lms.plugins.enrolment.values import MODES, STAFF_ROLES, STATES, STATUSES

pages = Blueprint("enrolment", __name__)
MOST = 2**31 - 1
BASE = f"/angkatan/<int(max={MOST}):angkatan_id>"


@pages.context_processor
def words() -> dict[str, Any]:
    """What modes, states and tasks are called, the day, and a fresh id for each form."""
    known = {"modes": MODES, "states": STATES, "tasks": STAFF_ROLES, "statuses": STATUSES}
    return {**known, "today": clock.today(), "sent_id": lambda: str(uuid.uuid4())}
