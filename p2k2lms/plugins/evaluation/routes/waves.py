"""Waves for evaluators: made, watched, reminded, drawn, closed."""

import re

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from p2k2lms.core import clock
from p2k2lms.plugins.evaluation import service
from p2k2lms.plugins.evaluation.forms import ExcuseForm, WaveForm
from p2k2lms.plugins.evaluation.permissions import CHANGE_WAVE, READ_WAVE
from p2k2lms.plugins.evaluation.routes.blueprint import MOST, WAVE, pages
from p2k2lms.plugins.identity import service as identity
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor


@pages.route("/evaluasi/gelombang/baru", methods=["GET", "POST"])
@requires(CHANGE_WAVE)
def new_wave() -> ResponseReturnValue:
    """Make a wave: what is asked, of whom, when."""
    form = _wave_form()
    if form.validate_on_submit():
        numbers = re.findall(r"[^\s,;]+", form.numbers.data or "")
        if made := form.agrees(lambda: service.make_wave(current_actor(), _plan(form), numbers)):
            return redirect(url_for("evaluation.wave", wave_id=made.id), 303)
    return render_template("evaluation/wave_form.html", form=form), 422 if form.is_submitted() else 200


def _wave_form() -> WaveForm:
    tried = request.args.get("versi", type=int)
    today = clock.today()
    form = WaveForm(data={"version": tried, "code": "UJI" if tried else "W3", "opens": today})
    choices = [SelectChoice(v.id, f"{v.instrument.title} v{v.number}") for v in service.askable()]
    form.version.choices = choices
    units = identity.tops_of(current_actor(), "evaluator")
    form.unit.choices = [SelectChoice(unit.id, unit.name) for unit in units]
    return form


def _plan(form: WaveForm) -> service.WavePlan:
    plain = {name: form[name].data for name in ("code", "title", "anchor", "until", "opens", "closes", "untrained")}
    return service.WavePlan(version_id=form.version.data, unit_id=form.unit.data, **plain)


@pages.get(WAVE)
@requires(READ_WAVE)
def wave(wave_id: int) -> ResponseReturnValue:
    """The response so far, and whom to remind."""
    page = service.wave_page(current_actor(), wave_id, request.args.get("kabupaten", type=int))
    return render_template("evaluation/wave.html", page=page, open=page.wave.is_open(clock.today()))


@pages.get(f"{WAVE}/tertunda")
@requires(READ_WAVE)
def unasked(wave_id: int) -> ResponseReturnValue:
    """Of whom nobody can be asked yet, and why."""
    return render_template("evaluation/unasked.html", page=service.unasked_page(current_actor(), wave_id))


@pages.post(f"{WAVE}/ingatkan")
@requires(CHANGE_WAVE)
def remind(wave_id: int) -> ResponseReturnValue:
    """Ring the bell of the silent."""
    service.remind(current_actor(), wave_id)
    return redirect(url_for("evaluation.wave", wave_id=wave_id), 303)


@pages.post(f"{WAVE}/undi")
@requires(CHANGE_WAVE)
def draw_phones(wave_id: int) -> ResponseReturnValue:
    """Draw whom to phone among the silent."""
    service.draw_phones(current_actor(), wave_id)
    return redirect(url_for("evaluation.wave", wave_id=wave_id), 303)


@pages.post(f"{WAVE}/tutup")
@requires(CHANGE_WAVE)
def close(wave_id: int) -> ResponseReturnValue:
    """Take no more answers."""
    service.close(current_actor(), wave_id)
    return redirect(url_for("evaluation.wave", wave_id=wave_id), 303)


@pages.route(f"{WAVE}/lepas/<int(max={MOST}):assignment_id>", methods=["GET", "POST"])
@requires(CHANGE_WAVE)
def excuse(wave_id: int, assignment_id: int) -> ResponseReturnValue:
    """Somebody need not answer."""
    about, name = service.to_excuse(current_actor(), wave_id, assignment_id)
    form = ExcuseForm()
    if form.validate_on_submit():
        service.excuse(current_actor(), wave_id, assignment_id, form.reason.data)
        return redirect(url_for("evaluation.wave", wave_id=wave_id), 303)
    page = render_template("evaluation/excuse.html", wave=about, name=name, form=form)
    return page, 422 if form.is_submitted() else 200
