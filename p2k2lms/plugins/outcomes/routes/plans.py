"""Pages of the link between training and field: plans for who evaluates, what they came to for who reads along."""

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from p2k2lms.core.errors import Conflict, Invalid
from p2k2lms.plugins.identity import service as identity
from p2k2lms.plugins.outcomes import link_pictures, link_words, service
from p2k2lms.plugins.outcomes.forms import PlanForm
from p2k2lms.plugins.outcomes.permissions import CREATE_RELEASE, READ_PLAN, RUN_PLAN
from p2k2lms.plugins.outcomes.routes.blueprint import MOST, pages
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor

PLAN, RESULT = (f"/{place}/<int(max={MOST}):plan_id>" for place in ("rencana", "hubungan"))


@pages.get("/rencana")
@requires(RUN_PLAN)
def plans() -> str:
    """The plans, each with its last verdict."""
    return _list("outcomes.plan")


@pages.get("/hubungan")
@requires(READ_PLAN)
def results() -> str:
    """The same for who reads along and lays down none."""
    return _list("outcomes.result")


def _list(page: str) -> str:
    actor = current_actor()
    return render_template(
        "outcomes/plans.html", plans=service.plans(actor), may=service.may_register(actor), page=page, words=link_words
    )


@pages.route("/rencana/baru", methods=["GET", "POST"])
@requires(RUN_PLAN)
def new_plan() -> ResponseReturnValue:
    """Lay down a plan; what is sent is frozen."""
    form = _form()
    if form.validate_on_submit():
        try:
            made = service.register(current_actor(), form.plan(), form.unit.data)
            return redirect(url_for("outcomes.plan", plan_id=made), 303)
        except Invalid as refusal:
            form.refuse(refusal)
        except Conflict as refusal:
            form.form_errors.append(str(refusal))
    return render_template("outcomes/plan_form.html", form=form), 422 if form.is_submitted() else 200


def _form() -> PlanForm:
    form = PlanForm(data=PlanForm.usual(service.this_month()))
    form.unit.choices = [SelectChoice(u.id, u.name) for u in identity.tops_of(current_actor(), "evaluator")]
    return form


@pages.get(PLAN)
@requires(RUN_PLAN)
def plan(plan_id: int) -> str:
    """What a plan came to: the verdict, its doubts before its figures, and what would change it."""
    return _report(plan_id, "outcomes.plans")


@pages.get(RESULT)
@requires(READ_PLAN)
def result(plan_id: int) -> str:
    """The same for who reads along."""
    return _report(plan_id, "outcomes.results")


def _report(plan_id: int, up: str) -> str:
    found = service.plan(current_actor(), plan_id)
    drawn = link_pictures.of(found) if found.run else None
    frozen = service.releases(plan_id)
    return render_template(
        "outcomes/plan.html", found=found, drawn=drawn, frozen=frozen, words=link_words, asked=request.args, up=up
    )


@pages.post(f"{PLAN}/hitung")
@requires(RUN_PLAN)
def run_plan(plan_id: int) -> ResponseReturnValue:
    """Compute it again on what is known now."""
    service.ask_for_run(current_actor(), plan_id)
    return redirect(url_for("outcomes.plan", plan_id=plan_id, diminta=1), 303)


@pages.post(f"{PLAN}/rilis")
@requires(CREATE_RELEASE)
def create_release(plan_id: int) -> ResponseReturnValue:
    """Freeze the last month of the cube; a month that is frozen stays as it is."""
    service.release(current_actor(), plan_id)
    return redirect(url_for("outcomes.plan", plan_id=plan_id), 303)


@pages.post(f"{PLAN}/rilis/<int(max={MOST}):release_id>/umumkan")
@requires(CREATE_RELEASE)
def publish_release(plan_id: int, release_id: int) -> ResponseReturnValue:
    """Let anybody read what of a frozen month may be read by all."""
    service.publish(current_actor(), plan_id, release_id)
    return redirect(url_for("outcomes.public_release", release_id=release_id), 303)


@pages.get(f"{PLAN}/rilis/<int(max={MOST}):release_id>.zip")
@requires(CREATE_RELEASE)
def release_file(plan_id: int, release_id: int) -> ResponseReturnValue:
    """The file of a release."""
    card, content = service.release_file(current_actor(), plan_id, release_id)
    name = f"rilis-{plan_id}-{card.month:%Y-%m}.zip"
    return Response(
        content, mimetype="application/zip", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
