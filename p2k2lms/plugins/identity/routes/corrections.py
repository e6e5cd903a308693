"""Own data that are wrong: asked by the person, decided by an admin of the unit."""

from dataclasses import replace

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.core.errors import Invalid
from p2k2lms.plugins.identity import service
from p2k2lms.plugins.identity.forms import OwnDataForm
from p2k2lms.plugins.identity.permissions import APPROVE_CORRECTION, CHANGE_ACCOUNT
from p2k2lms.plugins.identity.routes.blueprint import pages
from p2k2lms.plugins.identity.values import SHEET_COLUMNS
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor


@pages.route("/akun/perbaikan", methods=["GET", "POST"])
@requires(CHANGE_ACCOUNT)
def ask_correction() -> ResponseReturnValue:
    known, waiting = service.own_data(current_actor())
    form = OwnDataForm(obj=known)
    if form.validate_on_submit():
        try:
            service.ask_correction(current_actor(), replace(form.person(), pkh_id=known.pkh_id))
            return redirect(url_for("identity.ask_correction"), 303)
        except Invalid as refusal:
            form.refuse(refusal)
    about = {"form": form, "waiting": waiting, "columns": SHEET_COLUMNS}
    return render_template("identity/own_data.html", **about), 422 if form.errors or form.form_errors else 200


@pages.get("/kelola/perbaikan")
@requires(APPROVE_CORRECTION)
def corrections() -> ResponseReturnValue:
    return _list()


@pages.post("/kelola/perbaikan/<int:correction_id>")
@requires(APPROVE_CORRECTION)
def decide_correction(correction_id: int) -> ResponseReturnValue:
    approve = request.form.get("putusan") == "setuju"
    try:
        service.decide_correction(current_actor(), correction_id, approve, request.form.get("reason", "")[:300])
    except Invalid as refusal:
        return _list(correction_id, str(refusal)), 422
    return redirect(url_for("identity.corrections"), 303)


def _list(about: int = 0, fault: str = "") -> str:
    cards = service.open_corrections(current_actor())
    said = {"cards": cards, "columns": SHEET_COLUMNS, "about": about, "fault": fault}
    return render_template("identity/corrections.html", **said, reason=request.form.get("reason", ""))
