"""Sign in and out."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.core.errors import Invalid
from p2k2lms.plugins.identity import rules, service
from p2k2lms.plugins.identity.forms import SignInForm
from p2k2lms.plugins.identity.routes.arriving import door, enter, wait, wanted
from p2k2lms.plugins.identity.routes.blueprint import pages
from p2k2lms.plugins.identity.values import DEMO_ACCOUNTS
from p2k2lms.web import login
from p2k2lms.web.access import public


@pages.route("/masuk", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    if request.method == "GET" and login.current_actor().id is not None:
        return redirect(rules.onward(request.args.get("next")), 303)
    form = SignInForm()
    if form.validate_on_submit():
        try:
            return enter(service.sign_in(form.username.data, form.password.data, door(), form.shared.data))
        except Invalid as refusal:
            form.refuse(refusal)
        except service.TooMany as refusal:
            return wait(refusal.seconds)
    offered = [(word, DEMO_ACCOUNTS[word]) for word in service.demo_accounts()]
    page = render_template("identity/sign_in.html", form=form, onward=rules.onward(wanted()), offered=offered)
    return page, 422 if form.errors else 200


@pages.post("/masuk/contoh")
@public
def sign_in_demo() -> ResponseReturnValue:
    return enter(service.open_demo(request.form.get("akun", ""), door()))


@pages.post("/keluar")
@public
def sign_out() -> ResponseReturnValue:
    service.sign_out(login.current_token())
    login.end()
    return redirect(url_for("identity.sign_in"), 303)
