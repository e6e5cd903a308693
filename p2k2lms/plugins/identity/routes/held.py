"""What is held because it came in another's name or from a closed account: an admin of the unit decides."""

from collections.abc import Sequence

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.core.errors import Conflict, Invalid
from p2k2lms.plugins.identity import service
from p2k2lms.plugins.identity.permissions import DECIDE_SUBMISSION
from p2k2lms.plugins.identity.routes.blueprint import MOST, pages
from p2k2lms.plugins.identity.rules import LONGEST_REFUSAL
from p2k2lms.plugins.identity.service.held import why_refused
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor


@pages.get("/kelola/kiriman")
@requires(DECIDE_SUBMISSION)
def held() -> ResponseReturnValue:
    """What waits, a page at a time; above it what the rules said of what was to be taken a moment ago."""
    refused = request.args.get("ditolak", type=int)
    told = why_refused(current_actor(), refused) if refused and refused <= MOST else []
    return _list(request.args.get("setelah", 0, type=int), told=told)


@pages.post(f"/kelola/kiriman/<int(max={MOST}):key>")
@requires(DECIDE_SUBMISSION)
def decide_submission(key: int) -> ResponseReturnValue:
    """Take it, or say why not; then on with the page on which it stood."""
    approve, after = request.form.get("putusan") == "terima", request.form.get("setelah", 0, type=int)
    try:
        answer = service.decide_submission(current_actor(), key, approve, request.form.get("reason", ""))
    except Invalid as refusal:
        return _list(after, key, str(refusal)), 422
    except Conflict as refusal:
        return _list(after, key, str(refusal)), 409
    told = key if approve and answer.status == "rejected" else None
    return redirect(url_for("identity.held", setelah=after or None, ditolak=told), 303)


def _list(after: int, about: int = 0, fault: str = "", told: Sequence[str] = ()) -> str:
    page = service.held_submissions(current_actor(), max(0, min(after, MOST)))
    refused = {"about": about, "fault": fault, "reason": request.form.get("reason", "")}
    said = {"page": page, "told": told, "longest": LONGEST_REFUSAL}
    return render_template("identity/held.html", **said, refused=refused)
