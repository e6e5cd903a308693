"""Pages of classes: lists, one of them, its plan, members, staff, and the open door."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.core.access import has_role
from p2k2lms.core.errors import Invalid
from p2k2lms.core.i18n import _
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.enrolment import rules, service
from p2k2lms.plugins.enrolment.forms import MembersForm, NewForm, PlanForm, StaffForm, choices
from p2k2lms.plugins.enrolment.permissions import (
    CHANGE_ANGKATAN,
    CREATE_ANGKATAN,
    JOIN_ANGKATAN,
    LIST_ANGKATAN,
    READ_ANGKATAN,
)
from p2k2lms.plugins.enrolment.routes.blueprint import BASE, MOST, pages
from p2k2lms.web.access import requires
from p2k2lms.web.language import back
from p2k2lms.web.login import current_actor


def _from(name: str) -> int | None:
    """Where a page of a long list begins; what is no id begins it anew."""
    wanted = request.args.get(name, type=int)
    return wanted if wanted is not None and 0 < wanted <= MOST else None


@pages.get("/angkatan")
@requires(LIST_ANGKATAN)
def index() -> ResponseReturnValue:
    """Staff see the classes they run; everybody sees his own classes and the doors open to him."""
    actor = current_actor()
    before = _from("sebelum")
    runs = service.trains(actor, before) if has_role(actor, READ_ANGKATAN) else []
    own = service.own_classes(actor)
    return render_template(
        "enrolment/index.html",
        runs=runs,
        own=own,
        doors=[door for door in service.open_doors(actor) if door.id not in {c.angkatan.id for c in own}],
        titles={version.course: version.title for version in catalogue.courses()},
        later=min(c.id for c in runs) if len(runs) == service.MOST_CLASSES else None,
        may_create=has_role(actor, CREATE_ANGKATAN),
    )


@pages.route("/angkatan/baru", methods=["GET", "POST"])
@requires(CREATE_ANGKATAN)
def new() -> ResponseReturnValue:
    form = NewForm()
    form.course.choices = choices({version.course: version.title for version in catalogue.courses()})
    form.centre.choices = choices({unit.id: unit.name for unit in service.centres_of(current_actor())})
    earlier = {card.id: card.name for card in service.trains(current_actor())}
    form.copy_from.choices = choices({0: _("Tidak menyalin"), **earlier})
    if form.validate_on_submit():
        try:
            wanted = (form.course.data, form.centre.data, form.plan())
            made = service.make(current_actor(), *wanted, form.copy_from.data or None)
            return redirect(url_for("enrolment.show", angkatan_id=made.id), 303)
        except Invalid as refusal:
            form.refuse(refusal)
    return render_template("enrolment/plan.html", form=form, angkatan=None), 422 if form.is_submitted() else 200


@pages.get(BASE)
@requires(READ_ANGKATAN)
def show(angkatan_id: int) -> ResponseReturnValue:
    roster = service.roster(current_actor(), angkatan_id, _from("setelah") or 0)
    version = catalogue.version(roster.angkatan.version_id)
    prepared = service.prepared(angkatan_id)
    waits = service.waiting(current_actor(), angkatan_id) if prepared.waiting else []
    return render_template(
        "enrolment/show.html",
        roster=roster,
        angkatan=roster.angkatan,
        version=version,
        prepared=prepared,
        waits=waits,
        subjects=len(catalogue.subjects(roster.angkatan.version_id)),
    )


@pages.route(f"{BASE}/ubah", methods=["GET", "POST"])
@requires(CHANGE_ANGKATAN)
def change(angkatan_id: int) -> ResponseReturnValue:
    angkatan = service.angkatan_to_change(current_actor(), angkatan_id)
    form = PlanForm(obj=angkatan)
    if form.validate_on_submit():
        try:
            service.change(current_actor(), angkatan_id, form.plan())
            return redirect(url_for("enrolment.show", angkatan_id=angkatan_id), 303)
        except Invalid as refusal:
            form.refuse(refusal)
    return render_template("enrolment/plan.html", form=form, angkatan=angkatan), 422 if form.is_submitted() else 200


@pages.post(f"{BASE}/pintu")
@requires(CHANGE_ANGKATAN)
def door(angkatan_id: int) -> ResponseReturnValue:
    service.set_door(current_actor(), angkatan_id, request.form.get("pintu") == "buka")
    return redirect(url_for("enrolment.show", angkatan_id=angkatan_id), 303)


@pages.route(f"{BASE}/peserta", methods=["GET", "POST"])
@requires(CHANGE_ANGKATAN)
def add_members(angkatan_id: int) -> ResponseReturnValue:
    actor = current_actor()
    angkatan = service.angkatan_to_change(actor, angkatan_id)
    unit_code = request.args.get("unit", "")
    ticked = [int(text) for text in request.form.getlist("people") if text.isdecimal() and len(text) < 12]
    form = MembersForm()
    if form.validate_on_submit():
        try:
            service.enrol_numbers(actor, angkatan_id, ticked, rules.numbers_in(form.numbers.data or ""))
            return redirect(url_for("enrolment.show", angkatan_id=angkatan_id), 303)
        except Invalid as refusal:
            form.refuse(refusal)
    choice = service.candidates(actor, angkatan, unit_code, _from("setelah") or 0)
    return render_template(
        "enrolment/members.html", form=form, angkatan=angkatan, choice=choice, asked=unit_code, ticked=set(ticked)
    ), 422 if form.is_submitted() else 200


@pages.post(f"{BASE}/peserta/<int(max={MOST}):enrolment_id>/keluar")
@requires(CHANGE_ANGKATAN)
def withdraw(angkatan_id: int, enrolment_id: int) -> ResponseReturnValue:
    service.withdraw(current_actor(), angkatan_id, enrolment_id)
    return redirect(url_for("enrolment.show", angkatan_id=angkatan_id), 303)


@pages.route(f"{BASE}/petugas", methods=["GET", "POST"])
@requires(CHANGE_ANGKATAN)
def add_staff(angkatan_id: int) -> ResponseReturnValue:
    angkatan = service.angkatan_to_change(current_actor(), angkatan_id)
    form = StaffForm()
    if form.validate_on_submit():
        try:
            service.add_staff(current_actor(), angkatan_id, form.number.data.strip(), form.role.data)
            return redirect(url_for("enrolment.show", angkatan_id=angkatan_id), 303)
        except Invalid as refusal:
            form.refuse(refusal)
    return render_template("enrolment/staff.html", form=form, angkatan=angkatan), 422 if form.is_submitted() else 200


@pages.post(f"{BASE}/petugas/<int(max={MOST}):person_id>/keluar")
@requires(CHANGE_ANGKATAN)
def remove_staff(angkatan_id: int, person_id: int) -> ResponseReturnValue:
    service.remove_staff(current_actor(), angkatan_id, person_id)
    return redirect(url_for("enrolment.show", angkatan_id=angkatan_id), 303)


@pages.post(f"{BASE}/gabung")
@requires(JOIN_ANGKATAN)
def join(angkatan_id: int) -> ResponseReturnValue:
    """Walk in, and go on where the page with the door says."""
    service.join(current_actor(), angkatan_id)
    return redirect(back(), 303)
