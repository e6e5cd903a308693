"""Pages of the studio that carry things in and out: the picture of a card, and the whole course as a ZIP."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.core import archives
from p2k2lms.core.errors import Conflict, DomainError, Invalid
from p2k2lms.plugins.catalogue import service
from p2k2lms.plugins.catalogue.permissions import CHANGE_DOCUMENT, LIST_DOCUMENTS
from p2k2lms.plugins.catalogue.routes.authoring import outline_page, pages
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor
from p2k2lms.web.uploads import A_PHOTO, takes

LAST = 10**9  # a place behind every text


@pages.route("/<course>/kartu/<step>/gambar", methods=["GET", "POST"])
@takes(A_PHOTO)
@requires(CHANGE_DOCUMENT)
def picture(course: str, step: str) -> ResponseReturnValue:
    """A picture for a card, on top of it or in its text, with the words that stand for it.

    Looked at, it is a page of its own, where no text is being typed that could be lost without script.
    """
    if request.method == "GET":
        return render_template("catalogue/picture.html", card=service.card_draft(current_actor(), course, step))
    file = request.files.get("file")
    at = request.form.get("at", default=LAST, type=int) if request.form.get("place") == "text" else None
    sent = service.NewPicture(file.read() if file else b"", request.form.get("alt", ""), at)
    try:
        weight = service.set_picture(current_actor(), course, step, sent)
    except Invalid as refusal:
        found = service.card_draft(current_actor(), course, step)
        told = {"faults": (), "picture_faults": refusal.faults, "now": None, "revision": found.revision}
        page = "catalogue/picture.html" if request.form.get("alone") else "catalogue/card.html"
        return render_template(page, card=found, **told), 422
    return redirect(url_for("catalogue.card", course=course, step=step, gambar=weight), 303)


@pages.get("/<course>/naskah.zip")
@requires(LIST_DOCUMENTS)
def download(course: str) -> ResponseReturnValue:
    """The drafts in their exchange form."""
    response = make_response(service.packed(current_actor(), course))
    response.mimetype = "application/zip"
    response.headers["Content-Disposition"] = f'attachment; filename="naskah-{course}.zip"'
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.post("/<course>/naskah")
@takes(archives.MOST_PACKED)
@requires(CHANGE_DOCUMENT)
def upload(course: str) -> ResponseReturnValue:
    """Drafts that were changed elsewhere."""
    file = request.files.get("file")
    try:
        changed = service.unpack(current_actor(), course, file.read() if file else b"")
    except (Invalid, Conflict) as refusal:
        return outline_page(course, (), str(refusal)), _status(refusal)
    return redirect(url_for("catalogue.outline", course=course, masuk=changed), 303)


@pages.post("/<course>/salin")
@requires(CHANGE_DOCUMENT)
def copy(course: str) -> ResponseReturnValue:
    """The course once more, under another code, as a draft."""
    try:
        told = (request.form.get("code", ""), request.form.get("title", ""))
        made = service.copy_course(current_actor(), course, *told)
    except (Invalid, Conflict) as refusal:
        faults = refusal.faults if isinstance(refusal, Invalid) else ()
        return outline_page(course, faults, str(refusal), "copy"), _status(refusal)
    return redirect(url_for("catalogue.outline", course=made, salin=1), 303)


def _status(refusal: DomainError) -> int:
    return 409 if isinstance(refusal, Conflict) else 422
