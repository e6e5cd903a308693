"""Data rights as buttons: one's own data as a file, answers to texts, and the request to be made nameless."""

import json
from datetime import datetime
from pathlib import Path

from flask import Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.core import personal, press, retention
from p2k2lms.core.i18n import moment
from p2k2lms.plugins.identity import service
from p2k2lms.plugins.identity.permissions import EXPORT_OWN
from p2k2lms.plugins.identity.routes.blueprint import pages
from p2k2lms.plugins.identity.wording import row_in_words, time_in_words
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor

ROWS_ON_PAPER = 40


@pages.get("/akun/hak")
@requires(EXPORT_OWN)
def rights() -> ResponseReturnValue:
    actor = current_actor()
    return render_template(
        "identity/rights.html",
        answers=service.own_answers(actor),
        waiting=service.own_request(actor),
        held=[(one.label, one.why) for one in personal.holdings()],
        kept=[(one.label, time_in_words(one)) for one in retention.classes()],
    )


@pages.get("/akun/hak/data.json")
@requires(EXPORT_OWN)
def data_json() -> Response:
    """Everything, for a machine."""
    told = json.dumps(service.data_copy(current_actor()), ensure_ascii=False, indent=1)
    return _file(told.encode(), "application/json", "data-saya.json")


@pages.get("/akun/hak/data.pdf")
@requires(EXPORT_OWN)
def data_pdf() -> Response:
    """The same on paper: of long lists the last lines, and how many there are."""
    actor = current_actor()
    told = service.data_copy(actor)
    parts = [
        (part["label"], part["purpose"], len(part["rows"]), [row_in_words(r) for r in part["rows"][-ROWS_ON_PAPER:]])
        for part in told["data"].values()
    ]
    made_at = moment(datetime.fromisoformat(told["made_at"]))
    html = render_template("identity/rights_paper.html", name=actor.name, parts=parts, made_at=made_at)
    style = Path(str(current_app.template_folder)) / "identity" / "paper.css"
    return _file(press.pdf(html, style), "application/pdf", "data-saya.pdf")


@pages.post("/akun/hak/persetujuan/<key>")
@requires(EXPORT_OWN)
def answer_consent(key: str) -> ResponseReturnValue:
    version = request.form.get("version", 0, type=int)
    service.say(current_actor(), key, version, request.form.get("agreed") == "1")
    return redirect(url_for("identity.rights"), 303)


@pages.route("/akun/hak/hapus", methods=["GET", "POST"])
@requires(EXPORT_OWN)
def ask_erasure() -> ResponseReturnValue:
    if request.method == "POST":
        service.ask_erasure(current_actor())
        return redirect(url_for("identity.rights"), 303)
    return render_template("identity/erase.html", waiting=service.own_request(current_actor()))


@pages.post("/akun/hak/hapus/tarik")
@requires(EXPORT_OWN)
def take_back_erasure() -> ResponseReturnValue:
    service.take_back(current_actor())
    return redirect(url_for("identity.rights"), 303)


def _file(body: bytes, kind: str, name: str) -> Response:
    answer = Response(body, mimetype=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
