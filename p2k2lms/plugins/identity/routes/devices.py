"""Ending sessions: one's own devices, for the password shown again; those of a person, by an officer."""

from collections.abc import Callable

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.core.errors import Invalid
from p2k2lms.plugins.identity import service
from p2k2lms.plugins.identity.forms import AgainForm
from p2k2lms.plugins.identity.permissions import CHANGE_ACCOUNT, CHANGE_PERSON
from p2k2lms.plugins.identity.routes.arriving import door, wait
from p2k2lms.plugins.identity.routes.blueprint import pages
from p2k2lms.plugins.identity.values import SessionCard
from p2k2lms.web import login
from p2k2lms.web.access import requires


@pages.route("/akun/perangkat/<int:session_id>/keluar", methods=["GET", "POST"])
@requires(CHANGE_ACCOUNT)
def revoke_session(session_id: int) -> ResponseReturnValue:
    actor = login.current_actor()
    card = service.own_session(actor, session_id)
    return _ask_again(lambda typed: service.revoke_session(actor, session_id, typed, door()), card)


@pages.route("/akun/perangkat/lain/keluar", methods=["GET", "POST"])
@requires(CHANGE_ACCOUNT)
def revoke_others() -> ResponseReturnValue:
    actor, token = login.current_actor(), login.current_token()
    return _ask_again(lambda typed: service.revoke_others(actor, typed, door(), token))


@pages.post("/kelola/orang/<int:person_id>/keluarkan")
@requires(CHANGE_PERSON)
def end_sessions(person_id: int) -> ResponseReturnValue:
    service.end_sessions(login.current_actor(), person_id)
    return redirect(url_for("identity.person", person_id=person_id), 303)


def _ask_again(end: Callable[[str], None], card: SessionCard | None = None) -> ResponseReturnValue:
    """Ask for the password, then end what is named: one device, or without a card all others."""
    form = AgainForm()
    if form.validate_on_submit():
        try:
            end(form.current.data)
            return redirect(url_for("identity.account"), 303)
        except Invalid as refusal:
            form.refuse(refusal)
        except service.TooMany as refusal:
            return wait(refusal.seconds, "identity.account")
    return render_template("identity/end_sessions.html", form=form, card=card), 422 if form.errors else 200
