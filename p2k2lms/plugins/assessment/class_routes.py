"""The tests of a class for its widyaiswara: who has sat what, one paper, extra time, marking by newer keys."""

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.core.errors import Invalid
from p2k2lms.plugins.assessment import service
from p2k2lms.plugins.assessment.forms import ExtraTimeForm
from p2k2lms.plugins.assessment.permissions import CHANGE_SCORE, CHANGE_TIME, READ_ANSWERS
from p2k2lms.plugins.assessment.words import figure, flag_words, span_words
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor

class_pages = Blueprint("assessment_class", __name__, url_prefix="/tes/kelas")
class_pages.add_app_template_global(figure)
class_pages.add_app_template_global(flag_words)
class_pages.add_app_template_global(span_words)


@class_pages.get("/<int:angkatan_id>")
@requires(READ_ANSWERS)
def show(angkatan_id: int) -> ResponseReturnValue:
    return _show(angkatan_id, ExtraTimeForm())


def _show(angkatan_id: int, form: ExtraTimeForm) -> ResponseReturnValue:
    sheet = service.class_sheet(current_actor(), angkatan_id, request.args.get("setelah", default=0, type=int))
    changed = request.args.get("dinilai", type=int)
    page = render_template("assessment/class.html", sheet=sheet, form=form, changed=changed)
    return page, 422 if form.errors or form.form_errors else 200


@class_pages.get("/<int:angkatan_id>/klinik")
@requires(READ_ANSWERS)
def clinic(angkatan_id: int) -> str:
    """The items of the post-test that need mending."""
    return render_template("assessment/clinic.html", found=service.class_clinic(current_actor(), angkatan_id))


@class_pages.get("/<int:angkatan_id>/mutu")
@requires(READ_ANSWERS)
def quality(angkatan_id: int) -> str:
    """How far the tests of the class can be trusted, and what was gained."""
    return render_template("assessment/quality.html", found=service.class_tests(current_actor(), angkatan_id))


@class_pages.get("/<int:angkatan_id>/<int:enrolment_id>/<any(pre, post):purpose>")
@requires(READ_ANSWERS)
def paper(angkatan_id: int, enrolment_id: int, purpose: str) -> ResponseReturnValue:
    """A finished test of one member: what was earned and, once released, the review."""
    number = request.args.get("ke", type=int)
    found = service.class_result(current_actor(), angkatan_id, enrolment_id, purpose, number)
    response = make_response(render_template("assessment/paper.html", found=found, r=found.result))
    response.headers["Cache-Control"] = "no-store"
    return response


@class_pages.post("/<int:angkatan_id>/waktu")
@requires(CHANGE_TIME)
def extra_time(angkatan_id: int) -> ResponseReturnValue:
    """Give one person more minutes."""
    form = ExtraTimeForm()
    if form.validate_on_submit():
        try:
            service.set_extra_time(current_actor(), form.enrolment_id.data or 0, form.minutes.data or 0)
            return redirect(url_for("assessment_class.show", angkatan_id=angkatan_id), 303)
        except Invalid as refusal:
            form.refuse(refusal)
    return _show(angkatan_id, form)


@class_pages.post("/<int:angkatan_id>/nilai-ulang/<int:version_id>")
@requires(CHANGE_SCORE)
def rescore(angkatan_id: int, version_id: int) -> ResponseReturnValue:
    """Mark the tests of the class by the keys of a newer version."""
    changed = service.rescore(current_actor(), angkatan_id, version_id)
    return redirect(url_for("assessment_class.show", angkatan_id=angkatan_id, dinilai=changed), 303)
