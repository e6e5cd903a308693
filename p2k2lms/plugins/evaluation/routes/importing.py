"""The sheets of earlier years: alumni with their certificates, and the answers to a form; looked through, then kept."""

from collections.abc import Sequence

from flask import Response, make_response, render_template
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from p2k2lms.core import workbook
from p2k2lms.core.workbook import Cell
from p2k2lms.plugins.evaluation import service
from p2k2lms.plugins.evaluation.forms import OldAnswersForm, SheetForm
from p2k2lms.plugins.evaluation.permissions import CHANGE_WAVE
from p2k2lms.plugins.evaluation.routes.blueprint import MOST, pages
from p2k2lms.plugins.identity import service as identity
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor

ALUMNI, ANSWERS = "/evaluasi/impor/alumni", "/evaluasi/impor/jawaban"


@pages.route(ALUMNI, methods=["GET", "POST"])
@requires(CHANGE_WAVE)
def old_alumni() -> ResponseReturnValue:
    """Alumni of before the platform, as finished classes."""
    form, found = SheetForm(), None
    if form.validate_on_submit():
        found = form.agrees(lambda: service.import_alumni(current_actor(), form.rows(), form.keep.data))
    page = render_template("evaluation/import_alumni.html", form=form, found=found)
    return page, 422 if form.is_submitted() and found is None else 200


@pages.route(ANSWERS, methods=["GET", "POST"])
@requires(CHANGE_WAVE)
def old_answers() -> ResponseReturnValue:
    """The answers to a form of before, as a wave that is over."""
    form, found = OldAnswersForm(), None
    form.version.choices = [SelectChoice(v.id, f"{v.instrument.title} v{v.number}") for v in service.askable()]
    form.unit.choices = [SelectChoice(unit.id, unit.name) for unit in identity.tops_of(current_actor(), "evaluator")]
    if form.validate_on_submit():
        found = form.agrees(lambda: service.import_answers(current_actor(), _about(form), form.rows(), form.keep.data))
    page = render_template("evaluation/import_answers.html", form=form, found=found)
    return page, 422 if form.is_submitted() and found is None else 200


def _about(form: OldAnswersForm) -> service.OldWave:
    plain = {name: form[name].data for name in ("title", "opens", "closes")}
    return service.OldWave(version_id=form.version.data, unit_id=form.unit.data, **plain)


@pages.get(f"{ALUMNI}.csv")
@requires(CHANGE_WAVE)
def alumni_template() -> ResponseReturnValue:
    """The sheet of alumni to fill in."""
    return _sheet(service.alumni_template(), "alumni")


@pages.get(f"{ANSWERS}/<int(max={MOST}):version_id>.csv")
@requires(CHANGE_WAVE)
def answers_template(version_id: int) -> ResponseReturnValue:
    """The sheet of answers to fill in."""
    return _sheet(service.answers_template(version_id), "jawaban")


def _sheet(rows: Sequence[Sequence[Cell]], name: str) -> Response:
    answer = make_response(b"".join(workbook.as_csv(rows)))
    answer.headers["Content-Type"] = "text/csv; charset=utf-8"
    answer.headers["Content-Disposition"] = f'attachment; filename="templat-{name}.csv"'
    return answer
