"""What is held because it came in another's name or from a closed account: an admin of the unit decides."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.core.errors import Conflict, Invalid
from p2k2lms.plugins.identity import service
from p2k2lms.plugins.identity.permissions import DECIDE_SUBMISSION
from p2k2lms.plugins.identity.routes.blueprint import MOST, pages
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor


@pages.get("/kelola/kiriman")
@requires(DECIDE_SUBMISSION)
def held() -> ResponseReturnValue:
    """What waits."""
    return _list()


@pages.post(f"/kelola/kiriman/<int(max={MOST}):key>")
@requires(DECIDE_SUBMISSION)
def decide_submission(key: int) -> ResponseReturnValue:
    """Take it, or say why not; what its own rules refuse is told here too."""
    approve = request.form.get("putusan") == "terima"
    try:
        answer = service.decide_submission(current_actor(), key, approve, request.form.get("reason", "")[:300])
    except (Invalid, Conflict) as refusal:
        return _list(key, str(refusal)), 422
    told = [fault.message for fault in answer.faults] if approve else []
    return _list(told=told) if told else redirect(url_for("identity.held"), 303)


def _list(about: int = 0, fault: str = "", told: list[str] | None = None) -> str:
    cards = service.held_submissions(current_actor())
    said = {"cards": cards, "about": about, "fault": fault, "told": told or []}
    return render_template("identity/held.html", **said, reason=request.form.get("reason", ""))
