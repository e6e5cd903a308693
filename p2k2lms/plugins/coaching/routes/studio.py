"""Pages of the studio: templates of paths, and the rubric with the agreement of its raters."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import ValidationError

from p2k2lms.core import faults
from p2k2lms.core.errors import Invalid
from p2k2lms.core.i18n import _
from p2k2lms.plugins.coaching import service
from p2k2lms.plugins.coaching.forms import TemplateForm
from p2k2lms.plugins.coaching.permissions import CHANGE_TEMPLATE, LIST_TEMPLATES
from p2k2lms.plugins.coaching.routes.blueprint import MOST, pages
from p2k2lms.plugins.coaching.values import StageDef, TemplateCard
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor

EMPTY_ROWS = 2
MOST_ROWS = 22


@pages.get("/studio/jalur")
@requires(LIST_TEMPLATES)
def templates() -> str:
    """The templates that hold for one's units."""
    return render_template("coaching/templates.html", found=service.templates(current_actor()))


@pages.route(f"/studio/jalur/<int(max={MOST}):template_id>", methods=["GET", "POST"])
@requires(CHANGE_TEMPLATE)
def template(template_id: int) -> ResponseReturnValue:
    """A template with its meetings; saving makes a new version, for the own centre if it is another's."""
    card = service.template(current_actor(), template_id)
    outline = service.newest_outline(card.course)
    form = TemplateForm(name=card.name, unit_id=card.unit_id, modul=card.modul, retired=card.retired)
    form.unit_id.choices = service.units_for(current_actor())
    form.modul.choices = [("", _("Semua modul")), *((modul.id, modul.title) for modul in outline.modul)]
    rows = _rows(card)
    if request.method == "POST":
        rows = _written()
        if form.validate() and (made := _save(form, card, rows)):
            return redirect(url_for("coaching.template", template_id=made), 303)
    shown = [*rows, *[_blank()] * EMPTY_ROWS]
    page = render_template("coaching/template.html", card=card, form=form, rows=shown, outline=outline)
    return page, 422 if request.method == "POST" else 200


def _save(form: TemplateForm, card: TemplateCard, rows: list[dict[str, Any]]) -> int | None:
    try:
        stages = [StageDef.model_validate(row) for row in rows]
        plan = service.Plan(form.unit_id.data, card.course, form.name.data or "", form.modul.data or "", stages)
        return service.save(current_actor(), plan, bool(form.retired.data))
    except ValidationError as problem:
        form.form_errors.extend(fault.message for fault in faults.of(problem)[:3])
    except Invalid as refusal:
        form.refuse(refusal)
    return None


def _rows(card: TemplateCard) -> list[dict[str, Any]]:
    return [stage.model_dump() for stage in card.stages]


def _blank() -> dict[str, Any]:
    return {"title": "", "sesi": (), "practice": True, "observed": False, "minutes": 90}


def _written() -> list[dict[str, Any]]:
    """The meetings of the form; a row without a title is left out."""
    rows = []
    for n in range(1, MOST_ROWS + 1):
        if title := request.form.get(f"title-{n}", "").strip():
            told = {
                "title": title,
                "sesi": request.form.getlist(f"sesi-{n}"),
                "minutes": request.form.get(f"minutes-{n}"),
            }
            ticks = {name: f"{name}-{n}" in request.form for name in ("practice", "observed")}
            rows.append(told | ticks)
    return rows


@pages.get("/studio/rubrik")
@requires(LIST_TEMPLATES)
def rubric() -> str:
    """What is observed, in its described levels, and how far raters agree on it."""
    return render_template("coaching/rubric.html", found=service.rubrics(current_actor()))
