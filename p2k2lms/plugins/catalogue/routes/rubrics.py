"""Pages of the studio for what is observed: the behaviours of a course, and their examples in one sesi."""

from collections.abc import Mapping

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.core.errors import Conflict, Fault, Invalid
from p2k2lms.plugins.catalogue import service
from p2k2lms.plugins.catalogue.permissions import CHANGE_DOCUMENT
from p2k2lms.plugins.catalogue.routes.authoring import pages
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor


@pages.route("/<course>/rubrik", methods=["GET", "POST"])
@requires(CHANGE_DOCUMENT)
def rubric(course: str) -> ResponseReturnValue:
    """The behaviours of a course with their described levels."""
    return _edited("catalogue/rubric.html", course, "")


@pages.route("/<course>/sesi/<sesi>/rubrik", methods=["GET", "POST"])
@requires(CHANGE_DOCUMENT)
def sesi_rubric(course: str, sesi: str) -> ResponseReturnValue:
    """What the behaviours look like in one sesi."""
    return _edited("catalogue/rubric_sesi.html", course, sesi)


def _edited(template: str, course: str, sesi: str) -> ResponseReturnValue:
    """The page, and the answer to what was typed on it: nothing of it is lost by a refusal."""
    found, message, status = service.rubric_draft(current_actor(), course, sesi), "", 200
    fields, revision, now = dict(found.fields), found.revision, None
    faults: tuple[Fault, ...] = ()
    if request.method == "POST":
        fields, onto = request.form.to_dict(), request.form.get("revision", default=0, type=int)
        try:
            service.save_rubric(current_actor(), course, fields, onto, sesi)
            return redirect(_address(course, sesi), 303)
        except Conflict as refusal:
            message, status, now = str(refusal), 409, found.fields
            fields = _with_others(fields, found.fields)
        except Invalid as refusal:
            message, faults, status, revision = str(refusal), refusal.faults, 422, onto
    told = {"page": found, "f": fields, "revision": revision, "now": now, "wrong": _by_field(faults)}
    return render_template(template, message=message, **told), status


def _with_others(typed: Mapping[str, str], kept: Mapping[str, str]) -> dict[str, str]:
    """What was typed, and the behaviours that somebody else has added since; a box without its tick stays so."""
    known = {key.partition(".")[0] for key in typed}
    return {key: text for key, text in kept.items() if key.partition(".")[0] not in known} | dict(typed)


def _address(course: str, sesi: str) -> str:
    if sesi:
        return url_for("catalogue.sesi_rubric", course=course, sesi=sesi, simpan=1)
    return url_for("catalogue.rubric", course=course, simpan=1)


def _by_field(faults: tuple[Fault, ...]) -> Mapping[str, str]:
    """The first fault of each field."""
    return {fault.field: fault.message for fault in reversed(faults)}
