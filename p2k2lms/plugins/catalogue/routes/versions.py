"""Pages of the studio about time: versions, what differs between two, the way back, and the yearly review."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.core.errors import Conflict
from p2k2lms.plugins.catalogue import service
from p2k2lms.plugins.catalogue.permissions import CHANGE_DOCUMENT, LIST_DOCUMENTS
from p2k2lms.plugins.catalogue.routes.authoring import pages
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor


@pages.get("/<course>/versi")
@requires(LIST_DOCUMENTS)
def versions(course: str) -> ResponseReturnValue:
    """The versions of a course; with `dari` what has changed since that one, up to `ke` or the drafts."""
    found, told, message = service.versions(current_actor(), course), None, ""
    older, newer = request.args.get("dari", type=int), request.args.get("ke", type=int)
    if older is not None:
        try:
            told = service.difference(current_actor(), course, older, newer)
        except Conflict as refusal:
            message = str(refusal)
    page = render_template("catalogue/versions.html", course=course, versions=found, told=told, message=message)
    return page, 409 if message else 200


@pages.post("/<course>/versi/<int:number>/kembali")
@requires(CHANGE_DOCUMENT)
def roll_back(course: str, number: int) -> ResponseReturnValue:
    """Make the drafts what they were in a version; a second person approves, as with every change."""
    service.roll_back(current_actor(), course, number)
    return redirect(url_for("catalogue.outline", course=course, kembali=number), 303)


@pages.get("/<course>/tinjauan")
@requires(LIST_DOCUMENTS)
def yearly_review(course: str) -> ResponseReturnValue:
    """What a course asks to have verified, which of its facts carry a year, and where numbers to call stand."""
    return render_template("catalogue/review.html", review=service.yearly_review(current_actor(), course))
