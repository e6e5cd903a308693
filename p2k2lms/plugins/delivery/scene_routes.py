"""The pages of a role-play scene: each choice is a link, and the way so far stands in the address."""

import uuid

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.core.i18n import _
from p2k2lms.plugins.delivery import service
from p2k2lms.plugins.delivery.permissions import READ_CARD
from p2k2lms.plugins.delivery.values import SceneView
from p2k2lms.plugins.delivery.words import sesi_name, sesi_short
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor, current_device

scene_pages = Blueprint("delivery_scenes", __name__)
SCENE = "/belajar/<course>/<sesi>/adegan/<adegan>"


@scene_pages.get(SCENE)
@requires(READ_CARD)
def scene(course: str, sesi: str, adegan: str) -> ResponseReturnValue:
    """A moment of the scene: what the last choice showed, what happens now, and what one may do."""
    view = service.play(current_actor(), course, adegan, request.args.get("jalan", ""))
    return _show(view)


@scene_pages.post(SCENE)
@requires(READ_CARD)
def keep(course: str, sesi: str, adegan: str) -> ResponseReturnValue:
    """The scene was played to its end: the way is kept as the learner's own practice."""
    view = service.play(current_actor(), course, adegan, request.form.get("way", ""))
    there = url_for("delivery.outline", course=course, _anchor=view.sesi.id)
    if view.preview:
        return redirect(there, 303)
    sent_id = request.form.get("sent_id") or str(uuid.uuid4())
    answer = service.send_played(current_actor(), view, sent_id, current_device())
    if answer.status in {"accepted", "duplicate"}:
        return redirect(there, 303)
    return _show(view, _("Hasil ini belum tercatat. Tekan sekali lagi.")), 422


def _show(view: SceneView, fault: str = "") -> str:
    here = url_for("delivery_scenes.scene", course=view.enrolment.course, sesi=view.sesi.id, adegan=view.scene.id)
    names = {"sesi_name": sesi_name, "sesi_short": sesi_short}
    return render_template("delivery/scene.html", view=view, fault=fault, sent_id=uuid.uuid4(), here=here, **names)
