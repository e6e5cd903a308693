"""The door through which a phone takes along what helped peers: no names, no more than its bar."""

from typing import Any

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from p2k2lms.core.i18n import _, counted, language
from p2k2lms.plugins.forum import service
from p2k2lms.plugins.forum.permissions import LIST_THREADS
from p2k2lms.plugins.forum.values import Best
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor

packs = Blueprint("forum_packs", __name__, url_prefix="/api/v1/paket/tanya")
MOST_LETTERS = 60_000


@packs.get("")
@requires(LIST_THREADS)
def plan() -> ResponseReturnValue:
    """What tanya-bekal.js takes along and tanya-luring.js shows: for each card the answers that helped."""
    told: dict[str, list[dict[str, Any]]] = {}
    letters = 0
    for key, shelf in service.along(current_actor()):
        letters += sum(len(one.text) for one in shelf.best)
        if letters > MOST_LETTERS:
            break
        told[key] = [{"text": one.text, "said": _said(one)} for one in shelf.best]
    plain = {"person": current_actor().id, "course": "tanya", "kind": "field", "language": language()}
    return jsonify(**plain, title=_("Tanya rekan"), read=[], modul=[], answers=told)


def _said(one: Best) -> str:
    confirmed = _("Kiat, ditegaskan widyaiswara") if one.tip else _("Ditegaskan widyaiswara")
    helped = counted("membantu %(n)s rekan", one.helpful)
    return " · ".join([*([confirmed] if one.confirmed else []), *([helped] if one.helpful else [])])
