"""The second door: after the password a code of a second phone, or setting that phone up; and caring for it."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.core import qr
from p2k2lms.core.errors import Invalid
from p2k2lms.plugins.identity import service
from p2k2lms.plugins.identity.forms import CodeForm
from p2k2lms.plugins.identity.permissions import CHANGE_SECOND_FACTOR
from p2k2lms.plugins.identity.routes.arriving import door, half, half_onward, open_here, wait
from p2k2lms.plugins.identity.routes.blueprint import pages
from p2k2lms.plugins.identity.service import second as factor
from p2k2lms.web import login
from p2k2lms.web.access import public, requires


@pages.route("/masuk/kedua", methods=["GET", "POST"])
@public
def second() -> ResponseReturnValue:
    """Ask for the code; who has no second phone yet sets it up here."""
    who = half()
    if who is None:
        return redirect(url_for("identity.sign_in"), 303)
    form = CodeForm()
    if form.validate_on_submit():
        try:
            opened, made = factor.pass_second(who, form.code.data, door())
            return _in(opened, made)
        except Invalid as refusal:
            form.refuse(refusal)
        except service.TooMany as refusal:
            return wait(refusal.seconds, "identity.second")
    enrolment = None if factor.is_enrolled(who) else factor.enrolment(who)
    picture = qr.svg(enrolment.address, quiet=4) if enrolment else ""
    page = render_template("identity/second.html", form=form, enrolment=enrolment, picture=picture)
    return page, 422 if form.errors else 200


@pages.route("/akun/kedua", methods=["GET", "POST"])
@requires(CHANGE_SECOND_FACTOR)
def second_phone() -> ResponseReturnValue:
    """One's own second phone: new recovery codes, or another phone."""
    form, actor = CodeForm(), login.current_actor()
    if form.validate_on_submit():
        try:
            if request.form.get("mau") == "ganti":
                factor.leave_second_phone(actor, form.code.data, door())
                login.end()
                return redirect(url_for("identity.sign_in"), 303)
            made = factor.new_recovery_codes(actor, form.code.data, door())
            return render_template("identity/recovery.html", codes=made, onward=url_for("identity.account"))
        except Invalid as refusal:
            form.refuse(refusal)
        except service.TooMany as refusal:
            return wait(refusal.seconds, "identity.second_phone")
    state = factor.second_state(actor)
    page = render_template("identity/second_phone.html", form=form, state=state)
    return page, 422 if form.errors else 200


def _in(opened: service.Opened, made: list[str]) -> ResponseReturnValue:
    """Open the session; who has just set the phone up sees the recovery codes, this once."""
    onward = half_onward()
    if not made:
        return open_here(opened, redirect(onward, 303))
    return open_here(opened, make_response(render_template("identity/recovery.html", codes=made, onward=onward)))
