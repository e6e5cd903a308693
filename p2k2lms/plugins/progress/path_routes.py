"""Pages: finished paths that wait for a decision, and the decision about one."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.core.errors import Invalid
from p2k2lms.plugins.progress import service, words
from p2k2lms.plugins.progress.forms import DecisionForm
from p2k2lms.plugins.progress.permissions import DECIDE_EQUIVALENCE
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor

path_pages = Blueprint("progress_paths", __name__, url_prefix="/bimbingan/keputusan")
ONE = "/<int(max=2147483647):path_id>"


@path_pages.get("")
@requires(DECIDE_EQUIVALENCE)
def waiting() -> str:
    """Finished paths without a "setara"."""
    return render_template("progress/paths.html", found=service.paths_waiting(current_actor()))


@path_pages.route(ONE, methods=["GET", "POST"])
@requires(DECIDE_EQUIVALENCE)
def decide(path_id: int) -> ResponseReturnValue:
    """One path, what speaks for it, and the decision."""
    form = DecisionForm()
    form.decision.choices = words.verdicts()
    if form.validate_on_submit():
        try:
            service.decide_path(current_actor(), path_id, form.decision.data or "", form.note.data or "")
            return redirect(url_for("progress_paths.waiting"), 303)
        except Invalid as refusal:
            form.refuse(refusal)
    case = service.path_case(current_actor(), path_id)
    page = render_template("progress/path.html", case=case, form=form, lacking=words.lacking, said=words.condition)
    return page, 422 if form.is_submitted() else 200
