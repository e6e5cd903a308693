"""Pages: one's own coaching, a path and its meetings, who coaches, and how a unit stands."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.core import clock
from p2k2lms.core.errors import Invalid, NotFound
from p2k2lms.core.i18n import _
from p2k2lms.plugins.coaching import service
from p2k2lms.plugins.coaching.forms import ActionForm, CoachForm, OutcomeForm
from p2k2lms.plugins.coaching.permissions import (
    CHANGE_ASSIGNMENT,
    CREATE_PATH,
    LIST_COVERAGE,
    READ_COACHING,
    READ_PATH,
)
from p2k2lms.plugins.coaching.routes.blueprint import KEPT, MOST, PATH, STAGE, faults_of, pages, send
from p2k2lms.plugins.coaching.values import StageCard
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor


@pages.get("/bimbingan")
@requires(READ_COACHING)
def index() -> str:
    """Own paths, people coached, and who asks for a coach."""
    return render_template("coaching/index.html", desk=service.desk(current_actor()))


@pages.post(f"/bimbingan/mulai/<int(max={MOST}):template_id>")
@requires(CREATE_PATH)
def begin(template_id: int) -> ResponseReturnValue:
    """Begin at once."""
    return redirect(url_for("coaching.path", path_id=service.begin(current_actor(), template_id)), 303)


@pages.post("/bimbingan/bersedia")
@requires(READ_COACHING)
def agree() -> ResponseReturnValue:
    """Say that one will coach peers, or take it back."""
    service.agree(current_actor(), request.form.get("ya") == "1")
    return redirect(url_for("coaching.index"), 303)


@pages.get(PATH)
@requires(READ_PATH)
def path(path_id: int) -> str:
    """One path with its meetings."""
    return render_template("coaching/path.html", view=service.view(current_actor(), path_id))


@pages.post(f"{PATH}/berhenti")
@requires(READ_PATH)
def stop(path_id: int) -> ResponseReturnValue:
    service.stop(current_actor(), path_id)
    return redirect(url_for("coaching.index"), 303)


@pages.get(STAGE)
@requires(READ_PATH)
def stage(path_id: int, number: int) -> ResponseReturnValue:
    """One meeting of a path: what to do, by whom, and what stands."""
    return _stage_page(path_id, number)


@pages.post(f"{STAGE}/catatan")
@requires(READ_PATH)
def reflect(path_id: int, number: int) -> ResponseReturnValue:
    """The learner's own words."""
    return _sent(path_id, number, "reflection", {"text": request.form.get("text", "")})


@pages.post(f"{STAGE}/selesai")
@requires(READ_PATH)
def sign(path_id: int, number: int) -> ResponseReturnValue:
    """One side says that the meeting is done."""
    return _sent(path_id, number, "signoff", {"side": request.form.get("side", "")})


def _sent(path_id: int, number: int, kind: str, payload: dict[str, Any]) -> ResponseReturnValue:
    answer = send(kind, {"path": path_id, "stage": number} | payload)
    if answer.status in KEPT:
        return redirect(url_for("coaching.stage", path_id=path_id, number=number), 303)
    return _stage_page(path_id, number, faults_of(answer)), 422


def _stage_page(path_id: int, number: int, faults: dict[str, str] | None = None) -> str:
    view = service.view(current_actor(), path_id, agreed=False)
    return render_template("coaching/stage.html", view=view, stage=_stage_of(view, number), faults=faults or {})


def _stage_of(view: service.PathView, number: int) -> StageCard:
    found = next((stage for stage in view.stages if stage.number == number), None)
    if found is None:
        raise NotFound("stage")
    return found


@pages.route(f"{PATH}/tindakan", methods=["GET", "POST"])
@requires(READ_PATH)
def agree_on(path_id: int) -> ResponseReturnValue:
    """What is agreed on this path, until when."""
    form = ActionForm()
    if form.validate_on_submit():
        try:
            service.agree_on(current_actor(), path_id, (form.text.data or "").strip(), form.due_on.data)
            return redirect(url_for("coaching.agree_on", path_id=path_id), 303)
        except Invalid as refusal:
            form.refuse(refusal)
    return _actions(path_id, form)


@pages.post(f"{PATH}/tindakan/<int(max={MOST}):action_id>")
@requires(READ_PATH)
def settle(path_id: int, action_id: int) -> ResponseReturnValue:
    """What came of an agreement."""
    form = OutcomeForm()
    if form.validate_on_submit():
        service.settle(current_actor(), path_id, action_id, (form.outcome.data or "").strip())
        return redirect(url_for("coaching.agree_on", path_id=path_id), 303)
    return _actions(path_id, ActionForm(formdata=None), form, action_id)


def _actions(path_id: int, form: ActionForm, outcome: OutcomeForm | None = None, about: int = 0) -> ResponseReturnValue:
    view = service.view(current_actor(), path_id)
    page = render_template("coaching/actions.html", view=view, form=form, outcome=outcome, about=about)
    return page, 422 if request.method == "POST" else 200


@pages.route(f"{PATH}/pembimbing", methods=["GET", "POST"])
@requires(CHANGE_ASSIGNMENT)
def coach(path_id: int) -> ResponseReturnValue:
    """Who coaches this path, from a day on: the supervisor, or a peer who agreed."""
    seat = service.seat(current_actor(), path_id)
    form = CoachForm(from_day=clock.today())
    form.coach_id.choices = seat.choices
    if form.validate_on_submit():
        try:
            service.assign(current_actor(), path_id, form.coach_id.data, form.from_day.data)
            return redirect(url_for("coaching.path", path_id=path_id), 303)
        except Invalid as refusal:
            form.refuse(refusal)
    page = render_template("coaching/coach.html", seat=seat, form=form)
    return page, 422 if request.method == "POST" else 200


@pages.get("/bimbingan/cakupan")
@requires(LIST_COVERAGE)
def coverage() -> str:
    """How many of a unit are prepared, by class or path, and how long the others wait."""
    now = {"di_kelas": _("sedang di kelas"), "berjalan": _("sedang di jalur"), "belum": _("belum")}
    found = service.coverage(current_actor(), request.args.get("wilayah", ""))
    ways = {"kelas": _("lewat kelas"), "jalur": _("lewat jalur")} | now
    return render_template("coaching/coverage.html", found=found, ways=ways)
