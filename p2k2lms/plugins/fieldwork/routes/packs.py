"""The doors through which a phone takes the Buku Langkah along: own groups, and a file for each sesi."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, abort, current_app, jsonify, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from p2k2lms.core import clock
from p2k2lms.core.i18n import _, language
from p2k2lms.plugins.catalogue import service as catalogue
from p2k2lms.plugins.catalogue.values import OutlineSesi
from p2k2lms.plugins.fieldwork import service
from p2k2lms.plugins.fieldwork.permissions import LIST_GROUPS
from p2k2lms.plugins.fieldwork.routes import phone_words
from p2k2lms.plugins.fieldwork.values import MeetingCard
from p2k2lms.plugins.fieldwork.values.payloads import LISTS, TICKS
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor
from p2k2lms.web.parcels import Parcel, packed, sent, told

packs = Blueprint("fieldwork_packs", __name__, url_prefix="/api/v1/paket/lapangan")
NEXT = "berikut"


@packs.get("")
@requires(LIST_GROUPS)
def plan() -> ResponseReturnValue:
    """What packs.js takes along, and what field.js shows without signal."""
    book = service.take_book(current_actor())
    course, found = book.course, parcels(book.course)

    def sesi(some: Sequence[OutlineSesi]) -> list[dict[str, Any]]:
        return [_sesi(one, found.get(one.id), course.version_id) for one in some]

    modul = [{"id": m.id, "title": m.title, "sesi": sesi(own)} for m, own in course.modul]
    if book.next:
        modul.insert(0, {"id": NEXT, "title": _("Sesi berikut kelompok Anda"), "sesi": sesi(book.next)})
    return jsonify(
        person=current_actor().id,
        course="lapangan",
        kind="field",
        version=course.version_id,
        language=language(),
        title=_("Buku Langkah"),
        today=clock.today().isoformat(),
        modul=modul,
        groups=[_group(line) for line in book.lines],
        told=[_told(card) for card in book.told],
        read=[],
    )


@packs.get("/<int:version_id>/<name>.json")
@requires(LIST_GROUPS)
def sesi(version_id: int, name: str) -> ResponseReturnValue:
    """One sesi as it is taught; open content, the same for all who work in the field."""
    course = service.taught_course()
    found = parcels(course) if course and course.version_id == version_id else {}
    parcel = next((one for one in found.values() if one.name == name), None)
    return sent(parcel) if parcel else abort(404)


def parcels(course: service.FieldCourse) -> Mapping[str, Parcel]:
    """The files of the course in the language of this request, by sesi; drawn once for each version and language."""
    ready: dict[tuple[int, str], Any] = current_app.extensions.setdefault("fieldwork_parcels", {})
    key = course.version_id, language()
    if key not in ready or ready[key][0] is not course.outline:  # not yet, or the number was given anew
        drawn = {sesi.id: _drawn(course.version_id, sesi) for sesi in course.sesi if sesi.steps}
        ready[key] = course.outline, drawn
    found: Mapping[str, Parcel] = ready[key][1]
    return found


def _drawn(version_id: int, sesi: OutlineSesi) -> Parcel:
    book = service.book_sesi(version_id, sesi)
    cards = [render_template("fieldwork/book_card.html", card=card).strip() for card in book.cards]
    closing = render_template("fieldwork/book_closing.html", sheet=book.sheet, **phone_words.shared()).strip()
    content = {"cards": cards, "closing": closing, "questions": len(book.sheet.handraise)}
    return packed(sesi.id, content, catalogue.photos(version_id))


def _sesi(sesi: OutlineSesi, parcel: Parcel | None, version_id: int) -> dict[str, Any]:
    url = url_for("fieldwork_packs.sesi", version_id=version_id, name=parcel.name) if parcel else ""
    steps = [step.title for step in sesi.steps]
    about = {"id": sesi.id, "title": sesi.title, "number": sesi.number, "minutes": sesi.minutes, "steps": steps}
    return about | {"file": told(parcel, url)}


def _group(line: service.Line) -> dict[str, Any]:
    card = line.card
    return {
        "id": card.id,
        "name": card.name,
        "place": card.place,
        "members": card.members,
        "last": line.present,
        "report": line.report.state,
        "silent": line.silent_days,
        "next": line.next.id if line.next else None,
        "cells": {sesi: cell.state for sesi, cell in line.cells.items() if cell.state},
    }


def _told(card: MeetingCard) -> dict[str, Any]:
    """A report as it was sent, so that it can be mended without signal."""
    plain = ("version_id", "sesi", "steps", "handraise", "obstacle", "note", "place", "minutes")
    payload: dict[str, Any] = {name: getattr(card, name) for name in plain}
    rows = [(p.group_id, p.women, p.men, p.children, p.homework_back, p.ticks) for p in card.present]
    payload |= dict(zip((*LISTS, TICKS), map(list, zip(*rows, strict=True)), strict=True))
    start = f"{card.start:%H:%M}" if card.start else ""
    return {"id": str(card.id), "payload": payload | {"on_day": card.on_day.isoformat(), "start": start}}


def offline_page() -> Markup:
    """The pieces from which a phone without signal draws groups, the Buku Langkah and reports."""
    return Markup(render_template("fieldwork/offline.html", said=phone_words.field_words(), **phone_words.shared()))
