"""Pages of groups: mine, a new one, one of them, its families, and into other hands."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from p2k2lms.core import clock
from p2k2lms.core.errors import Invalid
from p2k2lms.plugins.fieldwork import service
from p2k2lms.plugins.fieldwork.forms import GroupForm
from p2k2lms.plugins.fieldwork.permissions import CREATE_GROUP, READ_DESK, READ_GROUP
from p2k2lms.plugins.fieldwork.routes.blueprint import GROUP, pages
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor, current_device

KEPT = ("accepted", "duplicate")


@pages.get("")
@requires(READ_DESK)
def index() -> ResponseReturnValue:
    """My groups, or the people in my care with theirs."""
    after = request.args.get("setelah", 0, type=int)
    return render_template("fieldwork/index.html", desk=service.desk(current_actor(), after))


@pages.route("/kelompok/baru", methods=["GET", "POST"])
@requires(CREATE_GROUP)
def new_group() -> ResponseReturnValue:
    places = service.places_for(current_actor())
    here = clock.today(places[0].zone) if places else clock.today()
    form = GroupForm(since=here.replace(day=1))
    form.unit_id.choices = [SelectChoice(unit.id, unit.name) for unit in places]
    if form.validate_on_submit():
        try:
            made = service.add_group(current_actor(), form.data_of_group())
            return redirect(url_for("fieldwork.show", group_id=made), 303)
        except Invalid as refusal:
            form.refuse(refusal)
    return render_template("fieldwork/group_form.html", form=form), 422 if form.is_submitted() else 200


@pages.get(GROUP)
@requires(READ_GROUP)
def show(group_id: int) -> ResponseReturnValue:
    joined = request.args.get("dari", 0, type=int)
    return render_template("fieldwork/group.html", page=service.group_page(current_actor(), group_id, joined))


@pages.get(f"{GROUP}/nama")
@requires(READ_GROUP)
def family_names(group_id: int) -> ResponseReturnValue:
    """The families by number, with what they are called: written and kept on the phone alone."""
    return render_template("fieldwork/names.html", card=service.group(current_actor(), group_id))


@pages.route(f"{GROUP}/anggota", methods=["GET", "POST"])
@requires(READ_GROUP)
def roster(group_id: int) -> ResponseReturnValue:
    """Families came or went."""
    actor, faults = current_actor(), dict[str, str]()
    card = service.group(actor, group_id)
    if request.method == "POST":
        said: dict[str, Any] = {n: request.form.get(n, "") for n in ("on_day", "change", "count", "numbers")}
        sent = service.FormSent(request.form.get("sent_id", ""), current_device())
        payload = {**said, "group": group_id, "back": "back" in request.form}
        answer = service.send(actor, "fieldwork.roster", payload, sent)
        if answer.status in KEPT:
            return redirect(url_for("fieldwork.show", group_id=group_id), 303)
        faults = {fault.field.removeprefix("payload."): fault.message for fault in answer.faults}
    page = render_template("fieldwork/roster.html", card=card, faults=faults, ledger=service.ledger(group_id))
    return page, 422 if faults else 200
