"""The pages of a test: the list, one question, the map, handing in, and the result."""

import uuid
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.core.errors import Conflict, Invalid
from p2k2lms.core.submissions import Answer
from p2k2lms.plugins.assessment import service
from p2k2lms.plugins.assessment.forms import SkipForm
from p2k2lms.plugins.assessment.permissions import CREATE_ATTEMPT
from p2k2lms.plugins.assessment.service.answering import FormSent
from p2k2lms.plugins.assessment.words import day_there, hour, number, title_of, typed
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor, current_device

pages = Blueprint("assessment", __name__, url_prefix="/tes")
pages.add_app_template_filter(number, "points")
pages.add_app_template_filter(typed)
pages.add_app_template_filter(hour, "hour")
pages.add_app_template_filter(day_there, "day_there")
pages.add_app_template_global(title_of, "test_title")
KEPT = ("accepted", "duplicate")


@pages.get("")
@requires(CREATE_ATTEMPT)
def index() -> ResponseReturnValue:
    return render_template("assessment/index.html", tests=service.own_tests(current_actor()))


@pages.post("/mulai/<int:enrolment_id>/<purpose>")
@pages.post("/mulai/<int:enrolment_id>/<purpose>/<sesi>")
@requires(CREATE_ATTEMPT)
def start(enrolment_id: int, purpose: str, sesi: str = "") -> ResponseReturnValue:
    """Begin, or go on with what was begun."""
    begun = service.begin(current_actor(), enrolment_id, purpose, sesi)
    if begun.fresh:
        return _to(begun.attempt_id, 1)
    return redirect(url_for("assessment.sit", attempt_id=begun.attempt_id), 303)


@pages.get("/mulai/<int:enrolment_id>/<purpose>")
@requires(CREATE_ATTEMPT)
def ready(enrolment_id: int, purpose: str) -> ResponseReturnValue:
    """What waits behind "Mulai tes"; who has begun goes on."""
    found = service.ready(current_actor(), enrolment_id, purpose)
    if found.running:
        return redirect(url_for("assessment.sit", attempt_id=found.running), 303)
    return _fresh(render_template("assessment/ready.html", r=found))


@pages.route("/lewati/<int:enrolment_id>", methods=["GET", "POST"])
@requires(CREATE_ATTEMPT)
def skip(enrolment_id: int) -> ResponseReturnValue:
    """Do without the pre-test, with a reason."""
    form = SkipForm()
    if form.validate_on_submit():
        try:
            course = service.skip_pre(current_actor(), enrolment_id, form.said)
            return redirect(f"/belajar/{course}", 303)
        except Invalid as refusal:
            form.refuse(refusal)
    page = render_template("assessment/skip.html", form=form, enrolment_id=enrolment_id)
    return page, 422 if form.errors or form.form_errors else 200


@pages.get("/<int:attempt_id>")
@requires(CREATE_ATTEMPT)
def sit(attempt_id: int) -> ResponseReturnValue:
    """One question; without a number, the first that has no answer yet."""
    asked = request.args.get("soal", type=int)
    if asked is None:
        sheet = service.overview(current_actor(), attempt_id)
        return _elsewhere(sheet) or _to(attempt_id, service.first_open(sheet.places))
    sheet = service.question(current_actor(), attempt_id, asked)
    return _elsewhere(sheet) or _page("question", sheet)


@pages.post("/<int:attempt_id>/jawab")
@requires(CREATE_ATTEMPT)
def answer(attempt_id: int) -> ResponseReturnValue:
    """An answer without script: kept, then on to where the pressed button leads."""
    here = request.args.get("soal", default=1, type=int)
    fields = request.form.to_dict(flat=False)
    if _says_something(fields):
        item, device = request.form.get("item", ""), current_device()
        sent = FormSent(request.form.get("sent_id", ""), device)
        kept = service.send_answer(current_actor(), attempt_id, item, fields, sent)
        if kept.status not in KEPT:
            return _refused(attempt_id, here, kept)
    goes = request.form.get("sent_go", "")
    if goes in ("peta", "semua", "kumpulkan"):
        return redirect(f"{url_for('assessment.sit', attempt_id=attempt_id)}/{goes}", 303)
    return _to(attempt_id, int(goes) if goes.isascii() and goes.isdigit() and len(goes) < 5 else here)


def _says_something(fields: dict[str, list[str]]) -> bool:
    """False for a question that was only looked at: nothing chosen, nothing marked, and nothing before."""
    chosen = any(name.startswith("answer") and any(values) for name, values in fields.items())
    return chosen or "doubtful" in fields or "sent_before" in fields


def _refused(attempt_id: int, here: int, kept: Answer) -> ResponseReturnValue:
    sheet = service.question(current_actor(), attempt_id, here)
    return _elsewhere(sheet) or _page("question", sheet, 422, faults=[fault.message for fault in kept.faults])


@pages.get("/<int:attempt_id>/peta")
@requires(CREATE_ATTEMPT)
def overview(attempt_id: int) -> ResponseReturnValue:
    """Answered, unanswered, doubtful, and still on the phone."""
    sheet = service.overview(current_actor(), attempt_id)
    here = request.args.get("soal", default=0, type=int)
    return _elsewhere(sheet) or _page("map", sheet, here=here)


@pages.get("/<int:attempt_id>/semua")
@requires(CREATE_ATTEMPT)
def everything(attempt_id: int) -> ResponseReturnValue:
    """Every question on one page, for who prefers that."""
    sheet = service.whole(current_actor(), attempt_id)
    return _elsewhere(sheet) or _page("whole", sheet)


@pages.get("/<int:attempt_id>/kumpulkan")
@requires(CREATE_ATTEMPT)
def ask_to_finish(attempt_id: int) -> ResponseReturnValue:
    """Names what has no answer before it is too late."""
    sheet = service.overview(current_actor(), attempt_id)
    return _elsewhere(sheet) or _page("finish", sheet)


@pages.post("/<int:attempt_id>/kumpulkan")
@requires(CREATE_ATTEMPT)
def finish(attempt_id: int) -> ResponseReturnValue:
    """Hand in without script."""
    sent = FormSent(request.form.get("sent_id", ""), current_device())
    kept = service.send_finish(current_actor(), attempt_id, sent)
    if kept.status not in KEPT:
        raise Conflict(" ".join(fault.message for fault in kept.faults))
    return redirect(url_for("assessment.result", attempt_id=attempt_id), 303)


@pages.get("/<int:attempt_id>/hasil")
@requires(CREATE_ATTEMPT)
def result(attempt_id: int) -> ResponseReturnValue:
    """What was earned, and, once released, why."""
    return _fresh(render_template("assessment/result.html", r=service.result(current_actor(), attempt_id)))


def _elsewhere(sheet: service.Sheet) -> ResponseReturnValue | None:
    """A test that is handed in has no questions any more, only its result."""
    if sheet.attempt.finished_at is None:
        return None
    return redirect(url_for("assessment.result", attempt_id=sheet.attempt.id), 303)


def _to(attempt_id: int, asked: int) -> ResponseReturnValue:
    return redirect(url_for("assessment.sit", attempt_id=attempt_id, soal=asked), 303)


def _page(name: str, sheet: service.Sheet, status: int = 200, **about: Any) -> ResponseReturnValue:
    template = "over" if sheet.attempt.is_over else name
    page = render_template(f"assessment/{template}.html", sheet=sheet, a=sheet.attempt, sent_id=_new_id, **about)
    return _fresh(page, status)


def _new_id() -> str:
    return str(uuid.uuid4())


def _fresh(page: str, status: int = 200) -> Response:
    """Never out of the browser's memory: going back shows the answer that stands now."""
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    return response
