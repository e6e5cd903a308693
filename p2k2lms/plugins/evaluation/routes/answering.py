"""What one is asked, and the sheet; one form that works without script."""

from collections.abc import Mapping
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.core.access import has_role
from p2k2lms.core.intake import receive_one
from p2k2lms.core.submissions import Answer
from p2k2lms.plugins.evaluation import service
from p2k2lms.plugins.evaluation.payload import ANSWER
from p2k2lms.plugins.evaluation.permissions import LIST_SURVEYS, READ_WAVE
from p2k2lms.plugins.evaluation.routes.blueprint import MOST, pages
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor, current_device

KEPT = ("accepted", "duplicate")


@pages.get("/evaluasi")
@requires(LIST_SURVEYS)
def index() -> ResponseReturnValue:
    """What I am asked; for an evaluator also the waves of his units."""
    actor = current_actor()
    runs = has_role(actor, READ_WAVE)
    waves, rates = service.waves(actor) if runs else ([], {})
    told = {"tasks": service.tasks(actor), "waves": waves, "rates": rates, "runs": runs}
    return render_template("evaluation/index.html", **told, titles=service.titles() if waves else {})


@pages.route(f"/evaluasi/isi/<int(max={MOST}):assignment_id>", methods=["GET", "POST"])
@requires(LIST_SURVEYS)
def fill(assignment_id: int) -> ResponseReturnValue:
    """The sheet: all its questions, one after the other."""
    page = service.sheet(current_actor(), assignment_id)
    if request.method == "GET":
        return _show(page, page.said, {})
    answer = _send(assignment_id)
    if answer.status in KEPT and page.task.assignment.respondent_id != current_actor().id:
        return redirect(url_for("evaluation.wave", wave_id=page.task.wave.id), 303)
    if answer.status in KEPT:
        return redirect(url_for("evaluation.index", terkirim=answer.receipt), 303)
    faults = {fault.field.removeprefix("payload."): fault.message for fault in answer.faults}
    return _show(page, {name: request.form.getlist(name) for name in request.form}, faults), 422


def _send(assignment_id: int) -> Answer:
    """Through the one door, as the phones send; the time of the page itself is not known without script."""
    answers = {name: request.form.getlist(name) for name in request.form if ANSWER.fullmatch(name)}
    payload: dict[str, Any] = {"assignment": assignment_id, "comment": request.form.get("comment", "")[:500]}
    sent_id = request.form.get("sent_id", "")
    return receive_one(
        current_actor(), "evaluation.reply", {**payload, **answers}, sent_id=sent_id, device=current_device()
    )


def _show(page: service.SheetPage, said: Mapping[str, list[str]], faults: dict[str, str]) -> str:
    return render_template("evaluation/sheet.html", page=page, said=said, faults=faults)
