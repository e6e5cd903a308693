"""Give a person a role or a supervisor, and end it."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.core.errors import Invalid
from p2k2lms.plugins.identity import service
from p2k2lms.plugins.identity.forms import EndForm, PostingForm, SupervisorForm
from p2k2lms.plugins.identity.permissions import CHANGE_POSTING, CHANGE_SUPERVISION
from p2k2lms.plugins.identity.routes.blueprint import pages
from p2k2lms.plugins.identity.routes.people import show
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor


def _back(person_id: int) -> ResponseReturnValue:
    return redirect(url_for("identity.person", person_id=person_id), 303)


@pages.post("/kelola/orang/<int:person_id>/penugasan")
@requires(CHANGE_POSTING)
def add_posting(person_id: int) -> ResponseReturnValue:
    form = PostingForm()
    if form.validate_on_submit():
        try:
            service.post_person(current_actor(), person_id, form.posting())
            return _back(person_id)
        except Invalid as refusal:
            form.refuse(refusal)
    return show(person_id, posting=form)


@pages.post("/kelola/orang/<int:person_id>/penugasan/<int:posting_id>/akhiri")
@requires(CHANGE_POSTING)
def end_posting(person_id: int, posting_id: int) -> ResponseReturnValue:
    form = EndForm()
    if form.validate_on_submit():
        try:
            service.end_posting(current_actor(), posting_id, form.valid_to.data, form.end_reason.data or "")
            return _back(person_id)
        except Invalid as refusal:
            form.refuse(refusal)
    return show(person_id, posting_id, ending=form)


@pages.post("/kelola/orang/<int:person_id>/supervisor")
@requires(CHANGE_SUPERVISION)
def assign_supervisor(person_id: int) -> ResponseReturnValue:
    form = SupervisorForm()
    if form.validate_on_submit():
        try:
            supervisor_id = request.form.get("supervisor_id", 0, type=int)
            service.assign_supervisor(current_actor(), person_id, supervisor_id, form.valid_from.data)
            return _back(person_id)
        except Invalid as refusal:
            form.refuse(refusal)
    return show(person_id, supervisor=form)


@pages.post("/kelola/orang/<int:person_id>/supervisor/<int:supervision_id>/akhiri")
@requires(CHANGE_SUPERVISION)
def end_supervision(person_id: int, supervision_id: int) -> ResponseReturnValue:
    form = EndForm()
    if form.validate_on_submit():
        try:
            service.end_supervision(current_actor(), supervision_id, form.valid_to.data)
            return _back(person_id)
        except Invalid as refusal:
            form.refuse(refusal)
    return show(person_id, supervision_id, leaving=form)
