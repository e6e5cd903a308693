"""Pages of the studio that change the outline: modul, sesi and cards by one form each, and one step taken back."""

from collections.abc import Callable, Mapping

from flask import jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.core.access import Actor
from p2k2lms.core.errors import Conflict, Fault, Invalid, NotFound
from p2k2lms.plugins.catalogue import service
from p2k2lms.plugins.catalogue.card_source import is_step_id
from p2k2lms.plugins.catalogue.permissions import CHANGE_DOCUMENT, LIST_DOCUMENTS
from p2k2lms.plugins.catalogue.routes.authoring import outline_page, pages
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor

Fields = Mapping[str, str]
Act = Callable[[Actor, str, str, Fields], object]

MODUL: Mapping[str, Act] = {
    "tambah": lambda actor, course, name, f: service.add_sesi(actor, course, name, f.get("title", "")),
    "ubah": service.rename_modul,
    "salin": lambda actor, course, name, _f: service.duplicate_modul(actor, course, name),
    "arsip": lambda actor, course, name, _f: service.archive_part(actor, course, name),
    "pulih": lambda actor, course, name, _f: service.archive_part(actor, course, name, back=True),
    "naik": lambda actor, course, name, _f: service.move_part(actor, course, name, up=True),
    "turun": lambda actor, course, name, _f: service.move_part(actor, course, name, up=False),
}
SESI: Mapping[str, Act] = {
    **MODUL,
    "tambah": lambda actor, course, name, f: service.add_card(actor, course, name, f.get("title", "")),
    "ubah": lambda actor, course, name, f: service.rename_sesi(actor, course, name, f.get("title", "")),
    "salin": lambda actor, course, name, _f: service.duplicate_sesi(actor, course, name),
}
STEP: Mapping[str, Act] = {
    "ubah": lambda actor, course, name, f: service.rename_card(
        actor, course, name, f.get("title", ""), f.get("minutes", "")
    ),
    "salin": lambda actor, course, name, _f: service.duplicate_card(actor, course, name),
    "arsip": lambda actor, course, name, _f: service.archive_card(actor, course, name),
    "pulih": lambda actor, course, name, _f: service.archive_card(actor, course, name, back=True),
    "naik": lambda actor, course, name, _f: service.move_card(actor, course, name, up=True),
    "turun": lambda actor, course, name, _f: service.move_card(actor, course, name, up=False),
}
COURSE: Mapping[str, Act] = {
    "tambah": lambda actor, course, _name, f: service.add_modul(actor, course, f.get("title", "")),
}


def _acts(name: str) -> Mapping[str, Act]:
    """What can be done with a thing, told by the form of its id."""
    if not name:
        return COURSE
    return STEP if is_step_id(name) else SESI if "-" in name else MODUL


@pages.post("/<course>/susunan")
@requires(CHANGE_DOCUMENT)
def arrange(course: str) -> ResponseReturnValue:
    """One change of the outline: `do` with the modul, sesi or card `id`; without an id a new modul."""
    name = request.form.get("id", "")
    act = _acts(name).get(request.form.get("do", ""))
    if act is None:
        raise NotFound("no such change")
    try:
        made = act(current_actor(), course, name, request.form)
    except (Invalid, Conflict) as refusal:
        faults = refusal.faults if isinstance(refusal, Invalid) else ()
        return outline_page(course, faults, str(refusal)), 409 if isinstance(refusal, Conflict) else 422
    return redirect(url_for("catalogue.outline", course=course, buka=made or name) + f"#{made or name}", 303)


@pages.post("/<course>/urutan")
@requires(CHANGE_DOCUMENT)
def order(course: str) -> ResponseReturnValue:
    """Things of one list in the order in which they were dropped; for the script that drags."""
    names = [name for name in request.form.getlist("id") if name][:120]
    if not names:
        raise NotFound("nothing to put in order")
    put = service.order_cards if _acts(names[0]) is STEP else service.order_parts
    put(current_actor(), course, names)
    return jsonify(saved=True)


@pages.post("/<course>/batalkan")
@requires(CHANGE_DOCUMENT)
def undo(course: str) -> ResponseReturnValue:
    """Take back one's own newest change."""
    try:
        service.undo(current_actor(), course)
    except Conflict as refusal:
        return outline_page(course, (), str(refusal)), 409
    return redirect(url_for("catalogue.outline", course=course, batal=1), 303)


@pages.route("/<course>/sesi/<sesi>", methods=["GET", "POST"])
@requires(CHANGE_DOCUMENT)
def sesi(course: str, sesi: str) -> ResponseReturnValue:
    """The head of a sesi in its editor."""
    found, message, status = service.sesi_draft(current_actor(), course, sesi), "", 200
    now: Fields = {}
    faults: tuple[Fault, ...] = ()
    fields, revision = dict(found.fields), found.revision
    if request.method == "POST":
        fields = request.form.to_dict()
        try:
            service.save_sesi(current_actor(), course, sesi, fields, request.form.get("revision", default=0, type=int))
            return redirect(url_for("catalogue.sesi", course=course, sesi=sesi, simpan=1), 303)
        except Conflict as refusal:
            message, status = str(refusal), 409
            now = service.sesi_draft(current_actor(), course, sesi).fields
        except Invalid as refusal:
            message, faults, status = str(refusal), refusal.faults, 422
            revision = request.form.get("revision", default=0, type=int)
    page = render_template(
        "catalogue/sesi.html", page=found, f=fields, now=now, revision=revision, message=message, faults=faults
    )
    return page, status


@pages.get("/<course>/sesi/<sesi>/lihat")
@requires(LIST_DOCUMENTS)
def look(course: str, sesi: str) -> str:
    """A sesi as a pendamping sees it on a phone, from the drafts."""
    return render_template("catalogue/look.html", page=service.sesi_draft(current_actor(), course, sesi))


@pages.route("/<course>/kartu/<step>/riwayat", methods=["GET", "POST"])
@requires(CHANGE_DOCUMENT)
def history(course: str, step: str) -> ResponseReturnValue:
    """What a card said before, told in sentences; an earlier text is brought back with one button."""
    if request.method == "POST":
        service.bring_back(current_actor(), course, request.form.get("past", default=0, type=int))
        return redirect(url_for("catalogue.card", course=course, step=step, simpan=1), 303)
    return render_template("catalogue/history.html", page=service.card_history(current_actor(), course, step))
