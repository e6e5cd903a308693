"""What an admin does about data rights: answers requests within three days, reads minutes, logs breaches."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.core import retention
from p2k2lms.core.errors import Conflict, Invalid
from p2k2lms.core.i18n import _
from p2k2lms.plugins.identity import service
from p2k2lms.plugins.identity.forms_rights import BreachForm, RefusalForm
from p2k2lms.plugins.identity.permissions import CHANGE_BREACH, DECIDE_ERASURE
from p2k2lms.plugins.identity.routes.blueprint import pages
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor


@pages.get("/kelola/hak")
@requires(DECIDE_ERASURE)
def rights_office() -> ResponseReturnValue:
    asked = service.requests(current_actor())
    labels = {one.key: one.label for one in retention.classes()}
    return render_template(
        "identity/rights_office.html",
        waiting=[card for card in asked if card.ended_at is None],
        answered=[card for card in asked if card.ended_at is not None],
        minutes=retention.minutes(),
        labels=labels,
    )


@pages.route("/kelola/hak/<int:request_id>", methods=["GET", "POST"])
@requires(DECIDE_ERASURE)
def decide_erasure(request_id: int) -> ResponseReturnValue:
    """Say no, with a reason."""
    actor, form = current_actor(), RefusalForm()
    card = service.request_for_officer(actor, request_id)
    if form.validate_on_submit():
        try:
            service.refuse_erasure(actor, request_id, form.reason.data or "")
            return redirect(url_for("identity.rights_office"), 303)
        except Invalid as refusal:
            form.refuse(refusal)
    return _decision(card, form, "", 422 if form.errors else 200)


@pages.post("/kelola/hak/<int:request_id>/jalankan")
@requires(DECIDE_ERASURE)
def carry_out_erasure(request_id: int) -> ResponseReturnValue:
    """Say yes, and do it."""
    actor = current_actor()
    card = service.request_for_officer(actor, request_id)
    if request.form.get("sure") != "1" and not service.is_on_duty(card):
        said = _("Pastikan dahulu orangnya, lalu beri tanda.")
        return _decision(card, RefusalForm(formdata=None), said, 422)
    try:
        service.carry_out(actor, request_id)
    except Conflict as refusal:
        return _decision(card, RefusalForm(formdata=None), str(refusal), 409)
    return redirect(url_for("identity.rights_office"), 303)


def _decision(card: service.RequestCard, form: RefusalForm, said: str, status: int) -> ResponseReturnValue:
    on_duty = service.is_on_duty(card)
    return render_template("identity/erasure.html", card=card, form=form, said=said, on_duty=on_duty), status


@pages.route("/kelola/insiden", methods=["GET", "POST"])
@requires(CHANGE_BREACH)
def breaches() -> ResponseReturnValue:
    actor, form = current_actor(), BreachForm()
    if form.validate_on_submit():
        try:
            service.log_breach(actor, form.breach())
            return redirect(url_for("identity.breaches"), 303)
        except Invalid as refusal:
            form.refuse(refusal)
    known = service.breaches(actor)
    return render_template("identity/breaches.html", form=form, breaches=known), 422 if form.errors else 200


@pages.post("/kelola/insiden/<int:breach_id>/diberitahu/<whom>")
@requires(CHANGE_BREACH)
def breach_told(breach_id: int, whom: str) -> ResponseReturnValue:
    service.note_told(current_actor(), breach_id, whom)
    return redirect(url_for("identity.breaches"), 303)
