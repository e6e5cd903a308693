"""Coming in with a code: the code first, then the password and, at the first use, name and phone."""

from flask import render_template
from flask.typing import ResponseReturnValue

from p2k2lms.core.errors import Invalid
from p2k2lms.plugins.identity import service
from p2k2lms.plugins.identity.forms import CodeForm, NewPasswordForm
from p2k2lms.plugins.identity.routes.arriving import door, enter, wait
from p2k2lms.plugins.identity.routes.blueprint import pages
from p2k2lms.web.access import public


@pages.route("/masuk/kode", methods=["GET", "POST"])
@public
def enter_code() -> ResponseReturnValue:
    """The code from a slip, or the one that was told on the phone."""
    form = CodeForm()
    if form.validate_on_submit():
        try:
            entry = service.look_at_code(form.code.data, door())
        except Invalid as refusal:
            form.refuse(refusal)
        except service.TooMany as refusal:
            return wait(refusal.seconds, "identity.enter_code")
        else:
            return _confirm(entry, NewPasswordForm(formdata=None, code=form.code.data, **_known(entry)))
    return render_template("identity/code.html", form=form), 422 if form.errors else 200


@pages.post("/masuk/kode/pakai")
@public
def use_code() -> ResponseReturnValue:
    """Set the password with a code, and go in."""
    form = NewPasswordForm()
    try:
        entry = service.look_at_code(form.code.data or "", door())
        if form.validate():
            told = service.Confirmed(form.name_on_certificate.data or "", form.phone.data or "")
            person_id = service.use_code(form.code.data or "", form.password.data, told, door())
            return enter(service.come_in(person_id, door()))
    except service.TooMany as refusal:
        return wait(refusal.seconds, "identity.enter_code")
    except Invalid as refusal:
        if refusal.field == "code":
            return _again(refusal)
        form.refuse(refusal)
    return _confirm(entry, form)


def _known(entry: service.Entry) -> dict[str, str]:
    return {"name_on_certificate": entry.person.name_on_certificate, "phone": entry.person.phone or ""}


def _again(refusal: Invalid) -> ResponseReturnValue:
    form = CodeForm(formdata=None)
    form.validate()
    form.code.errors = [str(refusal)]
    return render_template("identity/code.html", form=form), 422


def _confirm(entry: service.Entry, form: NewPasswordForm) -> ResponseReturnValue:
    page = render_template("identity/new_password.html", entry=entry, form=form)
    return page, 422 if form.errors else 200
