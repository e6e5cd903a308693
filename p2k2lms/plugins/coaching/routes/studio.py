"""Pages of the studio: templates of paths, and the rubric with the agreement of its raters."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import ValidationError

from p2k2lms.core import faults
from p2k2lms.core.errors import Conflict, Invalid, NotFound
from p2k2lms.core.i18n import _, lazy
from p2k2lms.plugins.coaching import service
from p2k2lms.plugins.coaching.forms import TemplateForm
from p2k2lms.plugins.coaching.permissions import CHANGE_TEMPLATE, LIST_TEMPLATES
from p2k2lms.plugins.coaching.routes.blueprint import MOST, pages
from p2k2lms.plugins.coaching.values import StageDef, TemplateCard
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor

TEMPLATE = f"/studio/jalur/<int(max={MOST}):template_id>"
ACTS = {"ajukan": service.hand_in, "setujui": service.approve, "kembalikan": service.send_back}
STATES = {"draft": lazy("naskah"), "review": lazy("menunggu persetujuan"), "published": lazy("ditawarkan")}
EMPTY_ROWS = 2
MOST_ROWS = 22


@pages.get("/studio/jalur")
@requires(LIST_TEMPLATES)
def templates() -> str:
    """The templates that hold for one's units."""
    found = service.templates(current_actor())
    return render_template("coaching/templates.html", found=found, places=service.places(found), states=STATES)


@pages.route(TEMPLATE, methods=["GET", "POST"])
@requires(CHANGE_TEMPLATE)
def template(template_id: int) -> ResponseReturnValue:
    """A template with its meetings; saving makes a draft of a new version, for the own centre if it is another's."""
    return _template(template_id)


@pages.post(f"{TEMPLATE}/<do>")
@requires(CHANGE_TEMPLATE)
def publish_template(template_id: int, do: str) -> ResponseReturnValue:
    """A version is handed in, approved by a second person, or given back."""
    act = ACTS.get(do)
    if act is None:
        raise NotFound("no such step")
    try:
        act(current_actor(), template_id)
    except Conflict as refusal:
        return _template(template_id, str(refusal))
    return redirect(url_for("coaching.template", template_id=template_id, langkah=do), 303)


def _template(template_id: int, message: str = "") -> ResponseReturnValue:
    work = service.at_work(current_actor(), template_id)
    card = work.card
    outline = service.newest_outline(card.course)
    form = TemplateForm(name=card.name, unit_id=card.unit_id, modul=card.modul, retired=card.retired)
    form.unit_id.choices = service.units_for(current_actor())
    form.modul.choices = [("", _("Semua modul")), *((modul.id, modul.title) for modul in outline.modul)]
    rows = _rows(card)
    saving = request.method == "POST" and not message
    seen, late = work.newest.number, False
    if saving:
        rows = _written()
        try:
            if form.validate() and (made := _save(form, template_id, rows)):
                return redirect(url_for("coaching.template", template_id=made, simpan=1), 303)
            seen = request.form.get("seen", default=seen, type=int)
        except Conflict as refusal:
            message, late = str(refusal), isinstance(refusal, service.Overtaken)
    shown = [*rows, *[_blank()] * EMPTY_ROWS]
    told = {"work": work, "card": card, "message": message, "states": STATES, "seen": seen, "late": late}
    page = render_template("coaching/template.html", form=form, rows=shown, outline=outline, **told)
    return page, 409 if message else 422 if saving else 200


def _save(form: TemplateForm, template_id: int, rows: list[dict[str, Any]]) -> int | None:
    try:
        stages = [StageDef.model_validate(row) for row in rows]
        said = (form.unit_id.data, form.name.data or "", form.modul.data or "", stages, bool(form.retired.data))
        return service.save(current_actor(), template_id, service.Plan(*said), request.form.get("seen", 0, type=int))
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
