"""What an officer does with people: the list, a person's page, adding and changing."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.core.errors import Invalid
from p2k2lms.plugins.identity import service
from p2k2lms.plugins.identity.forms import EndForm, NewPersonForm, PersonForm, PostingForm, SupervisorForm
from p2k2lms.plugins.identity.permissions import CHANGE_PERSON, CREATE_PERSON, LIST_PEOPLE
from p2k2lms.plugins.identity.routes.blueprint import pages
from p2k2lms.plugins.identity.values import ROLES
from p2k2lms.web.access import requires
from p2k2lms.web.forms import BaseForm
from p2k2lms.web.login import current_actor


@pages.get("/kelola")
@requires(LIST_PEOPLE)
def manage() -> ResponseReturnValue:
    return render_template("identity/manage.html", tops=service.own_tops(current_actor()))


@pages.get("/kelola/orang")
@requires(LIST_PEOPLE)
def people() -> ResponseReturnValue:
    words = request.args.get("q", "")[:100]
    after = (request.args.get("sesudah", "")[:120], request.args.get("id", 0, type=int))
    page = service.people_page(current_actor(), words, after)
    return render_template("identity/people.html", page=page, words=words)


@pages.route("/kelola/orang/tambah", methods=["GET", "POST"])
@requires(CREATE_PERSON)
def add_person() -> ResponseReturnValue:
    form = NewPersonForm(unit_code=request.args.get("wilayah", "")[:20])
    told = (current_actor(), form.person(), form.posting(), form.password.data or "")
    if form.validate_on_submit():
        try:
            return redirect(url_for("identity.person", person_id=service.add_person(*told)), 303)
        except Invalid as refusal:
            form.refuse(refusal)
    elif form.is_submitted():
        form.also(service.faults_of_new(*told))
    return render_template("identity/person_form.html", form=form, person=None), 422 if form.errors else 200


@pages.get("/kelola/orang/<int:person_id>")
@requires(LIST_PEOPLE)
def person(person_id: int) -> ResponseReturnValue:
    return show(person_id)


@pages.route("/kelola/orang/<int:person_id>/ubah", methods=["GET", "POST"])
@requires(CHANGE_PERSON)
def change_person(person_id: int) -> ResponseReturnValue:
    known = service.person_data(current_actor(), person_id)
    form = PersonForm(obj=known)
    if form.validate_on_submit():
        try:
            service.change_person(current_actor(), person_id, form.person())
            return redirect(url_for("identity.person", person_id=person_id), 303)
        except Invalid as refusal:
            form.refuse(refusal)
    about = {"form": form, "person": known, "person_id": person_id}
    return render_template("identity/person_form.html", **about), 422 if form.errors else 200


@pages.post("/kelola/orang/<int:person_id>/tutup")
@requires(CHANGE_PERSON)
def close_account(person_id: int) -> ResponseReturnValue:
    service.close_account(current_actor(), person_id)
    return redirect(url_for("identity.person", person_id=person_id), 303)


@pages.post("/kelola/orang/<int:person_id>/buka")
@requires(CHANGE_PERSON)
def reopen_account(person_id: int) -> ResponseReturnValue:
    service.reopen_account(current_actor(), person_id)
    return redirect(url_for("identity.person", person_id=person_id), 303)


def show(person_id: int, row_id: int = 0, **wrong: BaseForm) -> ResponseReturnValue:
    """The page of a person; a form that was refused stands in the place of the empty one, of a list in its row."""
    sheet = service.person_sheet(current_actor(), person_id)
    forms = {name: wrong.get(name) or make(formdata=None) for name, make in FORMS.items()}
    forms["supervisor"].offer(sheet)
    about = {"sheet": sheet, "role_names": ROLES, "wrong": set(wrong), "row_id": row_id, **forms}
    page = render_template("identity/person.html", fresh=EndForm(formdata=None), **about)
    return page, 422 if wrong else 200


FORMS = {"posting": PostingForm, "supervisor": SupervisorForm, "ending": EndForm, "leaving": EndForm}
