"""Pages: the coaching log, and a talk that is noted."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.plugins.coaching import service
from p2k2lms.plugins.coaching.permissions import READ_COACHING
from p2k2lms.plugins.coaching.routes.blueprint import KEPT, faults_of, pages, send
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor

PLAIN = ("on_day", "minutes", "mode", "topic", "note", "action", "due")


@pages.route("/bimbingan/catatan", methods=["GET", "POST"])
@requires(READ_COACHING)
def log() -> ResponseReturnValue:
    """The talks that concern one, and the form for the next."""
    faults, known = dict[str, str](), {"people": request.args.getlist("orang")}
    if request.method == "POST":
        known = {"people": request.form.getlist("people")}
        answer = send("contact", {name: request.form.get(name, "") for name in PLAIN} | known)
        if answer.status in KEPT:
            return redirect(url_for("coaching.log"), 303)
        faults = faults_of(answer)
    found = service.log(current_actor())
    page = render_template("coaching/log.html", found=found, faults=faults, chosen=known["people"])
    return page, 422 if faults else 200
