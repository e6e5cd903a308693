"""Pages of the studio for courses: the outline and what changed, one card in its editor, approval by another."""

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.core.errors import Conflict, Fault, Invalid
from p2k2lms.core.i18n import _
from p2k2lms.plugins.catalogue import service
from p2k2lms.plugins.catalogue.permissions import APPROVE_DOCUMENT, CHANGE_DOCUMENT, LIST_DOCUMENTS
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor

studio = Blueprint("studio", __name__, url_prefix="/studio")
pages = Blueprint("catalogue", __name__, url_prefix="/studio/kursus")


@studio.get("")
@requires(LIST_DOCUMENTS)
def door() -> ResponseReturnValue:
    """The studio begins with its courses."""
    return redirect(url_for("catalogue.index"))


@pages.get("")
@requires(LIST_DOCUMENTS)
def index() -> str:
    """The courses that can be edited."""
    actor = current_actor()
    found = service.studio_courses(actor)
    return render_template("catalogue/courses.html", courses=found, waiting=service.waiting_for(actor))


@pages.get("/<course>")
@requires(LIST_DOCUMENTS)
def outline(course: str) -> str:
    """The drafts of a course, with what is not published yet."""
    return outline_page(course)


def outline_page(course: str, faults: tuple[Fault, ...] = (), message: str = "", about: str = "") -> str:
    """The outline, with what was refused; `about` names the form that shows its own faults."""
    found = service.workbench(current_actor(), course, request.values.get("buka") or request.form.get("id", ""))
    return render_template("catalogue/outline.html", bench=found, faults=faults, message=message, about=about)


@pages.post("/tempel")
@requires(CHANGE_DOCUMENT)
def paste() -> ResponseReturnValue:
    """Text that was copied in Word, as Markdown; for the script of the editor."""
    try:
        return jsonify(text=service.from_elsewhere(current_actor(), request.form.get("html", "")))
    except Invalid as refusal:
        return jsonify(message=str(refusal)), 422


@pages.post("/<course>/kartu/<step>/simpan")
@requires(CHANGE_DOCUMENT)
def autosave(course: str, step: str) -> ResponseReturnValue:
    """What is typed, saved as soon as it is a card; the answer tells what to mend and how it looks."""
    typed, saved, message = request.form.to_dict(), False, ""
    try:
        service.save_card(current_actor(), course, step, typed, request.form.get("revision", default=0, type=int))
        saved = True
    except (Conflict, Invalid) as refusal:
        first = refusal.faults[:1] if isinstance(refusal, Invalid) else ()
        message = f"{first[0].field}: {first[0].message}" if first else str(refusal)
    found = service.card_draft(current_actor(), course, step, None if saved else typed)
    aside = render_template("catalogue/aside.html", card=found)
    revision = found.revision if saved else request.form.get("revision", default=0, type=int)
    return jsonify(saved=saved, message=message, revision=revision, aside=aside)


@pages.route("/<course>/kartu/<step>", methods=["GET", "POST"])
@requires(CHANGE_DOCUMENT)
def card(course: str, step: str) -> ResponseReturnValue:
    """One card: what is typed, its three lives, and what is to mend."""
    typed, status, now = None, 200, None
    faults: tuple[Fault, ...] = ()
    if request.method == "POST":
        typed = request.form.to_dict()
        onto = request.form.get("revision", default=0, type=int)
        if typed.get("do") != "look":
            try:
                service.save_card(current_actor(), course, step, typed, onto)
                place = "catalogue.picture" if typed.get("do") == "picture" else "catalogue.card"
                return redirect(url_for(place, course=course, step=step, simpan=1), 303)
            except Conflict as refusal:
                status, now = 409, service.card_draft(current_actor(), course, step)
                faults = (Fault("", str(refusal)),)
            except Invalid as refusal:
                status, faults = 422, refusal.faults
    found = service.card_draft(current_actor(), course, step, typed)
    revision = found.revision if status != 422 else request.form.get("revision", type=int)
    page = render_template("catalogue/card.html", card=found, faults=faults, now=now, revision=revision)
    return page, status


@pages.post("/<course>/ajukan")
@requires(CHANGE_DOCUMENT)
def hand_in(course: str) -> ResponseReturnValue:
    """Ask a second person to approve what has changed."""
    try:
        service.hand_in(current_actor(), course)
    except Invalid as refusal:
        return outline_page(course, refusal.faults, str(refusal)), 422
    return redirect(url_for("catalogue.outline", course=course), 303)


@pages.post("/<course>/setujui")
@requires(APPROVE_DOCUMENT)
def approve(course: str) -> ResponseReturnValue:
    """Publish what others have handed in."""
    try:
        version = service.approve(current_actor(), course)
    except service.Loss as refusal:
        how = _(
            "%(loss)s Kembalikan ke penulis: kartu yang tidak dipakai lagi diarsipkan, bukan dihapus.", loss=refusal
        )
        return outline_page(course, (), how), 409
    except Conflict as refusal:
        return outline_page(course, (), str(refusal)), 409
    return redirect(url_for("catalogue.outline", course=course, terbit=version.number), 303)


@pages.post("/<course>/kembalikan")
@requires(APPROVE_DOCUMENT)
def send_back(course: str) -> ResponseReturnValue:
    """Give what was handed in back to its authors."""
    service.send_back(current_actor(), course)
    return redirect(url_for("catalogue.outline", course=course), 303)
