"""The JSON doors of the shell: submissions, a fresh token, and the description of the API."""

from flask import Blueprint, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from p2k2lms.core import intake, submissions
from p2k2lms.core.access import ANYONE, anything, permission
from p2k2lms.core.errors import Invalid
from p2k2lms.core.i18n import _
from p2k2lms.web import openapi
from p2k2lms.web.access import public, requires
from p2k2lms.web.login import current_actor

api = Blueprint("api", __name__, url_prefix="/api/v1")
WHEN_AGAIN = "60"  # seconds, for what could not be answered by a fault of ours
SEND = permission("core.create_submission", (ANYONE, anything))


@api.post("/kiriman")
@requires(SEND)
def receive() -> ResponseReturnValue:
    """Up to 100 envelopes, each answered on its own; one that is wrong stops no other."""
    envelopes = _envelopes()
    answers = intake.receive(current_actor(), envelopes)
    told = jsonify(jawaban=[_told(answer) for answer in answers])
    if len(answers) < len(envelopes):
        told.headers["Retry-After"] = WHEN_AGAIN
    return told


@api.get("/token")
@requires(SEND)
def token() -> ResponseReturnValue:
    """A fresh token for a page that was kept on the phone, and whose session this is."""
    return jsonify(token=generate_csrf(), person=current_actor().id)


@api.get("/openapi.json")
@public
def description() -> ResponseReturnValue:
    """What this API takes and answers, from the models that check it."""
    answer = jsonify(openapi.document(submissions.kinds(), openapi.doors(current_app)))
    answer.cache_control.public = True
    answer.cache_control.max_age = 300
    return answer


def _envelopes() -> list[object]:
    try:
        said = request.get_json(silent=True)
    except RecursionError:
        said = None
    envelopes = said.get("kiriman") if isinstance(said, dict) else None
    if not isinstance(envelopes, list):
        raise Invalid(_("Isi kiriman tidak terbaca. Yang diminta: satu daftar bernama kiriman."), "kiriman")
    return envelopes


def _told(answer: submissions.Answer) -> dict[str, object]:
    return {
        "id": answer.id,
        "status": answer.status,
        "receipt": answer.receipt,
        "received_at": answer.received_at.isoformat() if answer.received_at else None,
        "faults": [{"field": fault.field, "message": fault.message} for fault in answer.faults],
        "flags": list(answer.flags),
    }
