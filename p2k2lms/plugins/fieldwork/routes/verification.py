"""Pages of the verification draw: a checker's tasks, what was drawn and found, and the contact of a group."""

import json

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.core.errors import Invalid
from p2k2lms.plugins.fieldwork import service
from p2k2lms.plugins.fieldwork.permissions import LIST_DRAWS, READ_CONTACT, READ_GROUP
from p2k2lms.plugins.fieldwork.routes.blueprint import GROUP, MOST, pages
from p2k2lms.plugins.fieldwork.routes.reports import KEPT, faults_of, send
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor


@pages.get("/periksa")
@requires(READ_CONTACT)
def tasks() -> ResponseReturnValue:
    """The groups that I was drawn to check."""
    return render_template("fieldwork/tasks.html", tasks=service.my_tasks(current_actor()))


@pages.route(f"/periksa/<int(max={MOST}):task_id>", methods=["GET", "POST"])
@requires(READ_CONTACT)
def task(task_id: int) -> ResponseReturnValue:
    """One group: whom to call, and what was found."""
    about, faults = service.task(current_actor(), task_id), dict[str, str]()
    if request.method == "POST":
        said = {name: request.form.get(name, "") for name in ("method", "result")}
        answer = send("verification", {"task": task_id, **said})
        if answer.status in KEPT:
            return redirect(url_for("fieldwork.tasks"), 303)
        faults = faults_of(answer)
    return render_template("fieldwork/task.html", task=about, faults=faults), 422 if faults else 200


@pages.get("/undian")
@requires(LIST_DRAWS)
def draws() -> ResponseReturnValue:
    """What was drawn, with hash and seed, and what was found."""
    return render_template("fieldwork/draws.html", draws=service.draws(current_actor()))


@pages.get(f"/undian/<int(max={MOST}):draw_id>.json")
@requires(LIST_DRAWS)
def draw_file(draw_id: int) -> Response:
    """The file that repeats a draw."""
    text = json.dumps(service.draw_file(current_actor(), draw_id))
    headers = {"Content-Disposition": f'attachment; filename="undian-{draw_id}.json"'}
    return Response(text, mimetype="application/json", headers=headers)


@pages.route(f"{GROUP}/kontak", methods=["GET", "POST"])
@requires(READ_GROUP)
def contact(group_id: int) -> ResponseReturnValue:
    """The contact of the ketua kelompok, given with consent."""
    actor, fault = current_actor(), None
    card = service.group(actor, group_id)
    if request.method == "POST":
        try:
            if "forget" in request.form:
                service.forget_contact(actor, group_id)
            else:
                name, phone = request.form.get("name", ""), request.form.get("phone", "")
                service.keep_contact(actor, group_id, name, phone, "consent" in request.form)
            return redirect(url_for("fieldwork.show", group_id=group_id), 303)
        except Invalid as refusal:
            fault = refusal
    about = {"card": card, "since": service.contact_since(actor, group_id), "own": card.holder_id == actor.id}
    return render_template("fieldwork/contact.html", fault=fault, **about), 422 if fault else 200
