"""Pages that arrange groups: into other hands, put together, divided."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from p2k2lms.core import clock
from p2k2lms.core.errors import Invalid
from p2k2lms.core.i18n import counted
from p2k2lms.plugins.fieldwork import service
from p2k2lms.plugins.fieldwork.forms import HandOverForm, MergeForm, PhoneForm, SplitForm
from p2k2lms.plugins.fieldwork.permissions import CHANGE_CUSTODY, CHANGE_GROUP, READ_HAND_OVER
from p2k2lms.plugins.fieldwork.routes.blueprint import GROUP, MOST, pages
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor

HAND_OVER = f"/serah/<int(max={MOST}):hand_over_id>"


@pages.route(f"{GROUP}/serah", methods=["GET", "POST"])
@requires(CHANGE_CUSTODY)
def hand_over(group_id: int) -> ResponseReturnValue:
    """Into other hands, from a day on."""
    actor = current_actor()
    card = service.group(actor, group_id)
    left = service.left_by(card)
    form = HandOverForm(
        **{"to": left.person_id, "from_day": left.valid_to} if left else {"from_day": clock.today(card.zone)}
    )
    form.to.choices = [SelectChoice(person.id, person.name) for person in service.takers(actor, card)]
    if form.validate_on_submit():
        try:
            made = service.hand_over(actor, group_id, form.to.data, form.from_day.data)
            return redirect(url_for("fieldwork.handed", hand_over_id=made), 303)
        except Invalid as refusal:
            form.refuse(refusal)
    page = render_template("fieldwork/hand_over.html", form=form, card=card, left=left)
    return page, 422 if form.is_submitted() else 200


@pages.route(HAND_OVER, methods=["GET", "POST"])
@requires(READ_HAND_OVER)
def handed(hand_over_id: int) -> ResponseReturnValue:
    """What the server has and what the phone still keeps, side by side."""
    actor, form = current_actor(), PhoneForm()
    if form.validate_on_submit():
        try:
            service.tell_phone(actor, hand_over_id, form.on_phone.data)
            return redirect(url_for("fieldwork.handed", hand_over_id=hand_over_id), 303)
        except Invalid as refusal:
            form.refuse(refusal)
    page = render_template("fieldwork/handed.html", page=service.handed(actor, hand_over_id), form=form)
    return page, 422 if form.is_submitted() else 200


@pages.route(f"{GROUP}/gabung", methods=["GET", "POST"])
@requires(CHANGE_GROUP)
def merge(group_id: int) -> ResponseReturnValue:
    """The families of this group go to another, and it ends."""
    actor = current_actor()
    card = service.changeable(actor, group_id)
    form, near = MergeForm(from_day=clock.today(card.zone)), service.neighbours(actor, card)
    desa = service.desa_of(near)
    form.into.choices = [
        SelectChoice(c.id, ", ".join((c.name, desa[c.id], counted("%(n)s keluarga", c.members)))) for c in near
    ]
    if form.validate_on_submit():
        try:
            service.merge(actor, group_id, form.into.data, form.from_day.data)
            return redirect(url_for("fieldwork.show", group_id=form.into.data, dari=group_id), 303)
        except Invalid as refusal:
            form.refuse(refusal)
    page = render_template("fieldwork/merge.html", form=form, card=card)
    return page, 422 if form.is_submitted() else 200


@pages.route(f"{GROUP}/bagi", methods=["GET", "POST"])
@requires(CHANGE_GROUP)
def split(group_id: int) -> ResponseReturnValue:
    """Some of the families become a group of their own."""
    actor = current_actor()
    card = service.changeable(actor, group_id)
    form = SplitForm(from_day=clock.today(card.zone), members=card.members // 2)
    if form.validate_on_submit():
        try:
            made = service.split(actor, group_id, form.part())
            return redirect(url_for("fieldwork.show", group_id=made), 303)
        except Invalid as refusal:
            form.refuse(refusal)
    page = render_template("fieldwork/split.html", form=form, card=card)
    return page, 422 if request.method == "POST" else 200
