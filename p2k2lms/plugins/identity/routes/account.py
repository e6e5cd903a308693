"""One's own account: data, devices, password, and the places that have no tab."""

from flask import redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.core import clock
from p2k2lms.core.access import has_role
from p2k2lms.core.errors import Invalid
from p2k2lms.plugins.identity import service
from p2k2lms.plugins.identity.forms import PasswordForm
from p2k2lms.plugins.identity.permissions import CHANGE_ACCOUNT, CHANGE_SECOND_FACTOR
from p2k2lms.plugins.identity.routes.arriving import door, wait
from p2k2lms.plugins.identity.routes.blueprint import pages
from p2k2lms.plugins.identity.values import RESET_NEWS, ROLES
from p2k2lms.web import login
from p2k2lms.web.access import requires
from p2k2lms.web.page import demo_band


@pages.get("/akun")
@requires(CHANGE_ACCOUNT)
def account() -> ResponseReturnValue:
    actor = login.current_actor()
    person_id = actor.id or 0
    home = service.home_unit(person_id, clock.today())
    return render_template(
        "identity/account.html",
        person=service.person(person_id),
        home=home,
        roles=[ROLES[role] for role in ROLES if role in actor.roles],
        sessions=service.open_sessions(actor, login.current_token()),
        device=login.current_device(),
        has_second=has_role(actor, CHANGE_SECOND_FACTOR),
    )


@pages.route("/akun/sandi", methods=["GET", "POST"])
@requires(CHANGE_ACCOUNT)
def change_password() -> ResponseReturnValue:
    form = PasswordForm()
    if form.validate_on_submit():
        try:
            token = login.current_token()
            service.change_password(login.current_actor(), form.current.data, form.new.data, door(), token, demo_band())
            return redirect(url_for("identity.account"), 303)
        except Invalid as refusal:
            form.refuse(refusal)
        except service.TooMany as refusal:
            return wait(refusal.seconds, "identity.account")
    return render_template("identity/password.html", form=form), 422 if form.errors else 200


@pages.post("/akun/reset/lihat")
@requires(CHANGE_ACCOUNT)
def reset_seen() -> ResponseReturnValue:
    """The news of a reset was read; it comes again at the next sign-in, three times in all."""
    session.pop(RESET_NEWS, None)
    return redirect("/", 303)
