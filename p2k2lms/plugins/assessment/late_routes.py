"""Answers that came after the time of a test, for the widyaiswara who decides whether they count."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.core.errors import Invalid
from p2k2lms.plugins.assessment import service
from p2k2lms.plugins.assessment.forms import RulingForm
from p2k2lms.plugins.assessment.permissions import DECIDE_TIMING
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor

late_pages = Blueprint("assessment_late", __name__, url_prefix="/tes/waktu")


@late_pages.get("")
@requires(DECIDE_TIMING)
def index() -> ResponseReturnValue:
    """What waits for a decision."""
    found = service.late_list(current_actor(), request.args.get("setelah", 0, type=int))
    return render_template("assessment/late_list.html", found=found)


@late_pages.get("/<int:attempt_id>")
@requires(DECIDE_TIMING)
def show(attempt_id: int) -> ResponseReturnValue:
    return _show(attempt_id, RulingForm())


def _show(attempt_id: int, form: RulingForm) -> ResponseReturnValue:
    case = service.late_case(current_actor(), attempt_id)
    page = render_template("assessment/late.html", case=case, a=case.attempt, form=form)
    return page, 422 if form.errors or form.form_errors else 200


@late_pages.post("/<int:attempt_id>")
@requires(DECIDE_TIMING)
def decide(attempt_id: int) -> ResponseReturnValue:
    """Let them count or leave them out, with a reason."""
    form = RulingForm()
    if form.validate_on_submit():
        try:
            service.decide_timing(current_actor(), attempt_id, form.counted, form.reason.data or "")
            return redirect(url_for("assessment_late.show", attempt_id=attempt_id), 303)
        except Invalid as refusal:
            form.refuse(refusal)
    return _show(attempt_id, form)
