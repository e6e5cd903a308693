"""Pages of the fair queue: the round of a class for its staff, and what everybody may know of it."""

import json

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.core.errors import Invalid
from p2k2lms.plugins.enrolment import service
from p2k2lms.plugins.enrolment.forms import ExemptForm, RoundForm
from p2k2lms.plugins.enrolment.permissions import READ_ROUND, RUN_DRAW
from p2k2lms.plugins.enrolment.routes.blueprint import BASE, MOST, pages
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor


@pages.route(f"{BASE}/undian", methods=["GET", "POST"])
@requires(RUN_DRAW)
def draw(angkatan_id: int) -> ResponseReturnValue:
    """The round of a class; a POST agrees on a new one."""
    form = RoundForm()
    if form.validate_on_submit():
        try:
            service.make_round(current_actor(), angkatan_id, form.plan())
            return redirect(url_for("enrolment.draw", angkatan_id=angkatan_id), 303)
        except Invalid as refusal:
            form.refuse(refusal)
    return _page(angkatan_id, form=form, status=422 if form.is_submitted() else 200)


def _page(
    angkatan_id: int, form: RoundForm | None = None, off: ExemptForm | None = None, fault: str = "", status: int = 200
) -> ResponseReturnValue:
    found = service.round_page(current_actor(), angkatan_id)
    page = render_template(
        "enrolment/draw.html", page=found, form=form or RoundForm(), off=off or ExemptForm(), fault=fault
    )
    return page, status


@pages.post(f"{BASE}/undian/kecuali")
@requires(RUN_DRAW)
def exempt(angkatan_id: int) -> ResponseReturnValue:
    """Somebody is taken off the list, with a reason."""
    off = ExemptForm()
    try:
        service.exempt(current_actor(), angkatan_id, (off.number.data or "").strip(), off.reason.data or "")
    except Invalid as refusal:
        off.refuse(refusal)
        return _page(angkatan_id, off=off, status=422)
    return redirect(url_for("enrolment.draw", angkatan_id=angkatan_id), 303)


@pages.post(f"{BASE}/undian/kecuali/<int(max={MOST}):person_id>/hapus")
@requires(RUN_DRAW)
def put_back(angkatan_id: int, person_id: int) -> ResponseReturnValue:
    service.put_back(current_actor(), angkatan_id, person_id)
    return redirect(url_for("enrolment.draw", angkatan_id=angkatan_id), 303)


@pages.post(f"{BASE}/undian/bekukan")
@requires(RUN_DRAW)
def freeze(angkatan_id: int) -> ResponseReturnValue:
    service.freeze(current_actor(), angkatan_id)
    return redirect(url_for("enrolment.draw", angkatan_id=angkatan_id), 303)


@pages.post(f"{BASE}/undian/angka")
@requires(RUN_DRAW)
def type_number(angkatan_id: int) -> ResponseReturnValue:
    """The public number; the second who types the same draws."""
    try:
        service.type_number(current_actor(), angkatan_id, request.form.get("number", ""))
    except Invalid as refusal:
        return _page(angkatan_id, fault=str(refusal), status=422)
    return redirect(url_for("enrolment.draw", angkatan_id=angkatan_id), 303)


@pages.get(f"{BASE}/undian.json")
@requires(RUN_DRAW)
def draw_file(angkatan_id: int) -> Response:
    """The whole draw, for `enrolment draw verify`."""
    said = json.dumps(service.draw_file(current_actor(), angkatan_id), ensure_ascii=False, indent=1)
    answer = Response(said, mimetype="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="undian-{angkatan_id}.json"'
    return answer


@pages.get(f"/angkatan/undian/<int(max={MOST}):round_id>")
@requires(READ_ROUND)
def public_round(round_id: int) -> str:
    return render_template("enrolment/round.html", page=service.public_round(current_actor(), round_id))
