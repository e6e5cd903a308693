"""Instruments: their list, their versions, and the draft that an evaluator changes question by question."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.core.access import has_role
from p2k2lms.core.errors import NotFound
from p2k2lms.plugins.evaluation import service
from p2k2lms.plugins.evaluation.forms import NewQuestionForm, PublishForm, QuestionForm
from p2k2lms.plugins.evaluation.permissions import CHANGE_INSTRUMENT, READ_INSTRUMENT, READ_WAVE
from p2k2lms.plugins.evaluation.routes.blueprint import INSTRUMENT, MOST, pages
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor

HAS = {
    "number": ("least", "most"),
    "one": ("choices",),
    "many": ("choices", "most"),
    "scale": ("least", "most", "least_label", "most_label"),
    "matrix": ("rows", "choices"),
    "text": (),
    "month": (),
}
ALWAYS = ("ask", "hint", "period", "optional", "unknown")


@pages.get("/evaluasi/instrumen")
@requires(READ_INSTRUMENT)
def instruments() -> ResponseReturnValue:
    """Every instrument by its newest version."""
    return render_template("evaluation/instruments.html", versions=service.instruments(current_actor()))


@pages.get(INSTRUMENT)
@requires(READ_INSTRUMENT)
def instrument(code: str) -> ResponseReturnValue:
    """One instrument: its questions as they stand, its versions, what the draft changes."""
    return _page(code, PublishForm())


@pages.post(f"{INSTRUMENT}/draf")
@requires(CHANGE_INSTRUMENT)
def draft(code: str) -> ResponseReturnValue:
    """Begin a draft, or go on with the one there is."""
    service.draft(current_actor(), code)
    return redirect(url_for("evaluation.instrument", code=code), 303)


@pages.post(f"{INSTRUMENT}/buang")
@requires(CHANGE_INSTRUMENT)
def discard(code: str) -> ResponseReturnValue:
    """Throw the draft away."""
    service.discard(current_actor(), code)
    return redirect(url_for("evaluation.instrument", code=code), 303)


@pages.post(f"{INSTRUMENT}/coba")
@requires(CHANGE_INSTRUMENT)
def try_out(code: str) -> ResponseReturnValue:
    """Freeze the draft for a try-out."""
    form = PublishForm(formdata=None)
    if form.agrees(lambda: service.try_out(current_actor(), code)):
        return redirect(url_for("evaluation.instrument", code=code), 303)
    return _page(code, form), 422


@pages.post(f"{INSTRUMENT}/terbit")
@requires(CHANGE_INSTRUMENT)
def publish(code: str) -> ResponseReturnValue:
    """Let new waves ask this version."""
    form = PublishForm()
    said = (form.note.data, form.typo.data, form.warned.data)
    if form.validate_on_submit() and form.agrees(lambda: service.publish(current_actor(), code, *said)):
        return redirect(url_for("evaluation.instrument", code=code), 303)
    return _page(code, form), 422


@pages.route(f"{INSTRUMENT}/butir/<question>", methods=["GET", "POST"])
@requires(CHANGE_INSTRUMENT)
def question(code: str, question: str) -> ResponseReturnValue:
    """Change one question of the draft."""
    page = service.instrument_page(current_actor(), code)
    asked = next((q for q in page.newest.instrument.questions if q.code == question), None)
    if asked is None or page.newest.frozen:
        raise NotFound("question")
    has = (*ALWAYS, *HAS[asked.kind])
    form = QuestionForm() if request.method == "POST" else QuestionForm.of(asked)
    if form.validate_on_submit() and form.agrees(
        lambda: service.change_question(current_actor(), code, question, form.said(has))
    ):
        return redirect(url_for("evaluation.instrument", code=code, _anchor=question), 303)
    return _form(form, code, has, asked), 422 if form.is_submitted() else 200


@pages.route(f"{INSTRUMENT}/butir-baru", methods=["GET", "POST"])
@requires(CHANGE_INSTRUMENT)
def new_question(code: str) -> ResponseReturnValue:
    """Add a question to the draft."""
    page = service.instrument_page(current_actor(), code)
    if page.newest.frozen:
        raise NotFound("draft")
    form = NewQuestionForm()
    has = (*ALWAYS, "rows", "choices", "least", "most", "least_label", "most_label")
    if form.validate_on_submit() and form.agrees(lambda: service.add_question(current_actor(), code, _new(form))):
        return redirect(url_for("evaluation.instrument", code=code, _anchor=form.code.data), 303)
    return _form(form, code, has, None), 422 if form.is_submitted() else 200


@pages.post(f"{INSTRUMENT}/butir/<question>/hapus")
@requires(CHANGE_INSTRUMENT)
def remove_question(code: str, question: str) -> ResponseReturnValue:
    """Take a question out of the draft."""
    form = PublishForm(formdata=None)
    if form.agrees(lambda: service.remove_question(current_actor(), code, question)):
        return redirect(url_for("evaluation.instrument", code=code), 303)
    return _page(code, form), 422


@pages.get(f"{INSTRUMENT}/uji/<int(max={MOST}):version_id>")
@requires(CHANGE_INSTRUMENT)
def trial(code: str, version_id: int) -> ResponseReturnValue:
    """What the try-out of a version tells."""
    return render_template("evaluation/trial.html", page=service.trial_page(current_actor(), code, version_id))


def _new(form: NewQuestionForm) -> dict[str, Any]:
    kind = form.kind.data
    said = {**form.said((*ALWAYS, *HAS[kind])), "kind": kind, "code": form.code.data.strip()}
    return {name: value for name, value in said.items() if value is not None}


def _page(code: str, form: PublishForm) -> str:
    page = service.instrument_page(current_actor(), code)
    may_change = has_role(current_actor(), CHANGE_INSTRUMENT)
    reads = has_role(current_actor(), READ_WAVE)
    told = {"may_change": may_change, "reads_waves": reads, "has_line": service.has_line}
    return render_template("evaluation/instrument.html", page=page, form=form, **told)


def _form(form: QuestionForm, code: str, has: Any, asked: Any) -> str:
    return render_template("evaluation/question_form.html", form=form, code=code, has=has, asked=asked)
