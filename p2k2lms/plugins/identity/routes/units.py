"""The tree of units for an officer: walk it, add to it, choose settings."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.core import settings
from p2k2lms.core.errors import Invalid
from p2k2lms.plugins.identity import service
from p2k2lms.plugins.identity.forms import UnitForm
from p2k2lms.plugins.identity.permissions import CHANGE_SETTING, CREATE_UNIT, LIST_UNITS
from p2k2lms.plugins.identity.routes.blueprint import pages
from p2k2lms.plugins.identity.values import LEVELS, ZONES
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor


@pages.get("/kelola/wilayah/<int:unit_id>")
@requires(LIST_UNITS)
def unit(unit_id: int) -> ResponseReturnValue:
    card = service.unit_for_officer(current_actor(), unit_id)
    below, more = service.children(current_actor(), unit_id, request.args.get("sesudah", "")[:20])
    above = service.units(card.lineage[1:])
    about = {
        "unit": card,
        "above": [above[ancestor] for ancestor in reversed(card.lineage[1:])],
        "children": below,
        "later": below[-1].kemendagri_code if more else "",
        "levels": LEVELS,
        "zones": ZONES,
    }
    return render_template("identity/unit.html", **about)


@pages.route("/kelola/wilayah/<int:unit_id>/tambah", methods=["GET", "POST"])
@requires(CREATE_UNIT)
def add_unit(unit_id: int) -> ResponseReturnValue:
    card = service.unit_for_officer(current_actor(), unit_id)
    form = UnitForm(parent_code=card.kemendagri_code)
    if form.validate_on_submit():
        try:
            made = service.add_unit(current_actor(), form.unit())
            return redirect(url_for("identity.unit", unit_id=made), 303)
        except Invalid as refusal:
            form.refuse(refusal)
    return render_template("identity/unit_form.html", form=form, unit=card), 422 if form.errors else 200


@pages.route("/kelola/wilayah/<int:unit_id>/pengaturan", methods=["GET", "POST"])
@requires(CHANGE_SETTING)
def unit_settings(unit_id: int) -> ResponseReturnValue:
    card = service.unit_for_officer(current_actor(), unit_id)
    own, in_force = service.settings_of(current_actor(), unit_id)
    faults: dict[str, str] = {}
    if request.method == "POST":
        own = {key: request.form.get(key, "").strip()[:500] for key in settings.declared()}
        try:
            service.choose_settings(current_actor(), unit_id, own)
            return redirect(url_for("identity.unit_settings", unit_id=unit_id), 303)
        except Invalid as refusal:
            faults = {fault.field: fault.message for fault in refusal.faults}
    about = {"unit": card, "declared": settings.declared().values(), "groups": settings.groups()}
    about |= {"own": own, "in_force": in_force}
    return render_template("identity/settings.html", **about, faults=faults), 422 if faults else 200
