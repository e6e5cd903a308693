"""The blueprint of the field, and the words that its templates share."""

import uuid
from typing import Any

from flask import Blueprint

from p2k2lms.core import clock
from p2k2lms.plugins.fieldwork.routes import phone_words
from p2k2lms.plugins.fieldwork.rules.members import is_unusual

pages = Blueprint("fieldwork", __name__, url_prefix="/lapangan")
MOST = 2**31 - 1
GROUP = f"/<int(max={MOST}):group_id>"


@pages.context_processor
def shared() -> dict[str, Any]:
    """The closed lists by name, the day here and where a group meets, and a fresh id for each form."""
    page = {"today": clock.today(), "today_in": clock.today, "is_unusual": is_unusual}
    own = {"take_words": phone_words.take_words, "sent_id": lambda: str(uuid.uuid4())}
    return phone_words.shared() | page | own
